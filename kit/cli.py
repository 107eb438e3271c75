"""The command line: ``renhuochang lab`` opens the course, ``renhuochang build`` makes its editions."""

import locale
import os
import sys
from pathlib import Path

import click

from kit.text import LANGUAGES


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
    from kit.course.desk import hand_out, lab_arguments
    from kit.live import library_file

    lang = lang or ("zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en")
    for note in hand_out(folder):
        click.echo(note)
    library_file()
    arguments = [sys.executable, "-m", "jupyterlab", *lab_arguments(folder, lang), *jupyter]
    if os.name == "nt":
        import subprocess

        sys.exit(subprocess.call(arguments))
    os.execv(sys.executable, arguments)


@main.command()
@click.option("--no-pictures", is_flag=True, help="Leave out the PNG beside each chart.")
def build(no_pictures: bool):
    """Build the executed English and Chinese notebooks from their sources."""
    from kit.course.editions import build_all

    build_all(pictures=not no_pictures, done=lambda path: click.echo(f"built {path.parent.name}/{path.name}"))


@main.command()
def calibrate():
    """Fit the calibrated numbers again and write them to data/calibrated.csv."""
    from kit.market.calibration import calibrate, write

    write(calibrate())


@main.command()
def card():
    """Write the data card, data/README.md, from the data package."""
    from kit.course.datacard import card
    from kit.paths import DATA

    (DATA / "README.md").write_text(card(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
