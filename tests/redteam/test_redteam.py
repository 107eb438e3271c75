"""The red team: every attack scores 0, changes no file, reaches nothing, and does not stop the batch."""

import os
import random
import shutil
from pathlib import Path

import pytest
from redteam.batch import CODE, FILES, HONEST, KEY, LIMITS, QUESTIONS, attack, fill

from kit.course.class_settings import Settings
from kit.course.exercises.question import every
from kit.course.grading import gradebook, sandbox
from kit.course.grading.grade import Terms, grade
from kit.course.grading.sandbox import Limits, Task
from kit.paths import ROOT

# On a learner's own machine the other tests still say much; where this is to be proved, the sandbox must be there.
pytestmark = pytest.mark.skipif(
    sandbox.isolation() is None and "CI" not in os.environ, reason="no sandbox on this machine"
)


def tree(*folders: Path) -> dict:
    """Every file beneath some folders: its size and its time of change."""
    found = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if "__pycache__" not in path.parts and ".git" not in path.parts:
                about = path.lstat()
                found[str(path)] = (
                    about.st_mode,
                    about.st_size if path.is_file() else 0,
                    about.st_mtime_ns if path.is_file() else 0,
                )
    return found


def traces() -> list[str]:
    """What the attacks would leave in the places that everybody can write to."""
    places = [Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path("/"), Path.home()]
    names = [
        "pickled",
        "unpickled",
        "evaluated",
        "called",
        "run",
        "link",
        "fill0",
        "record",
        "gradebook.csv",
        "results.json",
        "run.json",
    ]
    return [str(place / name) for place in places for name in names if (place / name).exists()]


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """One batch of every attack among two honest learners: rows by learner, and the tree before and after."""
    home = tmp_path_factory.mktemp("redteam")
    folder, kept = home / "submissions", home / "out" / "gradebook.run"
    folder.mkdir()
    (home / "canary.txt").write_text("what only the trainer knows", encoding="utf-8")
    fill(folder)
    os.environ["CANARY_TOKEN"] = "secret"
    watched = [folder, ROOT / "kit", ROOT / "exercises", ROOT / "data", ROOT / "tests"]
    already, before = traces(), tree(*watched)
    terms = Terms(Settings(key=KEY), "red", limits=LIMITS)
    rows = grade(folder, kept, terms, jobs=2)
    after = tree(*watched)
    del os.environ["CANARY_TOKEN"]
    yield (
        {row.learner: row for row in rows},
        (before, after),
        [trace for trace in traces() if trace not in already],
        home,
    )
    shutil.rmtree(home, ignore_errors=True)


def test_there_are_forty_attacks_and_more():
    assert len(CODE) + len(FILES) >= 40


@pytest.mark.parametrize("name", CODE)
def test_an_attack_by_code_scores_nothing(batch, name):
    row = batch[0][f"code-{name}"]
    assert not row.reason
    assert row.points() == 0
    assert {state for state, _ in row.states.values()} <= {"wrong", "open"}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_what_is_hard_coded_is_right_in_the_notebook_alone(question):
    copied = question.kind.compile(attack(CODE["hard_coded"]))
    assert question.check(copied, {}).state == "right"
    copied = question.kind.compile(attack(CODE["hard_coded"]))
    cases = question.kind.draw_cases(random.Random("another seed"))
    assert question.judge(question.kind.outputs(copied, cases), cases).state == "wrong"


@pytest.mark.parametrize("name", FILES)
def test_an_attack_by_files_scores_nothing(batch, name):
    rows = [row for learner, row in batch[0].items() if learner.lstrip("?").split("_b_")[0] == f"files-{name}"]
    assert len(rows) == 1
    assert rows[0].points() == 0


@pytest.mark.parametrize("learner", HONEST)
def test_the_honest_among_them_have_all_their_points(batch, learner):
    assert batch[0][learner].points() == len(every())


def test_every_submission_has_its_row(batch):
    assert len(batch[0]) == len(CODE) + len(FILES) + len(HONEST)


def test_the_file_tree_is_as_it_was(batch):
    before, after = batch[1]
    assert before == after
    assert batch[2] == []


def test_no_attack_reaches_a_file_outside_its_folder_or_the_network():
    tasks = [
        Task(name, attack(path), QUESTIONS[0].kind.function, [[[1.0, 2.0], 0.01, 2.0, 0.05]])
        for name, path in CODE.items()
    ]
    found = {}
    for start in range(0, len(tasks), 20):
        found |= sandbox.run(tasks[start : start + 20], True, Limits(seconds=0.5, total_seconds=12.0))
    assert {name: record for name, record in found.items() if "reached" in str(record)} == {}


def test_the_reports_hold_nothing_that_a_submission_wrote(batch, tmp_path):
    rows = list(batch[0].values())
    gradebook.write(rows, {}, tmp_path / "gradebook.csv")
    gradebook.write_reports(rows, {}, Settings(), tmp_path / "reports")
    assert tree(tmp_path).keys() >= {str(tmp_path / "reports" / "honest1.html")}
    for page in (tmp_path / "reports").iterdir():
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "onerror" not in text
        assert "default-src 'none'" in text
        assert page.parent == tmp_path / "reports"
    for line in (tmp_path / "gradebook.csv").read_text(encoding="utf-8-sig").splitlines():
        assert not line.startswith(("=", "+", "-", "@"))
