"""The built notebooks hold outputs that a comparison can bite on.

tests/course/test_editions.py builds each edition again and compares every output; tests/test_wheel.py runs every lesson
with nbval as the installed course hands it out. This file is their gate.
"""

import re
from itertools import pairwise

import pytest
from built_lessons import ALL_EDITIONS, ALL_NAMES, EDITIONS, NAMES, notebook

from kit.course.editions import WIDGET_VIEW, place
from kit.display.figure import MIME

both = pytest.mark.parametrize(("source", "lang"), EDITIONS, ids=NAMES)
each = pytest.mark.parametrize(("source", "lang"), ALL_EDITIONS, ids=ALL_NAMES)


def code(source, lang):
    return [cell for cell in notebook(source, lang).cells if cell.cell_type == "code"]


@each
def test_every_code_cell_was_run_without_an_error(source, lang):
    cells = code(source, lang)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]


@each
def test_enough_outputs_are_compared(source, lang):
    compared = [cell for cell in code(source, lang) if cell.outputs]
    assert len(compared) >= max(5, len(code(source, lang)) - 2)
    assert not [cell.id for cell in compared if "nbval" in str(cell.metadata)]


@both
def test_every_panel_leaves_its_sentence_a_figure_and_a_table(source, lang):
    found = [cell for cell in code(source, lang) if "kit.tune(" in cell.source]
    assert found
    for cell in found:
        sentence, panel, figure, table = (output["data"] for output in cell.outputs)
        assert set(sentence) == {"text/html", "text/plain"}
        assert set(panel) == {"text/plain"}
        assert {MIME, "image/png", "text/plain"} == set(figure)
        assert "<table" in table["text/html"]


@both
def test_every_figure_says_what_it_shows(source, lang):
    figures = [o["data"] for cell in code(source, lang) for o in cell.outputs if MIME in o.get("data", {})]
    for figure in figures:
        spec = figure[MIME]
        assert spec["description"] == figure["text/plain"]
        assert len(spec["description"]) > 60
        assert spec["params"][0]["value"], "a headline"
        assert "http" not in str(spec)


@both
def test_a_lesson_stays_small(source, lang):
    cells = code(source, lang)
    assert len(cells) <= 25
    assert all(len(cell.source.splitlines()) <= 10 for cell in cells)
    assert not [cell.id for cell in cells if re.search(r"^\s*def |^\s*for |lambda", cell.source, re.M)]
    assert place(source, lang).stat().st_size < 1_000_000


@each
def test_nothing_of_the_machine_or_the_day_is_left(source, lang):
    text = place(source, lang).read_text(encoding="utf-8")
    assert WIDGET_VIEW not in text
    assert not re.search(r"/home/|/roo[t]/|/Users/|/tmp/|0x[0-9a-f]{8}", text)
    assert "widgets" not in notebook(source, lang).metadata


@each
def test_the_answer_to_a_guess_stands_folded_beneath_it(source, lang):
    cells = notebook(source, lang).cells
    for cell, after in pairwise(cells):
        if cell.cell_type == "code" and "predict=" in cell.source and after.cell_type == "markdown":
            prose = re.split(r"^#+ ", after.source, flags=re.MULTILINE)[0]
            open_lines = prose.split("<details>")[0]
            assert not re.search(r"\d", open_lines), open_lines
