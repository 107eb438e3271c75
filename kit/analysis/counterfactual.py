"""A run under a policy and its baseline: the same market, days and random numbers, without the policy."""

import math
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from kit.analysis.outcome import Outcome, in_unit, outcome
from kit.analysis.policy_effect import effect
from kit.analysis.run_tables import weekly
from kit.parameters.levers import Levers, bare
from kit.parameters.reads import Reads, note, note_all, recording, remember
from kit.parameters.sourced import overrides
from kit.policies.policy import Policy, check_policy, policy
from kit.simulator.population import DAYS, TIERS
from kit.simulator.recorded import METRICS
from kit.simulator.records import Records
from kit.simulator.run import simulate
from kit.simulator.steady_state import Market, open_market
from kit.text import Refusal

MERCHANTS = 1_000  # so many stand for the million where a person waits: a coupon's effect is then right to some 6 %
NEWCOMER = np.arange(12) % len(TIERS) == TIERS.index("newcomer")  # which groups of merchants are newcomers


@dataclass(frozen=True)
class Counterfactual:
    """A run under a policy, its baseline without it, and what both read."""

    records: Records
    baseline: Records
    reads: Reads = field(default_factory=Reads, repr=False)

    @cached_property
    def effect(self) -> dict[str, tuple[float, str]]:
        """What the policy did over all the days, as pairs (value, unit); what does not apply is left out.

        As ``kit.analysis.policy_effect.effect``, with the platform's cash, what newcomers and incumbents sell more,
        what all merchants earn more, and how many more newcomers there are.
        """
        whole = effect(self.records, self.baseline)
        more = (self.records.groups - self.baseline.groups).sum(axis=0)
        gmv, profit = more[:, METRICS.index("gmv")], more[:, METRICS.index("profit")]
        entered = self.records.cohorts[:, 0].sum() - self.baseline.cohorts[:, 0].sum()
        platform_cash = whole["cash_revenue_more"][0] - whole["subsidy_more"][0]
        whole |= in_unit("yuan", newcomers_more=gmv[NEWCOMER].sum(), incumbents_more=gmv[~NEWCOMER].sum())
        whole |= in_unit("yuan", profit_more=profit.sum()) | in_unit("merchants", entered_more=entered)
        whole |= in_unit("yuan", platform_cash=platform_cash)
        return {name: (amount, unit) for name, (amount, unit) in whole.items() if not math.isnan(amount)}


def run_with_counterfactual(
    trial: Policy,
    assume: Levers | None = None,
    merchants: int = MERCHANTS,
    market: Market | None = None,
    baseline: Policy | Records | None = None,
    days: int = DAYS,
    **how,
) -> Counterfactual:
    """Run a policy and its baseline in the same market with the same random numbers.

    ``market``, if not one opened under ``assume`` for so many ``merchants``; ``baseline``: a policy, or a run of the
    same days that was made before (August 2020 continued, if not said). ``days`` and ``how`` (draws, seed, disabled,
    progress, check) as in ``kit.simulator.run.simulate``. Where nothing but ``trial``, ``assume`` and ``merchants``
    is given, runs are kept: a panel that moves a policy runs the policy alone. A run that was interrupted is set
    against as many days of its baseline; KeyboardInterrupt where that cannot be.

    >>> did = run_with_counterfactual(policy("fan_xing")).effect
    >>> did["gross"] > did["net"] > (0, "yuan")
    True
    """
    check_policy(trial)
    if market is None and baseline is None and days == DAYS and not how:
        key = _Key((tuple(trial.programmes), tuple(trial.values().items())), trial)
        runs = _kept(key, bare(assume), merchants, overrides())
        note_all(runs.reads)
        return runs
    market = market or _opened(bare(assume), merchants, overrides())
    with recording() as reads:
        note(*market.assume.names_read(), merchants=market.incumbents)
        records = simulate(market, trial, days, **how)
        if not isinstance(baseline, Records):
            if not records.days:
                raise KeyboardInterrupt
            baseline = simulate(market, baseline or policy("august_2020"), records.days, **how)
    if baseline.days != records.days:
        raise KeyboardInterrupt
    return Counterfactual(records, baseline, reads)


@outcome
def compare(market: Market, policies: dict[str, Policy], days: int = DAYS, **how) -> Outcome:
    """Run a market under several policies and the same random numbers: one row is a week of a ``scenario``.

    The first policy is the baseline. The other columns are those of ``kit.analysis.run_tables.weekly``, and their
    difference from the baseline, ``<name>_more``. The finding is the ``kit.analysis.policy_effect.effect`` of the last
    policy. ``how``: draws, seed, disabled, progress as in ``kit.simulate``.
    """
    if len(policies) < 2:
        raise Refusal("compare_two", names=list(policies))
    (first, plan), *trials = policies.items()
    baseline = simulate(market, plan, days, **how)
    runs = {first: baseline}
    for name, trial in trials:
        runs[name] = run_with_counterfactual(trial, market=market, baseline=baseline, days=days, **how).records
    base, parts = weekly(baseline), []
    for name, records in runs.items():
        weeks = weekly(records)
        more = (weeks - base).drop(columns="date").add_suffix("_more")
        parts.append(pd.concat([weeks, more], axis=1).assign(scenario=name))
    return pd.concat(parts, ignore_index=True), effect(runs[name], baseline)


@dataclass(frozen=True)
class _Key:
    """A policy as a key: equal to another where their programmes and levers are."""

    settings: tuple
    policy: Policy = field(compare=False)


@lru_cache(maxsize=16)
def _kept(trial: _Key, assume: Levers | None, merchants: int, now: tuple) -> Counterfactual:
    with recording() as reads:
        market, baseline = _opened(assume, merchants, now), _baseline(assume, merchants, now)
        note(merchants=market.incumbents)
        runs = Counterfactual(simulate(market, trial.policy), baseline, reads)
        _ = runs.effect  # computed here, so that what it reads is recorded
    return runs


@remember(maxsize=4)
def _baseline(assume: Levers | None, merchants: int, now: tuple) -> Records:
    return simulate(_opened(assume, merchants, now), policy("august_2020"))


@remember(maxsize=4)
def _opened(assume: Levers | None, merchants: int, _overrides: tuple) -> Market:
    return open_market(merchants, assume=assume)
