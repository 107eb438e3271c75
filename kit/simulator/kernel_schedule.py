"""A schedule as the kernel reads it: the effects of all programmes in flat arrays, by day and by merchant.

Compiled code reads these fields by position: see ``kit.numerics.compiled``.
"""

from enum import IntEnum
from math import inf, nan
from typing import NamedTuple

import numpy as np

from kit.economics.coaching import coached_lift
from kit.policies.effects import TABLE, Effects, Entry, Term, terms
from kit.simulator.population import category_prices, shares
from kit.simulator.steady_state import Market

Field = IntEnum(
    "Field", "DISCOUNT BOOST APPEAL FAN_RATE COST_CUT BELT_SHARE CREDIT REREGISTERED REDUCED_FEE COACHING", start=0
)
TOTALS = int(Field.CREDIT)  # so many fields are added up over programmes; the others are granted one by one
# The effects by merchant in the order in which a programme grants them.
_FIELDS = {
    "discount": Field.DISCOUNT,
    "boost": Field.BOOST,
    "appeal": Field.APPEAL,
    "effort": Field.APPEAL,
    "fan_rate": Field.FAN_RATE,
    "cost_cut": Field.COST_CUT,
    "belt_share": Field.BELT_SHARE,
    "credit": Field.CREDIT,
    "prizes": Field.CREDIT,
    "reregistered": Field.REREGISTERED,
    "reduced_fee": Field.REDUCED_FEE,
    "coaching": Field.COACHING,
}
_CREDITED = (Field.CREDIT, Field.REREGISTERED)


class KernelSchedule(NamedTuple):
    """What holds on each day, whatever happens in the market.

    By day: ``rows`` in the market, of which on day 0 ``incumbents`` were there before; the sums of the effects of that
    name (see ``kit.policies.effects``); ``growth`` (a factor on those who enter), ``matched`` and ``equipped``
    streamers; ``share`` of commerce; ``promotion``: yuan spent but for coupons and deals; ``fee``, ``cap`` and
    ``whole``: the reduced scale; ``learning``: the part of what is left to learn that belts learn in a day.

    By programme and day: ``budget``, ``platform_part`` and others; ``coupon_weight``: what its coupons cost per yuan of
    steady-state sales. ``total_budget`` by programme. Effects by merchant are terms: ``field``, ``programme``,
    ``entry`` (whether on the day of entry only), ``weight`` (term, day), and ``vector``: a row of ``vectors`` (row,
    merchant), or -1 where the weight is that of all merchants.

    ``quota`` and ``deal_cost`` of deals: shares by segment and category, and the list price of one by category.
    """

    rows: np.ndarray
    incumbents: int
    floor: np.ndarray
    festival_venue_share: np.ndarray
    festival: np.ndarray
    rival: np.ndarray
    waiting: np.ndarray
    visits: np.ndarray
    share: np.ndarray
    promotion: np.ndarray
    growth: np.ndarray
    matched: np.ndarray
    equipped: np.ndarray
    fee: np.ndarray
    cap: np.ndarray
    whole: np.ndarray
    capacity: np.ndarray
    learning: np.ndarray
    pass_through: np.ndarray
    belt_reach: np.ndarray
    belt_saving: np.ndarray
    belt_learning: np.ndarray
    belt_fit: np.ndarray
    budget: np.ndarray
    total_budget: np.ndarray
    platform_part: np.ndarray
    coupon_weight: np.ndarray
    deals: np.ndarray
    deal_price: np.ndarray
    brands: np.ndarray
    brand_appeal: np.ndarray
    reregistered_credit: np.ndarray
    field: np.ndarray
    programme: np.ndarray
    entry: np.ndarray
    weight: np.ndarray
    vector: np.ndarray
    vectors: np.ndarray
    category_shares: np.ndarray
    credit_days: float
    deal_need: float
    retention: float
    quota: np.ndarray
    deal_cost: np.ndarray


def kernel_schedule(
    effects: dict[str, Effects], begins: dict[str, int], market: Market, rows: np.ndarray, disabled: frozenset[str]
) -> KernelSchedule:
    """Return the effects of programmes, by name, as the kernel reads them.

    ``begins``: the first day of each, counted from day 0; ``rows``: merchants in the market by day.
    """
    assume, days, orders = market.assume, rows.size, shares(market.assume, "orders")
    each = [effect.without(disabled) for effect in effects.values()]
    begun = np.arange(days) >= np.array([begins[name] for name in effects], int).reshape(-1, 1)  # (programme, day)

    def own(name: str) -> np.ndarray:
        """An effect by programme and day."""
        neutral = Effects._field_defaults[name]
        values = [np.broadcast_to(np.asarray(getattr(effect, name), float), days) for effect in each]
        return np.where(begun, np.array(values).reshape(-1, days), neutral)

    def total(name: str) -> np.ndarray:
        """An effect by day, combined over programmes as the table says."""
        values = own(name)
        match TABLE[name].combine:
            case "least":
                return values.min(axis=0, initial=inf)
            case "first":
                return next((row for row in values if row.any()), np.zeros(days))
        return values.sum(axis=0)

    entry = "entry" not in disabled
    sourced, missing = own("sourced"), own("sourced") * own("no_show")
    cost = total("cash_cost") + total("card_cost") + (own("cover") * missing).sum(axis=0)
    growth = np.exp(assume.entry_response * total("entry_gain")) * (1 + total("entrants")) if entry else np.ones(days)
    share = np.full(days, assume.commerce_share)
    fee, cap, whole = np.full(days, assume.standard_fee), np.zeros(days), np.zeros(days, np.bool_)
    for effect, there in reversed(list(zip(each, begun, strict=True))):
        if effect.commerce_share is not None:
            share[there] = effect.commerce_share
        if effect.scale is not None:
            fee[there], cap[there] = effect.scale.fee, effect.scale.cap
            whole[there] = effect.scale.reading == "whole"
    listed = _terms(each, begun, assume)
    stored = {id(term.merchants): term.merchants for _, _, term in listed if np.ndim(term.merchants)}
    vectors = np.zeros((len(stored), market.traits.id.size))
    for row, vector in zip(vectors, stored.values(), strict=True):
        row[: vector.size] = vector
    place = {key: n for n, key in enumerate(stored)}
    weight = np.array([_weight(term, begun[p]) for p, _, term in listed]).reshape(-1, days)
    deals = own("deals")
    dealing = deals.any()
    honest = "sybil" in disabled or not dealing
    sybil = 0.0 if honest else assume.sybil_share
    part = own("platform_part")
    return KernelSchedule(
        rows=rows,
        incumbents=market.incumbents,
        **{name: total(name) for name in ("floor", "festival_venue_share", "festival", "rival", "waiting")},
        visits=total("visits") + total("card_visits"),
        share=share,
        promotion=cost,
        growth=growth,
        matched=sourced.sum(axis=0) - missing.sum(axis=0),
        equipped=total("equipped"),
        fee=fee,
        cap=cap,
        whole=whole,
        capacity=total("capacity"),
        learning=1 / total("lag"),
        pass_through=total("pass_through"),
        **{name: total(name) for name in ("belt_reach", "belt_saving", "belt_learning", "belt_fit")},
        budget=own("budget"),
        total_budget=np.array([effect.total_budget for effect in each], float),
        platform_part=part,
        coupon_weight=part * _mean_discount(each, begun, market, rows),
        deals=deals,
        **{name: own(name) for name in ("deal_price", "brands", "brand_appeal", "reregistered_credit")},
        field=np.array([field for _, field, _ in listed], np.int64),
        programme=np.array([p for p, _, _ in listed], np.int64),
        entry=np.array([isinstance(term, Entry) for _, _, term in listed], np.bool_),
        weight=weight,
        vector=np.array([place.get(id(term.merchants), -1) for _, _, term in listed], np.int64),
        vectors=vectors,
        category_shares=orders,
        credit_days=assume.credit_days if any(field in _CREDITED for _, field, _ in listed) else nan,
        deal_need=assume.deal_need if dealing else nan,
        retention=assume.retention if dealing and "ladder" not in disabled else 0.0,
        quota=np.outer([1.0 - sybil, sybil, 0.0], orders),
        deal_cost=category_prices(assume) if dealing else np.zeros(3),
    )


def combined(plan: KernelSchedule) -> frozenset[str]:
    """Return the totals by merchant that some programme moves on some day; the names are those of Scratch."""
    there = {Field(field).name.lower() for field in np.unique(plan.field) if field < TOTALS}
    there |= {"discount"} if plan.pass_through.any() else set()
    there |= {"belt_share"} if plan.belt_reach.any() else set()
    return frozenset(there | ({"funded"} if "discount" in there else set()))


def rows_by_day(market: Market, days: int, entry: bool) -> np.ndarray:
    """Return how many merchants are in the market on each day; without ``entry``, those of before day 0."""
    if not entry:
        return np.full(days, market.incumbents, np.int64)
    return np.searchsorted(market.traits.entered, np.arange(days), side="right").astype(np.int64)


def _terms(each: list[Effects], begun: np.ndarray, assume) -> list[tuple[int, Field, Term | Entry]]:
    """All terms of effects by merchant that can do anything: programme, field and term."""
    found = []
    for p, effect in enumerate(each):
        for name, field in _FIELDS.items():
            for term in terms(getattr(effect, name)):
                parts = _lifts(term, assume) if field == Field.COACHING else (term,)
                active = (part for part in parts if _weight(part, begun[p]).any() and np.any(part.merchants))
                found += [(p, field, part) for part in active]
    return found


def _lifts(hours: Term | Entry, assume) -> list[Term | Entry]:
    """Hours of advice as relative increases in appeal, one term for each number of hours."""
    if not np.any(hours.merchants):
        return []
    most, half = assume.coaching_lift, assume.coaching_half
    if isinstance(hours, Entry):
        return [Entry(coached_lift(hours.merchants, most, half))]
    many = np.unique(hours.days)
    return [Term(hours.days == n, coached_lift(n * np.asarray(hours.merchants), most, half)) for n in many[many > 0]]


def _weight(term: Term | Entry, begun: np.ndarray) -> np.ndarray:
    """The factor of a term by day."""
    days = 1.0 if isinstance(term, Entry) else term.days
    return np.where(begun, days * (1.0 if np.ndim(term.merchants) else float(term.merchants)), 0.0)


def _mean_discount(each: list[Effects], begun: np.ndarray, market: Market, rows: np.ndarray) -> np.ndarray:
    """The mean discount on steady-state sales of those in the market, by programme and day."""
    traits, mean = market.traits, np.zeros(begun.shape)
    sales = traits.weight * traits.size * traits.price
    for p, effect in enumerate(each):
        for term in terms(effect.discount):
            share: np.ndarray | float = 1.0
            if np.ndim(term.merchants):
                off = term.merchants * sales[: term.merchants.size]
                share = np.cumsum(off)[rows - 1] / np.cumsum(sales)[rows - 1]
            mean[p] += _weight(term, begun[p]) * share
    return mean
