"""A sheet in a real JupyterLab in a real Chromium: answered by keyboard and mouse, and remembered."""

import os
from pathlib import Path

import pytest
from lab import browsing, chromium, foreign, open_lesson, run_all, serving

from kit.text import speaking, words

PICTURES = Path(__file__).resolve().parent.parent / "build" / "screenshots"

pytestmark = [
    pytest.mark.skipif(not chromium() and "CI" not in os.environ, reason="no Chromium on this machine"),
    pytest.mark.filterwarnings("default"),
]


def test_a_sheet_is_answered_by_keyboard_and_mouse_and_remembers(tmp_path):
    PICTURES.mkdir(parents=True, exist_ok=True)
    with serving(tmp_path / "desk", "zh") as address, browsing() as page, speaking("zh"):
        open_lesson(page, address, "zh", "ex03.ipynb")
        run_all(page)
        asked = page.locator(".rhc-question")
        asked.nth(4).wait_for(timeout=60_000)
        assert asked.count() == 5
        # The printed copy hides while the widget lives.
        assert page.get_by_role("heading", name="4.").count() == 1
        asked.nth(3).locator("input[type=radio]").nth(2).check()
        asked.nth(3).get_by_role("button", name=words("ask.check")).click()
        asked.nth(3).get_by_text("✓").wait_for(timeout=10_000)
        asked.nth(0).locator("input[type=text]").fill("much")
        asked.nth(0).get_by_role("button", name=words("ask.check")).click()
        asked.nth(0).locator(".rhc-refused").wait_for(timeout=10_000)
        run_all(page)
        asked.nth(3).get_by_text("✓").wait_for(timeout=10_000)
        page.locator(".jp-Notebook").screenshot(path=PICTURES / "zh-sheet.png")
        assert page.seen["errors"] == []
        assert foreign(page.seen["requests"]) == []
    assert (tmp_path / "desk" / "my_answers.json").is_file()
