"""Grading: odd forms of right answers are right, copied answers wrong; a batch goes on, is resumed; Moodle reads it."""

import csv
import json
import os
import subprocess
import sys
import time

import nbformat
import pytest
from click.testing import CliRunner
from markupsafe import escape

from kit.cli.main import main
from kit.course.class_settings import Settings, load, settings
from kit.course.editions import place
from kit.course.exercises.progress import Progress
from kit.course.exercises.question import Verdict, every, question, sheet
from kit.course.exercises.question_types import Choice, Code, Match, Number, Order, Predict, Tune
from kit.course.grading import gradebook, sandbox
from kit.course.grading.grade import Row, Terms, grade, grade_submission, open_run
from kit.course.grading.submissions import BrokenSubmission, Submission, is_starter, learners, pack, read
from kit.paths import EXERCISES, ROOT
from kit.text import LANGUAGES, Refusal, number, speaking, words

KEY = "renhuochang"
TERMS = Terms(Settings(key=KEY), "7", isolated=sandbox.isolation() is not None)


def right(learner: str, route: int = 0) -> dict:
    asked = every().items()
    return {name: one.to_file(one.right[route](one.numbers(KEY, learner)), KEY, learner) for name, one in asked}


def write(folder, learner, answers: dict):
    folder.mkdir(parents=True, exist_ok=True)
    told = {"renhuochang": 1, "answers": list(map(list, answers.items()))}
    (folder / f"{learner}.json").write_text(json.dumps(told), encoding="utf-8")


def states(answers: dict, learner: str = "a1") -> dict:
    return {name: state for name, (state, _) in grade_submission(learner, Submission(answers), TERMS).states.items()}


# Right, in whatever form


@pytest.mark.parametrize("route", [0, 1])
def test_right_answers_have_all_the_points_by_either_route(route):
    assert set(states(right("a1", route)).values()) == {"right"}


def forms(value: float, unit: str):
    import numpy as np
    import pandas as pd

    def full(text: str) -> str:
        return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)

    exact = repr(round(value, 2))
    made = [
        exact,
        f" {exact} ",
        full(exact),
        f"{round(value, 2):,}",
        value,
        np.float64(value),
        pd.Series([value]),
        [value],
    ]
    if unit == "yuan":
        made += [
            f"{value / 1e4:.6f}万",
            f"{value / 1e4:.6f}万元",
            f"{exact}元",
            f"{exact} yuan",
            full(f"{value / 1e4:.6f}") + "万元",
            f"¥{exact}",
        ]
    if unit == "share":
        made = [
            f"{100 * value:.4f}%",
            full(f"{100 * value:.4f}") + "％",
            f"{100 * value:.4f}",
            value,
            np.float64(value),
            pd.Series([value]),
        ]
    return made


@pytest.mark.parametrize("name", [name for name, one in every().items() if isinstance(one.kind, Number)])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_is_right_in_every_form_that_people_write(name, lang):
    asked = question(name)
    own = asked.numbers(KEY, "zhang")
    for form in forms(asked.right[0](own), asked.kind.unit):
        with speaking(lang):
            assert asked.check(form, own) == Verdict("right"), form


def test_four_and_a_half_wan_are_45_000():
    assert Number("yuan").same(Number("yuan").read("４．５万"), 45_000.0)
    assert Number("yuan").read("4.5万元") == 45_000.0


BY_SERIES = """
def top_share(orders, part):
    s = pd.Series(orders).sort_values()
    return np.float64(s.tail(int(part * len(s))).sum() / s.sum())
"""
BY_ARRAY = """
import numpy
def top_share(orders, part):
    s = numpy.sort(orders)[::-1]
    return (s[: round(part * s.size)].sum() / s.sum()).item()
"""
WITH_HELPERS = """
import kit
from statistics import mean

def helper(x):
    return sum(x)

def top_share(orders, part):
    k = int(len(orders) * part)
    print("k", k, mean(orders))
    return helper(sorted(orders)[-k:]) / helper(orders)

print(top_share([1, 2, 3, 4], 0.5))
"""
LAMBDA = "top_share = lambda orders, part: sum(sorted(orders)[-int(part * len(orders)):]) / sum(orders)"


@pytest.mark.parametrize("source", [BY_SERIES, BY_ARRAY, WITH_HELPERS, LAMBDA])
def test_code_is_right_in_every_form_that_people_write(source):
    assert states({"ex01.top_share": source})["ex01.top_share"] == "right"


@pytest.mark.parametrize(
    "made", ["np.array(fees)", "pd.Series(fees)", "tuple(fees)", "[np.float64(fee) for fee in fees]"]
)
def test_a_list_is_right_as_an_array_a_series_or_a_tuple(made):
    source = question("ex03.fees_by_day").right[0]({}).replace("return fees", f"return {made}")
    assert states({"ex03.fees_by_day": source})["ex03.fees_by_day"] == "right"


# Wrong


def test_a_neighbours_answers_are_wrong_wherever_the_numbers_are_ones_own():
    row = grade_submission("a1", Submission(right("neighbour")), TERMS)
    own = [name for name, one in every().items() if not isinstance(one.kind, (Code, Tune))]
    assert {type(every()[name].kind) for name in own} == {Number, Choice, Order, Match, Predict}
    assert {row.states[name][0] for name in own} == {"wrong"}
    assert "foreign" in row.flags
    assert "foreign" not in grade_submission("neighbour", Submission(right("neighbour")), TERMS).flags


def test_an_answer_by_the_courses_own_ids_is_nobodys():
    bare = {name: one.right[0](one.numbers(KEY, "a1")) for name, one in every().items()}
    found = grade_submission("a1", Submission(bare), TERMS).states
    assert {name for name, (state, _) in found.items() if state == "wrong"} == {
        name for name, one in every().items() if isinstance(one.kind, (Choice, Order, Match))
    }


def test_a_starter_and_an_empty_submission_are_not_attempted():
    starters = {name: one.kind.starter for name, one in every().items() if isinstance(one.kind, Code)}
    assert set(states(starters).values()) == {"open"}
    assert set(states({}).values()) == {"open"}
    commented = "# my answer\ndef top_share(orders, part):\n\n    return None  # soon\n"
    assert is_starter(question("ex01.top_share"), commented)


def test_each_mistake_is_told_in_the_gradebook_by_its_id():
    for one in every().values():
        for mistake in one.mistakes:
            answer = one.to_file(mistake.gives(one.numbers(KEY, "a1")), KEY, "a1")
            row = grade_submission("a1", Submission({one.id: json.loads(json.dumps(answer))}), TERMS)
            assert row.states[one.id] == ["wrong", mistake.id]


def test_a_fault_of_the_code_is_told_by_its_kind():
    faults = {
        "ex03.fees_by_day": "def fees_by_day(*given):\n    raise ValueError",
        "ex01.top_share": "def other():\n    pass",
        "ex06.given_back": "def given_back(*given):\n    return object()",
    }
    found = grade_submission("a1", Submission(faults), TERMS).states
    assert [found[name][1] for name in faults] == ["fault.error", "fault.missing", "fault.type"]


# A batch


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Twelve submissions, a quarter of them broken or wrong."""
    here = tmp_path_factory.mktemp("class") / "submissions"
    for n in range(9):
        write(here, f"s{n}", right(f"s{n}", n % 2))
    write(here, "s9", right("s1"))
    (here / "t1.json").write_text("no json", encoding="utf-8")
    (here / "t2.txt").write_text("hello", encoding="utf-8")
    return here


def book(folder, out, *options):
    done = CliRunner().invoke(main, ["grade", str(folder), "--out", str(out), *UNISOLATED, *options])
    assert done.exit_code == 0, done.output
    return out.read_bytes()


UNISOLATED = [] if TERMS.isolated else ["--unisolated"]


def test_one_seed_gives_one_gradebook_and_another_gives_the_same_points(folder, tmp_path):
    first = book(folder, tmp_path / "a.csv", "--seed", "11")
    assert book(folder, tmp_path / "b.csv", "--seed", "11", "--jobs", "1") == first
    assert book(folder, tmp_path / "c.csv") == first


def test_a_batch_that_was_killed_is_resumed_to_the_same_bytes(folder, tmp_path):
    whole = book(folder, tmp_path / "whole.csv", "--seed", "5")
    out = tmp_path / "cut.csv"
    command = [sys.executable, "-m", "kit", "grade", str(folder), "--out", str(out), "--seed", "5", "--jobs", "1"]
    process = subprocess.Popen([*command, *UNISOLATED], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    kept = tmp_path / "cut.run"
    while len(list(kept.glob("*.json"))) < 4 and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.wait()
    rows = {path: path.stat().st_mtime_ns for path in kept.glob("*.json")}
    assert 4 <= len(rows) < 12
    assert not out.exists()
    assert book(folder, out, "--resume") == whole
    assert {path: path.stat().st_mtime_ns for path in rows} == rows, "what was graded is not graded twice"


def test_a_submission_that_changed_meanwhile_is_graded_again(tmp_path):
    write(tmp_path / "in", "s1", right("s2"))
    before = grade(tmp_path / "in", tmp_path / "run", TERMS)[0].points()
    write(tmp_path / "in", "s1", right("s1"))
    assert grade(tmp_path / "in", tmp_path / "run", TERMS)[0].points() == len(every()) > before


def test_a_run_that_goes_on_under_other_terms_is_refused(tmp_path):
    assert open_run(tmp_path / "run", Settings(key="one"), "3", False) == "3"
    assert open_run(tmp_path / "run", Settings(key="one"), None, True) == "3"
    with pytest.raises(Refusal, match="another run"):
        open_run(tmp_path / "run", Settings(key="two"), None, True)
    with pytest.raises(Refusal, match="another run"):
        open_run(tmp_path / "run", Settings(key="one"), "4", True)


def test_the_gradebook_has_a_row_for_everybody_and_the_columns_of_moodle(folder, tmp_path):
    people = tmp_path / "class.csv"
    people.write_text("id,name,email\ns0,学员乙,b@example.org\nz9,=SUM(1),z@example.org\n", encoding="utf-8")
    book(folder, tmp_path / "g.csv", "--roster", str(people), "--report", str(tmp_path / "reports"))
    with (tmp_path / "g.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = {row["ID number"]: row for row in csv.DictReader(lines)}
    assert rows["s0"]["Full name"] == "学员乙"
    assert rows["s0"]["Email address"] == "b@example.org"
    assert rows["s0"]["Course total (Real)"] == str(len(every()))
    assert rows["s0"]["ex03 (Real)"] == str(len(sheet("ex03")))
    assert rows["s9"]["ex03.fee_past_cap"] == "wrong"
    assert rows["t1"]["Feedback comments"].startswith(words("broken.json"))
    assert rows["t2"]["Feedback comments"].startswith(words("broken.format"))
    assert rows["z9"]["Feedback comments"] == words("broken.absent")
    assert rows["z9"]["Full name"] == "'=SUM(1)"
    assert words("flag.stranger") in rows["s1"]["Feedback comments"]
    assert len(list((tmp_path / "reports").glob("*.html"))) == 13


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_is_in_the_classs_language_escaped_and_without_a_script(lang):
    unexpected = "def fees_by_day(sales, fee, cap, standard):\n    return [fee * s + 1 for s in sales]"
    row = grade_submission("a1", Submission(right("b2") | {"ex03.fees_by_day": unexpected}), TERMS)
    broken = question("ex03.fees_by_day").reply("scale_of_sales")
    with speaking(lang):
        page = gradebook.report(row, {"name": "<script>x</script>"}, Settings(language=lang))
        assert escape(words("report.foot")) in page
        assert getattr(question("ex03.fee_past_cap").title, lang) in page
        assert escape(getattr(broken, lang)) in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["name", "files", "link", "size", "format", "json", "absent"])
def test_every_reason_has_its_words(lang, code):
    with speaking(lang):
        assert gradebook.remark(Row("x", reason=code))


def test_names_of_a_learning_platform_are_looked_up_by_full_name(tmp_path):
    for name in ("学员甲_4711_assignsubmission_file_my answers.json", "2020001.json", "x y.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    (tmp_path / "2020002").mkdir()
    (tmp_path / "2020002" / "ex03.ipynb").write_text("{}", encoding="utf-8")
    assert set(learners(tmp_path, {"学员甲": "2020003"})) == {"2020003", "2020001", "2020002", "?x_y"}


# Without a sandbox


def test_without_a_sandbox_grading_is_refused_unless_one_says_so(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "isolation", lambda: None)
    refused = CliRunner().invoke(main, ["grade", str(folder), "--out", str(tmp_path / "g.csv")])
    assert refused.exit_code != 0
    assert "--unisolated" in refused.output
    assert not (tmp_path / "g.csv").exists()


@pytest.mark.skipif(sandbox.isolation() is None and "CI" not in os.environ, reason="no sandbox on this machine")
def test_a_fence_that_leaves_something_open_counts_as_none(monkeypatch):
    whole = sandbox._fence
    assert sandbox.isolation.__wrapped__() is not None
    monkeypatch.setattr(sandbox, "_fence", lambda variant: [*whole(variant), "--ro-bind", str(ROOT), str(ROOT)])
    assert sandbox.isolation.__wrapped__() is None
    monkeypatch.setattr(sandbox, "_fence", lambda variant: ["bwrap", "--bind", "/", "/"])
    assert sandbox.isolation.__wrapped__() is None


def test_on_windows_grading_is_refused_and_says_why(monkeypatch):
    monkeypatch.setattr(sandbox.os, "name", "nt")
    with pytest.raises(Refusal, match="Windows"):
        sandbox.require(True)


def test_without_a_sandbox_the_points_are_right_all_the_same():
    terms = Terms(Settings(key=KEY), "7", isolated=False)
    row = grade_submission(
        "a1", Submission(right("a1") | {"ex01.top_share": "def top_share(*given):\n    return True"}), terms
    )
    assert row.points() == len(every()) - 1


# What a learner hands in


def test_what_is_packed_is_what_was_answered(tmp_path):
    desk = tmp_path / "my_course"
    (desk / "en").mkdir(parents=True)
    (desk / ".handed_out.json").write_text("{}", encoding="utf-8")
    progress = Progress(desk / "en")
    assert progress.path == desk / "my_answers.json"
    progress.set_learner("a1")
    mine = right("a1")
    for name, answer in mine.items():
        if not isinstance(question(name).kind, Code):
            progress.record(name, answer, Verdict("right"))
    for sheet_name in ("ex01", "ex03", "ex06", "ex07"):
        notebook = nbformat.read(place(EXERCISES / f"{sheet_name}.py", "en"), as_version=4)
        for cell in notebook.cells:
            for name, answer in mine.items():
                if f'kit.ask("{name}").check(' in cell.source and sheet_name != "ex06":
                    cell.source = f'{answer}\nkit.ask("{name}").check({question(name).kind.function})'
        nbformat.write(notebook, desk / "en" / f"{sheet_name}.ipynb")
    packed = pack(desk, tmp_path / "a1.json")
    assert set(packed) == set(mine) - {"ex06.given_back"}
    row = grade_submission("a1", read([tmp_path / "a1.json"]), TERMS)
    assert row.points() == len(mine) - 1
    assert row.states["ex06.given_back"][0] == "open"


def test_the_command_packs_under_the_learners_own_id(tmp_path):
    (tmp_path / "desk").mkdir()
    Progress(tmp_path / "desk").set_learner("li.na")
    done = CliRunner().invoke(main, ["submit", str(tmp_path / "desk"), "--to", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "li.na.json").read_text(encoding="utf-8")) == {"renhuochang": 1, "answers": []}


def test_a_broken_file_of_answers_is_refused_in_a_line_and_nothing_is_packed(tmp_path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "my_answers.json").write_text("{")
    done = CliRunner().invoke(main, ["submit", str(tmp_path / "desk"), "--to", str(tmp_path)])
    assert done.exit_code == 1
    assert "my_answers.json" in done.output
    assert not list(tmp_path.glob("*.json"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_hands_in_is_spoken_to_in_the_language_of_their_answers(tmp_path, lang):
    (tmp_path / "desk").mkdir()
    with speaking(lang):
        Progress(tmp_path / "desk").set_learner("li.na")
        told = words("submit.packed", file=tmp_path / "li.na.json", n="0")
    with speaking("en" if lang == "zh" else "zh"):
        done = CliRunner().invoke(main, ["submit", str(tmp_path / "desk"), "--to", str(tmp_path)])
    assert told in done.output


def test_a_notebook_is_read_by_what_its_cells_ask_and_never_run(tmp_path):
    cells = [
        'kit.ask("ex03.who_pays").check("others")',
        'open("ran", "w").write("x")\nkit.ask("ex01.identity").check("per_user")',
        'import math\n\ndef top_share(orders, part):\n    return 1\n\nkit.ask("ex01.top_share").check(top_share)',
        'kit.ask("ex06.story")',
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    nbformat.write(notebook, tmp_path / "a1.ipynb")
    taken = read([tmp_path / "a1.ipynb"])
    assert taken.answers["ex03.who_pays"] == "others"
    assert "kit.ask" not in taken.answers["ex01.top_share"]
    assert "ex06.story" not in taken.answers
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "json"), (b"[]", "json"), (b'{"renhuochang": 2, "answers": []}', "json"), (None, "link")],
)
def test_what_cannot_be_read_has_its_reason(tmp_path, content, code):
    path = tmp_path / "x.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BrokenSubmission) as broken:
        read([path])
    assert broken.value.code == code


# Settings


def test_the_nearest_settings_hold_and_the_shipped_ones_else(tmp_path):
    assert settings(tmp_path).key == KEY
    (tmp_path / "course.toml").write_text('key = "autumn"\nlanguage = "zh"\n[gates]\ntries = 1\n', encoding="utf-8")
    (tmp_path / "en").mkdir()
    assert settings(tmp_path / "en").key == "autumn"
    assert settings(tmp_path / "en").gates.tries == 1


def test_the_shipped_settings_are_the_defaults():
    assert load(EXERCISES / "course.toml") == Settings()


@pytest.mark.parametrize("text", ["key = ", 'kei = "x"', 'key = ""', "[gates]\ntries = -1", 'language = "fr"'])
def test_settings_with_a_fault_are_refused_with_the_files_name(tmp_path, text):
    (tmp_path / "course.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match=r"course\.toml"):
        settings(tmp_path)


def test_what_a_number_shows_is_what_is_read():
    assert Number("yuan").read(number(1234.0, "yuan")) == 1234.0
