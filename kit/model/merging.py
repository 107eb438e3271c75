"""What programmes do on one day, added up; and which parts of it a mechanism that is off takes away."""

import numpy as np

from kit.model.state import Rates, Today
from kit.programmes.effects import Effects, by_merchant

_NOBODY = np.zeros(0)
_MOST_OFF = 0.99  # of a list price
# What of the effects each mechanism carries.
_CARRIES = {
    "coupon": ("discount",),
    "newcomer_deal": ("deals",),
    "credits": ("credit", "anew_credit"),
    "fee_scale": ("scale", "reduced_fee"),
    "coaching": ("coaching",),
    "boost": ("boost",),
    "floor": ("floor",),
    "festival": ("festival", "hall_share"),
    "rival": ("rival",),
    "anticipation": ("waiting",),
    "visits": ("visits", "card_visits"),
    "card_pool": ("card_visits", "card_cost"),
    "tournament": ("effort", "prizes"),
    "capacity": ("making",),
    "c2m": ("lag",),
    "entry": ("entrants", "entry_gain", "sourced", "equipped", "brands"),
    "entry_response": ("entry_gain",),
    "sourcing": ("sourced", "equipped"),
    "no_show": ("no_show",),
    "brands": ("brands",),
    "re_registration": ("anew",),
}


def silenced(without: frozenset[str]) -> dict:
    """Return the parts of effects that are switched off, at the values at which they do nothing."""
    return {part: Effects._field_defaults[part] for name in sorted(without) for part in _CARRIES.get(name, ())}


def together(effects: list[Effects]) -> Effects:
    """Return the effects of several programmes by part: each part holds one value a programme.

    >>> together([Effects(floor=0.1), Effects(floor=0.2)]).floor
    (0.1, 0.2)
    """
    return Effects(*zip(*effects, strict=True)) if effects else Effects(*[()] * len(Effects._fields))


def merged(of: Effects, day: int, rows: int, load: float, rates: Rates, allowed: float, guess: float) -> Today:
    """Return the day, from the effects by part (``together``).

    ``load``: visits, as a multiple of those at rest; ``allowed`` and ``guess`` as in Today.
    """
    discount = _added(of.discount, rows, _MOST_OFF)
    funded = _added([off * part for off, part in zip(of.discount, of.platform_part, strict=True)], rows)
    boost, appeal = _added(of.boost, rows), _added(of.appeal + of.effort, rows)
    scale = next(filter(None, of.scale), None)
    return Today(
        day=day,
        rows=rows,
        load=load,
        discount=discount,
        # Of a discount that is bounded the platform pays no more than is off.
        funded=np.minimum(funded, discount) if funded.size else np.zeros(discount.size),
        boost=np.exp(boost) if boost.size else boost,
        appeal=np.exp(appeal) if appeal.size else appeal,
        fan_rate=_added(of.fan_rate, rows),
        cost_cut=_added(of.cost_cut, rows, 1.0),
        allowed=allowed,
        guess=guess,
        floor=float(sum(of.floor)),
        hall_share=float(sum(of.hall_share)),
        festival=float(sum(of.festival)),
        rival=float(sum(of.rival)),
        waiting=float(sum(of.waiting)),
        fee=float(scale.fee if scale else rates.standard),
        cap=float(scale.cap if scale else 0.0),
        whole=bool(scale and scale.reading == "whole"),
        made=_added(of.made, rows, 1.0),
        making=float(min(of.making, default=np.inf)),
        learning=1 / min(of.lag, default=np.inf),
    )


def _added(parts, rows: int, most: float | None = None) -> np.ndarray:
    """The sum of programmes' arrays and scalars by merchant; of nobody where there are none.

    Several together come to no more than ``most``; what one alone may do, it knows itself.
    """
    parts = [part for part in parts if type(part) is np.ndarray or part]
    if not parts:
        return _NOBODY
    whole = by_merchant(parts[0], rows)
    for part in parts[1:]:
        whole = whole + part
    return whole if most is None or len(parts) == 1 else np.minimum(whole, most)
