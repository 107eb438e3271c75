"""The policy lab in a notebook: the board, what is set in a chart, what turns its sign, scenarios beside it."""

from collections.abc import Callable
from typing import Any

import ipywidgets as w
import pandas as pd

from kit.analysis.counterfactual import Counterfactual, run_with_counterfactual
from kit.analysis.sensitivity import tipping_points
from kit.display.catalogue import draw
from kit.display.figure import Figure
from kit.display.live_chart import LiveChart
from kit.display.tables import DisplayTable
from kit.outcomes.policy_effects import four_lines, gross_and_net, weekly_gain, who_gains
from kit.parameters.levers import Levers, Value
from kit.parameters.sourced import assumptions
from kit.policies.policy import Policy, policy
from kit.text import Refusal, label, words
from kit.widgets.notes import explain, print_beneath, provenance, status, summary
from kit.widgets.policy_lab_comparison import UNCUT, Comparison, swap
from kit.widgets.policy_lab_settings import Board, Settings
from kit.widgets.prediction import Prediction
from kit.widgets.scenario_box import ScenarioBox

OUTCOMES: dict[str, Callable[..., pd.DataFrame]] = {
    one.__name__: one for one in (weekly_gain, who_gains, four_lines, gross_and_net)
}


def policy_lab(start: Policy | None = None, assume: Levers | None = None, predict: str | None = None) -> "PolicyLab":
    """Open the lab: every lever of every programme, against the market without them.

    ``start``: the policy that it opens with (nothing in force, if not said); ``assume``: the assumptions at the start.
    ``predict`` names a number of the finding of gross and net: the lab opens once the learner has guessed it.
    """
    return PolicyLab(start or policy("august_2020"), assume or assumptions(), predict)


class PolicyLab:
    """The panel. Holds settings and what was found of them, and no model."""

    def __init__(self, start: Policy, assume: Levers, predict: str | None):
        self.start = self.settings = Settings.of(start, assume)
        self.runs: Counterfactual = run_with_counterfactual(start, assume)
        self.board = Board(self.settings, self.set)
        options = _preset_options()
        shipped = start.name in [name for _, name in options] and start == policy(start.name)
        self.opened_with = start.name if shipped else ""  # the preset, if it opens with one
        self.preset = w.Dropdown(options=options, value=self.opened_with, description=words("widget.preset"))
        self.reset = w.Button(description=words("widget.reset"), icon="undo")
        kinds = [(words(f"lab.{name}"), name) for name in OUTCOMES]
        self.kind = w.ToggleButtons(options=kinds, value="gross_and_net", style={"button_width": "auto"})
        self.chart, self.turning = w.VBox(layout=UNCUT), w.VBox(layout=UNCUT)
        self.numbers, self.provenance, self.message, self.turned = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.turn = w.Button(description=words("lab.flips"), icon="balance-scale", layout={"width": "auto"})
        self.comparison = Comparison(lambda: (self.runs, self._called()))
        self.store = ScenarioBox(self)
        self._charts: dict[str, tuple[Figure, LiveChart]] = {}
        self._show_kind()
        self.prediction = Prediction(self, predict) if predict else None
        self._lay_out()
        self.preset.observe(lambda change: change["new"] and self._preset(change["new"]), "value")
        self.reset.on_click(lambda _: self._reset())
        self.kind.observe(lambda _: self._show_kind(), "value")
        self.turn.on_click(lambda _: self._flips())

    def _lay_out(self) -> None:
        rows = [w.HBox([self.preset, self.reset]), self.board.view, self.message, self.kind, self.chart, self.numbers]
        rows += [self.provenance, w.HBox([self.turn]), self.turned, self.turning]
        beside = [w.HTML(f"<b>{words('lab.beside')}</b>"), self.comparison.view, self.store.view]
        self.body = w.VBox([*rows, *beside])
        self.view = w.VBox([*([self.prediction.view] if self.prediction else []), self.body])
        if self.prediction:
            self.body.layout.display = "none"

    def open(self) -> None:
        """Open the lab: the guess is made."""
        self.body.layout.display = None

    @property
    def now(self) -> pd.DataFrame:
        """The table of the chart that is shown."""
        return OUTCOMES[self.kind.value](*self.subjects())

    @property
    def figure(self) -> Figure:
        """The chart that is shown, as it stands in print."""
        return draw(self.kind.value, self.now)

    def subjects(self) -> list:
        """Return the policy that is set and the assumptions."""
        return [self.settings.policy(), self.settings.assume]

    def set(self, changes: dict[str, Any], ticks: dict[str, bool] | None = None) -> None:
        """Move levers, put programmes in force or out of it, and draw; what is refused is explained and goes back."""
        try:
            self.move(self.settings.but(changes, ticks))
            self.preset.value = ""
        except Refusal as refusal:
            self.message.value = status(explain(refusal, self.board.knobs), "rhc-refused")
            self.board.show(self.settings)

    def move(self, settings: Settings) -> None:
        """Set everything and draw, or raise Refusal and leave everything as it is."""
        self.runs = run_with_counterfactual(settings.policy(), settings.assume)
        self.settings = settings
        # What was found of another setting is no answer to this one.
        self.message.value = self.turned.value = ""
        swap(self.turning, [])
        self.board.show(settings)
        self._draw()

    def load(self, changes: dict[str, Any]) -> None:
        """Set a scenario of a file: the programmes that it has are in force, all else is as at the start."""
        ticks = {name: any(lever.startswith(f"{name}.") for lever in changes) for name in self.settings.levers}
        self.move(self.start.but(changes, ticks))
        self.preset.value = ""

    def moved(self) -> dict[str, Value]:
        """Return what makes this scenario: all levers of what is in force, and the assumptions that were moved."""
        before, values = self.start.assume.values(), self.settings.assume.values()
        return self.settings.policy().values() | {
            name: value for name, value in values.items() if before[name] != value
        }

    def _preset(self, name: str) -> None:
        wanted = policy(name)
        try:
            self.move(Settings.of(wanted, self.settings.assume))
        except Refusal as refusal:
            self.message.value = status(str(refusal), "rhc-refused")
            self.preset.value = ""

    def _reset(self) -> None:
        self.preset.value = ""
        self.move(self.start)
        self.preset.value = self.opened_with

    def _called(self) -> str:
        """What the present setting is called, if nobody names it."""
        return next(
            (said for said, name in self.preset.options if name == (self.preset.value or None)), words("lab.own")
        )

    def _show_kind(self) -> None:
        kind = self.kind.value
        if kind not in self._charts:
            self._charts[kind] = (figure := self.figure), LiveChart(figure)
        self.chart.children = [self._charts[kind][1]]
        self._draw()

    def _draw(self) -> None:
        now = self.now
        figure, live = self._charts[self.kind.value]
        live.show(figure.frame(now))
        self.numbers.value = self.summary()._repr_html_()
        self.provenance.value = provenance(now, self.subjects())

    def summary(self) -> DisplayTable:
        """Return the numbers of the chart that is shown."""
        return summary(self.kind.value, {"value": self.now.attrs["finding"]})

    def _flips(self) -> None:
        """Say which headline assumptions turn the sign of the net, and where: some seconds of runs."""
        self.turn.disabled = True
        self.turned.value = status(words("lab.flips_begun"), "rhc-told")
        try:
            table = tipping_points(gross_and_net, *self.subjects(), result="net")
            swap(self.turning, [LiveChart(draw("tipping_points", table))])
            self.turned.value = status(_said(table), "rhc-told")
        except Refusal as refusal:
            self.turned.value = status(str(refusal), "rhc-refused")
        finally:
            self.turn.disabled = False

    def controls(self) -> list[w.Widget]:
        """Return every control that a person can move, for tests that move them all."""
        asked = self.prediction.controls() if self.prediction else []
        rest = [self.preset, self.reset, self.kind, self.turn, *self.comparison.controls(), *self.store.controls()]
        return [*asked, *self.board.controls(), *rest]

    def _ipython_display_(self) -> None:
        print_beneath(self.view, self.figure, self.summary())


def _preset_options() -> list[tuple[str, str]]:
    """August 2020, the announced autumn, and each of its programmes alone."""
    autumn = policy("announced_autumn")
    alone = [(words("lab.alone", programme=label("programme", name)), name) for name in autumn.programmes]
    whole = [(words("lab.nothing"), "august_2020"), (label("policy", autumn.name), autumn.name)]
    return [(words("widget.own"), ""), *whole, *alone]


def _said(table: pd.DataFrame) -> str:
    """The turning assumptions in a sentence."""
    turning = table[table["at_zero"].notna()]
    if turning.empty:
        return words("lab.no_flip")
    each = [
        words("lab.flip", lever=label("lever", row.lever), at=(row.at_zero, row.unit)) for row in turning.itertuples()
    ]
    return words("lab.flips_found", names=each)
