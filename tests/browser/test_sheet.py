"""A sheet in a real JupyterLab in a real Chromium: answered by keyboard and mouse, and remembered."""

import json

from lab_session import foreign, open_lesson, run_all

from kit.course.exercises.question import question, sheet
from kit.text import speaking, words


def test_a_sheet_is_answered_by_keyboard_and_mouse_and_remembers(desks, page, pictures):
    address, desk = desks("zh")
    with speaking("zh"):
        open_lesson(page, address, "zh", "ex03.ipynb")
        run_all(page)
        asked = page.locator(".rhc-question")
        asked.last.wait_for(timeout=60_000)
        assert asked.count() == len(sheet("ex03"))
        # The printed copy hides while the widget lives.
        assert page.get_by_role("heading", name="4.").count() == 1
        others = question("ex03.who_pays").kind.options["others"].zh
        asked.nth(3).locator("label", has_text=others).locator("input[type=radio]").check()
        asked.nth(3).get_by_role("button", name=words("ask.check")).click()
        asked.nth(3).get_by_text("✓").wait_for(timeout=10_000)
        asked.nth(0).locator("input[type=text]").fill("much")
        asked.nth(0).get_by_role("button", name=words("ask.check")).click()
        asked.nth(0).locator(".rhc-refused").wait_for(timeout=10_000)
        run_all(page)
        asked.nth(3).get_by_text("✓").wait_for(timeout=10_000)
        page.locator(".jp-Notebook").screenshot(path=pictures / "zh-sheet.png")
        assert page.seen["errors"] == []
        assert foreign(page.seen["requests"]) == []
    assert (desk / "my_answers.json").is_file()


def test_orders_and_matches_are_set_in_the_learners_own_order_and_a_guess_opens_its_panel(desks, page, pictures):
    address, desk = desks("en")
    with speaking("en"):
        open_lesson(page, address, "en", "ex06.ipynb")
        run_all(page)
        page.get_by_label(words("me.id")).fill("2020001")
        page.keyboard.press("Enter")
        page.get_by_text(words("me.saved")).wait_for(timeout=10_000)
        run_all(page)
        asked = page.locator(".rhc-question")
        asked.last.wait_for(timeout=60_000)
        story, parties, chains = map(question, ("ex06.story", "ex06.parties", "ex06.more_chains"))
        shown = asked.nth(2).locator("select").first.locator("option").all_inner_texts()
        mine = story.keys("renhuochang", "2020001")
        assert [told.replace("\u00a0", " ") for told in shown[1:]] == [story.kind.items[item].en for item in mine]
        for n, item in enumerate(story.right[0]({})):
            asked.nth(2).locator("select").nth(n).select_option(label=story.kind.items[item].en)
        for n, (_, part) in enumerate(parties.right[0]({}).items()):
            asked.nth(3).locator("select").nth(n).select_option(label=parties.kind.right[part].en)
        asked.nth(4).locator("label", has_text=chains.kind.guesses["less"].en).locator("input").check()
        asked.nth(4).get_by_role("button", name=words("widget.commit")).click()
        asked.nth(4).locator(".rhc-live[data-frame]").wait_for(state="attached", timeout=60_000)
        found = chains.right[0](chains.numbers("renhuochang", "2020001"))["found"]
        asked.nth(4).get_by_label(words("ask.answer")).fill(str(found))
        for n in (2, 3, 4):
            asked.nth(n).get_by_role("button", name=words("ask.check"), exact=True).click()
            asked.nth(n).get_by_text("✓").wait_for(timeout=10_000)
        kept = json.loads((desk / "my_answers.json").read_text(encoding="utf-8"))
        assert kept["questions"]["ex06.story"]["answer"] == [mine[item] for item in story.right[0]({})]
        page.locator(".jp-Notebook").screenshot(path=pictures / "en-sheet.png")
        assert page.seen["errors"] == []
        assert foreign(page.seen["requests"]) == []
