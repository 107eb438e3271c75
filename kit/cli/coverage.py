"""``renhuochang coverage``: which systems of the autumn are modelled, and by which test that is shown."""

import csv

import click

from kit.cli.common import language_option, plainly
from kit.paths import DATA
from kit.text import label, words


@click.command()
@language_option("what is printed")
def coverage(lang: str | None):
    """Print every system of the autumn: its levers, its switches, and the test that it moves what it should."""
    with plainly(lang), (DATA / "tables" / "coverage.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            click.echo(label("coverage", row.pop("id")))
            for column, value in row.items():
                click.echo("  " + words("simulate.line", name=words(f"coverage.{column}"), amount=value))
