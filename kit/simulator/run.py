"""Many days: a market under a policy, day by day, and what is recorded of it."""

import datetime
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Literal

import numpy as np

from kit.parameters.sourced import value
from kit.policies.effects import NO_CARE, Care, Effects, Merchants
from kit.policies.policy import Policy
from kit.simulator.budget import Budgets
from kit.simulator.combine_effects import EffectsOfDay, silenced, together
from kit.simulator.day.attention import raise_powers
from kit.simulator.day.step import step
from kit.simulator.day.trade import FLOWS, GROUPS, METRICS
from kit.simulator.entry import enter, give, stayed_away
from kit.simulator.newcomer_deals import Deals
from kit.simulator.population import DAYS, KINDS, Traits, check_seed, live_frequency, sales_within, shares
from kit.simulator.providers.run import simulate_providers
from kit.simulator.records import FIRST_DAY, PLATFORM, SURVIVAL, Records
from kit.simulator.state import MECHANISMS, Rates, State, opening, rates
from kit.simulator.steady_state import Market
from kit.text import Refusal, words


def simulate(
    market: Market,
    policy: Policy,
    days: int = DAYS,
    draws: Literal["expected", "sampled"] = "expected",
    seed: int | None = None,
    disabled: Iterable[str] = (),
    progress: bool = False,
    check: Callable[[State, np.ndarray, np.ndarray], None] | None = None,
) -> Records:
    """Run a market under a policy from 1 August 2020 on, and return what is recorded of each day.

    ``draws`` is "expected" (flows) or "sampled" (luck: sessions, whole orders); ``seed`` the luck's, else the market's.
    ``disabled`` names mechanisms to switch off (MECHANISMS). ``check`` is called after each day with the state and its
    records. A run that is interrupted returns the days that were done.

    Raises Refusal for days, a seed, a kind of draws or a mechanism that cannot be.
    """
    disabled = _checked(days, draws, seed, disabled)
    seed = market.seed if seed is None else seed
    run = _Run(market, policy, draws == "sampled", seed, disabled)
    groups = np.zeros((days, GROUPS, len(METRICS)))
    flows = np.zeros((days, len(FLOWS), 3, 3))
    platform = np.zeros((days, len(PLATFORM)))
    done = 0
    try:
        for day in _counted(days, progress):
            run.day(day, groups[day], flows[day], platform[day])
            if check:
                check(run.state, groups[day], flows[day])
            done = day + 1
    except KeyboardInterrupt:
        pass
    days_done = (groups[:done], flows[:done], platform[:done], run.cohorts[:done])
    return Records(run.market, policy, draws, *days_done, run.state, run.budgets.spent_out)


def _checked(days: int, draws: str, seed: int | None, disabled: Iterable[str]) -> frozenset[str]:
    if not (isinstance(days, int) and 1 <= days <= DAYS):
        raise Refusal("days", value=days, low=1, high=DAYS)
    if draws not in ("expected", "sampled"):
        raise Refusal("unknown", what=words("what.draws"), name=draws, names=["expected", "sampled"])
    if seed is not None:
        check_seed(seed)
    disabled = frozenset([disabled] if isinstance(disabled, str) else disabled)
    for name in sorted(disabled - set(MECHANISMS)):
        raise Refusal("unknown", what=words("what.mechanism"), name=name, names=list(MECHANISMS))
    return disabled


def _counted(days: int, progress: bool) -> Iterable[int]:
    if not progress:
        return range(days)
    from tqdm.auto import tqdm

    return tqdm(range(days), unit=words("unit.days"), leave=False)


class _Run:
    """A run under way: the state, and what the programmes have spent."""

    def __init__(self, market: Market, policy: Policy, sampled: bool, seed: int, disabled: frozenset[str]):
        market = market._replace(assume=market.assume.fork())
        plans = policy.programmes.items()
        self._programmes = [(name, plan, plan.begins, _programme(name).effects) for name, plan in plans]
        self.market, self.policy, self.sampled, self.seed, self.disabled = market, policy, sampled, seed, disabled
        self.state: State = opening(market)
        self.rates: Rates = rates(market, disabled)
        if not sampled or "sessions" in disabled:
            self.rates = self.rates._replace(shock=False)
        self.budgets, self.deals = Budgets(market, policy.programmes), Deals(market, self.rates, disabled)
        self.cohorts = np.zeros((DAYS, 2))
        self.users, self.minutes = value("daily_users"), value("minutes_per_user")
        self._time = self.users * self.minutes * market.assume.commerce_share  # in shop at rest, minutes a day
        self._place = shares(market.assume, "orders")
        self._visits = market.rest.visits.sum()
        self._rows = np.searchsorted(market.traits.entered, np.arange(DAYS), side="right")
        self._last = market.incumbents if "entry" in disabled else market.traits.id.size  # who will ever be there
        self._off, self._kept, self._merging = silenced(disabled), {}, EffectsOfDay(self.rates)
        self._seen: Merchants | None = None  # with this care:
        self._care: Care | None = None
        plan = None if "care" in disabled else policy.programmes.get("providers")
        self.providers = simulate_providers(market, plan, seed=seed) if plan else None

    def day(self, day: int, groups: np.ndarray, flows: np.ndarray, platform: np.ndarray) -> None:
        """Live through one day and record it."""
        market, state, rates = self.market, self.state, self.rates
        date = FIRST_DAY + datetime.timedelta(day)
        rows = market.incumbents if "entry" in self.disabled else int(self._rows[day])
        effects = self._effects(date)
        each = list(effects.values())
        of = together(each)
        if "entry" not in self.disabled:
            self.cohorts[day, 0] = enter(each, of, market, state, self._cohort(day), self._place)
        give(each, market, state, rows, self.disabled)
        load = self._attention(of, platform)
        platform[3] = sum(of.cash_cost) + sum(of.card_cost) + self._covered(of)
        for effect in each:
            if effect.deals:
                served, paid = self.deals.serve(effect, load, state)
                flows[FLOWS.index("deals")] += served
                platform[3] += paid
        today = self._merging.today(of, day, rows, load, self.budgets.allowed(effects, rows), self.budgets.coverage)
        raise_powers(rows, state, rates)
        traits, start, rest = market.traits, market.start, market.rest
        coverage, subsidy = step(today, self.seed, self.sampled, traits, start, state, rest, rates, groups, flows)
        self.budgets.book(coverage, subsidy, date)
        self._count_cohorts(day)

    def _effects(self, date: datetime.date) -> dict[str, Effects]:
        """What each programme that has begun does today, but for what is switched off."""
        begun = [(name, plan, effects) for name, plan, begins, effects in self._programmes if begins <= date]
        if not begun:
            return {}
        care = self.providers.on(date) if self.providers else NO_CARE
        if care is not self._care:
            self._seen, self._care = self._as_programmes_see(care), care
        assume, spent = self.market.assume, self.budgets.spent
        found = {name: effects(plan, date, self._seen, assume, spent[name]) for name, plan, effects in begun}
        return {name: effect._replace(**self._off) for name, effect in found.items()} if self._off else found

    def _as_programmes_see(self, care: Care) -> Merchants:
        """All merchants who are there or will come; what moves of them is shown as it is at any time."""
        market, state, there = self.market, self.state, slice(self._last)
        traits = market.traits

        def within(which: np.ndarray) -> np.ndarray:
            seen = Traits(*(trait[there] for trait in traits))
            return sales_within(seen, market.incumbents, market.assume.merchant_size_sd, which)

        return Merchants(
            entered=(np.datetime64(FIRST_DAY) + traits.entered.astype("timedelta64[D]"))[there],
            self_built=(traits.kind == KINDS.index("self_built"))[there],
            id=traits.id[there],
            weight=traits.weight[there],
            tier=traits.tier[there],
            live=live_frequency(traits.size, market.assume)[there],
            care=care.first(self._last),
            sales_within=within,
            in_plan=state.in_plan[there],
            sold=state.sold[there],
            category=traits.category[there],
            own_goods=(traits.kind != KINDS.index("alliance"))[there],
            equipped=state.equipped[there],
            learned=state.learned,
            kept=self._kept,
        )

    def _attention(self, of: Effects, platform: np.ndarray) -> float:
        """Users' time, and today's visits as a multiple of those at rest."""
        assume, rest_share = self.market.assume, self.market.assume.commerce_share
        share = next((share for share in of.commerce_share if share is not None), rest_share)
        if "attention_load" not in self.disabled:
            aim = value("minutes_per_user") * np.exp(-assume.load_aversion * (share - rest_share))
            self.minutes += assume.time_adjustment * (aim - self.minutes)
            self.users *= 1 + assume.user_growth - assume.load_churn * max(share - rest_share, 0.0)
        platform[:3] = self.users, self.minutes, share
        more = (sum(of.visits) + sum(of.card_visits)) / self._visits
        return float(self.users * self.minutes * share / self._time + more)

    def _covered(self, of: Effects) -> float:
        """What the platform pays for sessions that matched streamers did not come to, in yuan."""
        return sum(cover * missing for cover, missing in zip(of.cover, stayed_away(of), strict=True))

    def _cohort(self, day: int) -> slice:
        """The rows of those who enter on a day."""
        return slice(int(self._rows[day - 1]) if day else self.market.incumbents, int(self._rows[day]))

    def _count_cohorts(self, day: int) -> None:
        if "entry" not in self.disabled and day >= SURVIVAL:
            self.cohorts[day - SURVIVAL, 1] = self.state.weight[self._cohort(day - SURVIVAL)].sum()


def _programme(name: str):
    module = import_module(f"kit.policies.programmes.{name}")
    if not hasattr(module, "effects"):
        raise Refusal("no_effects", name=name)
    return module
