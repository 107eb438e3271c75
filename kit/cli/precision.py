"""``renhuochang precision``: the sampling error of results, and the error of small markets."""

import sys

import click

from kit.cli.common import language_option, plainly
from kit.text import label, number, words


@click.command()
@click.option("--merchants", type=int, multiple=True, help="Sizes of the small markets; 1000, 3000 and 10000.")
@click.option("--seeds", type=click.IntRange(min=1), default=8, show_default=True, help="How many draws of each.")
@click.option("--days", type=int, default=182, show_default=True, help="From 1 August 2020 on.")
@click.option("--full", type=int, help="Size of the full market; 1000000.")
@language_option("what is printed")
def precision(merchants: tuple[int, ...], seeds: int, days: int, full: int | None, lang: str | None):
    """Print the precision of results: the effect of random shocks, and the error of small markets against the full."""
    with plainly(lang):
        from kit.analysis.sampling_error import SIZES, market_error, sampling_gap, usual_policies
        from kit.policies.policy import policy
        from kit.simulator.steady_state import open_market

        policies = {"august_2020": policy("august_2020"), **usual_policies()}
        how = {"merchants": merchants or SIZES, "seeds": range(seeds), "days": days, "progress": sys.stderr.isatty()}
        fields = {"days": (days, "days"), "seeds": seeds}
        shocks = sampling_gap(policies, **how)
        runs = len(how["merchants"]) * seeds  # of one policy
        _print_spread(words("precision.luck", **fields), shocks, "gap", expected=2 * len(policies) * runs)
        error = market_error(policies, **how, reference=open_market(full) if full else None)
        base = error["policy"] == "august_2020"
        _print_spread(words("precision.market", **fields), error[base], "error", expected=runs)
        _print_spread(words("precision.effect", **fields), error[~base], "error", expected=runs * (len(policies) - 1))


def _print_spread(heading: str, table, column: str, expected: int) -> None:
    """Print how a column of shares scatters over the seeds; ``expected`` rows, fewer where the run was stopped."""
    import pandas as pd

    from kit.analysis.sampling_error import spread

    click.echo(f"\n{heading}")
    if len(table) < expected:
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
