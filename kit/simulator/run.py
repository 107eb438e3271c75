"""Simulation: a market under a policy, day by day, and the records of it."""

import datetime
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Literal

import numpy as np

from kit.parameters.categories import ShopKind
from kit.parameters.sourced import value
from kit.policies.effects import NO_SERVICES, Effects, Merchants, Services
from kit.policies.policy import Policy
from kit.simulator.budget import Budgets
from kit.simulator.combine_effects import EffectsOfDay, by_part, disabled_parts
from kit.simulator.day.attention import raise_powers
from kit.simulator.day.step import step
from kit.simulator.day.trade import FLOWS, GROUPS, METRICS, Flow
from kit.simulator.entry import admit_entrants, grant, no_shows
from kit.simulator.newcomer_deals import NewcomerDeals
from kit.simulator.population import DAYS, Traits, check_seed, live_frequency, sales_within, shares
from kit.simulator.providers.run import simulate_providers
from kit.simulator.records import FIRST_DAY, PLATFORM, SURVIVAL, Records
from kit.simulator.state import MECHANISMS, Scratch, State, allocate_scratch, initial_state, rates
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
    check: Callable[[State, Scratch, np.ndarray, np.ndarray], None] | None = None,
) -> Records:
    """Run a market under a policy from 1 August 2020 on, and return the records of each day.

    ``draws``: "expected" (mean flows) or "sampled" (random sessions, whole orders); ``seed``: of the random numbers,
    the market's by default; ``disabled``: mechanisms to switch off (MECHANISMS); ``check``: called after each day with
    its state, scratch, groups and flows. An interrupted run returns the days that were done.

    Raises Refusal for impossible days, seeds, kinds of draws or mechanisms.
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
                check(run.state, run.scratch, groups[day], flows[day])
            done = day + 1
    except KeyboardInterrupt:
        pass
    days_done = (groups[:done], flows[:done], platform[:done], run.cohorts[:done])
    return Records(run.market, policy, draws, *days_done, run.state, run.scratch, run.budgets.spent_out)


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
    """A run in progress: the state, and what the programmes have spent."""

    def __init__(self, market: Market, policy: Policy, sampled: bool, seed: int, disabled: frozenset[str]):
        market = market._replace(assume=market.assume.fork())
        plans = policy.programmes.items()
        self._programmes = [(name, plan, plan.begins, _programme(name).effects) for name, plan in plans]
        self.market, self.sampled, self.seed, self.disabled = market, sampled, seed, disabled
        self.state, self.scratch = initial_state(market), allocate_scratch(market.traits.id.size)
        self.rates = rates(market, disabled)
        if not sampled or "sessions" in disabled:
            self.rates = self.rates._replace(shock=False)
        self.budgets, self.deals = Budgets(market, policy.programmes), NewcomerDeals(market, self.rates, disabled)
        self.cohorts = np.zeros((DAYS, 2))
        self.users, self.minutes = value("daily_users"), value("minutes_per_user")
        self._minutes = self.users * self.minutes * market.assume.commerce_share  # for commerce in steady state, a day
        self._shares = shares(market.assume, "orders")
        self._visits = market.steady.visits.sum()
        self._rows = np.searchsorted(market.traits.entered, np.arange(DAYS), side="right")
        self._entry = "entry" not in disabled
        self._last = market.traits.id.size if self._entry else market.incumbents  # all who will ever be there
        self._off, self._kept, self._combined = disabled_parts(disabled), {}, EffectsOfDay(self.rates)
        self._seen: Merchants | None = None  # by programmes, with these services:
        self._services: Services | None = None
        plan = None if "services" in disabled else policy.programmes.get("providers")
        self.providers = simulate_providers(market, plan, seed=seed) if plan else None

    def day(self, day: int, groups: np.ndarray, flows: np.ndarray, platform: np.ndarray) -> None:
        """Simulate one day and record it."""
        market, state, rates = self.market, self.state, self.rates
        date = FIRST_DAY + datetime.timedelta(day)
        rows = int(self._rows[day]) if self._entry else market.incumbents
        effects = self._effects(date)
        each = list(effects.values())
        parts = by_part(each)
        if self._entry:
            self.cohorts[day, 0] = admit_entrants(each, parts, market, state, self._cohort(day), self._shares)
        grant(each, market, state, rows, self.disabled)
        load = self._attention(parts, platform)
        platform[3] = sum(parts.cash_cost) + sum(parts.card_cost) + self._covered(parts)
        for effect in each:
            if effect.deals:
                served, paid = self.deals.serve(effect, load, state)
                flows[Flow.DEALS] += served
                platform[3] += paid
        limit = self.budgets.daily_limit(effects, rows)
        today = self._combined.today(parts, day, rows, load, limit, self.budgets.coverage)
        raise_powers(rows, state, self.scratch, rates)
        inputs = (market.traits, market.start, state, self.scratch, market.steady, rates)
        coverage, subsidy = step(today, self.seed, self.sampled, *inputs, groups, flows)
        self.budgets.book(coverage, subsidy, date)
        if self._entry and day >= SURVIVAL:
            self.cohorts[day - SURVIVAL, 1] = state.weight[self._cohort(day - SURVIVAL)].sum()

    def _effects(self, date: datetime.date) -> dict[str, Effects]:
        """Today's effects of each programme that has begun, without what is disabled."""
        begun = [(name, plan, effects) for name, plan, begins, effects in self._programmes if begins <= date]
        if not begun:
            return {}
        services = self.providers.on(date) if self.providers else NO_SERVICES
        if services is not self._services:
            self._seen, self._services = self._as_programmes_see(services), services
        assume, spent = self.market.assume, self.budgets.spent
        today = {name: effects(plan, date, self._seen, assume, spent[name]) for name, plan, effects in begun}
        return {name: effect._replace(**self._off) for name, effect in today.items()} if self._off else today

    def _as_programmes_see(self, services: Services) -> Merchants:
        """All merchants, present and future; what moves is shown as it stands whenever it is read."""
        market, state, there = self.market, self.state, slice(self._last)
        traits = Traits(*(trait[there] for trait in market.traits))
        return Merchants(
            entered=np.datetime64(FIRST_DAY) + traits.entered.astype("timedelta64[D]"),
            self_built=traits.kind == ShopKind.SELF_BUILT,
            id=traits.id,
            weight=traits.weight,
            tier=traits.tier,
            live=live_frequency(traits.size, market.assume),
            services=services.first(self._last),
            sales_within=lambda which: sales_within(traits, market.incumbents, market.assume.merchant_size_sd, which),
            in_plan=state.in_plan[there],
            sold=state.sold[there],
            category=traits.category,
            own_goods=traits.kind != ShopKind.ALLIANCE,
            equipped=state.equipped[there],
            learned=state.learned,
            kept=self._kept,
        )

    def _attention(self, parts: Effects, platform: np.ndarray) -> float:
        """Move users and their time; return today's visits as a multiple of the steady state."""
        assume, usual = self.market.assume, self.market.assume.commerce_share
        share = next((share for share in parts.commerce_share if share is not None), usual)
        if "attention_load" not in self.disabled:
            aim = value("minutes_per_user") * np.exp(-assume.load_aversion * (share - usual))
            self.minutes += assume.time_adjustment * (aim - self.minutes)
            self.users *= 1 + assume.user_growth - assume.load_churn * max(share - usual, 0.0)
        platform[:3] = self.users, self.minutes, share
        more = (sum(parts.visits) + sum(parts.card_visits)) / self._visits
        return float(self.users * self.minutes * share / self._minutes + more)

    def _covered(self, parts: Effects) -> float:
        """The platform's payments for sessions that matched streamers miss, in yuan."""
        return sum(cover * missing for cover, missing in zip(parts.cover, no_shows(parts), strict=True))

    def _cohort(self, day: int) -> slice:
        """The rows of those who enter on a day."""
        return slice(int(self._rows[day - 1]) if day else self.market.incumbents, int(self._rows[day]))


def _programme(name: str):
    module = import_module(f"kit.policies.programmes.{name}")
    if not hasattr(module, "effects"):
        raise Refusal("no_effects", name=name)
    return module
