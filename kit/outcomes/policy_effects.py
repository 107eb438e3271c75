"""A policy against its baseline, as outcomes for panels and pages: week by week, who gains, who pays.

Every finding holds what the policy did over all the days (``kit.analysis.counterfactual.Counterfactual.effect``).
"""

import numpy as np

from kit.analysis.counterfactual import NEWCOMER, run_with_counterfactual
from kit.analysis.outcome import Finding, Outcome, curves, outcome
from kit.analysis.policy_effect import infra_marginal_share
from kit.analysis.run_tables import ACCOUNT
from kit.parameters.levers import Levers
from kit.policies.policy import Policy
from kit.simulator.population import DAYS, TIERS
from kit.simulator.recorded import Metric
from kit.simulator.run import simulate


@outcome
def weekly_gain(trial: Policy, assume: Levers) -> Outcome:
    """Return the GMV that a policy adds, ``more`` in yuan (negative: less is sold): one row is a (week, seller).

    ``week`` counts from 1 (1 August 2020); ``seller`` is newcomers, incumbents or all.
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

    ``yuan``: the profit of merchants (head, waist, tail by their size at the start, newcomers), the subsidies to buyers
    and the platform's cash (revenue less subsidies); negative: a loss. The rival and what buyers enjoy are left out.
    """
    runs = run_with_counterfactual(trial, assume)
    more = (runs.records.groups - runs.baseline.groups)[:, :, Metric.PROFIT].sum(axis=0)
    more = more.reshape(-1, len(TIERS)).sum(axis=0)
    others = [runs.effect[name][0] for name in ("subsidy_more", "platform_cash")]
    return {"party": [*TIERS, "buyers", "platform"], "yuan": [*more, *others]}, runs.effect


@outcome
def four_lines(trial: Policy, assume: Levers) -> Outcome:
    """Return what a policy does to the platform's account, over all the days: one row is a ``line``, in ``yuan``.

    Cash revenue, cash subsidy, promotion credit at face, exposure lost by those who pay cash, content revenue: of
    different kinds, not to be added up.
    """
    runs = run_with_counterfactual(trial, assume)
    return {"line": list(ACCOUNT), "yuan": [runs.effect[f"{line}_more"][0] for line in ACCOUNT]}, runs.effect


@outcome
def gross_and_net(trial: Policy, assume: Levers) -> Outcome:
    """Return what a policy seems to bring and what it brings: one row is a ``measure`` (gross, net), ``gmv`` yuan."""
    runs = run_with_counterfactual(trial, assume)
    return {"measure": ["gross", "net"], "gmv": [runs.effect[name][0] for name in ("gross", "net")]}, runs.effect


def full_effect(trial: Policy, assume: Levers) -> Finding:
    """Return what a policy did, and the infra-marginal part of its subsidised orders, by a run without its discounts.

    >>> import kit
    >>> 0 < full_effect(kit.policy("ten_billion"), kit.assumptions())["infra_marginal"][0] < 1
    True
    """
    runs = run_with_counterfactual(trial, assume)
    market = runs.records.market
    return runs.effect | infra_marginal_share(runs.records, lambda: simulate(market, trial, disabled=["coupon"]))
