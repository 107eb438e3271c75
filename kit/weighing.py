"""Which figures carry a result: each assumption at both ends of its range, each sourced number a little higher."""

import math
from collections.abc import Callable

import pandas as pd

from kit.facts import supposing, value
from kit.findings import tidy
from kit.levers import moved
from kit.text import Refusal, words


def by_assumption(outcome: Callable[..., pd.DataFrame], *subjects, result: str) -> pd.DataFrame:
    """Return what each assumption does to one number of an outcome's finding, at its low and at its high end.

    One row is a ``lever``, the widest first: ``at_low`` and ``at_high`` are the ends of its range in ``unit``,
    ``low`` and ``high`` the result there (in the result's unit), ``span`` their distance (never negative). One
    is moved at a time, the others stay as the subjects have them; so the table says nothing about what two do together.

    Raises Refusal for a result that the outcome does not find, or that is no finite number.
    """
    begun = outcome(*subjects)
    start, unit = _measured(begun, result)
    known = {name: lever for subject in subjects for name, lever in subject.levers().items()}
    rows = []
    for name in (f"assume.{assumption}" for assumption in begun.attrs["rests_on"]):
        ends = known[name].low, known[name].high
        low, high = (_measured(outcome(*moved(list(subjects), {name: end})), result)[0] for end in ends)
        rows.append((name, *ends, known[name].unit, low, high, abs(high - low)))
    rows.sort(key=lambda row: -row[-1])
    names = ("lever", "at_low", "at_high", "unit", "low", "high", "span")
    widest = rows[0]
    finding = {
        "result": (f"finding.{outcome.__name__}.{result}", "words"),
        "start": (start, unit),
        "widest": (f"lever.{widest[0]}", "words"),
        "least": (min(widest[4:6]), unit),
        "most": (max(widest[4:6]), unit),
    }
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    return tidy(columns, finding, begun.attrs["rests_on"], begun.attrs["facts"])


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
        with supposing({key: value(key) * (1 + more)}):
            changes[key] = _measured(outcome(*subjects), result)[0] / start - 1
    strongest = sorted(changes, key=lambda key: -abs(changes[key]))
    finding = {
        "result": (f"finding.{outcome.__name__}.{result}", "words"),
        "start": (start, unit),
        "more": (more, "share"),
        "change": (changes[strongest[0]], "share"),
    }
    rows = {"fact": strongest, "change": [changes[key] for key in strongest]}
    return tidy(rows, finding, begun.attrs["rests_on"], begun.attrs["facts"])


def _measured(table: pd.DataFrame, result: str) -> tuple[float, str]:
    found = table.attrs["finding"]
    if result not in found:
        raise Refusal("unknown", what=words("what.number"), name=result, names=list(found))
    amount, unit = found[result]
    if not isinstance(amount, (int, float)) or not math.isfinite(amount):
        raise Refusal("not_measured", name=result, value=(amount, unit))
    return float(amount), unit
