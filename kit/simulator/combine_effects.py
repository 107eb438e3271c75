"""The programmes' effects of one day added up, without those of disabled mechanisms."""

import operator

import numpy as np

from kit.policies.effects import Effects, is_active
from kit.simulator.state import Rates, Today

_EMPTY = np.zeros(0)
_MAX_DISCOUNT = 0.99  # of a list price
# The parts of effects that a mechanism carries.
MECHANISM_EFFECTS = {
    "coupon": ("discount",),
    "newcomer_deal": ("deals",),
    "credits": ("credit", "reregistered_credit"),
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
    "capacity": ("capacity",),
    "c2m": ("lag",),
    "entry": ("entrants", "entry_gain", "sourced", "equipped", "brands"),
    "entry_response": ("entry_gain",),
    "sourcing": ("sourced", "equipped"),
    "no_show": ("no_show",),
    "brands": ("brands",),
    "re_registration": ("reregistered",),
}


def disabled_parts(disabled: frozenset[str]) -> dict:
    """Return the parts of effects that disabled mechanisms carry, at the values at which they do nothing."""
    parts = [part for name in sorted(disabled) for part in MECHANISM_EFFECTS.get(name, ())]
    return {part: Effects._field_defaults[part] for part in parts}


def by_part(effects: list[Effects]) -> Effects:
    """Return the effects of several programmes by part: each part holds one value a programme.

    >>> by_part([Effects(floor=0.1), Effects(floor=0.2)]).floor
    (0.1, 0.2)
    """
    return Effects(*zip(*effects, strict=True)) if effects else Effects(*[()] * len(Effects._fields))


class EffectsOfDay:
    """The combined effects of each day of a run; sums that have not changed since the day before are kept."""

    def __init__(self, rates: Rates):
        self._standard = rates.standard
        self._kept: dict[str, tuple[tuple, np.ndarray]] = {}  # by part: the values added, and their sum
        self._shares: tuple = ()  # of their discounts that the platform pays

    def today(self, parts: Effects, day: int, rows: int, load: float, coupon_limit: float, guess: float) -> Today:
        """Return a day from the effects ``by_part``; the other arguments are those of Today."""
        discount = self._sum("discount", parts.discount, rows, _MAX_DISCOUNT)
        scale = next(filter(None, parts.scale), None)
        return Today(
            day=day,
            rows=rows,
            load=load,
            discount=discount,
            funded=self._funded(parts, discount, rows),
            boost=self._sum("boost", parts.boost, rows, exp=True),
            appeal=self._sum("appeal", parts.appeal + parts.effort, rows, exp=True),
            fan_rate=self._sum("fan_rate", parts.fan_rate, rows),
            cost_cut=self._sum("cost_cut", parts.cost_cut, rows, 1.0),
            coupon_limit=coupon_limit,
            coverage_guess=guess,
            floor=float(sum(parts.floor)),
            festival_venue_share=float(sum(parts.festival_venue_share)),
            festival=float(sum(parts.festival)),
            rival=float(sum(parts.rival)),
            waiting=float(sum(parts.waiting)),
            fee=float(scale.fee if scale else self._standard),
            cap=float(scale.cap if scale else 0.0),
            whole=bool(scale and scale.reading == "whole"),
            belt_share=self._sum("belt_share", parts.belt_share, rows, 1.0),
            capacity=float(min(parts.capacity, default=np.inf)),
            learning=1 / min(parts.lag, default=np.inf),
        )

    def _sum(self, name: str, values: tuple, rows: int, most: float = np.inf, exp: bool = False) -> np.ndarray:
        """The sum of arrays and scalars by merchant, at most ``most``, or its exponential; empty if all are zero."""
        arrays, constant = [], 0.0
        for value in values:
            if type(value) is np.ndarray:
                arrays.append(value)
            elif value:
                constant += value
        if not arrays and not constant:
            return _EMPTY
        if (kept := self._unchanged(name, values, rows)) is not None:
            return kept
        total = sum(arrays[1:], arrays[0]) if arrays else np.zeros(rows)
        total = np.ascontiguousarray(total + constant if constant else total, float)
        if most < np.inf:
            total = np.minimum(total, most)
        total = np.exp(total) if exp else total
        self._kept[name] = values, total
        return total

    def _funded(self, parts: Effects, discount: np.ndarray, rows: int) -> np.ndarray:
        """The part of the discount that the platform pays, at most the whole discount."""
        kept = self._unchanged("funded", parts.discount, rows)
        if kept is not None and parts.platform_part == self._shares:
            return kept
        funded = np.zeros(discount.size)
        for off, share in zip(parts.discount, parts.platform_part, strict=True):
            if share and is_active(off):
                funded += off * share
        funded, self._shares = np.minimum(funded, discount), parts.platform_part
        self._kept["funded"] = parts.discount, funded
        return funded

    def _unchanged(self, name: str, values: tuple, rows: int) -> np.ndarray | None:
        """The sum of the day before; None where one of the values may have changed."""
        before, total = self._kept.get(name, ((), _EMPTY))
        same = total.size >= rows and len(before) == len(values) and all(map(operator.is_, before, values))
        # The base of a view may have changed since; an array that owns its data has not.
        return total if same and all(v.base is None for v in values if type(v) is np.ndarray) else None
