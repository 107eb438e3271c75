"""Beside a panel's sliders: the guess before they open, the drawer of scenarios, how words and numbers are shown."""

import html
import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import ipywidgets as w
import pandas as pd
from IPython.display import display

from kit.facts import fact, supposed
from kit.knobs import Knob
from kit.levers import Lever, levers_of, values_of
from kit.scenarios import load_scenario, save_scenario, scenario_names
from kit.tables import Shown
from kit.text import Refusal, label, language, number, under, words


def status(sentence: str, kind: str) -> str:
    """Write a sentence, as plain text, so that it is shown in its kind's colour and read aloud."""
    return f'<div role="status" class="{kind}">{html.escape(sentence)}</div>'


def unfolding(title: str, lines: list[str]) -> str:
    """Write lines, as plain text, beneath a title that unfolds them."""
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f"<details><summary>{html.escape(title)}</summary><ul>{items}</ul></details>"


def explain(refusal: Refusal, knobs: Mapping[str, Knob]) -> str:
    """Say a refusal without the names that only code needs, where the panel shows that lever."""
    texts = {field: text for field, text in refusal.fields.items() if isinstance(text, str)}
    named = {field: label("lever", text) for field, text in texts.items() if text in knobs}
    if "lever" not in named or refusal.code not in ("lever_outside", "lever_percent"):
        return refusal.said(**named)
    lever = knobs[texts["lever"]].lever
    shown = {name: lever.show(value) for name, value in zip(("low", "high"), (lever.low, lever.high), strict=True)}
    return words("widget.outside", lever=named["lever"], value=lever.show(refusal.fields["value"]), **shown)


def behind(table: pd.DataFrame, subjects: Sequence) -> str:
    """Write what a table rests on, to be unfolded: the sourced numbers, and the assumptions as they are set now."""
    known = levers_of(subjects)
    values, told = values_of(subjects), []
    for name in table.attrs["rests_on"]:
        lever = known.get(f"assume.{name}")
        told.append((name, lever, values[lever.name] if lever else None))
    return _behind(tuple(table.attrs.get("facts", ())), tuple(told), language(), supposed())


@lru_cache(maxsize=32)  # a slider of a policy leaves the assumptions where they are
def _behind(sourced_by: tuple, resting_on: tuple, _language: str, _supposed) -> str:
    facts, told = [repr(fact(key)) for key in sourced_by], []
    for name, lever, value in resting_on:
        # The default of another group's lever stands by itself: the panel shows where that lever is now.
        said = {"label": label("fact", name), "value": str(fact(name))}
        if lever:
            said = {"label": label("lever", lever.name), "value": lever.show(value)}
        told.append(words("widget.assumption", **said, reason=fact(name).reason))
    sourced = unfolding(words("widget.facts", n=len(facts)), facts) if facts else ""
    return sourced + unfolding(words("widget.rests_on", n=len(told)), told)


def summary(key: str, findings: dict[str, dict]) -> Shown:
    """Return the numbers of findings that have a name under ``key``, one column a finding."""
    found = list(findings.values())[-1]
    # In the order of data/text, where a part ("of that …") stands beneath its whole.
    names = [name for name in under(f"finding.{key}") if name in found]
    rows = {"quantity": [words(f"finding.{key}.{name}") for name in names]}
    rows |= {column: [number(*found[name]) for name in names] for column, found in findings.items()}
    return Shown(pd.DataFrame(rows), {})


def print_beneath(view: w.Widget, *printed) -> None:
    """Display a panel, and its printed copy in the same cell: a page or a print without a kernel loses nothing."""
    asleep = words("widget.needs_kernel")
    display({"text/html": f"<p><em>{html.escape(asleep)}</em></p>", "text/plain": asleep}, raw=True)
    display(view._repr_mimebundle_() | {"text/plain": words("widget.panel")}, raw=True)
    for part in printed:
        display(part)


class Prediction:
    """A guess before the controls open: the learner commits to a number, then sees the answer."""

    def __init__(self, tuner, name: str):
        found = tuner.now.attrs["finding"]
        if name not in found:
            raise Refusal("unknown", what=words("what.number"), name=name, names=list(found))
        self._tuner, self._answer = tuner, found[name]
        question = html.escape(words(f"predict.{tuner.figure.key}.{name}", **tuner.now.attrs["finding"]))
        self.guess = w.Text(placeholder=words("widget.guess_hint"), continuous_update=False)
        self.commit = w.Button(description=words("widget.commit"), button_style="primary")
        self.said = w.HTML()
        self.commit.on_click(lambda _: self.check())
        self.guess.observe(lambda _: self.check(), "value")  # the Enter key commits too
        asked = w.HTML(f"<b>{html.escape(words('widget.predict'))}</b> {question}")
        self.view = w.VBox([asked, w.HBox([self.guess, self.commit]), self.said])

    def check(self) -> None:
        """Compare the guess with the answer at the settings of the start, and open the controls."""
        if self.guess.disabled:
            return
        answer, unit = self._answer
        everything = Lever(words("widget.guess"), unit, "number", -math.inf, math.inf)
        try:
            guess = everything.check(self.guess.value)
        except Refusal as refusal:
            self.said.value = status(str(refusal), "rhc-refused")
            return
        if unit == "share" and guess > 1 and "%" not in self.guess.value:
            guess /= 100  # asked for a percentage, "11" means 11 %
        near = abs(guess - answer) <= 0.2 * abs(answer)
        verdict = words("widget.near" if near else "widget.far")
        sentence = words("widget.checked", guess=(guess, unit), answer=(answer, unit), verdict=verdict)
        self.said.value = status(sentence, "rhc-told")
        self.guess.disabled = self.commit.disabled = True
        self._tuner.open()

    def controls(self) -> list[w.Widget]:
        return [self.guess, self.commit]


class Store:
    """Saving and loading of scenarios."""

    def __init__(self, tuner):
        self._tuner = tuner
        self.name = w.Text(description=words("widget.name"))
        self.save = w.Button(description=words("widget.save"), icon="save")
        self.file = w.Dropdown(options=scenario_names(), description=words("widget.file"))
        self.load = w.Button(description=words("widget.load"), icon="folder-open")
        self.save.on_click(lambda _: self._try(self._save))
        self.load.on_click(lambda _: self._try(self._load))
        self.said = w.HTML()
        rows = w.VBox([w.HBox([self.name, self.save]), w.HBox([self.file, self.load]), self.said])
        self.view = w.Accordion([rows], titles=[words("widget.scenarios")], selected_index=None)
        # Another panel may have saved one since.
        self.view.observe(lambda _: self._list(), "selected_index")

    def _list(self) -> None:
        kept, names = self.file.value, scenario_names()
        self.file.options = names
        # A list that was empty stays without a choice when it fills: choose, or the button would do nothing.
        self.file.value = kept if kept in names else (names or [None])[0]

    def _say(self, sentence: str, kind: str) -> None:
        self.said.value = status(sentence, kind)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Refusal as refusal:
            self._say(str(refusal), "rhc-refused")

    def _save(self) -> None:
        path = save_scenario(self.name.value, self._tuner.moved())
        self._list()
        self.file.value = path.stem
        self._say(words("widget.saved", file=path), "rhc-told")

    def _load(self) -> None:
        if not self.file.value:
            raise Refusal("no_scenario")
        self._tuner.load(load_scenario(self.file.value))
        self._say(words("widget.loaded", file=self.file.value), "rhc-told")

    def controls(self) -> list[w.Widget]:
        return [self.name, self.save, self.file, self.load]
