"""A policy against its baseline, as outcomes for panels and pages: week by week, who gains, who pays.

Every finding holds what the policy did over all the days (``kit.analysis.counterfactual.Counterfactual.effect``).
"""

import numpy as np

from kit.analysis.counterfactual import NEWCOMER, run_with_counterfactual
from kit.analysis.metrics import ACCOUNT, infra_marginal_share
from kit.analysis.outcome import Finding, Outcome, curves, outcome
from kit.parameters.levers import Levers
from kit.policies.policy import Policy
from kit.simulator.population import DAYS, TIERS
from kit.simulator.recorded import Metric
from kit.simulator.run import simulate


@outcome
def weekly_gain(trial: Policy, assume: Levers) -> Outcome:
    """Return what is sold more than without the policy, week by week: one row is a (``week``, ``seller``).

    ``week`` counts from 1 (1 August 2020); ``seller`` is newcomers, incumbents or all; ``more`` yuan of GMV, negative
    where less is sold.
    """
    runs = run_with_counterfactual(trial, assume)
    gmv = [run.groups[:, :, Metric.GMV] for run in (runs.records, runs.baseline)]
    more = np.add.reduceat(gmv[0] - gmv[1], np.arange(0, DAYS, 7))
    sellers = {
        "newcomers": more[:, NEWCOMER].sum(axis=1),
        "incumbents": more[:, ~NEWCOMER].sum(axis=1),
        "all": more.sum(axis=1),
    }
    return curves("week", range(1, len(more) + 1), "seller", "more", sellers), runs.effect


@outcome
def who_gains(trial: Policy, assume: Levers) -> Outcome:
    """Return who is better off by a policy, over all the days: one row is one ``party``.

    ``yuan``: the profit of merchants (head, waist, tail by their size at the start, newcomers), the subsidies that
    buyers get and the cash of the platform (revenue less subsidies); negative where it loses. What the rival
    loses and what buyers enjoy is not in it.
    """
    runs = run_with_counterfactual(trial, assume)
    profit = Metric.PROFIT
    more = (runs.records.groups - runs.baseline.groups)[:, :, profit].sum(axis=0).reshape(-1, len(TIERS)).sum(axis=0)
    rows = {
        "party": [*TIERS, "buyers", "platform"],
        "yuan": [*more, runs.effect["subsidy_more"][0], runs.effect["platform_cash"][0]],
    }
    return rows, runs.effect


@outcome
def four_lines(trial: Policy, assume: Levers) -> Outcome:
    """Return what a policy does to the platform's account, over all the days: one row is a ``line``, in ``yuan``.

    Cash revenue, cash subsidy, promotion credit at face, exposure that those who pay cash lose, and content revenue: of
    different kinds, and not to be added up.
    """
    runs = run_with_counterfactual(trial, assume)
    return {"line": list(ACCOUNT), "yuan": [runs.effect[f"{line}_more"][0] for line in ACCOUNT]}, runs.effect


@outcome
def gross_and_net(trial: Policy, assume: Levers) -> Outcome:
    """Return what a policy seems to bring and what it brings: one row is a ``measure`` (gross, net), ``gmv`` yuan."""
    runs = run_with_counterfactual(trial, assume)
    return {"measure": ["gross", "net"], "gmv": [runs.effect[name][0] for name in ("gross", "net")]}, runs.effect


def full_effect(trial: Policy, assume: Levers) -> Finding:
    """Return what a policy did, and of its subsidised orders the part that would have come without the subsidy.

    That takes one more run: the policy without its discounts.

    >>> from kit.parameters.sourced import assumptions
    >>> from kit.policies.policy import policy
    >>> 0 < full_effect(policy("ten_billion"), assumptions())["infra_marginal"][0] < 1
    True
    """
    runs = run_with_counterfactual(trial, assume)
    return runs.effect | infra_marginal_share(
        runs.records, lambda: simulate(runs.records.market, trial, disabled=["coupon"])
    )
