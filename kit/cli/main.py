"""The command line: ``lab`` opens the course, ``simulate`` runs a policy, ``plan`` reads a shop's orders."""

import os
import sys
from pathlib import Path

import click

from kit.cli.simulation import autumn, coverage, plainly, precision, simulate, system_language
from kit.text import LANGUAGES, language, words


@click.group()
@click.version_option(package_name="renhuochang")
def main():
    """人货场: a teaching simulator of a live-commerce platform."""


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the course; else your system's.")
@click.option("--folder", type=click.Path(path_type=Path), default=Path("my_course"), show_default=True)
@click.argument("jupyter", nargs=-1, type=click.UNPROCESSED)
def lab(lang: str | None, folder: Path, jupyter: tuple[str, ...]):
    """Copy the lessons into your own folder and open them in JupyterLab.

    A lesson that you have changed is never overwritten. Further arguments go to JupyterLab.
    """
    import subprocess

    from kit.course.launcher import hand_out, lab_arguments
    from kit.display.live_chart import library_file

    lang = lang or system_language()
    for note in hand_out(folder):
        click.echo(note)
    library_file()
    # Beside the learner: whoever opens the first lesson does not wait for the compiler.
    subprocess.Popen([sys.executable, "-m", "kit.simulator.warm_up", lang])
    arguments = [sys.executable, "-m", "jupyterlab", *lab_arguments(folder, lang), *jupyter]
    if os.name == "nt":
        sys.exit(subprocess.call(arguments))
    os.execv(sys.executable, arguments)


@main.command()
@click.option("--no-pictures", is_flag=True, help="Leave out the PNG beside each chart.")
def build(no_pictures: bool):
    """Build the executed English and Chinese notebooks from their sources."""
    from kit.course.editions import build_all

    build_all(pictures=not no_pictures, done=lambda path: click.echo(f"built {path.parent.name}/{path.name}"))


@main.command()
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


@main.command()
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
def grade(folder, out, **asked):
    """Grade the submissions of a class."""
    from kit.cli.grade import grade_class

    with plainly(None):
        with click.progressbar(length=1, file=sys.stderr) as bar:

            def done(n: int, of: int) -> None:
                bar.length = of
                bar.update(1)

            lines = grade_class(folder, out, lambda line: click.echo(line, err=True), **asked, done=done)
        for line in lines:
            click.echo(line)


@main.command()
def calibrate():
    """Fit the calibrated numbers again and draw those that meet the targets; both are written to data/. Minutes."""
    from kit.analysis.calibration import DRAWS, calibrate, reject, write

    write(calibrate())
    table, why = reject(progress=sys.stderr.isatty())
    table.to_csv(DRAWS, index=False, lineterminator="\n")
    for what, many in why.most_common():
        click.echo(f"{what}: {many}")


@main.command()
@click.argument("orders", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the plan; else your system's.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="plan.xlsx or plan.html")
@click.option("--column", "chosen", multiple=True, metavar="WHAT=NAME", help="Which column is which: amount=应收")
@click.option("--margin", help="Your gross margin, where the file has no costs: 35%")
@click.option("--days", help="Over how many days the orders came, where the file has no dates.")
@click.option("--entered", help="The day on which your shop entered, for Fan Xing: 2020-10-05")
def plan(orders: Path, lang: str | None, output: Path, chosen: tuple[str, ...], **stated: str | None):
    """Make a plan of your own orders (CSV or Excel). Nothing is sent; only the output is written."""
    from kit.cli.plan import save_plan

    with plainly(lang, of=orders.name):
        for line in save_plan(orders, output, chosen, **stated):
            click.echo(line)


@main.command()
def card():
    """Write the data card, data/README.md, from the data package."""
    from kit.parameters.data_card import card
    from kit.paths import DATA

    (DATA / "README.md").write_text(card(), encoding="utf-8", newline="\n")


for command in (simulate, autumn, coverage, precision):
    main.add_command(command)
