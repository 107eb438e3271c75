"""My shop in a real JupyterLab in a real Chromium: a file is chosen as a person does, and its plan appears."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from lab_session import foreign, open_lesson, run_all
from make_samples import FOLDER

from kit.shop.plan_text import title
from kit.text import speaking, words
from kit.widgets.my_shop import plan_sample

SAMPLE = FOLDER / "made_jade_shop.csv"


def gbk(folder: Path) -> Path:
    return SAMPLE


def workbook(folder: Path) -> Path:
    made, path = openpyxl.Workbook(), folder / "订单.xlsx"
    for row in csv.reader(io.StringIO(SAMPLE.read_bytes().decode("gbk"))):
        made.active.append(row)
    made.save(path)
    return path


@pytest.mark.parametrize(("lang", "file"), [("en", gbk), ("zh", workbook)])
def test_a_file_is_chosen_its_plan_appears_and_a_senseless_number_is_refused(
    lang, file, desks, page, pictures, tmp_path
):
    address, _ = desks(lang)
    with speaking(lang):
        open_lesson(page, address, lang, "20_my_shop.ipynb")
        run_all(page)
        button = page.get_by_role("button", name=words("panel.upload"))
        button.wait_for(timeout=60_000)
        # The printed sentence hides while the button lives.
        assert page.get_by_text(words("panel.needs_kernel")).is_hidden()
        with page.expect_file_chooser() as chooser:
            button.click()
        chooser.value.set_files(str(file(tmp_path)))
        panel = page.locator(".rhc-shop")
        panel.get_by_role("heading", name=title(plan_sample())).wait_for(timeout=120_000)
        panel.screenshot(path=pictures / f"{lang}-my-shop.png")
        page.get_by_text(words("panel.columns")).first.click()
        page.get_by_label(words("panel.days")).fill("-3")
        page.keyboard.press("Tab")
        panel.locator(".rhc-refused").wait_for(timeout=60_000)
        assert panel.get_by_role("button", name=words("panel.save")).is_disabled()
        assert page.seen["errors"] == []
        assert foreign(page.seen["requests"]) == []
