"""A policy beside its twin without it, as tidy tables for panels and pages: week by week, who gains, who pays.

Every table's finding holds what the policy did over all the days (``kit.analysis.metrics.effect``). The steady state
and the twin depend on the assumptions alone: a panel that moves a policy runs the policy alone.
"""

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from kit.analysis.metrics import ACCOUNT, effect, infra_marginal_share
from kit.analysis.outcome import tidy
from kit.parameters.categories import Tier
from kit.parameters.levers import Levers
from kit.parameters.sourced import overrides
from kit.policies.policy import Policy, policy
from kit.simulator.day.trade import Metric
from kit.simulator.population import DAYS, TIERS
from kit.simulator.records import Records
from kit.simulator.run import simulate
from kit.simulator.steady_state import Market, open_market

MERCHANTS = 1_000  # so many stand for the million where somebody waits: a coupon's effect is then right to some 6 %
FACTS = ("A01", "A04", "A05")  # orders, users and merchants at rest
_NEWCOMER = np.arange(12) % len(TIERS) == Tier.NEWCOMER


class Counterfactual(NamedTuple):
    """A run under a policy and its twin: the same market, the same days, no policy."""

    records: Records
    twin: Records
    found: dict[str, tuple[float, str]]


def run_with_counterfactual(trial: Policy, assume: Levers, merchants: int = MERCHANTS) -> Counterfactual:
    """Return the runs of a policy and of its twin (expected flows, all the days), and what the policy did.

    >>> from kit.parameters.sourced import assumptions
    >>> found = run_with_counterfactual(policy("fan_xing"), assumptions()).found
    >>> found["gross"] > found["net"] > (0, "yuan")
    True
    """
    return _run(_Key(trial), assume, merchants, overrides())


def weekly_gain(trial: Policy, assume: Levers) -> pd.DataFrame:
    """Return what is sold more than without the policy, week by week: one row is a (``week``, ``seller``).

    ``week`` counts from 1 (1 August 2020); ``seller`` is newcomers, incumbents or all; ``more`` yuan of GMV, negative
    where less is sold.
    """
    runs = run_with_counterfactual(trial, assume)
    gmv = [run.groups[:, :, Metric.GMV] for run in runs[:2]]
    more = np.add.reduceat(gmv[0] - gmv[1], np.arange(0, DAYS, 7))
    sellers = {
        "newcomers": more[:, _NEWCOMER].sum(axis=1),
        "incumbents": more[:, ~_NEWCOMER].sum(axis=1),
        "all": more.sum(axis=1),
    }
    weeks = np.arange(1, len(more) + 1)
    rows = {
        "week": np.tile(weeks, len(sellers)),
        "seller": np.repeat(list(sellers), len(weeks)),
        "more": np.concatenate(list(sellers.values())),
    }
    return told(rows, runs.found, [runs])


def who_gains(trial: Policy, assume: Levers) -> pd.DataFrame:
    """Return who is better off by a policy, over all the days: one row is one ``party``.

    ``yuan``: the profit of merchants (head, waist, tail by their size at the start, newcomers), the subsidies that
    buyers get and the cash of the platform (revenue less subsidies); negative where somebody loses. What the rival
    loses and what buyers enjoy is not in it.
    """
    runs = run_with_counterfactual(trial, assume)
    profit = Metric.PROFIT
    more = (runs.records.groups - runs.twin.groups)[:, :, profit].sum(axis=0).reshape(-1, len(TIERS)).sum(axis=0)
    rows = {
        "party": [*TIERS, "buyers", "platform"],
        "yuan": [*more, runs.found["subsidy_more"][0], runs.found["platform_cash"][0]],
    }
    return told(rows, runs.found, [runs])


def four_lines(trial: Policy, assume: Levers) -> pd.DataFrame:
    """Return what a policy does to the platform's account, over all the days: one row is a ``line``, in ``yuan``.

    Cash revenue, cash subsidy, promotion credit at face, exposure that those who pay cash lose, and content revenue: of
    different kinds, and not to be added up.
    """
    runs = run_with_counterfactual(trial, assume)
    return told(
        {"line": list(ACCOUNT), "yuan": [runs.found[f"{line}_more"][0] for line in ACCOUNT]}, runs.found, [runs]
    )


def gross_and_net(trial: Policy, assume: Levers) -> pd.DataFrame:
    """Return what a policy seems to bring and what it brings: one row is a ``measure`` (gross, net), ``gmv`` yuan."""
    runs = run_with_counterfactual(trial, assume)
    return told(
        {"measure": ["gross", "net"], "gmv": [runs.found[name][0] for name in ("gross", "net")]}, runs.found, [runs]
    )


def found_in_all(trial: Policy, assume: Levers) -> dict[str, tuple[float, str]]:
    """Return what a policy did, and of its subsidised orders the part that would have come without the subsidy.

    That takes one more run: the policy without its discounts.

    >>> from kit.parameters.sourced import assumptions
    >>> 0 < found_in_all(policy("ten_billion"), assumptions())["infra_marginal"][0] < 1
    True
    """
    runs = run_with_counterfactual(trial, assume)
    return runs.found | infra_marginal_share(
        runs.records, lambda: simulate(runs.records.market, trial, disabled=["coupon"])
    )


def told(rows: dict, finding: dict, runs: Iterable[Counterfactual]) -> pd.DataFrame:
    """Return a tidy table that rests on all that its runs rest on."""
    runs = list(runs)
    rests_on = tuple(dict.fromkeys(name for one in runs for name in one.records.rests_on))
    table = tidy(rows, finding, rests_on, FACTS)
    table.attrs["merchants"] = runs[0].records.market.incumbents
    return table


class _Key:
    """A policy as a key: alike where its programmes and their levers are."""

    def __init__(self, of: Policy):
        self.policy = of
        self.settings = tuple(of.programmes), tuple(of.values().items())

    def __hash__(self) -> int:
        return hash(self.settings)

    def __eq__(self, other) -> bool:
        return self.settings == other.settings


@lru_cache(maxsize=16)
def _run(trial: _Key, assume: Levers, merchants: int, _overrides) -> Counterfactual:
    market, twin = _twin(assume, merchants, _overrides)
    records = simulate(market, trial.policy)
    found = effect(records, twin) | _parties(records, twin)
    found["platform_cash"] = found["cash_revenue_more"][0] - found["subsidy_more"][0], "yuan"
    # What does not apply (the cost of a subsidised order where nothing is subsidised) is not found.
    return Counterfactual(records, twin, {name: told for name, told in found.items() if not math.isnan(told[0])})


@lru_cache(maxsize=4)
def _twin(assume: Levers, merchants: int, _overrides) -> tuple[Market, Records]:
    market = open_market(merchants, assume=assume)
    return market, simulate(market, policy("august_2020"))


def _parties(records: Records, twin: Records) -> dict[str, tuple[float, str]]:
    """What newcomers and incumbents sell more and all merchants earn more, and how many more newcomers there are."""
    more = (records.groups - twin.groups).sum(axis=0)
    gmv, profit = more[:, Metric.GMV], more[:, Metric.PROFIT]
    entered = records.cohorts[:, 0].sum() - twin.cohorts[:, 0].sum()
    return {
        "newcomers_more": (float(gmv[_NEWCOMER].sum()), "yuan"),
        "incumbents_more": (float(gmv[~_NEWCOMER].sum()), "yuan"),
        "profit_more": (float(profit.sum()), "yuan"),
        "entered_more": (float(entered), "merchants"),
    }
