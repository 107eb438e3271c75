"""The gradebook: late work is marked and keeps its points, alike code is shown to the trainer, Canvas reads it."""

import csv
import datetime
import json
import os

import pytest
from click.testing import CliRunner

from kit.cli.main import main
from kit.course.class_settings import Settings, load
from kit.course.exercises.question import every, sheets
from kit.course.grading import gradebook, sandbox
from kit.course.grading.grade import Row, Terms, grade
from kit.course.grading.similarity import fingerprint
from kit.text import LANGUAGES, Refusal, speaking, words

KEY = "renhuochang"
DUE = datetime.date(2027, 1, 31)
UNISOLATED = [] if sandbox.isolation() is not None else ["--unisolated"]


def write(folder, learner, answers, day=None):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{learner}.json"
    path.write_text(json.dumps({"renhuochang": 1, "answers": list(map(list, answers.items()))}), encoding="utf-8")
    if day:
        noon = datetime.datetime.combine(day, datetime.time(12)).timestamp()
        os.utime(path, (noon, noon))


def fee(learner: str) -> dict:
    asked = every()["ex03.fee_past_cap"]
    return {asked.id: asked.right[0](asked.numbers(KEY, learner))}


def terms(**settings) -> Terms:
    return Terms(Settings(key=KEY, due={"ex03": DUE}), "7", isolated=not UNISOLATED, **settings)


def read(path) -> dict[str, dict]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["ID number"]: row for row in csv.DictReader(lines)}


# Late


@pytest.mark.parametrize(("after", "late"), [(-1, {}), (0, {}), (1, {"ex03": 1}), (9, {"ex03": 9})])
def test_late_work_is_marked_by_its_days_and_keeps_its_points(tmp_path, after, late):
    write(tmp_path / "in", "s1", fee("s1"), DUE + datetime.timedelta(after))
    (row,) = grade(tmp_path / "in", tmp_path / "run", terms())
    assert row.late == late
    assert row.points() == 1
    gradebook.write([row], {}, tmp_path / "g.csv")
    told = read(tmp_path / "g.csv")["s1"]
    assert told["ex03 (Real)"] == "1"
    assert told["Days late"] == "; ".join(f"{sheet}: {days}" for sheet, days in late.items())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_late_work_is_told_in_the_learners_report(lang):
    row = Row("s1", states={}, late={"ex03": 2})
    with speaking(lang):
        told = words("grade.late", sheet="ex03", days=(2, "days"))
        assert told in gradebook.remark(row)
        assert told in gradebook.report(row, {}, Settings())


def test_only_the_sheet_that_was_late_is_late(tmp_path):
    one = {"ex06.promoter_gets": 1.0}
    write(tmp_path / "in" / "s1", "early", fee("s1"), DUE)
    write(tmp_path / "in" / "s1", "late", one, DUE + datetime.timedelta(5))
    assert grade(tmp_path / "in", tmp_path / "run", terms())[0].late == {}


def test_the_platforms_times_stand_above_the_files_and_a_kept_row_hears_of_them(tmp_path):
    write(tmp_path / "in", "s1", fee("s1"), DUE)
    assert grade(tmp_path / "in", tmp_path / "run", terms())[0].late == {}
    (tmp_path / "times.csv").write_text("id,handed_in\ns1,2027-02-02 08:30\n", encoding="utf-8")
    handed = gradebook.times(tmp_path / "times.csv")
    assert grade(tmp_path / "in", tmp_path / "run", terms(handed=handed))[0].late == {"ex03": 2}


@pytest.mark.parametrize("text", ["id,handed_in\ns1,soon", "id\ns1", "id,handed_in\n../x,2027-01-01"])
def test_times_that_cannot_be_read_are_refused(tmp_path, text):
    (tmp_path / "times.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal):
        gradebook.times(tmp_path / "times.csv")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_due_date_of_no_sheet_is_refused_with_the_sheets_that_there_are(tmp_path, lang):
    (tmp_path / "course.toml").write_text("[due]\nex3 = 2027-01-31\n", encoding="utf-8")
    with speaking(lang), pytest.raises(Refusal, match=r"ex3.*ex01.*ex03"):
        load(tmp_path / "course.toml")


# Alike


ONE = """
def top_share(orders, part):
    '''What the largest hold.'''
    count = int(part * len(orders))
    largest = sorted(orders)[-count:]
    return sum(largest) / sum(orders)
"""
RENAMED = """
# my own work
def top_share(o: list, p: float) -> float:
    k = int(p*len(o))
    big = sorted(o)[-k:]

    return sum(big)/sum(o)
"""


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (RENAMED, True),
        (ONE.replace("sorted", "list"), False),
        (ONE.replace("[-count:]", "[:count]"), False),
        (ONE.replace("sum(largest) / sum(orders)", "sum(orders) / sum(largest)"), False),
    ],
)
def test_code_is_alike_whatever_its_names_comments_and_blanks_and_in_nothing_else(other, same):
    assert (fingerprint(other) == fingerprint(ONE)) is same


@pytest.mark.parametrize("odd", ["def (", "\0", "(" * 5_000, "x = " + "-" * 50_000 + "1"])
def test_what_cannot_be_read_has_no_fingerprint(odd):
    assert fingerprint(odd) == ""


def test_alike_code_is_shown_to_the_trainer_in_the_gradebook_and_to_no_learner(tmp_path):
    other = ONE.replace("int(part * len(orders))", "round(len(orders) * part)")
    starter = every()["ex01.top_share"].kind.starter
    for learner, source in {"s1": ONE, "s2": RENAMED, "s3": other, "s4": starter, "s5": starter}.items():
        write(tmp_path / "in", learner, {"ex01.top_share": source})
    command = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "g.csv"), "--report", str(tmp_path / "reports")]
    done = CliRunner().invoke(main, [*command, *UNISOLATED])
    assert done.exit_code == 0, done.output
    assert words("grade.some_alike", n="2") in done.output
    told = {learner: row["Alike"] for learner, row in read(tmp_path / "g.csv").items()}
    assert told == {"s1": "ex01.top_share: s2", "s2": "ex01.top_share: s1", "s3": "", "s4": "", "s5": ""}
    assert "s2" not in (tmp_path / "reports" / "s1.html").read_text(encoding="utf-8")
    again = CliRunner().invoke(main, [*command, *UNISOLATED, "--resume"])
    assert words("grade.some_alike", n="2") in again.output, "kept rows keep their fingerprints"


# Names


LIVE = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=cmd", "\r=cmd", "\n=cmd", " =1+1", "\u00a0=1", "\ufeff=1"]
LIVE += ["＝1+1", "＋1", "－1", "＠x", "﹦1", "x\r=cmd"]


@pytest.mark.parametrize("name", LIVE)
@pytest.mark.parametrize("save", [gradebook.write, gradebook.write_canvas])
def test_a_name_that_a_spreadsheet_would_run_stays_text(tmp_path, save, name):
    save([Row("s1")], {"s1": {"name": name, "email": name}}, tmp_path / "g.csv")
    with (tmp_path / "g.csv").open(encoding="utf-8-sig", newline="") as lines:
        last = list(csv.reader(lines))[-1]
    assert last[0] == "s1" or last[2] == "s1", "one learner, one row"
    assert last.count(name.replace("\r", "\n") if name[0] == "x" else "'" + name.replace("\r", "\n")) == 2
    assert name not in last


# Canvas


def test_canvas_finds_its_columns_its_points_possible_and_no_zero_for_what_was_not_graded(tmp_path):
    write(tmp_path / "in", "s1", fee("s1"), DUE + datetime.timedelta(3))
    (tmp_path / "in" / "s2.json").write_text("no json", encoding="utf-8")
    (tmp_path / "class.csv").write_text("id,name,email\ns1,学员甲,a@example.org\ns3,=SUM(1),c@example.org\n", "utf-8")
    (tmp_path / "course.toml").write_text(f"[due]\nex03 = {DUE}\n", encoding="utf-8")
    options = ["--roster", str(tmp_path / "class.csv"), "--canvas", str(tmp_path / "canvas.csv"), *UNISOLATED]
    options += ["--settings", str(tmp_path / "course.toml")]
    done = CliRunner().invoke(main, ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "g.csv"), *options])
    assert done.exit_code == 0, done.output
    assert words("grade.some_late", n="1") in done.output
    with (tmp_path / "canvas.csv").open(encoding="utf-8-sig", newline="") as lines:
        head, most, *rows = list(csv.reader(lines))
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *sheets()]
    assert most == [
        "    Points Possible",
        *[""] * 4,
        *(str(sum(asked.points for asked in every().values() if asked.id.startswith(sheet))) for sheet in sheets()),
    ]
    assert rows == [
        ["学员甲", "", "s1", "a@example.org", "", "0", "1", "0", "0"],
        ["s2", "", "s2", *[""] * 6],
        ["'=SUM(1)", "", "s3", "c@example.org", *[""] * 5],
    ]
