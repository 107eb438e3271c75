"""What a panel says: sentences, what a table rests on, its numbers, and a printed copy beneath it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import ipywidgets as w
import pandas as pd
from IPython.display import display
from markupsafe import Markup

from kit.display.html import fill
from kit.display.tables import DisplayTable
from kit.parameters.levers import levers_of, values_of
from kit.parameters.sourced import fact, overrides
from kit.text import Refusal, label, language, number, under, words
from kit.widgets.lever_control import LeverControl


def status(sentence: str, kind: str) -> str:
    """Write a sentence, as plain text, so that it is shown in its kind's colour and read aloud."""
    return str(Markup('<div role="status" class="{}">{}</div>').format(kind, sentence))


def unfolding(title: str, lines: list[str]) -> str:
    """Write lines, as plain text, beneath a title that unfolds them."""
    return str(fill("unfolding.html", title=title, lines=lines))


def explain(refusal: Refusal, knobs: Mapping[str, LeverControl]) -> str:
    """Say a refusal without the names that only code needs, where the panel shows that lever."""
    texts = {field: text for field, text in refusal.fields.items() if isinstance(text, str)}
    named = {field: label("lever", text) for field, text in texts.items() if text in knobs}
    if "lever" not in named or refusal.code not in ("lever_outside", "lever_percent"):
        return refusal.said(**named)
    lever = knobs[texts["lever"]].lever
    shown = {"value": refusal.fields["value"], "low": lever.low, "high": lever.high}
    return words("widget.outside", lever=named["lever"], **{name: lever.show(value) for name, value in shown.items()})


def provenance(table: pd.DataFrame, subjects: Sequence) -> str:
    """Write what a table rests on, to be unfolded: the sourced numbers, and the assumptions as they are set now."""
    known, values = levers_of(subjects), values_of(subjects)
    keys = {name: f"assume.{name}" for name in table.attrs["rests_on"]}
    assumed = tuple((name, known.get(key), values.get(key)) for name, key in keys.items())
    return _provenance(tuple(table.attrs.get("facts", ())), assumed, language(), overrides())


@lru_cache(maxsize=32)  # a slider of a policy leaves the assumptions where they are
def _provenance(sourced_by: tuple, resting_on: tuple, _language: str, _overrides) -> str:
    facts, assumptions = [repr(fact(key)) for key in sourced_by], []
    for name, lever, value in resting_on:
        # The default of another group's lever stands by itself: the panel shows where that lever is now.
        said = (label("lever", lever.name), lever.show(value)) if lever else (label("fact", name), str(fact(name)))
        assumptions.append(words("widget.assumption", label=said[0], value=said[1], reason=fact(name).reason))
    sourced = unfolding(words("widget.facts", n=len(facts)), facts) if facts else ""
    return sourced + unfolding(words("widget.rests_on", n=len(assumptions)), assumptions)


def summary(key: str, findings: dict[str, dict]) -> DisplayTable:
    """Return the numbers of findings that have a name under ``key``, one column a finding."""
    found = list(findings.values())[-1]
    # In the order of data/text, where a part ("of that …") stands beneath its whole.
    names = [name for name in under(f"finding.{key}") if name in found]
    rows = {"quantity": [words(f"finding.{key}.{name}") for name in names]}
    rows |= {column: [number(*found[name]) for name in names] for column, found in findings.items()}
    return DisplayTable(pd.DataFrame(rows), {})


def print_beneath(view: w.Widget, *printed, asleep: str = "widget.needs_kernel") -> None:
    """Display a panel (without a kernel: the words ``asleep``), and in the same cell its copy for print."""
    said = words(asleep)
    display({"text/html": str(Markup("<p><em>{}</em></p>").format(said)), "text/plain": said}, raw=True)
    display(view._repr_mimebundle_() | {"text/plain": words("widget.panel")}, raw=True)
    for part in printed:
        display(part)
