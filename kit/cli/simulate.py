"""``renhuochang simulate``: one policy against its counterfactual."""

import sys
from pathlib import Path

import click

from kit.cli.common import check_folder, language_option, named_policy, plainly
from kit.text import label, words


@click.command()
@click.argument("policy")
@click.option("--merchants", type=int, default=3_000, show_default=True, help="How many stand for the million.")
@click.option("--days", type=int, default=182, show_default=True, help="From 1 August 2020 on.")
@click.option("--draws", default="expected", show_default=True, help="expected, or sampled: with random shocks.")
@click.option("--seed", type=int, default=116, show_default=True)
@click.option(
    "--disable", "disabled", multiple=True, metavar="MECHANISM", help="Switch a mechanism off; may be repeated."
)
@click.option("--out", type=click.Path(path_type=Path), help="The weeks as a table: .csv, .parquet or .xlsx.")
@language_option("what is printed")
def simulate(policy: str, merchants: int, days: int, draws: str, seed: int, disabled, out: Path | None, lang):
    """Run POLICY (a name or a .toml file) against August 2020 without it, and print its effects."""
    with plainly(lang):
        from kit.analysis.metrics import effect, infra_marginal_share
        from kit.display.tables import numbers
        from kit.policies.policy import policy as shipped
        from kit.simulator.run import FIRST_DAY
        from kit.simulator.run import simulate as run
        from kit.simulator.steady_state import open_market

        _check_out(out)
        trial = named_policy(policy)
        twin, market = shipped("august_2020"), open_market(merchants, seed)
        how = {"draws": draws, "disabled": disabled, "progress": sys.stderr.isatty()}

        def as_long(policy, **other):
            """Run another policy for as many days; fewer mean that the user stopped it."""
            records = run(market, policy, with_it.days, **how | other)
            if records.days < with_it.days:
                raise KeyboardInterrupt
            return records

        with_it = run(market, trial, days, **how)
        if not with_it.days:
            raise KeyboardInterrupt
        without_it = as_long(twin)
        if with_it.days < days:
            click.echo(words("simulate.stopped", days=(with_it.days, "days")))
        named = {"policy": trial.name, "twin": twin.name, "first": (FIRST_DAY, ""), "days": (with_it.days, "days")}
        click.echo(words("simulate.heading", **named))
        share = infra_marginal_share(with_it, lambda: as_long(trial, disabled=[*disabled, "coupon"]))
        for what, amount in numbers(effect(with_it, without_it) | share):
            click.echo("  " + words("simulate.line", name=what, amount=amount))
        for name, day in with_it.spent_out.items():
            click.echo(words("simulate.spent_out", programme=label("what", name), day=(day, "")))
        click.echo(words("widget.rests_on", n=len(with_it.rests_on)))
        if out:
            click.echo(words("simulate.saved", file=_save({twin.name: without_it, trial.name: with_it}, out)))


def _check_out(out: Path | None) -> None:
    """Refuse a table that could not be written before the run, not after it."""
    import tempfile

    import pandas as pd

    from kit.analysis.metrics import export

    if out:
        check_folder(out)
        with tempfile.TemporaryDirectory() as folder:
            export(pd.DataFrame({"date": []}), Path(folder) / f"tried{out.suffix}")


def _save(runs: dict, out: Path) -> Path:
    import pandas as pd

    from kit.analysis.metrics import export, weekly

    weeks = [weekly(records).assign(scenario=name) for name, records in runs.items()]
    return export(pd.concat(weeks, ignore_index=True), out)
