"""Grading as a command: a folder of submissions in, the gradebook and what else was asked for out."""

from collections.abc import Callable
from pathlib import Path

from kit.course.class_settings import load, settings
from kit.course.grading import gradebook
from kit.course.grading.grade import Terms, grade, open_run
from kit.course.grading.sandbox import require
from kit.text import language, words


def grade_class(
    folder: Path,
    out: Path,
    say: Callable[[str], None],
    *,
    report: Path | None = None,
    roster: Path | None = None,
    canvas: Path | None = None,
    times: Path | None = None,
    course: Path | None = None,
    jobs: int = 2,
    seed: str | None = None,
    resume: bool = False,
    unisolated: bool = False,
    done: Callable[[int, int], None] = lambda n, of: None,
) -> list[str]:
    """Grade a class, write what was asked for, and return the lines that tell what came of it.

    ``say`` is told at once what must be known before learners' code runs. Raises Refusal; nothing is written then.
    """
    held = load(course) if course else settings(folder)
    language(held.language)
    isolated = require(unisolated)
    if not isolated:
        say(words("grade.unisolated"))
    people = gradebook.roster(roster) if roster else {}
    handed = gradebook.times(times) if times else {}
    run = out.with_name(f"{out.stem}.run")
    terms = Terms(held, open_run(run, held, seed, resume), isolated, handed=handed)
    names = {person["name"]: learner for learner, person in people.items()}
    rows = gradebook.with_absent(grade(folder, run, terms, jobs, names, done), people)
    gradebook.write(rows, people, out)
    if canvas:
        gradebook.write_canvas(rows, people, canvas)
    if report:
        gradebook.write_reports(rows, people, held, report)
    broken = str(sum(bool(row.reason) for row in rows))
    told = [words("grade.written", file=out, n=str(len(rows)), broken=broken, seed=terms.seed)]
    counts = {"late": sum(bool(row.late) for row in rows), "alike": len(gradebook.similarity(rows))}
    return told + [words(f"grade.some_{key}", n=str(n)) for key, n in counts.items() if n]
