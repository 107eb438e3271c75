"""The commands of those who study the model: ``simulate``, ``autumn``, ``coverage`` and ``precision``."""

import locale
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kit.text import LANGUAGES, Refusal, label, language, number, words


def system_language() -> str:
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"


@contextmanager
def plainly(lang: str | None, of: str = "") -> Iterator[None]:
    """Speak the reader's language, and say in one line what is wrong (``of``: with which file)."""
    language(lang or system_language())
    try:
        yield
    except (Refusal, OSError) as error:
        click.echo(f"{of}: {error}" if of else f"{error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo(words("precision.nothing"), err=True)
        sys.exit(130)


@click.command()
@click.argument("policy")
@click.option("--merchants", type=int, default=3_000, show_default=True, help="How many stand for the million.")
@click.option("--days", type=int, default=182, show_default=True, help="From 1 August 2020 on.")
@click.option("--draws", default="expected", show_default=True, help="expected, or sampled: with luck.")
@click.option("--seed", type=int, default=116, show_default=True)
@click.option(
    "--disable", "disabled", multiple=True, metavar="MECHANISM", help="Switch a mechanism off; may be repeated."
)
@click.option("--out", type=click.Path(path_type=Path), help="The weeks as a table: .csv, .parquet or .xlsx.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of what is printed; else your system's.")
def simulate(policy: str, merchants: int, days: int, draws: str, seed: int, disabled, out: Path | None, lang):
    """Run POLICY (a name or a .toml file) against August 2020 without it, and print what it did."""
    with plainly(lang):
        from kit.analysis.counterfactual import run_with_counterfactual
        from kit.analysis.metrics import effect, infra_marginal_share
        from kit.display.tables import numbers
        from kit.simulator.run import FIRST_DAY
        from kit.simulator.run import simulate as run
        from kit.simulator.steady_state import open_market

        _check_out(out)
        trial = named_policy(policy)
        market = open_market(merchants, seed)
        how = {"draws": draws, "disabled": disabled, "progress": sys.stderr.isatty()}
        runs = run_with_counterfactual(trial, market=market, days=days, **how)
        with_it, baseline = runs.records, runs.baseline
        if with_it.days < days:
            click.echo(words("simulate.stopped", days=(with_it.days, "days")))
        named = {"policy": trial.name, "twin": baseline.policy.name, "first": (FIRST_DAY, "")}
        named["days"] = with_it.days, "days"
        click.echo(words("simulate.heading", **named))

        def bare():
            records = run(market, trial, with_it.days, **how | {"disabled": [*disabled, "coupon"]})
            if records.days < with_it.days:
                raise KeyboardInterrupt
            return records

        for what, amount in numbers(effect(with_it, baseline) | infra_marginal_share(with_it, bare)):
            click.echo("  " + words("simulate.line", name=what, amount=amount))
        for name, day in with_it.spent_out.items():
            click.echo(words("simulate.spent_out", programme=label("what", name), day=(day, "")))
        click.echo(words("widget.rests_on", n=len(with_it.rests_on)))
        if out:
            click.echo(words("simulate.saved", file=_save({baseline.policy.name: baseline, trial.name: with_it}, out)))


def _check_out(out: Path | None) -> None:
    """Refuse a table that could not be written before the run, not after it."""
    import tempfile

    import pandas as pd

    from kit.analysis.metrics import export

    if out:
        _check_folder(out)
        with tempfile.TemporaryDirectory() as folder:
            export(pd.DataFrame({"date": []}), Path(folder) / f"tried{out.suffix}")


def _check_folder(out: Path) -> None:
    if not out.parent.is_dir():
        raise Refusal("file", file=out, why=words("simulate.no_folder", folder=out.parent))


def _save(runs: dict, out: Path) -> Path:
    import pandas as pd

    from kit.analysis.metrics import export, weekly

    weeks = [weekly(records).assign(scenario=name) for name, records in runs.items()]
    return export(pd.concat(weeks, ignore_index=True), out)


@click.command()
@click.option("--merchants", type=int, multiple=True, help="Sizes of the small markets; 1000, 3000 and 10000.")
@click.option("--seeds", type=click.IntRange(min=1), default=8, show_default=True, help="How many draws of each.")
@click.option("--days", type=int, default=182, show_default=True, help="From 1 August 2020 on.")
@click.option("--full", type=int, help="Size of the full market; 1000000.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of what is printed; else your system's.")
def precision(merchants: tuple[int, ...], seeds: int, days: int, full: int | None, lang: str | None):
    """Print how far results may be trusted: what luck moves, and what small markets miss of the full one."""
    with plainly(lang):
        from kit.analysis.sampling_error import SIZES, market_error, sampling_gap, usual_policies
        from kit.policies.policy import policy
        from kit.simulator.steady_state import open_market

        policies = {"august_2020": policy("august_2020"), **usual_policies()}
        how = {"merchants": merchants or SIZES, "seeds": range(seeds), "days": days, "progress": sys.stderr.isatty()}
        told = {"days": (days, "days"), "seeds": seeds}
        luck = sampling_gap(policies, **how)
        _show_gaps(
            words("precision.luck", **told), luck, "gap", whole=len(policies) * len(how["merchants"]) * seeds * 2
        )
        error = market_error(policies, **how, reference=open_market(full) if full else None)
        ours = error["policy"] == "august_2020"
        done = {"whole": len(how["merchants"]) * seeds}
        _show_gaps(words("precision.market", **told), error[ours], "error", **done)
        _show_gaps(words("precision.effect", **told), error[~ours], "error", whole=done["whole"] * (len(policies) - 1))


def _show_gaps(heading: str, table, column: str, whole: int) -> None:
    """Print how a column of shares scatters over the seeds, in the reader's words."""
    import pandas as pd

    from kit.analysis.sampling_error import spread

    click.echo(f"\n{heading}")
    if len(table) < whole:
        click.echo(words("precision.stopped" if len(table) else "precision.nothing"))
    if not len(table):
        return
    units = {"merchants": "", "mean": "share", "sd": "share", "worst": "share"}
    rows = spread(table, column)
    shown = {
        words(f"precision.{name}"): [
            number(v, units[name]) if name in units else label("precision", v) for v in rows[name]
        ]
        for name in rows
    }
    with pd.option_context("display.unicode.east_asian_width", True, "display.width", 200):
        click.echo(pd.DataFrame(shown).to_string(index=False))
    if "full" in table:
        for name, amount in table.drop_duplicates("policy")[["policy", "full"]].itertuples(index=False):
            click.echo(words("precision.full", policy=label("precision", name), amount=(amount, "yuan")))


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The page as .html: bands and charts; a minute.")
@click.option("--policy", "name", default="announced_autumn", show_default=True, help="A name or a .toml file.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the page; else your system's.")
def autumn(output: Path | None, name: str, lang: str | None):
    """Print the autumn as announced against August continued; with -o, write a page of it."""
    with plainly(lang):
        from kit.cli.autumn_page import save_autumn
        from kit.display.tables import numbers
        from kit.outcomes.policy_effects import full_effect
        from kit.parameters.sourced import assumptions

        if output:
            _check_folder(output)
            if output.suffix.lower() != ".html":
                raise Refusal("unknown", what=words("what.file_kind"), name=output.suffix, names=[".html"])
        trial, assume = named_policy(name), assumptions()
        for what, amount in numbers(full_effect(trial, assume)):
            click.echo(words("simulate.line", name=what, amount=amount))
        if output:
            click.echo(words("autumn.saved", file=save_autumn(trial, assume, output)))


def named_policy(name: str):
    """Return a policy that ships with the kit, or one of a file."""
    from kit.policies.policy import load, policy

    return load(name) if name.endswith(".toml") else policy(name)


@click.command()
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of what is printed; else your system's.")
def coverage(lang: str | None):
    """Print every system of the autumn: its levers, its switches, and the test that it moves what it should."""
    import csv

    from kit.paths import DATA

    with plainly(lang), (DATA / "tables" / "coverage.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            click.echo(label("coverage", row.pop("id")))
            for column, told in row.items():
                click.echo("  " + words("simulate.line", name=words(f"coverage.{column}"), amount=told))
