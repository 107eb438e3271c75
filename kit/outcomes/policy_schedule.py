"""The schedule of a policy as an outcome: what each of its programmes does, day by day, before any run."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median

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
_COLUMNS = ["programme", "effect", "unit", "start", "end", "value", "merchants"]
_Span = tuple[int, int, float, float]  # first and last day, value, merchants


@outcome
def policy_schedule(
    trial: Policy, assume: Levers | None = None, merchants: int = MERCHANTS, disabled: Iterable[str] = ()
) -> Outcome:
    """Return what a policy does, day by day: one row is a span of days on which an effect of a programme is constant.

    ``start`` and ``end`` are its first and last days; ``value`` is in the row's ``unit``: that of
    ``kit.policies.effects.TABLE``, and percentage points below the standard fee for ``reduced_fee``. ``merchants``:
    real merchants that have the effect at some time in the span (all in the market, for effects on the market), of
    those who enter without a policy. The value of an effect by merchant is their mean, on the last day of the span; of
    one that starts on the day of entry, that of those who enter. Effects that are zero have no row. A programme that
    looks at the market each day has one row, effect ``by_day`` of value 1: what it does is known in a run only.

    The finding: the ``busiest`` day, how many effects are ``at_work`` on it and on an ``ordinary`` (median) day, how
    many ``programmes`` act, how many of them ``by_day``, and the festival's ``main_day`` if there is one.

    >>> from kit.policies.policy import policy
    >>> policy_schedule(policy("traffic")).drop(columns="merchants").values.tolist()
    [['traffic', 'floor', 'share', datetime.date(2020, 9, 22), datetime.date(2021, 1, 29), 0.05]]
    """
    market, disabled = open_market(merchants, assume=assume), frozenset(disabled)
    note(*market.assume.names_read(), merchants=market.incumbents)
    season = schedule(market, trial, disabled=disabled)
    rows, working = [], Counter()
    for programme, begins in season.begins.items():
        first = max(begins, 0)
        if programme in season.by_day:
            span = (first, DAYS - 1, 1.0, _weight(season.merchants, DAYS - 1))
            rows.append(_row(programme, BY_DAY, "", span))
            continue
        effects = season.effects[programme].without(disabled)
        for name in EFFECTS:
            unit, factor = TABLE[name].unit, 1.0
            if name == "reduced_fee":
                unit, scale = "percentage points", effects.scale
                factor = 100 * (scale.standard - scale.fee) if scale else 0.0
            spans = [
                (start, end, factor * value, number)
                for start, end, value, number in _spans(name, effects, first, season.merchants)
                if factor * value
            ]
            rows += [_row(programme, name, unit, span) for span in spans]
            working.update({day for start, end, *_ in spans for day in range(start, end + 1)})
    table = pd.DataFrame(rows, columns=_COLUMNS)
    busiest = max(range(DAYS), key=working.__getitem__)
    finding: Finding = {"busiest": (FIRST + datetime.timedelta(busiest), "")}
    ordinary = median(working[day] for day in range(DAYS))
    finding |= in_unit("effects", at_work=working[busiest], ordinary=ordinary)
    finding |= in_unit("programmes", programmes=table["programme"].nunique(), by_day=len(season.by_day))
    if "festival" in trial.programmes:
        finding["main_day"] = (trial["festival.main_day"], "")
    return table, finding


def _row(programme: str, effect: str, unit: str, span: _Span) -> tuple:
    start, end, value, merchants = span
    days = [FIRST + datetime.timedelta(day) for day in (start, end)]
    return programme, effect, unit, *days, float(value), float(merchants)


def _spans(name: str, effects: Effects, first: int, merchants: Merchants) -> Iterator[_Span]:
    """The spans of one effect, from the programme's first day on; also those of value zero."""
    if TABLE[name].shape == "day":
        given = getattr(effects, name)
        daily = np.broadcast_to(np.asarray(0.0 if given is None else given, float), DAYS)
        for start, end in _constant(daily[None], first):
            yield start, end, daily[start], _weight(merchants, end)
        return
    found = terms(getattr(effects, name))
    lasting = [term for term in found if isinstance(term, Term)]
    weights = np.array([np.broadcast_to(term.days, DAYS) for term in lasting], float).reshape(-1, DAYS)
    for start, end in _constant(weights, first):
        each = sum((weight * np.asarray(term.merchants) for weight, term in zip(weights[:, start], lasting)), 0.0)
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
    weight = merchants.weight * (of & (each != 0))
    return (float(each @ weight / weight.sum()) if weight.any() else 0.0), float(weight.sum())


def _weight(merchants: Merchants, day: int) -> float:
    """How many real merchants are in the market on a day."""
    return float(merchants.weight[merchants.entered <= _day(day)].sum())


def _day(day: int) -> np.datetime64:
    return np.datetime64(FIRST) + day
