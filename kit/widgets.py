"""Widgets: levers -> outcome -> chart and numbers. They hold settings, and no model."""

import html
import math
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as w
import pandas as pd
from IPython.display import display

from kit.charts import draw
from kit.facts import fact
from kit.knobs import Knob
from kit.levers import Lever, Value, split
from kit.live import LiveChart
from kit.policies import policy
from kit.scenarios import load_scenario, save_scenario, scenario_names
from kit.tables import Shown
from kit.text import Refusal, has, label, number, words


def tune(
    *subjects,
    levers: Sequence[str],
    outcome: Callable[..., pd.DataFrame],
    chart: str = "",
    presets: Sequence[str] = (),
    predict: str | None = None,
) -> "Tuner":
    """Set levers with sliders and see what they do, at once.

    ``subjects`` are what has levers (a policy, a shop, assumptions); ``levers`` names those that are
    shown; ``outcome(*subjects)`` gives a tidy table and ``chart`` names
    how it is drawn (like the outcome, if nothing is said). ``presets`` are policies that
    ship with the kit. ``predict`` names a number of the table's finding: the controls open once the
    learner has committed to a guess of it.

    Raises Refusal for a lever that none of the subjects has.
    """
    levers = [levers] if isinstance(levers, str) else list(levers)
    return Tuner(subjects, levers, outcome, chart, presets, predict)


def values_of(subjects) -> dict[str, Value]:
    """Return the settings of several subjects by the levers' full names."""
    return {name: value for subject in subjects for name, value in subject.values().items()}


def status(sentence: str, kind: str) -> str:
    """Write a sentence, as plain text, so that it is shown in its kind's colour and read aloud."""
    return f'<div role="status" class="{kind}">{html.escape(sentence)}</div>'


class Tuner:
    """The panel of ``tune``: controls, live chart and numbers; and beneath it their printed copy."""

    def __init__(self, subjects, levers, outcome, chart, presets, predict):
        self.start = self.subjects = list(subjects)
        self.outcome = outcome
        self.now = outcome(*subjects)
        self.kept: pd.DataFrame | None = None
        self.figure = draw(chart or outcome.__name__, self.now)
        values = values_of(subjects)
        self._known = {name: lever for subject in subjects for name, lever in subject.levers().items()}
        split(dict.fromkeys(levers), self.subjects)  # refuses a lever that nobody has
        self.knobs = {name: Knob(self._known[name], values[name], self._moved) for name in levers}
        self.live = LiveChart(self.figure)
        self.numbers, self.message = w.HTML(), w.HTML()
        self.prediction = Prediction(self, predict) if predict else None
        self.presets = self._preset_box(presets)
        self.reset = w.Button(description=words("widget.reset"), icon="undo")
        self.keep = w.ToggleButton(description=words("widget.keep"), layout={"width": "auto"})
        self.store = Store(self)
        self.reset.on_click(lambda _: self._reset())
        self.keep.observe(lambda change: self._keep(change["new"]), "value")
        wrapped = w.Layout(display="flex", flex_flow="row wrap")
        buttons = w.Box([*([self.presets] if presets else []), self.reset, self.keep], layout=wrapped)
        knobs = w.VBox([knob.view for knob in self.knobs.values()])
        asked = [self.prediction.view] if self.prediction else []
        self.view = w.VBox([*asked, buttons, knobs, self.message, self.live, self.numbers, self.store.view])
        self._lock(bool(predict))
        self._draw()

    def _preset_box(self, presets: Sequence[str]) -> w.Dropdown:
        options = [(words("widget.own"), ""), *((label("policy", name), name) for name in presets)]
        box = w.Dropdown(options=options, description=words("widget.preset"))
        box.observe(lambda change: change["new"] and self.set(policy(change["new"]).values()), "value")
        return box

    def _reset(self) -> None:
        self.presets.value = ""
        self.set(values_of(self.start))

    def _moved(self, name: str, value: object) -> None:
        self.presets.value = ""
        self.set({name: value})

    def set(self, changes: dict[str, Any]) -> None:
        """Move levers and draw; a refused value is explained and the controls go back."""
        try:
            self.move(changes)
            self.say("")
        except Refusal as refusal:
            self.say(self._explain(refusal), "rhc-refused")
            self._show_settings()

    def move(self, changes: dict[str, Any]) -> None:
        """Move levers and draw, or raise Refusal and leave everything as it is."""
        parts = split(changes, self.subjects)
        moved = [s.but(part) if part else s for s, part in zip(self.subjects, parts, strict=True)]
        self.now = self.outcome(*moved)
        self.subjects = moved
        self._show_settings()
        self._draw()

    def _show_settings(self) -> None:
        values = values_of(self.subjects)
        for name, knob in self.knobs.items():
            knob.show(values[name])

    def _explain(self, refusal: Refusal) -> str:
        """Say a refusal without the names that only code needs, where the panel shows that lever."""
        knob = self.knobs.get(refusal.fields.get("lever"))
        if knob is None:
            return str(refusal)
        lever = knob.lever
        if refusal.code not in ("lever_outside", "lever_percent"):
            return refusal.said(lever=label("lever", lever.name))
        shown = {name: lever.show(value) for name, value in zip(("low", "high"), (lever.low, lever.high), strict=True)}
        value = lever.show(refusal.fields["value"])
        return words("widget.outside", lever=label("lever", lever.name), value=value, **shown)

    def _keep(self, kept: bool) -> None:
        self.kept = self.now if kept else None
        self.keep.description = words("widget.drop" if kept else "widget.keep")
        self._draw()

    def _draw(self) -> None:
        self.live.show(self.figure.frame(self.now, self.kept))
        self.numbers.value = self.summary()._repr_html_() + self._assumptions()

    def _assumptions(self) -> str:
        """The assumptions behind the numbers, at their present values and with their reasons, to be unfolded."""
        values, told = values_of(self.subjects), []
        for name in self.now.attrs["rests_on"]:
            lever = self._known.get(f"assume.{name}")
            # The default of another group's lever stands by itself: the panel shows where that lever is now.
            what, shown = label("fact", name), str(fact(name))
            if lever:
                what, shown = label("lever", lever.name), lever.show(values[lever.name])
            told.append(f"{what}: {shown} ({fact(name).reason})")
        items = "".join(f"<li>{html.escape(line)}</li>" for line in told)
        return f"<details><summary>{words('widget.rests_on', n=len(told))}</summary><ul>{items}</ul></details>"

    def _lock(self, locked: bool) -> None:
        # Until the guess is made, the answer is not to be seen.
        for seen in (self.live, self.numbers):
            seen.layout.display = "none" if locked else None
        for knob in self.knobs.values():
            knob.lock(locked)
        for control in (self.presets, self.reset, self.keep, self.store.load):
            control.disabled = locked
        if locked:
            self.say(words("widget.locked"))

    def open(self) -> None:
        """Open the controls: the guess is made."""
        self._lock(False)
        self.say("")

    def say(self, sentence: str, kind: str = "") -> None:
        """Tell the learner something, as plain text."""
        self.message.value = status(sentence, kind) if sentence else ""

    def moved(self) -> dict[str, Value]:
        """Return the levers that differ from where the panel started."""
        before = values_of(self.start)
        return {name: value for name, value in values_of(self.subjects).items() if before.get(name) != value}

    def summary(self) -> Shown:
        """Return the numbers of the finding that have a name, beside those that were kept as A."""
        now = self.now.attrs["finding"]
        names = [name for name in now if has(f"finding.{self.figure.key}.{name}")]
        rows = {"quantity": [words(f"finding.{self.figure.key}.{name}") for name in names]}
        if self.kept is not None:
            rows["A"] = [number(*self.kept.attrs["finding"][name]) for name in names]
        rows["B" if self.kept is not None else "value"] = [number(*now[name]) for name in names]
        return Shown(pd.DataFrame(rows), {})

    def controls(self) -> list[w.Widget]:
        """Return every control that a person can move, for tests that move them all."""
        knobs = [control for knob in self.knobs.values() for control in knob.controls()]
        asked = self.prediction.controls() if self.prediction else []
        return [*asked, self.presets, self.reset, self.keep, *knobs, *self.store.controls()]

    def _ipython_display_(self) -> None:
        # The printed copy follows the panel in the same cell: a page or a print without a kernel loses nothing.
        asleep = words("widget.needs_kernel")
        display({"text/html": f"<p><em>{html.escape(asleep)}</em></p>", "text/plain": asleep}, raw=True)
        display(self.view._repr_mimebundle_() | {"text/plain": words("widget.panel")}, raw=True)
        display(self.figure)
        display(self.summary())


class Prediction:
    """A guess before the controls open: the learner commits to a number, then sees the answer."""

    def __init__(self, tuner: Tuner, name: str):
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

    def __init__(self, tuner: Tuner):
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
