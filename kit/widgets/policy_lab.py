"""The policy lab in a notebook: every programme's levers, the chosen chart, tipping points, settings side by side."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as w
import pandas as pd

from kit.analysis.counterfactual import Counterfactual, run_with_counterfactual
from kit.analysis.sensitivity import HEADLINE, tipping_points
from kit.display.catalogue import draw
from kit.display.figure import Figure
from kit.display.live_chart import LiveChart
from kit.display.tables import DisplayTable
from kit.outcomes.policy_effects import four_lines, gross_and_net, weekly_gain, who_gains
from kit.outcomes.scenario_comparison import beside, money_beside
from kit.parameters.levers import Lever, Levers, Value, levers_of, moved, values_of
from kit.parameters.sourced import assumptions
from kit.policies.policy import Policy, policy
from kit.text import Refusal, label, number, words
from kit.widgets.lever_control import LeverControl
from kit.widgets.notes import explain, print_beneath, provenance, status, summary
from kit.widgets.prediction import Prediction
from kit.widgets.scenario_box import ScenarioBox

OUTCOMES: dict[str, Callable] = {one.__name__: one for one in (weekly_gain, who_gains, four_lines, gross_and_net)}
ASSUMED = "assume"  # the part of the assumptions
LETTERS = "ABCD"
UNCUT = {"overflow": "visible"}  # a chart in a box that cuts would get a scroll bar


def policy_lab(start: Policy | None = None, assume: Levers | None = None, predict: str | None = None) -> "PolicyLab":
    """Open the lab: every lever of every programme, against the market without them.

    ``start``: the policy that it opens with (default: no programme); ``assume``: the assumptions at the start.
    ``predict`` names a number of the finding of gross and net: the lab opens once the learner has guessed it.
    """
    return PolicyLab(start or policy("august_2020"), assume or assumptions(), predict)


class Settings:
    """The lab's settings: every programme's levers, which programmes are in force, the assumptions. Changed by copy.

    >>> now = Settings.of(policy("fan_xing"), assumptions())
    >>> list(now.policy().programmes), list(now.but({}, {"festival": True}).policy().programmes)
    (['fan_xing'], ['fan_xing', 'festival'])
    """

    def __init__(self, levers: Mapping[str, Levers], in_force: frozenset[str], assume: Levers):
        self.levers, self.in_force, self.assume = levers, in_force, assume

    @classmethod
    def of(cls, start: Policy, assume: Levers) -> "Settings":
        """Return the settings of a policy; its missing programmes are set as announced, not in force."""
        return cls({**policy("announced_autumn").programmes, **start.programmes}, frozenset(start.programmes), assume)

    def but(self, changes: Mapping[str, object], in_force: Mapping[str, bool] | None = None) -> "Settings":
        """Return a copy with some levers changed and some programmes in or out of force; Refusal as ``Levers.but``."""
        *plans, assume = moved([*self.levers.values(), self.assume], dict(changes))
        ticked = {name: name in self.in_force for name in self.levers} | dict(in_force or {})
        there = frozenset(name for name, on in ticked.items() if on)
        return Settings(dict(zip(self.levers, plans, strict=True)), there, assume)

    def policy(self) -> Policy:
        """Return the policy: the programmes in force, always in the same order."""
        return Policy("lab", {name: plan for name, plan in self.levers.items() if name in self.in_force})

    def values(self) -> dict[str, Value]:
        """Return every lever's setting, in force or not."""
        return values_of([*self.levers.values(), self.assume])

    def known(self) -> dict[str, Lever]:
        """Return every lever that the lab shows: those of the programmes and the headline assumptions."""
        assumed = self.assume.levers()
        headline = {name: assumed[name] for name in (f"{ASSUMED}.{one}" for one in HEADLINE)}
        return levers_of(self.levers.values()) | headline


class Board:
    """The controls. ``moved`` is called with what a person changed: levers by name, ticks by programme."""

    def __init__(self, settings: Settings, moved: Callable[[dict, dict], None]):
        self.knobs: dict[str, LeverControl] = {}
        self._settings, self._moved, self._quiet = settings, moved, False
        self.ticks = {}
        for name in settings.levers:
            text = words("lab.in_force", programme=label("programme", name))
            tick = w.Checkbox(name in settings.in_force, description=text, indent=False, layout={"width": "auto"})
            tick.observe(lambda change, name=name: self._notify(name, change["new"]), "value")
            self.ticks[name] = tick
        parts = [(label("programme", name), name) for name in settings.levers] + [(words("lab.assumptions"), ASSUMED)]
        style = {"button_width": "auto", "description_width": "0"}
        tip = words("lab.parts")
        self.strip = w.ToggleButtons(options=parts, style=style, tooltips=[tip] * len(parts), value=parts[0][1])
        self.part = w.VBox()
        self.view = w.VBox([self.strip, self.part])
        self._parts: dict[str, w.VBox] = {}
        self.strip.observe(lambda change: self.open(change["new"]), "value")
        self.open(self.strip.value)

    def open(self, part: str) -> None:
        """Show the controls of a part; they are made when it is first opened."""
        if part not in self._parts:
            values, known = self._settings.values(), self._settings.known()
            names = [name for name in known if name.partition(".")[0] == part]
            knobs = {name: LeverControl(known[name], values[name], self._notify) for name in names}
            self.knobs |= knobs
            tick = [self.ticks[part]] if part in self.ticks else [w.HTML(words("lab.headline"))]
            self._parts[part] = w.VBox([*tick, *(knob.view for knob in knobs.values())])
            self._mark()
        self.part.children = [self._parts[part]]

    def _notify(self, name: str, value: object) -> None:
        if self._quiet:
            return
        if name in self.ticks:
            self._moved({}, {name: value})
        else:
            self._moved({name: value}, {})

    def show(self, settings: Settings) -> None:
        """Set all controls without calling back."""
        self._settings, self._quiet = settings, True
        try:
            for name, tick in self.ticks.items():
                tick.value = name in settings.in_force
            values = settings.values()
            for name, knob in self.knobs.items():
                knob.show(values[name])
            self._mark()
        finally:
            self._quiet = False

    def _mark(self) -> None:
        """Mark the programmes in force, and lock the levers of the others."""
        there = self._settings.in_force
        self.strip.icons = ["check" if part in there else "" for _, part in self.strip.options]
        for name, knob in self.knobs.items():
            part = name.partition(".")[0]
            knob.lock(part != ASSUMED and part not in there)


def in_columns(options: dict[str, Counterfactual]) -> DisplayTable:
    """Return the effects of settings side by side: one row is a measure, one column a setting."""
    rows = beside(options)
    measures = list(dict.fromkeys(rows["measure"]))
    cells = {(row.measure, row.option): number(row.amount, row.unit) for row in rows.itertuples()}
    table = {"measure": [label("finding.compare", name) for name in measures]}
    table |= {name: [cells.get((measure, name), words("lab.none")) for measure in measures] for name in options}
    return DisplayTable(pd.DataFrame(table), {})


def swap(box: w.Box, charts: list[LiveChart]) -> None:
    """Replace the charts in a box, and close the old ones."""
    before, box.children = box.children, charts
    for chart in before:
        chart.close()


class Comparison:
    """The settings that were kept, with their runs."""

    def __init__(self, current):
        self._current = current  # returns the present runs and the name of their setting
        self.kept: dict[str, tuple[str, Counterfactual]] = {}  # by letter
        self.name = w.Text(description=words("widget.name"), placeholder=words("lab.name_hint"))
        self.keep = w.Button(description=words("lab.keep"), icon="plus", layout={"width": "auto"})
        self.table, self.said, self.chart = w.HTML(), w.HTML(), w.VBox(layout=UNCUT)
        self.keep.on_click(lambda _: self.add())
        self.drops = {}
        for letter in LETTERS:
            button = w.Button(description=words("lab.drop", letter=letter), icon="times", layout={"width": "auto"})
            button.on_click(lambda _, letter=letter: self.drop(letter))
            self.drops[letter] = button
        wrapped = w.Layout(display="flex", flex_flow="row wrap")
        buttons = w.Box([self.name, self.keep, *self.drops.values()], layout=wrapped)
        self.view = w.VBox([buttons, self.said, self.table, self.chart], layout=UNCUT)
        self._show()

    def options(self) -> dict[str, Counterfactual]:
        """Return the runs that are kept by their headings."""
        return {words("lab.column", letter=letter, name=name): runs for letter, (name, runs) in self.kept.items()}

    def add(self) -> None:
        """Keep the present setting in the first free column."""
        runs, usual = self._current()
        letter = next(letter for letter in LETTERS if letter not in self.kept)
        name = self.name.value.strip() or usual
        self.kept = dict(sorted({**self.kept, letter: (name, runs)}.items()))
        self.name.value = ""
        self._show(words("lab.kept", letter=letter, name=name))

    def drop(self, letter: str) -> None:
        """Drop a column."""
        name, _ = self.kept.pop(letter)
        self._show(words("lab.dropped", letter=letter, name=name))

    def _show(self, said: str = "") -> None:
        full = len(self.kept) == len(LETTERS)
        self.keep.disabled = full
        for letter, button in self.drops.items():
            button.layout.display = None if letter in self.kept else "none"
        self.said.value = status(f"{said} {words('lab.full') if full else ''}".strip(), "rhc-told") if said else ""
        options = self.options()
        self.table.value = in_columns(options)._repr_html_() if options else ""
        # Bars and legend depend on what is kept, so the chart is made again; it happens rarely.
        swap(self.chart, [LiveChart(draw("money_beside", money_beside(options)))] if options else [])


class PolicyLab:
    """The panel: settings and their runs."""

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
        self.comparison = Comparison(lambda: (self.runs, self.preset.label if self.preset.value else words("lab.own")))
        self.store = ScenarioBox(self)
        self._charts: dict[str, tuple[Figure, LiveChart]] = {}
        self._show_kind()
        self.prediction = Prediction(self, predict) if predict else None
        self.preset.observe(lambda change: change["new"] and self._preset(change["new"]), "value")
        self.reset.on_click(lambda _: self._reset())
        self.kind.observe(lambda _: self._show_kind(), "value")
        self.turn.on_click(lambda _: self._find_tipping_points())
        rows = [w.HBox([self.preset, self.reset]), self.board.view, self.message, self.kind, self.chart, self.numbers]
        rows += [self.provenance, w.HBox([self.turn]), self.turned, self.turning]
        rows += [w.HTML(f"<b>{words('lab.beside')}</b>"), self.comparison.view, self.store.view]
        self.body = w.VBox(rows)
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
        """The chart that is shown, for print."""
        return draw(self.kind.value, self.now)

    def subjects(self) -> list:
        """Return the policy that is set and the assumptions."""
        return [self.settings.policy(), self.settings.assume]

    def set(self, changes: dict[str, Any], ticks: dict[str, bool] | None = None) -> None:
        """Change levers and programmes, and draw; a refused change is explained and undone."""
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
        # Tipping points of the old setting do not hold for this one.
        self.message.value = self.turned.value = ""
        swap(self.turning, [])
        self.board.show(settings)
        self._draw()

    def load(self, changes: dict[str, Any]) -> None:
        """Set a scenario from a file: its programmes are in force, everything else is as at the start."""
        ticks = {name: any(lever.startswith(f"{name}.") for lever in changes) for name in self.settings.levers}
        self.move(self.start.but(changes, ticks))
        self.preset.value = ""

    def moved(self) -> dict[str, Value]:
        """Return this scenario: all levers in force, and the assumptions that were changed."""
        before, assumed = self.start.assume.values(), self.settings.assume.values()
        changed = {name: value for name, value in assumed.items() if before[name] != value}
        return self.settings.policy().values() | changed

    def _preset(self, name: str) -> None:
        try:
            self.move(Settings.of(policy(name), self.settings.assume))
        except Refusal as refusal:
            self.message.value = status(str(refusal), "rhc-refused")
            self.preset.value = ""

    def _reset(self) -> None:
        self.preset.value = ""
        self.move(self.start)
        self.preset.value = self.opened_with

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

    def _find_tipping_points(self) -> None:
        """Show where headline assumptions change the sign of the net effect; takes some seconds."""
        self.turn.disabled = True
        self.turned.value = status(words("lab.flips_begun"), "rhc-told")
        try:
            table = tipping_points(gross_and_net, *self.subjects(), result="net")
            swap(self.turning, [LiveChart(draw("tipping_points", table))])
            self.turned.value = status(_tipping_sentence(table), "rhc-told")
        except Refusal as refusal:
            self.turned.value = status(str(refusal), "rhc-refused")
        finally:
            self.turn.disabled = False

    def _ipython_display_(self) -> None:
        print_beneath(self.view, self.figure, self.summary())


def _preset_options() -> list[tuple[str, str]]:
    """August 2020, the announced autumn, and each of its programmes alone."""
    autumn = policy("announced_autumn")
    alone = [(words("lab.alone", programme=label("programme", name)), name) for name in autumn.programmes]
    whole = [(words("lab.nothing"), "august_2020"), (label("policy", autumn.name), autumn.name)]
    return [(words("widget.own"), ""), *whole, *alone]


def _tipping_sentence(table: pd.DataFrame) -> str:
    rows = table[table["at_zero"].notna()].itertuples()
    each = [words("lab.flip", lever=label("lever", row.lever), at=(row.at_zero, row.unit)) for row in rows]
    return words("lab.flips_found", names=each) if each else words("lab.no_flip")
