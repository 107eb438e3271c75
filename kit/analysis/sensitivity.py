"""Sensitivity of a result: to each assumption and sourced number, and where assumptions turn its sign.

Each function asks an outcome again and again, and returns an outcome that rests on what that one rests on. Each raises
Refusal for a result that the outcome does not find, or that is no finite number.
"""

import itertools
import math
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from kit.analysis.outcome import Outcome, in_unit
from kit.numerics.special import root
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
    ``at_low`` and ``at_high`` are the ends of its range in ``unit`` (or the nearest points with a market in steady
    state), ``low`` and ``high`` the result there (in the result's unit), ``span`` their distance (never negative). One
    is moved at a time, so the table says nothing about what two do together.
    """
    asked = _Asked(outcome, subjects, result)
    table = asked.at_the_ends(asked.begun.attrs["rests_on"] if names is None else names)
    table = table.assign(span=(table["high"] - table["low"]).abs())
    table = table.sort_values("span", ascending=False, kind="stable", ignore_index=True)
    widest = table.iloc[0]
    finding = {"widest": (f"lever.{widest['lever']}", "words")}
    finding |= in_unit(asked.unit, least=widest[["low", "high"]].min(), most=widest[["low", "high"]].max())
    return asked.answer(by_assumption, table, finding)


def tipping_points(outcome: Callable[..., Outcome], *subjects, result: str) -> Outcome:
    """Return what the headline assumptions do to one number of an outcome's finding, and where they turn its sign.

    One row is a ``lever``, in the order of HEADLINE: ``at_low``, ``at_high``, ``unit``, ``low``, ``high`` as in
    ``by_assumption``; ``at_zero`` is where the result is zero, to a hundredth of the way (nan where both ends have the
    sign that it has now). A sign that turns twice between is not seen.
    """
    asked = _Asked(outcome, subjects, result)
    table = asked.at_the_ends(HEADLINE)

    def zero(row, end: str) -> float:
        now, place = asked.now[row["lever"]], row[f"at_{end}"]
        known = {now: asked.start, place: row[end]}
        return float(zeros(lambda setting: asked.at({row["lever"]: setting}), now, place, known=known)[0])

    low, high = (table.apply(zero, axis=1, end=end) for end in ("low", "high"))
    table, ends = table.assign(at_zero=low.fillna(high)), table[["low", "high"]]
    finding = in_unit("", turning=table["at_zero"].notna().sum())
    finding |= in_unit(asked.unit, least=ends.min(axis=None), most=ends.max(axis=None))
    return asked.answer(tipping_points, table, finding)


def zeros(
    at: Callable[[float], float | np.ndarray],
    now: float,
    end: float,
    steps: int = 1,
    tolerance: float = 0.01,
    known: dict[float, float | np.ndarray] | None = None,
) -> np.ndarray:
    """Return the setting nearest to ``now`` at which each result is zero on the way to ``end``; nan where none is.

    ``at`` gives one result or an array of several; it is asked at so many ``steps``, and between two whose signs differ
    to a part ``tolerance`` of the way. ``known`` results are not asked. Two turns within a step are not seen.

    >>> zeros(lambda x: np.array([x - 3, x + 1]), now=0.0, end=8.0, steps=4, tolerance=1e-9).round(6)
    array([ 3., nan])
    """
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
            between, xtol = places[after - 1 : after + 1], tolerance * abs(end - now)
            crossings[n] = root(lambda setting, n=n: asked(setting)[n], *between, xtol)
    return crossings


def by_variance(outcome: Callable[..., Outcome], *subjects, result: str, draws: int = 64) -> Outcome:
    """Return the headline assumptions' shares of a result's variance (Sobol's indices).

    For researchers: no lesson shows it. One row is a ``lever``: ``first`` is its share by itself, ``total`` its share
    with its interactions (0 to 1, but for the noise of few ``draws``, a power of two); drawn evenly and independently
    from ``at_low`` to ``at_high`` in ``unit``, the ranges drawn in by the same part until each corner has a market in
    steady state. The outcome is asked 7 x ``draws`` times.
    """
    asked = _Asked(outcome, subjects, result)
    names = [f"assume.{assumption}" for assumption in HEADLINE]
    levers = [asked.levers[name] for name in names]
    ends, _ = asked.drawn_in(names, [(lever.low, lever.high) for lever in levers])
    low, high = map(list, zip(*ends, strict=True))

    def results(settings: np.ndarray) -> np.ndarray:
        return np.array([asked.at(dict(zip(names, map(float, row), strict=True))) for row in settings])

    first, total = sobol(results, low, high, draws)
    rows = {"lever": names, "at_low": low, "at_high": high, "unit": [lever.unit for lever in levers]}
    finding = {"largest": (f"lever.{names[int(np.argmax(total))]}", "words")} | in_unit("share", share=total.max())
    return asked.answer(by_variance, rows | {"first": first, "total": total}, finding)


def sobol(function: Callable[[np.ndarray], np.ndarray], low, high, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Return Sobol's indices, first and total, of a function of as many numbers as there are ends of ranges (O31).

    ``function`` takes draws (one row is one) and gives a result for each; ``draws`` is a power of two.

    >>> first, total = sobol(lambda drawn: 3 * drawn[:, 0] + drawn[:, 1], [0, 0], [1, 1], 1_024)
    >>> first.round(2).tolist(), total.round(2).tolist()
    ([0.9, 0.1], [0.9, 0.1])
    """
    import scipy

    ranges = [scipy.stats.uniform(a, b - a) for a, b in zip(low, high, strict=True)]
    indices = scipy.stats.sobol_indices(func=lambda drawn: function(drawn.T), n=draws, dists=ranges, rng=0)
    return indices.first_order, indices.total_order


def by_fact(outcome: Callable[..., Outcome], *subjects, result: str, more: float = 0.1) -> Outcome:
    """Return by how much a number of an outcome's finding moves if a sourced number behind it were higher.

    One row is a ``fact`` by its id, the strongest first; ``change`` is a share of the result if that fact alone is
    higher by ``more`` (a share). A figure that reached the subjects as a lever's start (a policy's cap) is not moved.
    Raises Refusal for a result that is zero, too.
    """
    asked = _Asked(outcome, subjects, result)
    if not asked.start:
        raise Refusal("not_measured", name=result, value=(asked.start, asked.unit))
    changes = {}
    for key in asked.begun.attrs["facts"]:
        with override({key: value(key) * (1 + more)}):
            changes[key] = asked.measured(outcome(*subjects))[0] / asked.start - 1
    strongest = sorted(changes, key=lambda key: -abs(changes[key]))
    finding = in_unit("share", more=more, change=changes[strongest[0]])
    return asked.answer(by_fact, {"fact": strongest, "change": [changes[key] for key in strongest]}, finding)


class _Asked:
    """One number of an outcome's finding, asked again with levers moved."""

    def __init__(self, outcome: Callable[..., Outcome], subjects: tuple, result: str):
        self.outcome, self.subjects, self.result = outcome, list(subjects), result
        self.levers, self.now = levers_of(subjects), values_of(subjects)
        self.begun = outcome(*subjects)
        self.start, self.unit = self.measured(self.begun)

    def measured(self, table: Outcome) -> tuple[float, str]:
        finding = table.attrs["finding"]
        if self.result not in finding:
            raise Refusal("unknown", what=words("what.number"), name=self.result, names=list(finding))
        amount, unit = finding[self.result]
        if not isinstance(amount, (int, float)) or not math.isfinite(amount):
            raise Refusal("not_measured", name=self.result, value=(amount, unit))
        return float(amount), unit

    def at(self, changes: dict[str, float]) -> float:
        """The result with some levers moved."""
        return self.measured(self.outcome(*moved(self.subjects, changes)))[0]

    def at_the_ends(self, assumptions: Iterable[str]) -> pd.DataFrame:
        """The results at both ends of each assumption that is a lever here, or as near as there is a market."""
        rows = []
        for name in (f"assume.{assumption}" for assumption in assumptions):
            if name in self.levers:
                lever = self.levers[name]
                [[at_low]], [low] = self.drawn_in([name], [(lever.low,)])
                [[at_high]], [high] = self.drawn_in([name], [(lever.high,)])
                rows.append((name, at_low, at_high, lever.unit, low, high))
        return pd.DataFrame(rows, columns=["lever", "at_low", "at_high", "unit", "low", "high"])

    def drawn_in(self, names: list[str], ends: list[tuple]) -> tuple[list[tuple], list[float]]:
        """The ends of ranges, drawn in towards the present until there is a result at every corner; and the results."""
        for step in range(TWENTIETHS):
            near = [
                tuple(end + (self.now[name] - end) * step / TWENTIETHS for end in pair)
                for name, pair in zip(names, ends, strict=True)
            ]
            try:
                return near, [self.at(dict(zip(names, corner, strict=True))) for corner in itertools.product(*near)]
            except Refusal as refusal:
                last = refusal
        raise last

    def answer(self, function: Callable, rows, finding: dict) -> Outcome:
        """An outcome about another: it rests on what that one rests on, and is as much simulated as it is."""
        about = in_unit(self.unit, start=self.start)
        about["result"] = (f"finding.{self.outcome.__name__}.{self.result}", "words")
        made = Outcome(rows)
        made.attrs = self.begun.attrs | {"name": function.__name__, "finding": about | finding}
        return made
