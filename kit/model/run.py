"""Many days: a market under a policy, day by day, and what is recorded of it."""

import datetime
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Literal

import numpy as np

from kit.facts import value
from kit.levers import Levers
from kit.market.population import DAYS, KINDS, Traits, check_seed, live_frequency, sales_within
from kit.market.rest import Market
from kit.model.attention import attract, raise_powers
from kit.model.choice import denominators
from kit.model.day import FLOWS, GROUPS, METRICS, trade
from kit.model.deals import serve_deals
from kit.model.providers import simulate_providers
from kit.model.purse import Purse
from kit.model.records import FIRST_DAY, PLATFORM, SURVIVAL, Records
from kit.model.state import MECHANISMS, Rates, State, Today, opening, rates
from kit.model.supply import Makers
from kit.model.welcome import enter, give, stayed_away
from kit.policies import Policy
from kit.programmes.effects import Care, Effects, Merchants, some
from kit.text import Refusal, words

_NOBODY, _UNBOUNDED = np.zeros(0), np.full(3, np.inf)


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
    return Records(run.market, policy, draws, *days_done, run.state, run.purse.spent_out)


def _checked(days: int, draws: str, seed: int | None, without: Iterable[str]) -> frozenset[str]:
    if not (isinstance(days, int) and 1 <= days <= DAYS):
        raise Refusal("days", value=days, low=1, high=DAYS)
    if draws not in ("expected", "sampled"):
        raise Refusal("unknown", what=words("what.draws"), name=draws, names=["expected", "sampled"])
    if seed is not None:
        check_seed(seed)
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
        market = market._replace(assume=market.assume.anew())
        self._programmes = [(name, plan, _programme(name).effects) for name, plan in policy.programmes.items()]
        self.market, self.policy, self.sampled, self.seed, self.without = market, policy, sampled, seed, without
        self.state: State = opening(market)
        self.rates: Rates = rates(market, without)
        self.purse = Purse(market, policy.programmes)
        self.makers = Makers(market, without)
        self.cohorts = np.zeros((DAYS, 2))
        self.users, self.minutes = value("daily_users"), value("minutes_per_user")
        self._rows = np.searchsorted(market.traits.entered, np.arange(DAYS), side="right")
        self._merchants = _as_programmes_see(market.traits, market.assume) if policy.programmes else ()
        plan = None if "care" in without else policy.programmes.get("providers")
        self.providers = simulate_providers(market, plan, seed=seed) if plan else None
        if not sampled or "sessions" in without:
            self.rates = self.rates._replace(shock=False)

    def day(self, day: int, groups: np.ndarray, flows: np.ndarray, platform: np.ndarray) -> None:
        """Live through one day and record it."""
        market, state = self.market, self.state
        date = FIRST_DAY + datetime.timedelta(day)
        rows = market.incumbents if "entry" in self.without else int(self._rows[day])
        effects = self._effects(date, rows)
        self._welcome(effects, day, rows)
        load = self._attention(effects, platform)
        self._give_away(effects, load, platform, flows)
        today = self._today(effects, day, rows, load)
        traits = market.traits
        raise_powers(rows, state, self.rates)
        attract(today, self.seed, traits, market.start, state, market.rest, self.rates)
        inside = denominators(today, 1.0, traits, state, self.rates)
        if today.discount.size:
            today, inside = self.purse.afford(effects, today, inside, state, self.rates, date)
        if today.made.size:
            today = self.makers.serve(list(effects.values()), today, inside, state, self.rates)
        trade(
            today, self.seed, self.sampled, traits, market.start, state, market.rest, self.rates, inside, groups, flows
        )
        self.purse.book(groups[:, METRICS.index("subsidy")].sum())
        self._count_cohorts(day)

    def _effects(self, date: datetime.date, rows: int) -> dict[str, Effects]:
        if not self.policy.programmes:
            return {}
        care = self.providers.on(date).first(rows) if self.providers else Care()
        seen = Merchants(
            **{name: column[:rows] for name, column in self._merchants.items()},
            care=care,
            equipped=self.makers.equipped[:rows],
            in_plan=self.state.in_plan[:rows],
            sold=self.state.sold[:rows],
            sales_within=lambda: self._sales_within()[:, :rows],
            learned=self.makers.learned,
        )
        return {
            name: effects(plan, date, seen, self.market.assume, self.purse.spent[name])
            for name, plan, effects in self._programmes
            if plan.begins <= date
        }

    def _sales_within(self) -> np.ndarray:
        market = self.market
        return sales_within(market.traits, market.incumbents, market.assume.merchant_size_sd)

    def _welcome(self, effects: dict[str, Effects], day: int, rows: int) -> None:
        """Who begins to sell today, and what merchants are given."""
        state, of = self.state, list(effects.values())
        if "entry" not in self.without:
            new = self._cohort(day)
            enter(of, self.market, state, self.makers, new, self.without)
            self.cohorts[day, 0] = state.weight[new].sum()
        give(of, self.market, state, rows, self.without)

    def _attention(self, effects: dict[str, Effects], platform: np.ndarray) -> float:
        """Users' time, and today's visits as a multiple of those at rest."""
        assume, rest_share = self.market.assume, self.market.assume.commerce_share
        set_to = [effect.commerce_share for effect in effects.values() if effect.commerce_share is not None]
        share = set_to[0] if set_to else rest_share
        if "attention_load" not in self.without:
            aim = value("minutes_per_user") * np.exp(-assume.load_aversion * (share - rest_share))
            self.minutes += assume.time_adjustment * (aim - self.minutes)
            self.users *= 1 + assume.user_growth - assume.load_churn * max(share - rest_share, 0.0)
        platform[:3] = self.users, self.minutes, share
        load = self.users * self.minutes * share / (value("daily_users") * value("minutes_per_user") * rest_share)
        if "visits" not in self.without:
            load += sum(effect.visits for effect in effects.values()) / self.market.rest.visits.sum()
            if "card_pool" not in self.without:
                load += sum(effect.card_visits for effect in effects.values()) / self.market.rest.visits.sum()
        return float(load)

    def _give_away(self, effects: dict[str, Effects], load: float, platform: np.ndarray, flows: np.ndarray) -> None:
        """Deals for new buyers, and what else the platform pays for today."""
        cost = sum(effect.cash_cost for effect in effects.values())
        if "card_pool" not in self.without:
            cost += sum(effect.card_cost for effect in effects.values())
        if not {"entry", "sourcing"} & self.without:
            cost += sum(effect.cover * stayed_away(effect, self.without) for effect in effects.values())
        for effect in effects.values():
            if effect.deals and "newcomer_deal" not in self.without:
                sybil = 0.0 if "sybil" in self.without else self.market.assume.sybil_share
                served, paid = serve_deals(self.market, self.state, self.rates, load, effect, sybil)
                flows[FLOWS.index("deals")] += served
                cost += paid
        platform[3] = cost

    def _today(self, effects: dict[str, Effects], day: int, rows: int, load: float) -> Today:
        of = list(effects.values())

        def added(mechanism: str, what: str) -> float:
            return 0.0 if mechanism in self.without else float(sum(getattr(effect, what) for effect in of))

        coupons = [] if "coupon" in self.without else of
        efforts = [] if "tournament" in self.without else [effect.effort for effect in of]
        boosts = [] if "boost" in self.without else of
        scale = next((effect.scale for effect in of if effect.scale), None)
        return Today(
            day=day,
            rows=rows,
            load=load,
            discount=np.minimum(_sum([e.discount for e in coupons], rows), 0.99),
            funded=_sum([e.discount * e.platform_part for e in coupons], rows, like=[e.discount for e in coupons]),
            boost=np.exp(_sum([e.boost for e in boosts], rows)),
            appeal=np.exp(_sum([e.appeal for e in of] + efforts, rows)),
            fan_rate=_sum([e.fan_rate for e in of], rows),
            cost_cut=np.minimum(_sum([e.cost_cut for e in of], rows), 1.0),
            coverage=1.0,
            floor=added("floor", "floor"),
            hall_share=added("festival", "hall_share"),
            festival=added("festival", "festival"),
            rival=added("rival", "rival"),
            waiting=added("anticipation", "waiting"),
            fee=float(scale.fee if scale else self.rates.standard),
            cap=float(scale.cap if scale else 0.0),
            whole=bool(scale and scale.reading == "whole"),
            made=self.makers.goods(of, rows),
            most=_UNBOUNDED,
        )

    def _cohort(self, day: int) -> slice:
        """The rows of those who enter on a day."""
        return slice(int(self._rows[day - 1]) if day else self.market.incumbents, int(self._rows[day]))

    def _count_cohorts(self, day: int) -> None:
        if "entry" not in self.without and day >= SURVIVAL:
            self.cohorts[day - SURVIVAL, 1] = self.state.weight[self._cohort(day - SURVIVAL)].sum()


def _programme(name: str):
    module = import_module(f"kit.programmes.{name}")
    if not hasattr(module, "effects"):
        raise Refusal("no_effects", name=name)
    return module


def _sum(parts: list, rows: int, like: list | None = None) -> np.ndarray:
    """The sum of programmes' arrays and scalars by merchant, or nobody's where there are none (of ``like``)."""
    if not any(map(some, parts if like is None else like)):
        return _NOBODY
    whole = np.zeros(rows)
    for part in filter(some, parts):
        whole += part
    return whole


def _as_programmes_see(traits: Traits, assume: Levers) -> dict[str, np.ndarray]:
    entered = np.datetime64(FIRST_DAY) + traits.entered.astype("timedelta64[D]")
    known = {"id": traits.id, "weight": traits.weight, "tier": traits.tier, "category": traits.category}
    self_built, own_goods = traits.kind == KINDS.index("self_built"), traits.kind != KINDS.index("alliance")
    live = live_frequency(traits.size, assume)
    return known | {"entered": entered, "self_built": self_built, "own_goods": own_goods, "live": live}
