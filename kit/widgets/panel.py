"""The panel of ``kit.tune``: levers to outcome to chart and numbers."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as w
import pandas as pd

from kit.display.catalogue import draw
from kit.display.live_chart import LiveChart
from kit.display.tables import DisplayTable
from kit.parameters.levers import Value, levers_of, moved, split, values_of
from kit.policies.policy import policy
from kit.text import Refusal, label, words
from kit.widgets.lever_control import LeverControl
from kit.widgets.notes import explain, print_beneath, provenance, status, summary
from kit.widgets.prediction import Prediction
from kit.widgets.scenario_box import ScenarioBox


def tune(
    *subjects,
    levers: Sequence[str],
    outcome: Callable[..., pd.DataFrame],
    chart: str = "",
    presets: Sequence[str] = (),
    predict: str | None = None,
) -> "Panel":
    """Set levers with sliders and see their effects at once.

    ``subjects`` have levers (a policy, a shop, assumptions); ``levers`` names those that are shown.
    ``outcome(*subjects)`` returns a tidy table; ``chart`` names its chart (default: the outcome's name). ``presets``
    are policies that ship with the kit. ``predict`` names a number of the table's finding: the controls open once the
    learner has committed to a guess of it. Raises Refusal for a lever that none of the subjects has.
    """
    levers = [levers] if isinstance(levers, str) else list(levers)
    return Panel(subjects, levers, outcome, chart, presets, predict)


class Panel:
    """The panel of ``tune``: controls, live chart and numbers, and below it their printed copy."""

    def __init__(self, subjects, levers, outcome, chart, presets, predict):
        self.start = self.subjects = list(subjects)
        self.outcome = outcome
        self.now = outcome(*subjects)
        self.kept: pd.DataFrame | None = None
        self.figure = draw(chart or outcome.__name__, self.now)
        known, values = levers_of(subjects), values_of(subjects)
        split(dict.fromkeys(levers), self.subjects)  # refuses an unknown lever
        self.knobs = {name: LeverControl(known[name], values[name], self._moved) for name in levers}
        self.live = LiveChart(self.figure)
        self.numbers, self.provenance, self.message = w.HTML(), w.HTML(), w.HTML()
        self.prediction = Prediction(self, predict) if predict else None
        options = [(words("widget.own"), ""), *((label("policy", name), name) for name in presets)]
        self.presets = w.Dropdown(options=options, description=words("widget.preset"))
        self.presets.observe(lambda change: change["new"] and self.set(policy(change["new"]).values()), "value")
        self.reset = w.Button(description=words("widget.reset"), icon="undo")
        self.keep = w.ToggleButton(description=words("widget.keep"), layout={"width": "auto"})
        self.store = ScenarioBox(self)
        self.reset.on_click(lambda _: self._reset())
        self.keep.observe(lambda change: self._keep(change["new"]), "value")
        wrapped = w.Layout(display="flex", flex_flow="row wrap")
        buttons = w.Box([*([self.presets] if presets else []), self.reset, self.keep], layout=wrapped)
        knobs = w.VBox([knob.view for knob in self.knobs.values()])
        asked = [self.prediction.view] if self.prediction else []
        seen = [self.message, self.live, self.numbers, self.provenance]
        self.view = w.VBox([*asked, buttons, knobs, *seen, self.store.view])
        self._lock(bool(predict))
        self._draw()

    def _reset(self) -> None:
        self.presets.value = ""
        self._become(self.start)
        self.say("")

    def _moved(self, name: str, value: object) -> None:
        self.presets.value = ""
        self.set({name: value})

    def set(self, changes: dict[str, Any]) -> None:
        """Change levers and draw; a refused value is explained and undone."""
        try:
            self._become(moved(self.subjects, changes))
            self.say("")
        except Refusal as refusal:
            self.say(explain(refusal, self.knobs), "rhc-refused")
            self._show_settings()

    def load(self, changes: dict[str, Any]) -> None:
        """Set a scenario, which is a difference from the start, not from the present setting."""
        self._become(moved(self.start, changes))

    def _become(self, subjects: list) -> None:
        self.now = self.outcome(*subjects)
        self.subjects = subjects
        self._show_settings()
        self._draw()

    def _show_settings(self) -> None:
        values = values_of(self.subjects)
        for name, knob in self.knobs.items():
            knob.show(values[name])

    def _keep(self, kept: bool) -> None:
        self.kept = self.now if kept else None
        self.keep.description = words("widget.drop" if kept else "widget.keep")
        self._draw()

    def _draw(self) -> None:
        self.live.show(self.figure.frame(self.now, self.kept))
        self.numbers.value = self.summary()._repr_html_()
        self.provenance.value = provenance(self.now, self.subjects)

    def _lock(self, locked: bool) -> None:
        # Until the guess is made, the answer is hidden.
        for seen in (self.live, self.numbers, self.provenance):
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
        """Show a message as plain text."""
        self.message.value = status(sentence, kind) if sentence else ""

    def moved(self) -> dict[str, Value]:
        """Return the levers that differ from where the panel started."""
        before = values_of(self.start)
        return {name: value for name, value in values_of(self.subjects).items() if before.get(name) != value}

    def summary(self) -> DisplayTable:
        """Return the named numbers of the finding, next to those kept as A."""
        tables = {"value": self.now} if self.kept is None else {"A": self.kept, "B": self.now}
        return summary(self.figure.key, {name: table.attrs["finding"] for name, table in tables.items()})

    def _ipython_display_(self) -> None:
        print_beneath(self.view, self.figure, self.summary())
