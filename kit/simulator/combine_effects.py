"""What programmes do on one day, added up; and which parts of it a mechanism that is off takes away."""

import operator

import numpy as np

from kit.policies.effects import Effects, some
from kit.simulator.state import Rates, Today

_NOBODY = np.zeros(0)
_MOST_OFF = 0.99  # of a list price
# What of the effects each mechanism carries.
CARRIES = {
    "coupon": ("discount",),
    "newcomer_deal": ("deals",),
    "credits": ("credit", "anew_credit"),
    "fee_scale": ("scale", "reduced_fee"),
    "coaching": ("coaching",),
    "boost": ("boost",),
    "floor": ("floor",),
    "festival": ("festival", "festival_venue_share"),
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


def silenced(disabled: frozenset[str]) -> dict:
    """Return the parts of effects that are switched off, at the values at which they do nothing."""
    return {part: Effects._field_defaults[part] for name in sorted(disabled) for part in CARRIES.get(name, ())}


def together(effects: list[Effects]) -> Effects:
    """Return the effects of several programmes by part: each part holds one value a programme.

    >>> together([Effects(floor=0.1), Effects(floor=0.2)]).floor
    (0.1, 0.2)
    """
    return Effects(*zip(*effects, strict=True)) if effects else Effects(*[()] * len(Effects._fields))


class EffectsOfDay:
    """The days of a run, one by one. What is alike from one day to the next is added up once."""

    def __init__(self, rates: Rates):
        self._standard = rates.standard
        self._kept: dict[str, tuple[tuple, np.ndarray]] = {}  # by what is added: its parts, and what they come to
        self._shares: tuple = ()  # of their discounts that the platform pays

    def today(self, of: Effects, day: int, rows: int, load: float, allowed: float, guess: float) -> Today:
        """Return a day, from the effects by part (``together``); ``load``, ``allowed`` and ``guess`` as in Today."""
        discount = self._added("discount", of.discount, rows, _MOST_OFF)
        scale = next(filter(None, of.scale), None)
        return Today(
            day=day,
            rows=rows,
            load=load,
            discount=discount,
            funded=self._funded(of, discount, rows),
            boost=self._added("boost", of.boost, rows, exp=True),
            appeal=self._added("appeal", of.appeal + of.effort, rows, exp=True),
            fan_rate=self._added("fan_rate", of.fan_rate, rows),
            cost_cut=self._added("cost_cut", of.cost_cut, rows, 1.0),
            allowed=allowed,
            guess=guess,
            floor=float(sum(of.floor)),
            festival_venue_share=float(sum(of.festival_venue_share)),
            festival=float(sum(of.festival)),
            rival=float(sum(of.rival)),
            waiting=float(sum(of.waiting)),
            fee=float(scale.fee if scale else self._standard),
            cap=float(scale.cap if scale else 0.0),
            whole=bool(scale and scale.reading == "whole"),
            made=self._added("made", of.made, rows, 1.0),
            making=float(min(of.making, default=np.inf)),
            learning=1 / min(of.lag, default=np.inf),
        )

    def _added(self, what: str, parts: tuple, rows: int, most: float = np.inf, exp: bool = False) -> np.ndarray:
        """The sum of programmes' arrays and scalars by merchant, at most so much, or its exponential.

        Nobody's where no programme does anything.
        """
        arrays, price_group = [], 0.0
        for part in parts:
            if type(part) is np.ndarray:
                arrays.append(part)
            elif part:
                price_group += part
        if not arrays and not price_group:
            return _NOBODY
        if (held := self._held(what, parts, rows)) is not None:
            return held
        whole = sum(arrays[1:], arrays[0]) if arrays else np.zeros(rows)
        whole = np.ascontiguousarray(whole + price_group if price_group else whole, float)
        if most < np.inf:
            whole = np.minimum(whole, most)
        whole = np.exp(whole) if exp else whole
        self._kept[what] = parts, whole
        return whole

    def _funded(self, of: Effects, discount: np.ndarray, rows: int) -> np.ndarray:
        """What the platform pays of a discount; where that is bounded, no more than is off."""
        held = self._held("funded", of.discount, rows)
        if held is not None and of.platform_part == self._shares:
            return held
        funded = np.zeros(discount.size)
        for off, part in zip(of.discount, of.platform_part, strict=True):
            if part and some(off):
                funded += off * part
        funded, self._shares = np.minimum(funded, discount), of.platform_part
        self._kept["funded"] = of.discount, funded
        return funded

    def _held(self, what: str, parts: tuple, rows: int) -> np.ndarray | None:
        """What the same parts came to the day before; None where one of them may have changed."""
        before, whole = self._kept.get(what, ((), _NOBODY))
        same = whole.size >= rows and len(before) == len(parts) and all(map(operator.is_, before, parts))
        # A view may show what has moved meanwhile; an array of its own holds what it held.
        return whole if same and all(part.base is None for part in parts if type(part) is np.ndarray) else None
