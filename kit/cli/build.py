"""What maintainers build: ``build`` the notebooks, ``card`` the data card, ``calibrate`` the calibrated numbers."""

import json
import sys

import click

from kit.cli.common import requiring
from kit.paths import DATA


@click.command()
@click.option("--no-pictures", is_flag=True, help="Leave out the PNG beside each chart.")
def build(no_pictures: bool):
    """Build the executed English and Chinese notebooks from their sources."""
    with requiring("dev"):
        import jupytext  # noqa: F401
        import PIL  # noqa: F401

        from kit.course.editions import build_all

    build_all(pictures=not no_pictures, done=lambda path: click.echo(f"built {path.parent.name}/{path.name}"))


@click.command()
def card():
    """Write the data card, data/README.md, from the data package."""
    (DATA / "README.md").write_text(data_card(), encoding="utf-8", newline="\n")


def data_card() -> str:
    """Return the data card: each table of the data package, its columns, and counts of its rows."""
    import pandas as pd

    from kit.display.html import fill

    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    files = [resource["path"] for resource in package["resources"] if "schema" in resource]
    tables = {file: pd.read_csv(DATA / file, dtype=str, keep_default_na=False) for file in files}
    return str(fill("data_card.md", package=package, tables=tables))


@click.command()
def calibrate():
    """Fit the calibrated numbers again and draw those that meet the targets; both are written to data/. Minutes."""
    from kit.analysis.calibration import DRAWS, calibrate, reject, write

    write(calibrate())
    table, why = reject(progress=sys.stderr.isatty())
    table.to_csv(DRAWS, index=False, lineterminator="\n")
    for what, many in why.most_common():
        click.echo(f"{what}: {many}")
