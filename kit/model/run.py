"""Many days: a market under a policy, day by day, and what is recorded of it."""

import datetime
from collections.abc import Callable, Iterable
from importlib import import_module
from math import inf
from typing import Literal

import numpy as np

from kit.economics.coaching import coached_lift
from kit.facts import value
from kit.market.population import DAYS, Traits
from kit.market.rest import Market
from kit.model.attention import attract
from kit.model.choice import bill, denominators
from kit.model.day import FLOWS, GROUPS, METRICS, trade
from kit.model.records import FIRST_DAY, SURVIVAL, Records
from kit.model.state import MECHANISMS, Rates, State, Today, opening, rates
from kit.policies import Policy
from kit.programmes.effects import Effects, Merchants
from kit.text import Refusal, words

_NOBODY = np.zeros(0)


def simulate(
    market: Market,
    policy: Policy,
    days: int = DAYS,
    draws: Literal["expected", "sampled"] = "expected",
    seed: int | None = None,
    without: Iterable[str] = (),
    progress: bool = False,
    check: Callable[[State, np.ndarray, np.ndarray], None] | None = None,
) -> Records:
    """Run a market under a policy from 1 August 2020 on, and return what is recorded of each day.

    ``draws`` is "expected" (flows) or "sampled" (luck: sessions, whole orders); ``seed`` the luck's, else the market's.
    ``without`` names mechanisms to switch off (MECHANISMS). ``check`` is called after each day with the state and its
    records. A run that is interrupted returns the days that were done.

    Raises Refusal for days, a seed, a kind of draws or a mechanism that cannot be.
    """
    without = _checked(days, draws, seed, without)
    seed = market.seed if seed is None else seed
    run = _Run(market, policy, draws == "sampled", seed, without)
    groups = np.zeros((days, GROUPS, len(METRICS)))
    flows = np.zeros((days, len(FLOWS), 3, 3))
    platform = np.zeros((days, 3))
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
    return Records(market, policy, draws, *days_done, run.state, run.spent_out)


def _checked(days: int, draws: str, seed: int | None, without: Iterable[str]) -> frozenset[str]:
    if not (isinstance(days, int) and 1 <= days <= DAYS):
        raise Refusal("days", value=days, low=1, high=DAYS)
    if draws not in ("expected", "sampled"):
        raise Refusal("unknown", what=words("what.draws"), name=draws, names=["expected", "sampled"])
    if seed is not None and not (isinstance(seed, int | np.integer) and seed >= 0):
        raise Refusal("seed", value=seed)
    without = frozenset([without] if isinstance(without, str) else without)
    for name in sorted(without - set(MECHANISMS)):
        raise Refusal("unknown", what=words("what.mechanism"), name=name, names=list(MECHANISMS))
    return without


def _counted(days: int, progress: bool) -> Iterable[int]:
    if not progress:
        return range(days)
    from tqdm.auto import tqdm

    return tqdm(range(days), unit=words("unit.days"), leave=False)


class _Run:
    """A run under way: the state, and what the programmes have spent."""

    def __init__(self, market: Market, policy: Policy, sampled: bool, seed: int, without: frozenset[str]):
        for name in policy.programmes:
            _programme(name)
        self.market, self.policy, self.sampled, self.seed, self.without = market, policy, sampled, seed, without
        self.state: State = opening(market)
        self.rates: Rates = rates(market, without)
        self.spent: dict[str, float] = dict.fromkeys(policy.programmes, 0.0)
        self.spent_out: dict[str, datetime.date] = {}
        self.cohorts = np.zeros((DAYS, 2))
        self.users, self.minutes = value("daily_users"), value("minutes_per_user")
        self._rows = np.searchsorted(market.traits.entered, np.arange(DAYS), side="right")
        self._merchants = _as_programmes_see(market.traits) if policy.programmes else ()
        if not sampled or "sessions" in without:
            self.rates = self.rates._replace(shock=False)

    def day(self, day: int, groups: np.ndarray, flows: np.ndarray, platform: np.ndarray) -> None:
        """Live through one day and record it."""
        market, state = self.market, self.state
        date = FIRST_DAY + datetime.timedelta(day)
        rows = market.incumbents if "entry" in self.without else int(self._rows[day])
        effects = self._effects(date, rows)
        self._welcome(effects, day)
        share = next((e.commerce_share for e in effects.values() if e.commerce_share is not None), None)
        load = self._attention(share, platform)
        today = self._today(effects, day, rows, load)
        traits = market.traits
        attract(today, self.seed, traits, market.start, state, market.rest, self.rates)
        inside = denominators(today, traits, state, self.rates)
        if today.discount.size:
            today, inside = self._afford(effects, today, inside, traits, date)
        trade(
            today, self.seed, self.sampled, traits, market.start, state, market.rest, self.rates, inside, groups, flows
        )
        self._book(effects, groups)
        self._count_cohorts(day)

    def _effects(self, date: datetime.date, rows: int) -> dict[str, Effects]:
        if not self.policy.programmes:
            return {}
        seen = Merchants(*(column[:rows] for column in self._merchants))
        return {
            name: _programme(name).effects(plan, date, seen, self.market.assume, self.spent[name])
            for name, plan in self.policy.at(date).items()
        }

    def _welcome(self, effects: dict[str, Effects], day: int) -> None:
        """What is given to those who enter today, and how many more come for it."""
        state, assume = self.state, self.market.assume
        if "entry" in self.without:
            return
        new = self._cohort(day)
        if "entry_response" not in self.without:
            gain = sum(effect.entry_gain for effect in effects.values())
            state.weight[new] *= np.exp(assume.entry_response * gain)
        self.cohorts[day, 0] = state.weight[new].sum()
        for effect in effects.values():
            if np.any(effect.credit) and "credits" not in self.without:
                state.credit[new] += _of(effect.credit, new)
                state.credit_a_day[new] = state.credit[new] / assume.credit_days
            if np.any(effect.reduced_fee) and "fee_scale" not in self.without:
                state.in_plan[new] |= _of(effect.reduced_fee, new)
            if np.any(effect.coaching) and "coaching" not in self.without:
                lift = coached_lift(_of(effect.coaching, new), assume.coaching_lift, assume.coaching_half)
                state.lift[new] *= 1 + lift

    def _attention(self, share: float | None, platform: np.ndarray) -> float:
        """Users' time, and today's commerce minutes as a multiple of those at rest."""
        assume, rest_share = self.market.assume, self.market.assume.commerce_share
        share = rest_share if share is None else share
        if "attention_load" not in self.without:
            aim = value("minutes_per_user") * np.exp(-assume.load_aversion * (share - rest_share))
            self.minutes += assume.time_adjustment * (aim - self.minutes)
            self.users *= 1 + assume.user_growth - assume.load_churn * max(share - rest_share, 0.0)
        platform[:] = self.users, self.minutes, share
        return self.users * self.minutes * share / (value("daily_users") * value("minutes_per_user") * rest_share)

    def _today(self, effects: dict[str, Effects], day: int, rows: int, load: float) -> Today:
        of = list(effects.values())
        on = {name: name not in self.without for name in ("coupon", "boost", "floor")}
        discount = _sum([e.discount for e in of], rows) if on["coupon"] else _NOBODY
        scale = next((e.scale for e in of if e.scale), None)
        depths = self._depths(effects)
        paid = sum(depth * effects[name].platform_part for name, depth in depths.items())
        return Today(
            day=day,
            rows=rows,
            load=float(load),
            discount=np.minimum(discount, 0.99),
            boost=_sum([e.boost for e in of], rows) if on["boost"] else _NOBODY,
            platform_part=paid / sum(depths.values()) if depths else 1.0,
            coverage=1.0,
            floor=float(max((e.floor for e in of), default=0.0)) if on["floor"] else 0.0,
            hall_share=float(sum(e.hall_share for e in of)),
            festival=float(sum(e.festival for e in of)),
            rival=0.0,
            waiting=0.0,
            fee=float(scale.fee if scale else self.rates.standard),
            cap=float(scale.cap if scale else 0.0),
            whole=bool(scale and scale.reading == "whole"),
        )

    def _afford(self, effects, today: Today, inside: np.ndarray, traits: Traits, date: datetime.date):
        """Where the day's coupons would cost more than there is, let only so many find them as can be paid for."""
        limited = {name: part for name, part in self._parts(effects).items() if effects[name].budget < inf}
        if not limited:
            return today, inside
        # Of each programme's bill only so much; the discounts of all are found together.
        allowed = min(effects[name].budget / part for name, part in limited.items())
        market, state = self.market, self.state

        def tried(coverage: float):
            trial = today._replace(coverage=coverage)
            inside = denominators(trial, traits, state, self.rates)
            return trial, inside, bill(trial, traits, state, market.rest, self.rates, inside)

        today, inside, cost = tried(1.0)
        if cost > allowed:
            low, high = 0.0, 1.0
            for _ in range(40):
                middle = (low + high) / 2
                low, high = (middle, high) if tried(middle)[2] <= allowed else (low, middle)
            today, inside, _ = tried(low)
            for name in limited:
                if effects[name].budget / limited[name] <= allowed * (1 + 1e-9):
                    self.spent_out.setdefault(name, date)
        return today, inside

    def _cohort(self, day: int) -> slice:
        """The rows of those who enter on a day."""
        return slice(int(self._rows[day - 1]) if day else self.market.incumbents, int(self._rows[day]))

    def _count_cohorts(self, day: int) -> None:
        if "entry" not in self.without and day >= SURVIVAL:
            self.cohorts[day - SURVIVAL, 1] = self.state.weight[self._cohort(day - SURVIVAL)].sum()

    def _depths(self, effects: dict[str, Effects]) -> dict[str, float]:
        """Each programme's mean discount, weighted by what merchants sell at rest."""
        depths = {}
        for name, effect in effects.items():
            depth = effect.discount
            if isinstance(depth, np.ndarray) and depth.ndim:
                traits, rows = self.market.traits, slice(depth.size)
                depth = np.average(depth, weights=(traits.weight * traits.size * traits.price)[rows])
            if depth:
                depths[name] = float(depth)
        return depths

    def _parts(self, effects: dict[str, Effects]) -> dict[str, float]:
        """Each programme's part of the day's subsidy."""
        paid = {name: depth * effects[name].platform_part for name, depth in self._depths(effects).items()}
        whole = sum(paid.values())
        return {name: amount / whole for name, amount in paid.items() if amount}

    def _book(self, effects: dict[str, Effects], groups: np.ndarray) -> None:
        """Charge the day's subsidy to the programmes that pay it."""
        subsidy = groups[:, METRICS.index("subsidy")].sum()
        for name, part in self._parts(effects).items():
            self.spent[name] += subsidy * part


def _programme(name: str):
    module = import_module(f"kit.programmes.{name}")
    if not hasattr(module, "effects"):
        raise Refusal("no_effects", name=name)
    return module


def _of(effect, rows: slice):
    return effect[rows] if isinstance(effect, np.ndarray) and effect.ndim else effect


def _sum(parts: list, rows: int) -> np.ndarray:
    """The sum of programmes' arrays and scalars, or nobody's where there are none."""
    parts = [part for part in parts if np.any(part)]
    return np.zeros(rows) + sum(parts) if parts else _NOBODY


def _as_programmes_see(traits: Traits) -> tuple:
    entered = np.datetime64(FIRST_DAY) + traits.entered.astype("timedelta64[D]")
    return entered, traits.kind == 1, traits.id, traits.weight
