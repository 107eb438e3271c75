"""What a programme can do to a market: one table of effects. The engine knows these effects, never programmes."""

import datetime
from collections.abc import Callable
from math import inf
from typing import Any, Literal, NamedTuple, cast

import numpy as np

from kit.economics.fees import Scale
from kit.parameters.categories import Category

_EMPTY = np.zeros(0)


class Term(NamedTuple):
    """A part of an effect: ``days`` (by day, or one for all days) times ``merchants`` (by merchant, or one for all)."""

    days: np.ndarray | float
    merchants: np.ndarray | float = 1.0


class Entry(NamedTuple):
    """A part of an effect that a merchant has on its day of entry only: one element is one merchant."""

    merchants: np.ndarray


ByMerchant = float | np.ndarray | Term | Entry | tuple[Term | Entry, ...]
ByDay = float | np.ndarray


class Effect(NamedTuple):
    """One row of the table of effects.

    ``shape``: "day" (a number a day), "merchant" (a number a merchant and day) or "run" (one number); ``combine``: how
    programmes combine: "sum", "least", "first" (of the policy), or "own" (each programme its own); ``mechanisms``:
    switching off any of these takes the effect away; ``low`` and ``high``: the range of each programme's own.
    """

    unit: str
    shape: Literal["day", "merchant", "run"]
    combine: Literal["sum", "least", "first", "own"]
    mechanisms: tuple[str, ...] = ()
    low: float = -inf
    high: float = inf


TABLE = {
    # To merchants.
    "credit": Effect("yuan", "merchant", "own", ("credits",), low=0.0),
    "prizes": Effect("yuan", "merchant", "own", ("tournament",), low=0.0),
    "reregistered": Effect("share", "merchant", "own", ("re_registration",), low=0.0, high=1.0),
    "reregistered_credit": Effect("yuan", "day", "own", ("credits",), low=0.0),
    "reduced_fee": Effect("yes", "merchant", "own", ("fee_scale",)),
    "coaching": Effect("hours", "merchant", "own", ("coaching",), low=0.0),
    "discount": Effect("share", "merchant", "sum", ("coupon",), low=0.0, high=1.0),
    "pass_through": Effect("share", "day", "sum", ("coupon",), low=0.0, high=1.0),
    "platform_part": Effect("share", "day", "own", low=0.0, high=1.0),
    "budget": Effect("yuan", "day", "own", low=0.0),
    "total_budget": Effect("yuan", "run", "own", low=0.0),
    "boost": Effect("log points", "merchant", "sum", ("boost",)),
    "appeal": Effect("log points", "merchant", "sum"),
    "effort": Effect("log points", "merchant", "sum", ("tournament",)),
    "fan_rate": Effect("share", "merchant", "sum"),
    "cost_cut": Effect("share", "merchant", "sum", low=0.0, high=1.0),
    "belt_share": Effect("share", "merchant", "sum", low=0.0, high=1.0),
    "belt_reach": Effect("share", "day", "sum", low=0.0, high=1.0),
    "belt_saving": Effect("share", "day", "sum", low=0.0, high=1.0),
    "belt_learning": Effect("share", "day", "sum", low=0.0, high=1.0),
    "belt_fit": Effect("log points", "day", "sum"),
    "capacity": Effect("ratio", "day", "least", ("capacity",), low=0.0),
    "lag": Effect("days", "day", "least", ("c2m",), low=1e-9),
    "scale": Effect("yuan", "day", "first", ("fee_scale",)),
    # To the market.
    "floor": Effect("share", "day", "sum", ("floor",), low=0.0, high=1.0),
    "festival_venue_share": Effect("share", "day", "sum", ("festival",), low=0.0, high=1.0),
    "festival": Effect("utils", "day", "sum", ("festival",)),
    "waiting": Effect("log points", "day", "sum", ("anticipation",)),
    "rival": Effect("log points", "day", "sum", ("rival",)),
    "visits": Effect("visits", "day", "sum", ("visits",)),
    "card_visits": Effect("visits", "day", "sum", ("visits", "card_pool")),
    "commerce_share": Effect("share", "day", "first", low=0.0, high=1.0),
    "deals": Effect("deals", "day", "own", ("newcomer_deal",), low=0.0),
    "deal_price": Effect("yuan", "day", "own", low=0.0),
    "cash_cost": Effect("yuan", "day", "sum", low=0.0),
    "card_cost": Effect("yuan", "day", "sum", ("card_pool",), low=0.0),
    "entry_gain": Effect("share", "day", "sum", ("entry", "entry_response")),
    "entrants": Effect("share", "day", "sum", ("entry",)),
    "sourced": Effect("streamers", "day", "own", ("entry", "sourcing"), low=0.0),
    "no_show": Effect("share", "day", "own", ("no_show",), low=0.0, high=1.0),
    "cover": Effect("yuan", "day", "own", low=0.0),
    "equipped": Effect("streamers", "day", "sum", ("entry", "sourcing"), low=0.0),
    "brands": Effect("brands", "day", "own", ("entry", "brands"), low=0.0),
    "brand_appeal": Effect("utils", "day", "own"),
}


class Merchants(NamedTuple):
    """What a programme may know of merchants: one element is one merchant.

    ``entered``: days (datetime64[D]); ``self_built``: whether the shop is the platform's own kind; ``id``; ``weight``:
    real merchants that it stands for; ``tier``: see Tier; ``live``: share of days with a session; ``category``;
    ``own_goods``: whether it finds its goods itself; ``sales_within``: a function of selected merchants (a truth value
    each) that returns the steady-state sales of those they stand for (yuan a day; part x merchant); ``services``: a
    function of the levers of a provider programme that returns the effects of its providers on merchants.

    These are all merchants, present and future; what a programme gives to future ones has no effect. A programme with
    ``effects`` also sees the state this morning. ``in_plan``: whether the reduced fee applies; ``sold``: yuan settled
    since entry; ``equipped``: share of a row's streamers with goods from a belt; ``learned``: doublings of usual sales
    that belts have learned from, by category.
    """

    entered: np.ndarray
    self_built: np.ndarray
    id: np.ndarray = _EMPTY
    weight: np.ndarray = _EMPTY
    tier: np.ndarray = _EMPTY
    live: np.ndarray = _EMPTY
    category: np.ndarray = _EMPTY
    own_goods: np.ndarray = _EMPTY
    sales_within: Callable[[np.ndarray], np.ndarray] | None = None
    services: Callable[[Any], "Effects"] | None = None
    in_plan: np.ndarray = _EMPTY
    sold: np.ndarray = _EMPTY
    equipped: np.ndarray = _EMPTY
    learned: np.ndarray = np.zeros(len(Category))


class Effects(NamedTuple):
    """One programme's effects on all days, or on one day; units and how programmes combine are in TABLE.

    An effect by day is a number for all days or an array by day. An effect by merchant is a number, an array by
    merchant (the same on all days), a Term, an Entry, or a tuple of Terms and Entries, which add up.

    To merchants: ``credit``: promotion credit granted (yuan at face); ``reduced_fee``: whether the fee ``scale``
    applies from that day on; ``coaching``: hours of advice begun; ``discount``: share of the list price off, of which
    the platform pays ``platform_part``, at most ``budget`` yuan a day and ``total_budget`` in all; ``pass_through``:
    the discount of shops that pay the reduced fee, until its cap; ``boost``: log points of public exposure; ``appeal``:
    log points; ``effort``: the same by contestants, and ``prizes``: credit that they win (a mean over all);
    ``fan_rate``: relative increase in fans won; ``cost_cut``: share of its unit cost saved; ``reregistered``: share of
    its shops that register again that day as new ones, with ``reregistered_credit`` yuan each.

    Of belts: ``belt_share``: share of a merchant's goods that come from them, and ``belt_reach``, that of all merchants
    with goods of their own (1 for streamers that a belt equips); ``belt_saving``: share of unit cost saved on these
    goods, and ``belt_learning`` of the rest with each doubling of sales, by which their appeal rises by ``belt_fit``
    log points; ``capacity`` as a multiple of steady-state sales of these goods; ``lag`` of the learning in days.

    To the market: ``floor`` and ``festival_venue_share``: shares of exposure; ``festival``: utils on everything here;
    ``waiting`` and ``rival``: log points on the weights of not buying and of buying elsewhere; ``visits``: additional
    visits to rooms; ``commerce_share``: of users' time, where the programme sets it; ``deals``: orders at
    ``deal_price`` yuan for new buyers; ``entry_gain``: expected gain of an entrant, as a share of its profit otherwise;
    ``entrants``: newcomers brought in, as a share of those who enter by themselves; ``sourced`` and ``equipped``:
    streamers who begin to sell with goods from the alliance and from a belt; of the ``sourced`` the share ``no_show``
    stays away, at a ``cover`` of so many yuan each; ``brands``: brands that begin to sell, ``brand_appeal`` utils above
    other newcomers; ``card_visits`` and ``card_cost``: visits and yuan due to the collecting of cards; ``cash_cost``:
    other yuan that the platform spends.
    """

    credit: ByMerchant = 0.0
    reduced_fee: ByMerchant = 0.0
    coaching: ByMerchant = 0.0
    discount: ByMerchant = 0.0
    pass_through: ByDay = 0.0
    boost: ByMerchant = 0.0
    scale: Scale | None = None
    platform_part: ByDay = 1.0
    budget: ByDay = inf
    total_budget: float = inf
    entry_gain: ByDay = 0.0
    floor: ByDay = 0.0
    festival_venue_share: ByDay = 0.0
    festival: ByDay = 0.0
    waiting: ByDay = 0.0
    rival: ByDay = 0.0
    visits: ByDay = 0.0
    commerce_share: float | None = None
    deals: ByDay = 0.0
    deal_price: ByDay = 0.0
    cash_cost: ByDay = 0.0
    sourced: ByDay = 0.0
    equipped: ByDay = 0.0
    belt_share: ByMerchant = 0.0
    belt_reach: ByDay = 0.0
    belt_saving: ByDay = 0.0
    belt_learning: ByDay = 0.0
    belt_fit: ByDay = 0.0
    capacity: ByDay = inf
    lag: ByDay = inf
    reregistered: ByMerchant = 0.0
    reregistered_credit: ByDay = 0.0
    no_show: ByDay = 0.0
    cover: ByDay = 0.0
    brands: ByDay = 0.0
    brand_appeal: ByDay = 0.0
    effort: ByMerchant = 0.0
    prizes: ByMerchant = 0.0
    card_visits: ByDay = 0.0
    card_cost: ByDay = 0.0
    appeal: ByMerchant = 0.0
    fan_rate: ByMerchant = 0.0
    cost_cut: ByMerchant = 0.0
    entrants: ByDay = 0.0

    def without(self, mechanisms: frozenset[str]) -> "Effects":
        """Return the effects without those that disabled mechanisms carry.

        >>> Effects(boost=0.5, floor=0.1).without(frozenset(["boost"])).boost
        0.0
        """
        gone = [name for name, effect in TABLE.items() if not mechanisms.isdisjoint(effect.mechanisms)]
        return self._replace(**{name: self._field_defaults[name] for name in gone})


def check(effects: Effects, programme: str, days: int, merchants: int) -> Effects:
    """Return a programme's effects; ValueError where one is not as it should be: which, what it is, what is right.

    >>> check(Effects(floor=np.zeros(90)), "traffic", days=182, merchants=300)
    Traceback (most recent call last):
    ValueError: traffic: floor is an array of 90; it must be a number or an array of 182 days
    """
    if not isinstance(effects, Effects):
        raise ValueError(f"{programme}: returned {type(effects).__name__}; it must return Effects")
    for name, value in effects._asdict().items():
        where, effect = f"{programme}: {name}", TABLE[name]
        if name == "scale":
            if not isinstance(value, Scale | None):
                raise ValueError(f"{where} is {value!r}; it must be a Scale (kit.economics.fees) or None")
        elif effect.shape == "merchant":
            _check_terms(where, name, value, days, merchants)
        elif value is not None or name != "commerce_share":
            ends = _ends(where, value, 0 if effect.shape == "run" else days, "days")
            _check_range(where, effect, ends)
    return effects


def _check_terms(where: str, name: str, value: Any, days: int, merchants: int) -> None:
    if not isinstance(value, Term | Entry | float | int | np.generic | np.ndarray | tuple):
        raise ValueError(f"{where} is a {type(value).__name__}; it must be a number, an array, a Term or an Entry")
    for term in (each := terms(value)):
        if not isinstance(term, Term | Entry):
            raise ValueError(f"{where} holds a {type(term).__name__}; a tuple must hold Terms and Entries")
        if isinstance(term, Entry) and TABLE[name].combine == "sum":
            raise ValueError(f"{where} is an Entry; it lasts, so that it must be a Term or an array")
        by_merchant = _ends(f"{where}, merchants", term.merchants, merchants, "merchants (by day: Term(days))")
        by_day = _ends(f"{where}, days", term.days, days, "days") if isinstance(term, Term) else (1.0, 1.0)
        _check_range(where, TABLE[name], tuple(one * other for one in by_merchant for other in by_day))
    if name == "coaching" and len(each) > 1:
        raise ValueError(f"{where} has {len(each)} terms; hours of advice must be one")


def _ends(where: str, part: Any, size: int, of: str) -> tuple[float, ...]:
    """The smallest and the largest number of a part, which is a number or an array of ``size``."""
    right = f"a number or an array of {size} {of}" if size else "one number"
    try:
        found = np.asarray(part, float)
    except (TypeError, ValueError):
        raise ValueError(f"{where} is {part!r}; it must be {right}") from None
    if found.shape != () and (found.shape != (size,) or not size):
        raise ValueError(f"{where} is an array of {' x '.join(map(str, found.shape))}; it must be {right}")
    if np.isnan(found).any():
        raise ValueError(f"{where} is not a number (nan); it must be {right}")
    return (float(found.min(initial=inf)), float(found.max(initial=-inf))) if found.size else (0.0, 0.0)


def _check_range(where: str, effect: Effect, values: tuple[float, ...]) -> None:
    for value in values:
        if not effect.low <= value <= effect.high:
            raise ValueError(f"{where} is {value:g} {effect.unit}; it must be {effect.low:g} to {effect.high:g}")


def terms(effect: ByMerchant) -> tuple[Term | Entry, ...]:
    """Return the terms of an effect by merchant; none where it is zero.

    >>> terms(0.0), terms(0.2)
    ((), (Term(days=0.2, merchants=1.0),))
    """
    match effect:
        case Term() | Entry():
            return (effect,)
        case tuple():
            return cast(tuple[Term | Entry, ...], effect)
        case np.ndarray():
            return (Term(1.0, effect),)
    return (Term(float(effect)),) if effect else ()


def within(days: np.ndarray, first: datetime.date, last: datetime.date) -> np.ndarray:
    """Return whether each day lies within a period, its first and last days included.

    >>> within(np.array(["2020-11-05", "2020-11-06"], "datetime64[D]"), *[datetime.date(2020, 11, 6)] * 2).tolist()
    [False, True]
    """
    return (days >= np.datetime64(first)) & (days <= np.datetime64(last))


def since(days: np.ndarray, first: datetime.date) -> np.ndarray:
    """Return how many days after ``first`` each day is."""
    return (days - np.datetime64(first)).astype(int)
