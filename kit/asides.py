"""Beside a panel's sliders: the guess before they open, the drawer of scenarios, and how sentences are shown."""

import html
import math
from collections.abc import Callable

import ipywidgets as w

from kit.levers import Lever, values_of
from kit.scenarios import load_scenario, save_scenario, scenario_names
from kit.text import Refusal, words


def status(sentence: str, kind: str) -> str:
    """Write a sentence, as plain text, so that it is shown in its kind's colour and read aloud."""
    return f'<div role="status" class="{kind}">{html.escape(sentence)}</div>'


def unfolding(title: str, lines: list[str]) -> str:
    """Write lines, as plain text, beneath a title that unfolds them."""
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f"<details><summary>{html.escape(title)}</summary><ul>{items}</ul></details>"


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
        kept = self.file.value
        self.file.options = scenario_names()
        if kept in self.file.options:
            self.file.value = kept

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
        self._say(words("widget.saved", file=path), "rhc-told")

    def _load(self) -> None:
        if self.file.value:
            changes = load_scenario(self.file.value)
            # A scenario is a difference from the start, not from wherever the sliders stand.
            self._tuner.move(values_of(self._tuner.start) | changes)
            self._say(words("widget.loaded", file=self.file.value), "rhc-told")

    def controls(self) -> list[w.Widget]:
        return [self.name, self.save, self.file, self.load]
