"""Sensitivity: each assumption at both ends of its range, each sourced number a little higher.

And where the five headline assumptions, which no source settles, turn the sign of a result; and whose uncertainty it
is. Each function asks an outcome again and again, and returns an outcome that rests on what that one rests on.

Raises Refusal for a result that the outcome does not find, or that is no finite number (so does each function here).
"""

import itertools
import math
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from kit.analysis.outcome import Outcome
from kit.parameters.levers import levers_of, moved, values_of
from kit.parameters.sourced import override, value
from kit.text import Refusal, words

HEADLINE = ("inside_share", "price_elasticity", "leak", "impulse_share", "attention_made")
TWENTIETHS = 20  # steps by which an end of a range at which there is no market in steady state is drawn in


def by_assumption(
    outcome: Callable[..., Outcome], *subjects, result: str, names: Iterable[str] | None = None
) -> Outcome:
    """Return what each assumption does to one number of an outcome's finding, at its low and at its high end.

    ``names``: the assumptions to ask, else all that the outcome rests on. One row is a ``lever``, the widest first:
    ``at_low`` and ``at_high`` are the ends of its range in ``unit``, ``low`` and ``high`` the result there (in the
    result's unit), ``span`` their distance (never negative). One is moved at a time, the others stay as the subjects
    have them; so the table says nothing about what two do together. Instead of an end without a market in steady state
    stands the point nearest to it that has one.
    """
    begun = outcome(*subjects)
    unit = _measured(begun, result)[1]
    rows = _at_the_ends(outcome, subjects, result, begun.attrs["rests_on"] if names is None else names)
    table = pd.DataFrame(rows).assign(span=lambda ends: (ends["high"] - ends["low"]).abs())
    table = table.sort_values("span", ascending=False, kind="stable", ignore_index=True)
    widest = table.iloc[0]
    finding = {
        "widest": (f"lever.{widest['lever']}", "words"),
        "least": (float(min(widest["low"], widest["high"])), unit),
        "most": (float(max(widest["low"], widest["high"])), unit),
    }
    return _asked(by_assumption, table, finding, begun, outcome, result)


def tipping_points(outcome: Callable[..., Outcome], *subjects, result: str) -> Outcome:
    """Return what the headline assumptions do to one number of an outcome's finding, and where they turn its sign.

    One row is a ``lever``, in the order of HEADLINE: ``at_low``, ``at_high``, ``unit``, ``low``, ``high`` as in
    ``by_assumption``; ``at_zero`` is where the result is zero, to a hundredth of the way (nan where both ends have the
    sign that it has now). A sign that turns twice between is not seen.
    """
    begun = outcome(*subjects)
    start, unit = _measured(begun, result)
    now, rows = values_of(subjects), _at_the_ends(outcome, subjects, result, HEADLINE)
    for row in rows:
        at, name = _mover(outcome, subjects, result, row["lever"]), row["lever"]
        row["at_zero"] = math.nan
        for end in ("high", "low"):
            known = {now[name]: start, row[f"at_{end}"]: row[end]}
            (zero,) = zeros(at, now[name], row[f"at_{end}"], known=known)
            row["at_zero"] = row["at_zero"] if math.isnan(zero) else zero
    table = pd.DataFrame(rows)
    finding = {
        "turning": (float(table["at_zero"].notna().sum()), ""),
        "least": (float(table[["low", "high"]].min(axis=None)), unit),
        "most": (float(table[["low", "high"]].max(axis=None)), unit),
    }
    return _asked(tipping_points, table, finding, begun, outcome, result)


def zeros(
    at: Callable[[float], float | np.ndarray],
    now: float,
    end: float,
    steps: int = 1,
    tolerance: float = 0.01,
    known: dict[float, float | np.ndarray] | None = None,
) -> np.ndarray:
    """Return the setting nearest to ``now`` at which each result is zero on the way to ``end``; nan where none is.

    ``at`` gives one result or an array of several; it is asked at so many ``steps``, and between two of them where a
    sign has changed until the zero is sure to a part ``tolerance`` of the way. ``known`` are results that need not be
    asked. What turns twice between two steps is not seen.

    >>> zeros(lambda x: np.array([x - 3, x + 1]), now=0.0, end=8.0, steps=4, tolerance=1e-9).round(6)
    array([ 3., nan])
    """
    from scipy.optimize import brentq

    results = dict(known or {})

    def asked(setting: float) -> np.ndarray:
        if setting not in results:
            results[setting] = at(setting)
        return np.atleast_1d(results[setting])

    places = np.linspace(now, end, steps + 1).tolist()
    path = np.vstack([asked(place) for place in places])
    crossings = np.full(path.shape[1], np.nan)
    for n, turned in enumerate((path * path[0] < 0).T):
        if turned.any():
            after = int(np.argmax(turned))
            between = places[after - 1], places[after]
            crossings[n] = brentq(lambda setting, n=n: asked(setting)[n], *between, xtol=tolerance * abs(end - now))
    return crossings


def by_variance(outcome: Callable[..., Outcome], *subjects, result: str, draws: int = 64) -> Outcome:
    """Return the headline assumptions' shares of a result's variance (Sobol's indices).

    For researchers: no lesson shows it. One row is a ``lever``: ``first`` is its share by itself, ``total`` its share
    with all that it does together with others (0 to 1, but for the noise of few ``draws``, a power of two); drawn
    evenly and independently from ``at_low`` to ``at_high`` in ``unit``. Where some corner of the ranges has no market
    in steady state, all are drawn in by the same part until each has. The outcome is asked 7 x ``draws`` times.
    """
    begun = outcome(*subjects)
    known, now = levers_of(subjects), values_of(subjects)
    names = [f"assume.{assumption}" for assumption in HEADLINE]

    def at(settings) -> float:
        changes = dict(zip(names, map(float, settings), strict=True))
        return _measured(outcome(*moved(list(subjects), changes)), result)[0]

    full = [(known[name].low, known[name].high) for name in names]
    ends = _drawn_in(at, full, [now[name] for name in names])
    first, total = sobol(lambda settings: np.array([at(row) for row in settings]), *zip(*ends, strict=True), draws)
    units = [known[name].unit for name in names]
    rows = {"lever": names, "at_low": [low for low, _ in ends], "at_high": [high for _, high in ends], "unit": units}
    largest = names[int(np.argmax(total))]
    finding = {"largest": (f"lever.{largest}", "words"), "share": (float(total.max()), "share")}
    return _asked(by_variance, rows | {"first": first, "total": total}, finding, begun, outcome, result)


def sobol(function: Callable[[np.ndarray], np.ndarray], low, high, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Return Sobol's indices, first and total, of a function of as many numbers as there are ends of ranges (O31).

    ``function`` takes draws (one row is one) and gives a result for each; ``draws`` is a power of two.

    >>> first, total = sobol(lambda drawn: 3 * drawn[:, 0] + drawn[:, 1], [0, 0], [1, 1], 1_024)
    >>> first.round(2).tolist(), total.round(2).tolist()
    ([0.9, 0.1], [0.9, 0.1])
    """
    from scipy.stats import sobol_indices, uniform

    ranges = [uniform(a, b - a) for a, b in zip(low, high, strict=True)]
    indices = sobol_indices(func=lambda drawn: function(drawn.T), n=draws, dists=ranges, rng=np.random.default_rng(0))
    return indices.first_order, indices.total_order


def by_fact(outcome: Callable[..., Outcome], *subjects, result: str, more: float = 0.1) -> Outcome:
    """Return by how much a number of an outcome's finding moves if a sourced number behind it were higher.

    One row is a ``fact`` by its id, the strongest first; ``change`` is a share of the result: 0.1 is ten per cent more.
    ``more`` is by how much each is taken to be higher, one at a time (a share). A figure that reached the subjects
    as a lever's start (a policy's cap) is moved there, not here. Raises Refusal for a result that is zero, too.
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
    finding = {"more": (more, "share"), "change": (changes[strongest[0]], "share")}
    rows = {"fact": strongest, "change": [changes[key] for key in strongest]}
    return _asked(by_fact, rows, finding, begun, outcome, result)


def _asked(function: Callable, rows, finding: dict, begun: Outcome, outcome: Callable, result: str) -> Outcome:
    """An outcome about another: it rests on what that one rests on, and is as much simulated as it is."""
    about = {"result": (f"finding.{outcome.__name__}.{result}", "words"), "start": _measured(begun, result)}
    made = Outcome(rows)
    made.attrs = begun.attrs | {"name": function.__name__, "finding": about | finding}
    return made


def _measured(table: Outcome, result: str) -> tuple[float, str]:
    finding = table.attrs["finding"]
    if result not in finding:
        raise Refusal("unknown", what=words("what.number"), name=result, names=list(finding))
    amount, unit = finding[result]
    if not isinstance(amount, (int, float)) or not math.isfinite(amount):
        raise Refusal("not_measured", name=result, value=(amount, unit))
    return float(amount), unit


def _mover(outcome: Callable, subjects, result: str, name: str) -> Callable[[float], float]:
    """The result as a function of one lever alone."""
    return lambda setting: _measured(outcome(*moved(list(subjects), {name: setting})), result)[0]


def _at_the_ends(outcome: Callable, subjects, result: str, names: Iterable[str]) -> list[dict]:
    """Of each assumption that is a lever here: the ends of its range, or as near as there is a market, and results."""
    known, now, rows = levers_of(subjects), values_of(subjects), []
    for name in (f"assume.{assumption}" for assumption in names):
        if name in known:
            at, lever = _mover(outcome, subjects, result, name), known[name]
            (at_low, low), (at_high, high) = (_nearest(at, end, now[name]) for end in (lever.low, lever.high))
            row = {"lever": name, "at_low": at_low, "at_high": at_high, "unit": lever.unit, "low": low, "high": high}
            rows.append(row)
    return rows


def _nearest(at: Callable[[float], float], end: float, now: float) -> tuple[float, float]:
    """The end of a range, or the point nearest to it at which there is a result; and the result."""
    results = {}
    ((setting,),) = _drawn_in(lambda corner: results.setdefault(*corner, at(*corner)), [(end,)], [now])
    return setting, results[setting]


def _drawn_in(at: Callable, ends: list[tuple], now: list[float]) -> list[tuple]:
    """The ends of ranges, drawn in towards the present by twentieths until there is a result at every corner."""
    for step in range(TWENTIETHS):
        near = [tuple(end + (x - end) * step / TWENTIETHS for end in pair) for pair, x in zip(ends, now, strict=True)]
        try:
            for corner in itertools.product(*near):
                at(corner)
        except Refusal as refusal:
            last = refusal
            continue
        return near
    raise last
