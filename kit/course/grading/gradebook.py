"""The gradebook: rows in, a CSV for the learning platform (Moodle, Canvas) and a static page for each learner out."""

import csv
import datetime
import io
from pathlib import Path

from kit.course.class_settings import Settings, sheets
from kit.course.exercises.progress import ID, SIGNS
from kit.course.exercises.question import every
from kit.course.grading.grade import Row
from kit.course.grading.similarity import alike
from kit.display.html import fill
from kit.paths import replace_file
from kit.text import Refusal, escape_formula, language, words


def roster(path: Path) -> dict[str, dict[str, str]]:
    """Read a class list (CSV with the columns id, name and email); return its rows by id."""
    rows = _listed(path)
    return {row["id"]: {"name": row.get("name") or "", "email": row.get("email") or ""} for row in rows}


def times(path: Path) -> dict[str, datetime.date]:
    """Read the learning platform's list of hand-in dates (CSV with the columns id and handed_in); dates by id."""
    rows = _listed(path)
    try:
        return {row["id"]: datetime.datetime.fromisoformat((row["handed_in"] or "").strip()).date() for row in rows}
    except (KeyError, ValueError) as why:
        raise Refusal("file", file=path.name, why=str(why)) from None


def _listed(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV of learners, their ids checked."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as why:
        raise Refusal("file", file=path.name, why=str(why)) from None
    for row in rows:
        row["id"] = (row.get("id") or "").strip()
        if not ID.fullmatch(row["id"]):
            raise Refusal("learner_id", value=row["id"])
    return rows


def with_absent(rows: list[Row], people: dict[str, dict]) -> list[Row]:
    """Add a row for each learner on the list who handed in nothing; flag those who are not on it."""
    there = {row.learner for row in rows}
    for row in rows:
        if people and row.learner not in people and "stranger" not in row.flags:
            row.flags = sorted([*row.flags, "stranger"])
    absent = [Row(name, reason="absent") for name in people if name not in there]
    return sorted([*rows, *absent], key=lambda row: row.learner)


def write(rows: list[Row], people: dict[str, dict], to: Path) -> None:
    """Write the gradebook: columns as Moodle names them, points by sheet, states by question, a comment.

    The last columns are for the trainer: days late, and learners with the same code.
    """
    names, same = list(every()), alike({row.learner: row.prints for row in rows})
    head = ["ID number", "Full name", "Email address", *(f"{sheet} (Real)" for sheet in sheets())]
    lines: list[list] = [[*head, "Course total (Real)", *names, "Feedback comments", "Days late", "Alike"]]
    for row in rows:
        person = people.get(row.learner, {"name": "", "email": ""})
        by_sheet = [row.points(sheet) for sheet in sheets()]
        states = [row.states.get(name, ["", ""])[0] for name in names]
        line = [row.learner, person["name"], person["email"], *by_sheet, row.points(), *states, remark(row)]
        days = "; ".join(f"{sheet}: {late}" for sheet, late in row.late.items())
        line += [days, "; ".join(f"{name}: {' '.join(ids)}" for name, ids in same.get(row.learner, {}).items())]
        lines.append(line)
    _save(lines, to)


def write_canvas(rows: list[Row], people: dict[str, dict], to: Path) -> None:
    """Write the points in Canvas's import format: its five columns of the learner, then one column a sheet.

    Our id is the SIS User ID. A submission that could not be graded has blanks, which leave Canvas's grade as it is.
    """
    lines: list[list] = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *sheets()]]
    most = [sum(question.points for question in every().values() if question.sheet == sheet) for sheet in sheets()]
    lines.append(["    Points Possible", "", "", "", "", *most])
    for row in rows:
        person = people.get(row.learner, {"name": "", "email": ""})
        points = [row.points(sheet) if not row.reason else "" for sheet in sheets()]
        lines.append([person["name"] or row.learner, "", row.learner, person["email"], "", *points])
    _save(lines, to)


def _save(lines: list[list], to: Path) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([escape_formula(cell) for cell in line] for line in lines)
    # Excel reads Chinese names only where the file begins with a byte order mark.
    replace_file(to, lambda file: file.write_text(out.getvalue(), encoding="utf-8-sig", newline=""))


def remark(row: Row) -> str:
    """Return a row's reason, flags and late sheets as sentences."""
    codes = [f"broken.{row.reason}"] if row.reason else []
    sentences = [words(code) for code in [*codes, *(f"flag.{flag}" for flag in row.flags)]]
    late = [words("grade.late", sheet=sheet, days=(n, "days")) for sheet, n in row.late.items()]
    return " ".join([*sentences, *late])


def report(row: Row, person: dict, settings: Settings) -> str:
    """Return a learner's page. It holds the course's own words and the id; nothing that a submission wrote."""
    sections: dict[str, list] = {sheet: [] for sheet in sheets()}
    for name, question in every().items():
        state, mistake = row.states.get(name, ["open", ""])
        reply = question.reply(mistake)
        code = mistake if mistake.startswith("fault.") else f"ask.{state}"
        said = question.fill(reply, question.numbers(settings.key, row.learner)) if reply else words(code)
        sections[question.sheet].append((SIGNS[state], getattr(question.title, language()), said))
    heads = {sheet: f"{sheet}: {row.points(sheet)} / {len(lines)}" for sheet, lines in sections.items()}
    heads |= {sheet: f"{heads[sheet]} ({words('ask.due', day=(due, ''))})" for sheet, due in settings.due.items()}
    most = sum(question.points for question in every().values())
    total = words("report.total", points=str(row.points()), most=str(most))
    title = words("report.title", learner=person.get("name") or row.learner)
    tables = [(heads[sheet], lines) for sheet, lines in sections.items()]
    return fill("report.html", title=title, total=total, remark=remark(row), sheets=tables)


def write_reports(rows: list[Row], people: dict[str, dict], settings: Settings, folder: Path) -> None:
    """Write a page for each row with a valid id."""
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        if ID.fullmatch(row.learner):
            page = report(row, people.get(row.learner, {}), settings)
            (folder / f"{row.learner}.html").write_text(page, encoding="utf-8")
