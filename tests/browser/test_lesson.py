"""The lesson in a real JupyterLab in a real Chromium: it opens, runs, answers, and asks nothing of the world."""

import time

import pytest
from lab_session import browsing, foreign, open_lesson, panel_of, run_all, settled, slide

from kit.course.launcher import work
from kit.paths import NOTEBOOKS
from kit.text import LANGUAGES, speaking, words

LESSON = "03_fan_xing.ipynb"


@pytest.fixture(params=LANGUAGES, scope="module")
def lesson(request, desks, pictures):
    """The lesson open in the browser and run: (language, page)."""
    lang = request.param
    address, desk = desks(lang)
    with browsing() as page:
        page.desk = desk
        open_lesson(page, address, lang, LESSON)
        page.screenshot(path=pictures / f"{lang}-before.png")
        run_all(page)
        page.locator(".rhc-live[data-frame]").nth(7).wait_for(state="attached", timeout=60_000)
        yield lang, page


def test_the_lesson_opens_runs_and_answers(lesson, pictures):
    lang, page = lesson
    panels = page.locator(".rhc-live[data-frame]")
    assert panels.count() == 8
    assert page.locator("[data-mime-type*='error'], [data-mime-type*='stderr']").count() == 0
    # The printed copy hides beneath a live panel, and stands where there is none.
    assert page.locator(".jp-RenderedVegaCommon5:visible").count() == 2

    redrawn = 0
    for n in range(panels.count()):
        chart = panels.nth(n)
        panel = panel_of(chart)
        guess = panel.locator("input[type=text]").first
        with speaking(lang):
            commit = panel.get_by_role("button", name=words("widget.commit"))
        if commit.count():
            assert panel.locator(".noUi-target[disabled]").count() == panel.locator(".noUi-target").count()
            assert not chart.is_visible(), "the answer is not to be seen before the guess"
            guess.fill("12")
            commit.click()
            page.wait_for_function(
                "(panel) => !panel.querySelector('.noUi-target[disabled]')", arg=panel.element_handle()
            )
        frame = int(chart.get_attribute("data-frame"))
        before, drawn = panel.inner_text(), chart.inner_html()
        slide(panel, "ArrowRight", 12)
        page.wait_for_function("([chart, frame]) => +chart.dataset.frame > frame", arg=[chart.element_handle(), frame])
        settled(page, chart)
        assert panel.inner_text() != before
        redrawn += chart.inner_html() != drawn
        # What a screen reader is told is what the picture says.
        said = panel.locator(".rhc-said").inner_text()
        assert all(word in chart.locator("svg").text_content() for word in said.split())
        assert chart.get_attribute("aria-label").startswith(said[:20])
        panel.scroll_into_view_if_needed()
        panel.screenshot(path=pictures / f"{lang}-panel-{n + 1}.png")

    assert page.locator("[data-mime-type*='error'], [data-mime-type*='stderr']").count() == 0
    # More hours promised than the staff has change one panel's numbers and not its curves.
    assert redrawn >= panels.count() - 1
    assert page.seen["errors"] == []
    assert len(page.seen["requests"]) > 20
    assert foreign(page.seen["requests"]) == []


def test_a_burst_draws_the_newest_setting_and_leaves_no_queue(lesson):
    _, page = lesson
    chart = page.locator(".rhc-live[data-frame]").nth(1)
    panel = panel_of(chart)
    slide(panel, "Home", 1)
    slide(panel, "ArrowRight", 40)
    page.wait_for_timeout(1_000)
    drawn = chart.get_attribute("data-frame")
    # The margin's slider starts at 5 % and stops at every 0.1 %.
    assert panel.locator(".noUi-handle").first.get_attribute("aria-valuenow") == "40.0"
    assert panel.locator("input[type=text]").first.input_value() == "9%"
    page.wait_for_timeout(500)
    assert chart.get_attribute("data-frame") == drawn


def test_a_page_that_is_opened_again_finds_its_panels_alive(lesson):
    lang, page = lesson
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_timeout(500)
    # To run and save a lesson is not to change it: an update of the course may replace it.
    assert work(page.desk / lang / LESSON) == work(NOTEBOOKS / lang / LESSON)
    page.reload()
    page.locator(".rhc-live[data-frame]").first.wait_for(state="attached", timeout=60_000)
    assert page.seen["errors"] == []
    started = time.time()
    chart = page.locator(".rhc-live[data-frame]").nth(1)
    frame = chart.get_attribute("data-frame")
    slide(panel_of(chart), "ArrowRight", 3)
    while chart.get_attribute("data-frame") == frame:
        assert time.time() - started < 20, "the panel of a page opened again does not answer"
        page.wait_for_timeout(100)
