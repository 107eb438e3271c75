"""The command line: ``renhuochang lab`` opens the course, ``simulate`` runs a policy, ``gaps`` tells what luck does."""

import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kit.text import LANGUAGES, Refusal, label, language, number, words


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

    lang = lang or _system_language()
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
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("my_course"))
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Where the file goes.")
def submit(folder: Path, to: Path):
    """Pack the answers of your course folder into one file to hand in."""
    from kit.course.progress import Progress
    from kit.course.settings import settings
    from kit.course.submissions import pack

    language(settings(folder).language)
    learner = Progress(folder).learner
    file = to / f"{learner or 'nobody'}.json"
    packed = pack(folder, file)
    click.echo(words("submit.packed", file=file, n=str(len(packed))))
    if aside := sum(map(len, Progress(folder).aside.values())):
        click.echo(words("submit.aside", n=str(aside)))
    if not learner:
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
    from kit.course.command import grade_class

    try:
        with click.progressbar(length=1, file=sys.stderr) as bar:

            def done(n: int, of: int) -> None:
                bar.length = of
                bar.update(1)

            lines = grade_class(folder, out, lambda line: click.echo(line, err=True), **asked, done=done)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None
    for line in lines:
        click.echo(line)


@main.command()
def calibrate():
    """Fit the calibrated numbers again and write them to data/calibrated.csv."""
    from kit.market.calibration import calibrate, write

    write(calibrate())


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
    from kit.reports.command import save_plan

    language(lang or _system_language())
    try:
        for line in save_plan(orders, output, chosen, **stated):
            click.echo(line)
    except Refusal as refusal:
        raise click.ClickException(f"{orders.name}: {refusal}") from None


@main.command()
def card():
    """Write the data card, data/README.md, from the data package."""
    from kit.course.datacard import card
    from kit.paths import DATA

    (DATA / "README.md").write_text(card(), encoding="utf-8", newline="\n")


@main.command()
@click.argument("policy")
@click.option("--merchants", type=int, default=3_000, show_default=True, help="How many stand for the million.")
@click.option("--days", type=int, default=182, show_default=True, help="From 1 August 2020 on.")
@click.option("--draws", default="expected", show_default=True, help="expected, or sampled: with luck.")
@click.option("--seed", type=int, default=116, show_default=True)
@click.option("--without", multiple=True, metavar="MECHANISM", help="Switch a mechanism off; may be repeated.")
@click.option("--out", type=click.Path(path_type=Path), help="The weeks as a table: .csv, .parquet or .xlsx.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of what is printed; else your system's.")
def simulate(policy: str, merchants: int, days: int, draws: str, seed: int, without, out: Path | None, lang):
    """Run POLICY (a name or a .toml file) against August 2020 without it, and print what it did."""
    with _plainly(lang):
        from kit.market.rest import open_market
        from kit.model.run import FIRST_DAY
        from kit.model.run import simulate as run
        from kit.policies import load
        from kit.policies import policy as shipped
        from kit.results import effect

        _check_out(out)
        trial = load(policy) if policy.endswith(".toml") else shipped(policy)
        twin, market = shipped("august_2020"), open_market(merchants, seed)
        how = {"draws": draws, "without": without, "progress": sys.stderr.isatty()}
        with_it = run(market, trial, days, **how)
        # A run that was stopped is set against as many days of its twin.
        without_it = run(market, twin, with_it.days, **how) if with_it.days else with_it
        if without_it.days < with_it.days or not with_it.days:
            raise KeyboardInterrupt
        if with_it.days < days:
            click.echo(words("simulate.stopped", days=(with_it.days, "days")))
        named = {"policy": trial.name, "twin": twin.name, "first": (FIRST_DAY, ""), "days": (with_it.days, "days")}
        click.echo(words("simulate.heading", **named))
        for name, (amount, unit) in effect(with_it, without_it).items():
            click.echo(
                "  " + words("simulate.line", name=label("finding.compare", name), amount=_amount(name, amount, unit))
            )
        for name, day in with_it.spent_out.items():
            click.echo(words("simulate.spent_out", programme=label("what", name), day=(day, "")))
        click.echo(words("widget.rests_on", n=len(with_it.rests_on)))
        if out:
            click.echo(words("simulate.saved", file=_save({twin.name: without_it, trial.name: with_it}, out)))


def _amount(name: str, amount: float, unit: str) -> str:
    if amount != amount:
        return words("simulate.none")
    return words("simulate.never") if name == "payback" and amount == float("inf") else number(amount, unit)


def _check_out(out: Path | None) -> None:
    """Refuse a table that could not be written before the run, not after it."""
    import tempfile

    import pandas as pd

    from kit.results import export

    if out:
        if not out.parent.is_dir():
            raise Refusal("file", file=out, why=words("simulate.no_folder", folder=out.parent))
        with tempfile.TemporaryDirectory() as folder:
            export(pd.DataFrame({"date": []}), Path(folder) / f"tried{out.suffix}")


def _save(runs: dict, out: Path) -> Path:
    import pandas as pd

    from kit.results import export, weekly

    weeks = [weekly(records).assign(scenario=name) for name, records in runs.items()]
    return export(pd.concat(weeks, ignore_index=True), out)


@main.command()
@click.option("--merchants", type=int, multiple=True, help="Sizes of the small markets; 1000, 3000 and 10000.")
@click.option("--seeds", type=click.IntRange(min=1), default=8, show_default=True, help="How many draws of each.")
@click.option("--days", type=int, default=182, show_default=True, help="From 1 August 2020 on.")
@click.option("--full", type=int, help="Size of the full market; 1000000.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of what is printed; else your system's.")
def gaps(merchants: tuple[int, ...], seeds: int, days: int, full: int | None, lang: str | None):
    """Print how far results may be trusted: what luck moves, and what small markets miss of the full one."""
    with _plainly(lang):
        from kit.market.rest import open_market
        from kit.policies import policy
        from kit.research import SIZES, market_error, sampling_gap, usual_policies

        policies = {"august_2020": policy("august_2020"), **usual_policies()}
        how = {"merchants": merchants or SIZES, "seeds": range(seeds), "days": days, "progress": sys.stderr.isatty()}
        told = {"days": (days, "days"), "seeds": seeds}
        luck = sampling_gap(policies, **how)
        _show_gaps(words("gaps.luck", **told), luck, "gap", whole=len(policies) * len(how["merchants"]) * seeds * 2)
        error = market_error(policies, **how, reference=open_market(full) if full else None)
        ours = error["policy"] == "august_2020"
        done = {"whole": len(how["merchants"]) * seeds}
        _show_gaps(words("gaps.market", **told), error[ours], "error", **done)
        _show_gaps(words("gaps.effect", **told), error[~ours], "error", whole=done["whole"] * (len(policies) - 1))


def _show_gaps(heading: str, table, column: str, whole: int) -> None:
    """Print how a column of shares scatters over the seeds, in the reader's words."""
    import pandas as pd

    from kit.research import spread

    click.echo(f"\n{heading}")
    if len(table) < whole:
        click.echo(words("gaps.stopped" if len(table) else "gaps.nothing"))
    if not len(table):
        return
    units = {"merchants": "", "mean": "share", "sd": "share", "worst": "share"}
    rows = spread(table, column)
    shown = {
        words(f"gaps.{name}"): [number(v, units[name]) if name in units else label("gaps", v) for v in rows[name]]
        for name in rows
    }
    with pd.option_context("display.unicode.east_asian_width", True, "display.width", 200):
        click.echo(pd.DataFrame(shown).to_string(index=False))
    if "full" in table:
        for name, amount in table.drop_duplicates("policy")[["policy", "full"]].itertuples(index=False):
            click.echo(words("gaps.full", policy=label("gaps", name), amount=(amount, "yuan")))


def _system_language() -> str:
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"


@contextmanager
def _plainly(lang: str | None) -> Iterator[None]:
    """Speak the reader's language, and say what is wrong in one line."""
    language(lang or _system_language())
    try:
        yield
    except (Refusal, OSError) as error:
        click.echo(f"{error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo(words("gaps.nothing"), err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
