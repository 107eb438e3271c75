"""The policy lab in a real JupyterLab in a real Chromium: guessed, moved, kept beside, asked what turns its sign."""

import pytest
from lab_session import foreign, open_lesson, panel_of, run_all, settled

from kit.text import LANGUAGES, label, speaking, words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_learner_takes_a_programme_out_keeps_both_and_asks_what_turns_the_sign(lang, desks, page, pictures):
    address, _ = desks(lang)
    with speaking(lang):
        open_lesson(page, address, lang, "10_policy_lab.ipynb")
        run_all(page)
        chart = page.locator(".rhc-live").nth(1)
        chart.wait_for(state="attached", timeout=60_000)
        panel = panel_of(chart)
        assert not chart.is_visible(), "the answer is not to be seen before the guess"
        panel.locator("input[type=text]").first.fill("5")
        panel.get_by_role("button", name=words("widget.commit")).click()
        chart.wait_for(state="visible")
        settled(page, chart)
        announced = chart.inner_text()

        keep = panel.get_by_role("button", name=words("lab.keep"))
        keep.click()
        programme = label("programme", "ten_billion")
        panel.get_by_role("button", name=programme).click()
        panel.get_by_label(words("lab.in_force", programme=programme)).uncheck()
        # Another chart is drawn, however long the run takes.
        page.wait_for_function(
            "([chart, before]) => chart.innerText !== before", arg=[chart.element_handle(), announced], timeout=60_000
        )
        assert panel.locator(".noUi-target[disabled]").count() > 0, "what is not in force has no levers to move"
        keep.click()
        page.wait_for_timeout(1_000)
        assert panel.locator("table th").filter(has_text=words("lab.own")).count() >= 1

        panel.get_by_role("button", name=words("lab.flips")).click()
        page.wait_for_function(
            "(panel) => panel.querySelectorAll('.rhc-live[data-frame]').length >= 3",
            arg=panel.element_handle(),
            timeout=60_000,
        )
        panel.screenshot(path=pictures / f"{lang}-lab.png")
        assert page.locator("[data-mime-type*='error'], [data-mime-type*='stderr']").count() == 0
        assert page.seen["errors"] == []
        assert foreign(page.seen["requests"]) == []
