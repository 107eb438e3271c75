"""``renhuochang simulate``: one policy against its counterfactual."""

import sys
import tempfile
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
        import pandas as pd

        from kit.analysis.counterfactual import run_with_counterfactual
        from kit.analysis.policy_effect import effect, infra_marginal_share
        from kit.analysis.run_tables import weekly
        from kit.display.files import export
        from kit.display.tables import numbers
        from kit.parameters.calendar import FIRST
        from kit.simulator.run import simulate as run
        from kit.simulator.steady_state import open_market

        if out:  # a table that cannot be written is refused before the run, not after it
            check_folder(out)
            with tempfile.TemporaryDirectory() as folder:
                export(pd.DataFrame({"date": []}), Path(folder) / f"tried{out.suffix}")
        trial = named_policy(policy)
        market = open_market(merchants, seed)
        how = {"draws": draws, "disabled": disabled, "progress": sys.stderr.isatty()}
        runs = run_with_counterfactual(trial, market=market, days=days, **how)
        with_it, baseline = runs.records, runs.baseline
        if with_it.days < days:
            click.echo(words("simulate.stopped", days=(with_it.days, "days")))
        named = {"policy": trial.name, "twin": baseline.policy.name, "first": (FIRST, "")}
        named["days"] = with_it.days, "days"
        click.echo(words("simulate.heading", **named))

        def undiscounted():
            records = run(market, trial, with_it.days, **how | {"disabled": [*disabled, "coupon"]})
            if records.days < with_it.days:
                raise KeyboardInterrupt
            return records

        for what, amount in numbers(effect(with_it, baseline) | infra_marginal_share(with_it, undiscounted)):
            click.echo("  " + words("simulate.line", name=what, amount=amount))
        for name, day in with_it.spent_out.items():
            click.echo(words("simulate.spent_out", programme=label("what", name), day=(day, "")))
        click.echo(words("widget.rests_on", n=len(with_it.rests_on)))
        if out:
            both = {baseline.policy.name: baseline, trial.name: with_it}
            weeks = [weekly(records).assign(scenario=name) for name, records in both.items()]
            click.echo(words("simulate.saved", file=export(pd.concat(weeks, ignore_index=True), out)))
