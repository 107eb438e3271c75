"""The schedule of a policy as an outcome: what each of its programmes does, day by day, before any run."""

import datetime
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

import numpy as np
import pandas as pd

from kit.analysis.counterfactual import MERCHANTS
from kit.analysis.outcome import Finding, Outcome, in_unit, outcome
from kit.parameters.calendar import FIRST, LAST
from kit.parameters.levers import Levers
from kit.parameters.reads import note
from kit.policies.effects import TABLE, Effects, Entry, Merchants, Term, terms
from kit.policies.policy import Policy
from kit.simulator.population import DAYS
from kit.simulator.schedule import schedule
from kit.simulator.steady_state import open_market

# Effects that only say how another one works.
_QUALIFIERS = (
    *("scale", "platform_part", "budget", "total_budget", "deal_price", "brand_appeal", "reregistered_credit"),
    *("no_show", "cover", "belt_learning", "belt_fit", "capacity", "lag"),
)
EFFECTS = tuple(name for name in TABLE if name not in _QUALIFIERS)
BY_DAY = "by_day"


class _Row(NamedTuple):
    programme: str
    policy_effect: str
    unit: str
    start: datetime.date
    end: datetime.date
    value: float
    merchants: float


@outcome
def policy_schedule(trial: Policy, assume: Levers, merchants: int = MERCHANTS) -> Outcome:
    """Return what a policy does, day by day: one row is a span of days on which an effect of a programme is constant.

    ``start`` and ``end`` are its first and last days; ``value`` is in the row's ``unit``: that of
    ``kit.policies.effects.TABLE``, and percentage points below the standard fee for ``reduced_fee``. ``merchants``:
    real merchants that have the effect at some time in the span (all in the market, for effects on the market), of
    those who enter without a policy. The value of an effect by merchant is the mean over those who have it, on the last
    day of the span; of one that starts on the day of entry, over those who enter in it. An effect that is zero has no
    row. A programme that looks at the market each day has one row, its ``policy_effect`` by_day (value 1): what it does
    is known in a run only.

    The finding: the ``busiest`` day, how many effects are ``at_work`` on it and on an ``ordinary`` (median) day, how
    many ``programmes`` act, how many of them ``by_day``, and the festival's ``main_day`` if there is one.

    >>> from kit.parameters.sourced import assumptions
    >>> from kit.policies.policy import policy
    >>> policy_schedule(policy("traffic"), assumptions()).drop(columns="merchants").values.tolist()
    [['traffic', 'floor', 'share', datetime.date(2020, 9, 22), datetime.date(2021, 1, 29), 0.05]]
    """
    market = open_market(merchants, assume=assume)
    note(*market.assume.names_read(), merchants=market.incumbents)
    season = schedule(market, trial)
    rows: list[_Row] = []
    for programme, begins in season.begins.items():
        first, known = max(begins, 0), season.merchants
        if programme in season.by_day:
            rows.append(_Row(programme, BY_DAY, "", _date(first), LAST, 1.0, _present(known, DAYS - 1)))
            continue
        effects = season.effects[programme]
        strips = filter(None, (_strip(programme, name, effects, first, known) for name in EFFECTS))
        rows += [row for strip in sorted(strips, key=lambda strip: strip[0].start) for row in strip]
    return pd.DataFrame(rows, columns=_Row._fields), _finding(rows, trial)


def _finding(rows: list[_Row], trial: Policy) -> Finding:
    days = [_date(day) for day in range(DAYS)]
    planned = [row for row in rows if row.policy_effect != BY_DAY]
    at_work = [len({row[:2] for row in planned if row.start <= day <= row.end}) for day in days]
    finding: Finding = {"busiest": (days[at_work.index(max(at_work))], "")}
    finding |= in_unit("effects", at_work=max(at_work), ordinary=median(at_work))
    acting, by_day = ({row.programme for row in part} for part in (rows, set(rows) - set(planned)))
    finding |= in_unit("programmes", programmes=len(acting), by_day=len(by_day))
    if "festival" in trial.programmes:
        finding["main_day"] = (trial["festival.main_day"], "")
    return finding


def _strip(programme: str, name: str, effects: Effects, first: int, merchants: Merchants) -> list[_Row]:
    """The spans of one effect in which it is not zero, from the programme's first day on."""
    unit, factor = TABLE[name].unit, 1.0
    if name == "reduced_fee":
        unit, scale = "percentage points", effects.scale
        factor = 100 * (scale.standard - scale.fee) if scale else 0.0
    return [
        _Row(programme, name, unit, _date(start), _date(end), float(factor * value), of)
        for start, end, value, of in _spans(name, effects, first, merchants)
        if factor * value
    ]


def _spans(name: str, effects: Effects, first: int, merchants: Merchants) -> Iterator[tuple[int, int, float, float]]:
    """First and last day, value and merchants of each span of an effect; also where it is zero."""
    if TABLE[name].shape == "day":
        given = getattr(effects, name)
        daily = np.broadcast_to(np.asarray(0.0 if given is None else given, float), DAYS)
        for start, end in _constant(daily[None], first):
            yield start, end, daily[start], _present(merchants, end)
        return
    found = terms(getattr(effects, name))
    lasting = [term for term in found if isinstance(term, Term)]
    weights = np.array([np.broadcast_to(term.days, DAYS) for term in lasting], float).reshape(-1, DAYS)
    for start, end in _constant(weights, first):
        parts = zip(weights[:, start], lasting, strict=True)
        each = sum((weight * np.asarray(term.merchants) for weight, term in parts), 0.0)
        yield start, end, *_mean(each, merchants, merchants.entered <= _day(end))
    for entry in (term for term in found if isinstance(term, Entry)):
        daily = np.array([_mean(entry.merchants, merchants, merchants.entered == _day(day))[0] for day in range(DAYS)])
        for start, end in _constant(daily[None], first):
            enter = (merchants.entered >= _day(start)) & (merchants.entered <= _day(end))
            yield start, end, *_mean(entry.merchants, merchants, enter)


def _constant(daily: np.ndarray, first: int) -> Iterator[tuple[int, int]]:
    """The first and last days of spans in which no row of an array (row, day) moves, beyond rounding."""
    moves = ~np.isclose(daily[:, first + 1 :], daily[:, first:-1], rtol=1e-9, atol=0.0).all(axis=0)
    starts = [first, *(first + 1 + np.flatnonzero(moves)).tolist()]
    yield from zip(starts, [*(start - 1 for start in starts[1:]), DAYS - 1], strict=True)


def _mean(each: np.ndarray | float, merchants: Merchants, of: np.ndarray) -> tuple[float, float]:
    """The mean of an effect over those of some merchants that have it, and how many real merchants these are."""
    each = np.broadcast_to(np.asarray(each, float), of.size)
    have = np.flatnonzero(of & (each != 0) & (merchants.weight > 0))
    if not have.size:
        return 0.0, 0.0
    weight, one = merchants.weight[have], each[have[0]]
    # Exact where all have the same.
    return float(one + weight @ (each[have] - one) / weight.sum()), float(weight.sum())


def _present(merchants: Merchants, day: int) -> float:
    """How many real merchants are in the market on a day."""
    return float(merchants.weight[merchants.entered <= _day(day)].sum())


def _date(day: int) -> datetime.date:
    return FIRST + datetime.timedelta(day)


def _day(day: int) -> np.datetime64:
    return np.datetime64(_date(day))
