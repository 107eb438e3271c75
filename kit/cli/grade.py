"""``renhuochang submit`` packs a learner's answers; ``renhuochang grade`` grades a class."""

import os
import sys
from pathlib import Path

import click

from kit.cli.common import plainly
from kit.text import language, words


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("my_course"))
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Where the file goes.")
def submit(folder: Path, to: Path):
    """Pack the answers of your course folder into one file to hand in."""
    from kit.course.class_settings import settings
    from kit.course.exercises.progress import Progress
    from kit.course.grading.submissions import pack

    with plainly(None):
        progress = Progress(folder)
        language(progress.language or settings(folder).language)
        file = to / f"{progress.learner or 'nobody'}.json"
        packed = pack(folder, file)
        click.echo(words("submit.packed", file=file, n=str(len(packed))))
        if aside := sum(map(len, progress.aside.values())):
            click.echo(words("submit.aside", n=str(aside)))
        if not progress.learner:
            click.echo(words("submit.nobody", file=file.name))


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The gradebook, a CSV.")
@click.option("--report", type=click.Path(file_okay=False, path_type=Path), help="Write a page for each learner here.")
@click.option("--roster", type=click.Path(exists=True, path_type=Path), help="The class list: id, name, email (CSV).")
@click.option("--canvas", type=click.Path(dir_okay=False, path_type=Path), help="Write the points for Canvas here too.")
@click.option("--times", type=click.Path(exists=True, path_type=Path), help="When who handed in: id, handed_in (CSV).")
@click.option("--settings", "course", type=click.Path(exists=True, path_type=Path), help="The class's course.toml.")
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help="Submissions at a time.")
@click.option("--seed", help="Grade on the inputs of an earlier run.")
@click.option("--resume", is_flag=True, help="Go on where an interrupted run stopped.")
@click.option("--unisolated", is_flag=True, help="Run learners' code without a sandbox. Your files are not protected.")
def grade(folder: Path, out: Path, report, roster, canvas, times, course, jobs, seed, resume, unisolated):
    """Grade the submissions of a class."""
    from kit.course.class_settings import load, settings
    from kit.course.grading import gradebook
    from kit.course.grading.grade import Terms, grade, open_run
    from kit.course.grading.sandbox import require
    from kit.course.grading.similarity import alike

    with plainly(None):
        held = load(course) if course else settings(folder)
        language(held.language)
        isolated = require(unisolated)
        if not isolated:
            click.echo(words("grade.unisolated"), err=True)
        people = gradebook.roster(roster) if roster else {}
        handed = gradebook.times(times) if times else {}
        run = out.with_name(f"{out.stem}.run")
        terms = Terms(held, open_run(run, held, seed, resume), isolated, handed=handed)
        names = {person["name"]: learner for learner, person in people.items()}
        with click.progressbar(length=1, file=sys.stderr) as bar:

            def done(n: int, of: int) -> None:
                bar.length = of
                bar.update(1)

            rows = gradebook.with_absent(grade(folder, run, terms, jobs, names, done), people)
        gradebook.write(rows, people, out)
        if canvas:
            gradebook.write_canvas(rows, people, canvas)
        if report:
            gradebook.write_reports(rows, people, held, report)
        broken = str(sum(bool(row.reason) for row in rows))
        click.echo(words("grade.written", file=out, n=str(len(rows)), broken=broken, seed=terms.seed))
        prints = {row.learner: row.prints for row in rows}
        counts = {"late": sum(bool(row.late) for row in rows), "alike": len(alike(prints))}
        for key, n in counts.items():
            if n:
                click.echo(words(f"grade.some_{key}", n=str(n)))
