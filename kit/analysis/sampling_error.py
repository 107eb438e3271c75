"""Sampling error: what random shocks move, and what a small market misses of the full one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

import numpy as np
import pandas as pd

from kit.analysis.counterfactual import run_with_counterfactual
from kit.parameters.sourced import value
from kit.policies.policy import Policy, policy
from kit.policies.programmes import programmes
from kit.simulator.population import DAYS
from kit.simulator.run import Records, simulate
from kit.simulator.steady_state import Market, open_market
from kit.text import words

SIZES = (1_000, 3_000, 10_000)
METRICS = ("gmv", "orders")


def usual_policies() -> dict[str, Policy]:
    """Return the policies whose errors are measured: a coupon of 30 days for all, and the plans as announced.

    >>> usual_policies()["coupon_30"]["coupon.depth"]
    0.15
    """
    coupon = policy("august_2020").but({"coupon.end": "2020-08-30"})
    announced = [name for name in ("fan_xing", "festival") if name in programmes()]
    return {"coupon_30": coupon} | {name: Policy(name, {name: programmes()[name]()}) for name in announced}


def sampling_gap(
    policies: dict[str, Policy],
    merchants: Sequence[int] = SIZES,
    seeds: Iterable[int] = range(8),
    days: int = DAYS,
    progress: bool = False,
) -> pd.DataFrame:
    """Run with random shocks and without: one row is a ``policy``, ``merchants``, a ``seed`` and a ``metric``.

    Columns: the totals over the days, ``expected`` and ``sampled`` (yuan or orders), and ``gap`` = sampled /
    expected - 1. The market is the same for all seeds. Interrupted, it returns the rows that are done.
    """
    seeds, rows = list(seeds), []
    with _progress(sum(merchants) * len(policies) * (1 + len(seeds)) * days, progress) as moved_by:
        for many in merchants:
            market = open_market(many)
            check = moved_by(market)
            for name, plan in policies.items():
                expected = _whole_run(market, plan, days, check=check)
                for seed in seeds:
                    sampled = _whole_run(market, plan, days, draws="sampled", seed=seed, check=check)
                    for metric in METRICS:
                        mean, drawn = (float(run.metric(metric).sum()) for run in (expected, sampled))
                        rows.append((name, many, seed, metric, mean, drawn, drawn / mean - 1))
    return pd.DataFrame(rows, columns=["policy", "merchants", "seed", "metric", "expected", "sampled", "gap"])


def market_error(
    policies: dict[str, Policy],
    merchants: Sequence[int] = SIZES,
    seeds: Iterable[int] = range(8),
    days: int = DAYS,
    reference: Market | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    """Set small markets against the full one: one row is a ``policy``, ``merchants`` and a ``seed`` of the market.

    The first policy is the baseline: its rows hold its GMV over the days, the others' the GMV that they add to it (all
    in yuan, expected). Columns: ``value`` in the small market, ``full`` in the full one (``reference``, else 1,000,000
    merchants), and ``error`` = value / full - 1 (nan where the policy does nothing within the days). A seed draws the
    representatives, and the prices and quality of all. Interrupted, it returns the rows that are done.
    """
    seeds, rows = list(seeds), []
    there = reference.incumbents if reference else int(value("active_merchants"))
    with _progress((there + sum(merchants) * len(seeds)) * len(policies) * days, progress) as moved_by:
        full = _added(moved_by, reference or open_market(there), policies, days)
        for many in merchants:
            for seed in seeds:
                for name, amount in _added(moved_by, open_market(many, seed), policies, days).items():
                    error = amount / full[name] - 1 if full[name] else np.nan
                    rows.append((name, many, seed, amount, full[name], error))
    return pd.DataFrame(rows, columns=["policy", "merchants", "seed", "value", "full", "error"])


def _added(moved_by: Callable, market: Market, policies: dict[str, Policy], days: int) -> dict[str, float]:
    """The baseline's GMV, and what each of the others adds to it."""
    (first, plan), *trials = policies.items()
    check = moved_by(market)
    baseline = _whole_run(market, plan, days, check=check)
    base = float(baseline.metric("gmv").sum())
    added = {first: base}
    for name, trial in trials:
        runs = run_with_counterfactual(trial, market=market, baseline=baseline, days=days, check=check)
        added[name] = float(runs.records.metric("gmv").sum()) - base
    return added


def spread(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return how a column of shares scatters over the seeds: one row is all seeds of the columns before ``seed``.

    Columns: ``mean``, ``sd`` (of one seed; nan with fewer than two) and ``worst`` (the largest in size).
    """
    by = [name for name in ("policy", "merchants", "metric") if name in table]
    groups = table.groupby(by, sort=False)[column]
    scatter = groups.agg(mean="mean", sd="std", worst=lambda part: part.loc[part.abs().idxmax()] if part.any() else 0.0)
    return scatter.reset_index()


@contextmanager
def _progress(merchant_days: int, shown: bool) -> Iterator[Callable[[Market], Callable]]:
    """A progress bar: for a market, what a run calls after each day. An interruption ends the work in good order."""
    from tqdm.auto import tqdm

    how = {"unit": words("unit.merchant_days"), "unit_scale": True, "leave": False, "disable": not shown}
    with suppress(KeyboardInterrupt), tqdm(total=merchant_days, **how) as bar:
        yield lambda market: lambda *_: bar.update(market.incumbents)


def _whole_run(market: Market, plan: Policy, days: int, **how) -> Records:
    records = simulate(market, plan, days=days, **how)
    if records.days < days:  # the run itself was interrupted, and ended as far as it was
        raise KeyboardInterrupt
    return records
