"""The command line. A command stands in the file of its name; card and calibrate in build.py, submit in grade.py."""

import click

from kit import __version__
from kit.cli.autumn import autumn
from kit.cli.build import build, calibrate, card
from kit.cli.coverage import coverage
from kit.cli.grade import grade, submit
from kit.cli.jupyter import lab
from kit.cli.plan import plan
from kit.cli.precision import precision
from kit.cli.simulate import simulate


@click.group()
@click.version_option(__version__)
def main():
    """人货场: a teaching simulator of a live-commerce platform."""


for command in (lab, submit, grade, plan, simulate, autumn, coverage, precision, build, card, calibrate):
    main.add_command(command)
