"""Widgets: levers -> outcome -> chart and numbers. They hold settings, and no model."""

import html
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as w
import pandas as pd
from IPython.display import display

from kit.asides import Prediction, Store, status, unfolding
from kit.facts import fact
from kit.gallery import draw
from kit.knobs import Knob
from kit.levers import Value, moved, split, values_of
from kit.live import LiveChart
from kit.policies import policy
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
        subjects = moved(self.subjects, changes)
        self.now = self.outcome(*subjects)
        self.subjects = subjects
        self._show_settings()
        self._draw()

    def _show_settings(self) -> None:
        values = values_of(self.subjects)
        for name, knob in self.knobs.items():
            knob.show(values[name])

    def _explain(self, refusal: Refusal) -> str:
        """Say a refusal without the names that only code needs, where the panel shows that lever."""
        texts = {field: text for field, text in refusal.fields.items() if isinstance(text, str)}
        named = {field: label("lever", text) for field, text in texts.items() if text in self.knobs}
        if "lever" not in named or refusal.code not in ("lever_outside", "lever_percent"):
            return refusal.said(**named)
        lever = self.knobs[texts["lever"]].lever
        shown = {name: lever.show(value) for name, value in zip(("low", "high"), (lever.low, lever.high), strict=True)}
        value = lever.show(refusal.fields["value"])
        return words("widget.outside", lever=named["lever"], value=value, **shown)

    def _keep(self, kept: bool) -> None:
        self.kept = self.now if kept else None
        self.keep.description = words("widget.drop" if kept else "widget.keep")
        self._draw()

    def _draw(self) -> None:
        self.live.show(self.figure.frame(self.now, self.kept))
        self.numbers.value = self.summary()._repr_html_() + self._facts() + self._assumptions()

    def _facts(self) -> str:
        """The sourced numbers behind the table, each with its source, to be unfolded."""
        known = [repr(fact(key)) for key in self.now.attrs.get("facts", ())]
        return unfolding(words("widget.facts", n=len(known)), known) if known else ""

    def _assumptions(self) -> str:
        """The assumptions behind the numbers, at their present values and with their reasons, to be unfolded."""
        values, told = values_of(self.subjects), []
        for name in self.now.attrs["rests_on"]:
            lever = self._known.get(f"assume.{name}")
            # The default of another group's lever stands by itself: the panel shows where that lever is now.
            said = {"label": label("fact", name), "value": str(fact(name))}
            if lever:
                said = {"label": label("lever", lever.name), "value": lever.show(values[lever.name])}
            told.append(words("widget.assumption", **said, reason=fact(name).reason))
        return unfolding(words("widget.rests_on", n=len(told)), told)

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
