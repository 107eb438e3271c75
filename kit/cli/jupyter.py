"""``renhuochang lab``: the course in JupyterLab."""

import os
import sys
import sysconfig
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import click

from kit.cli.common import language_option, requiring, system_language
from kit.paths import ROOT


@click.command(context_settings={"ignore_unknown_options": True})
@language_option("the course")
@click.option("--folder", type=click.Path(path_type=Path), default=Path("my_course"), show_default=True)
@click.argument("jupyter", nargs=-1, type=click.UNPROCESSED)
def lab(lang: str | None, folder: Path, jupyter: tuple[str, ...]):
    """Copy the lessons into your own folder and open them in JupyterLab.

    A lesson that you have changed is never overwritten. Further arguments go to JupyterLab.
    """
    import subprocess

    with requiring("lab"):
        import jupyterlab  # noqa: F401

        from kit.course.launcher import hand_out, lab_arguments
        from kit.display.live_chart import library_file
        from kit.numerics.engine import prepare
        from kit.paths import environment

    lang = lang or system_language()
    for note in hand_out(folder):
        click.echo(note)
    make_known()
    library_file()
    prepare()
    arguments = [sys.executable, "-m", "jupyterlab", *lab_arguments(folder, lang), *jupyter]
    if os.name == "nt":
        sys.exit(subprocess.call(arguments, env=environment()))
    os.execve(sys.executable, arguments, environment())


def make_known() -> None:
    """Let any Python of this virtual environment import a checkout that is not installed, and make its command."""
    with suppress(PackageNotFoundError):
        distribution("renhuochang")
        return
    if sys.prefix == sys.base_prefix or not (ROOT / "kit").is_dir():
        return
    windows = os.name == "nt"
    command = Path(sysconfig.get_path("scripts"), "renhuochang.cmd" if windows else "renhuochang")
    with suppress(OSError):  # somebody else's environment
        Path(sysconfig.get_path("purelib"), "renhuochang.pth").write_text(f"{ROOT}\n", encoding="locale")
        run = f'@"{sys.executable}" -m kit %*\n' if windows else f'#!/bin/sh\nexec "{sys.executable}" -m kit "$@"\n'
        command.write_text(run, encoding="locale")
        command.chmod(0o755)
