"""The learner's own copy of the course: brought up to date, and never overwritten."""

import json

import pytest

from kit.course import launcher
from kit.text import Refusal


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A small course of two lessons, and an empty folder for a learner."""
    monkeypatch.setattr(launcher, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(launcher, "EXERCISES", tmp_path / "exercises")
    (tmp_path / "notebooks" / "en").mkdir(parents=True)
    for name in ("01_a", "02_b"):
        (tmp_path / "notebooks" / "en" / f"{name}.ipynb").write_text(f"first {name}")
    return tmp_path / "notebooks" / "en", tmp_path / "mine"


def test_an_update_adds_lessons_and_brings_untouched_ones_up_to_date(course):
    lessons, mine = course
    launcher.hand_out(mine)
    (lessons / "01_a.ipynb").write_text("second 01_a")
    (lessons / "03_c.ipynb").write_text("first 03_c")
    assert launcher.hand_out(mine) == []
    assert (mine / "en" / "01_a.ipynb").read_text() == "second 01_a"
    assert (mine / "en" / "03_c.ipynb").read_text() == "first 03_c"


def test_a_lesson_that_the_learner_changed_stays_theirs_and_they_are_told(course):
    lessons, mine = course
    launcher.hand_out(mine)
    (mine / "en" / "02_b.ipynb").write_text("my own work")
    assert launcher.hand_out(mine) == []
    (lessons / "02_b.ipynb").write_text("second 02_b")
    notes = launcher.hand_out(mine)
    assert len(notes) == 1
    assert "en/02_b.ipynb" in notes[0]
    assert (mine / "en" / "02_b.ipynb").read_text() == "my own work"


def test_to_run_a_lesson_is_not_to_change_it_but_to_write_in_it_is(course):
    lessons, mine = course

    def notebook(source, output):
        cell = {"cell_type": "code", "source": source, "outputs": [output], "metadata": {}}
        return json.dumps({"cells": [cell], "metadata": {"run": output}})

    (lessons / "01_a.ipynb").write_text(notebook("1 + 1", "none yet"))
    (lessons / "02_b.ipynb").write_text(notebook("1 + 1", "none yet"))
    launcher.hand_out(mine)
    (mine / "en" / "01_a.ipynb").write_text(notebook("1 + 1", "2"))
    (mine / "en" / "02_b.ipynb").write_text(notebook("1 + 2", "3"))
    for name in ("01_a", "02_b"):
        (lessons / f"{name}.ipynb").write_text(notebook("2 + 2", "none yet"))
    assert len(launcher.hand_out(mine)) == 1
    assert "2 + 2" in (mine / "en" / "01_a.ipynb").read_text()
    assert "1 + 2" in (mine / "en" / "02_b.ipynb").read_text()


def test_a_file_of_the_learners_own_with_a_lessons_name_is_not_overwritten(course):
    _, mine = course
    (mine / "en").mkdir(parents=True)
    (mine / "en" / "01_a.ipynb").write_text("mine from before")
    launcher.hand_out(mine)
    assert (mine / "en" / "01_a.ipynb").read_text() == "mine from before"


def test_a_file_in_place_of_the_folder_is_refused(course):
    _, mine = course
    mine.write_text("a file")
    with pytest.raises(Refusal, match="is a file"):
        launcher.hand_out(mine)


def test_the_lab_opens_at_the_readers_language_without_news(tmp_path, monkeypatch):
    monkeypatch.setattr(launcher, "cache_folder", lambda: tmp_path)
    launcher.hand_out(tmp_path / "mine")
    arguments = " ".join(launcher.lab_arguments(tmp_path / "mine", "zh"))
    assert "/lab/tree/zh/" in arguments
    assert "zh_CN" in (tmp_path / "lab-zh" / "overrides.json").read_text()
