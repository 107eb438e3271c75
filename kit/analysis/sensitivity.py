"""Which figures carry a result: each assumption at both ends of its range, each sourced number a little higher.

And where the five headline assumptions, which no source settles, turn the sign of a result; and whose doubt it is.
"""

import itertools
import math
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from kit.analysis.outcome import tidy
from kit.parameters.levers import levers_of, moved, values_of
from kit.parameters.sourced import override, value
from kit.text import Refusal, words

HEADLINE = ("inside_share", "price_elasticity", "leak", "impulse_share", "attention_made")


def by_assumption(
    outcome: Callable[..., pd.DataFrame], *subjects, result: str, names: Iterable[str] | None = None
) -> pd.DataFrame:
    """Return what each assumption does to one number of an outcome's finding, at its low and at its high end.

    ``names``: the assumptions to ask, else all that the outcome rests on.

    One row is a ``lever``, the widest first: ``at_low`` and ``at_high`` are the ends of its range in ``unit``,
    ``low`` and ``high`` the result there (in the result's unit), ``span`` their distance (never negative). One
    is moved at a time, the others stay as the subjects have them; so the table says nothing about what two do together.
    An end that no market can rest at is taken as near to it as one can.

    Raises Refusal for a result that the outcome does not find, or that is no finite number.
    """
    begun = outcome(*subjects)
    start, unit = _measured(begun, result)
    rows = _at_the_ends(outcome, subjects, result, begun.attrs["rests_on"] if names is None else names)
    rows = [(*row, abs(row[5] - row[4])) for row in rows]
    rows.sort(key=lambda row: -row[-1])
    columns = ("lever", "at_low", "at_high", "unit", "low", "high", "span")
    widest = rows[0]
    finding = {
        "result": (f"finding.{outcome.__name__}.{result}", "words"),
        "start": (start, unit),
        "widest": (f"lever.{widest[0]}", "words"),
        "least": (min(widest[4:6]), unit),
        "most": (max(widest[4:6]), unit),
    }
    return _told(dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)), finding, begun)


def tipping_points(outcome: Callable[..., pd.DataFrame], *subjects, result: str) -> pd.DataFrame:
    """Return what the headline assumptions do to one number of an outcome's finding, and where they turn its sign.

    One row is a ``lever``, in the order of HEADLINE: ``at_low``, ``at_high``, ``unit``, ``low``, ``high`` as in
    ``by_assumption``; ``at_zero`` is where the result is nought (nan where both ends have the sign that it has now).
    An end that no market can rest at is taken as near to it as one can. A sign that turns twice between is not seen.

    Raises Refusal for a result that the outcome does not find, or that is no finite number.
    """
    begun = outcome(*subjects)
    start, unit = _measured(begun, result)
    now, rows = values_of(subjects), []
    for name, at_low, at_high, unit_of, low, high in _at_the_ends(outcome, subjects, result, HEADLINE):
        at = _mover(outcome, subjects, result, name)
        ends = ((at_low, low), (at_high, high))
        zeros = [_zero(at, (now[name], start), end) for end in ends if end[1] * start < 0]
        rows.append((name, at_low, at_high, unit_of, low, high, zeros[0] if zeros else math.nan))
    names = ("lever", "at_low", "at_high", "unit", "low", "high", "at_zero")
    turning = [row[0] for row in rows if not math.isnan(row[-1])]
    finding = {
        "result": (f"finding.{outcome.__name__}.{result}", "words"),
        "start": (start, unit),
        "turning": (float(len(turning)), ""),
        "least": (min(min(row[4:6]) for row in rows), unit),
        "most": (max(max(row[4:6]) for row in rows), unit),
    }
    return _told(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)), finding, begun)


def by_variance(outcome: Callable[..., pd.DataFrame], *subjects, result: str, draws: int = 64) -> pd.DataFrame:
    """Return whose doubt a result's doubt is: the headline assumptions' shares of its variance (Sobol's indices).

    One row is a ``lever``: ``first`` is its share by itself, ``total`` its share with all that it does together with
    others (0 to 1, but for the noise of few ``draws``, a power of two); drawn evenly and independently from
    ``at_low`` to ``at_high`` in ``unit``. Where some corner of the ranges has no market at rest, all are drawn in by
    the same part until each has. The outcome is asked 7 x ``draws`` times.

    Raises Refusal for a result that the outcome does not find, or that is no finite number.
    """
    begun = outcome(*subjects)
    known = levers_of(subjects)
    now = values_of(subjects)
    names = [f"assume.{assumption}" for assumption in HEADLINE]

    def at(settings) -> float:
        changes = dict(zip(names, map(float, settings), strict=True))
        return _measured(outcome(*moved(list(subjects), changes)), result)[0]

    full = [(known[name].low, known[name].high) for name in names]
    ends = _restful(at, full, [now[name] for name in names])
    first, total = sobol(lambda drawn: np.array([at(row) for row in drawn]), *zip(*ends, strict=True), draws)
    units = [known[name].unit for name in names]
    rows = {"lever": names, "at_low": [low for low, _ in ends], "at_high": [high for _, high in ends], "unit": units}
    largest = names[int(np.argmax(total))]
    finding = {
        "result": (f"finding.{outcome.__name__}.{result}", "words"),
        "start": _measured(begun, result),
        "largest": (f"lever.{largest}", "words"),
        "share": (float(total.max()), "share"),
    }
    return _told(rows | {"first": first, "total": total}, finding, begun)


def sobol(function: Callable[[np.ndarray], np.ndarray], low, high, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Return Sobol's indices, first and total, of a function of as many numbers as there are ends of ranges (O31).

    ``function`` takes draws (one row is one) and gives a result for each; ``draws`` is a power of two.

    >>> first, total = sobol(lambda drawn: 3 * drawn[:, 0] + drawn[:, 1], [0, 0], [1, 1], 1_024)
    >>> first.round(2).tolist(), total.round(2).tolist()
    ([0.9, 0.1], [0.9, 0.1])
    """
    from scipy.stats import sobol_indices, uniform

    ranges = [uniform(a, b - a) for a, b in zip(low, high, strict=True)]
    found = sobol_indices(func=lambda drawn: function(drawn.T), n=draws, dists=ranges, rng=np.random.default_rng(0))
    return found.first_order, found.total_order


def _restful(at: Callable, ends: list[tuple[float, float]], now: list[float]) -> list[tuple[float, float]]:
    """The ends of ranges, drawn in towards the present by twentieths until there is a result at every corner."""
    for step in range(20):
        near = [tuple(end + (x - end) * step / 20 for end in pair) for pair, x in zip(ends, now, strict=True)]
        try:
            for corner in itertools.product(*near):
                at(corner)
        except Refusal as refusal:
            last = refusal
            continue
        return near
    raise last


def _mover(outcome: Callable, subjects, result: str, name: str) -> Callable[[float], float]:
    """The result as a function of one lever alone."""
    return lambda setting: _measured(outcome(*moved(list(subjects), {name: setting})), result)[0]


def _at_the_ends(outcome: Callable, subjects, result: str, names: Iterable[str]) -> list[tuple]:
    """Of each assumption its name, the ends of its range (or as near as a market can rest), unit, results at both."""
    known, now, rows = levers_of(subjects), values_of(subjects), []
    for name in (f"assume.{assumption}" for assumption in names):
        at = _mover(outcome, subjects, result, name)
        ends = [_nearest_end(at, end, now[name]) for end in (known[name].low, known[name].high)]
        (at_low, low), (at_high, high) = ends
        rows.append((name, at_low, at_high, known[name].unit, low, high))
    return rows


def _nearest_end(at: Callable[[float], float], end: float, now: float) -> tuple[float, float]:
    """The end of a range, or the point nearest to it (by twentieths) at which there is a result; and the result."""
    for step in range(20):
        setting = end + (now - end) * step / 20
        try:
            return setting, at(setting)
        except Refusal as refusal:
            last = refusal
    raise last


def _zero(at: Callable[[float], float], now: tuple[float, float], end: tuple[float, float]) -> float:
    """Where a result is nought between two settings at which its signs differ, to a hundredth of the way."""
    from scipy.optimize import brentq

    known = dict((now, end))
    width = abs(end[0] - now[0])
    return float(brentq(lambda x: known[x] if x in known else at(x), now[0], end[0], xtol=width / 100))


def by_fact(outcome: Callable[..., pd.DataFrame], *subjects, result: str, more: float = 0.1) -> pd.DataFrame:
    """Return by how much a number of an outcome's finding moves if a sourced number behind it were higher.

    One row is a ``fact`` by its id, the strongest first; ``change`` is a share of the result: 0.1 is ten per cent more.
    ``more`` is by how much each is taken to be higher, one at a time (a share). A figure that reached the subjects
    as a lever's start (a policy's cap) is moved there, not here.

    Raises Refusal for a result that is nought, or as ``by_assumption`` does.
    """
    begun = outcome(*subjects)
    start, unit = _measured(begun, result)
    if not start:
        raise Refusal("not_measured", name=result, value=(start, unit))
    changes = {}
    for key in begun.attrs["facts"]:
        with override({key: value(key) * (1 + more)}):
            changes[key] = _measured(outcome(*subjects), result)[0] / start - 1
    strongest = sorted(changes, key=lambda key: -abs(changes[key]))
    finding = {
        "result": (f"finding.{outcome.__name__}.{result}", "words"),
        "start": (start, unit),
        "more": (more, "share"),
        "change": (changes[strongest[0]], "share"),
    }
    rows = {"fact": strongest, "change": [changes[key] for key in strongest]}
    return _told(rows, finding, begun)


def _told(columns: dict, finding: dict, begun: pd.DataFrame) -> pd.DataFrame:
    """A table that stands on what the outcome stands on, and is as much simulated as it is."""
    table = tidy(columns, finding, begun.attrs["rests_on"], begun.attrs["facts"])
    table.attrs = begun.attrs | table.attrs
    return table


def _measured(table: pd.DataFrame, result: str) -> tuple[float, str]:
    found = table.attrs["finding"]
    if result not in found:
        raise Refusal("unknown", what=words("what.number"), name=result, names=list(found))
    amount, unit = found[result]
    if not isinstance(amount, (int, float)) or not math.isfinite(amount):
        raise Refusal("not_measured", name=result, value=(amount, unit))
    return float(amount), unit
