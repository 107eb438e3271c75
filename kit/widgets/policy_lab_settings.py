"""The board of the lab: a part for each programme, its tick and its levers, and one for the assumptions."""

from collections.abc import Callable, Mapping

import ipywidgets as w

from kit.analysis.sensitivity import HEADLINE
from kit.parameters.levers import Lever, Levers, Value, values_of
from kit.policies.policy import Policy, policy
from kit.text import label, words
from kit.widgets.lever_control import LeverControl

ASSUMED = "assume"  # the part of the assumptions


class Settings:
    """How a lab is set: every programme's levers, which of them are in force, and the assumptions. Changed by copy.

    >>> from kit.parameters.sourced import assumptions
    >>> from kit.policies.policy import policy
    >>> now = Settings.of(policy("fan_xing"), assumptions())
    >>> list(now.policy().programmes), list(now.but({}, {"festival": True}).policy().programmes)
    (['fan_xing'], ['fan_xing', 'festival'])
    """

    def __init__(self, levers: Mapping[str, Levers], in_force: frozenset[str], assume: Levers):
        self.levers, self.in_force, self.assume = levers, in_force, assume

    @classmethod
    def of(cls, start: Policy, assume: Levers) -> "Settings":
        """Return the settings of a policy; programmes that it has not stand by as announced."""
        return cls({**policy("announced_autumn").programmes, **start.programmes}, frozenset(start.programmes), assume)

    def but(self, changes: Mapping[str, object], in_force: Mapping[str, bool] | None = None) -> "Settings":
        """Return a copy with some levers moved and some programmes put in force or out of it; Refusal as ``but``."""
        groups = {ASSUMED: {}} | {name: {} for name in self.levers}
        for name, value in changes.items():
            group = name.partition(".")[0]
            # A lever that no group has is refused by the assumptions, which name what there is.
            groups[group if group in groups else ASSUMED][name] = value
        assume = self.assume.but(groups.pop(ASSUMED))
        levers = {name: plan.but(groups[name]) if groups[name] else plan for name, plan in self.levers.items()}
        ticked = {name: name in self.in_force for name in levers} | dict(in_force or {})
        return Settings(levers, frozenset(name for name, on in ticked.items() if on), assume)

    def policy(self) -> Policy:
        """Return the policy: the programmes in force, always in the same order."""
        return Policy("lab", {name: plan for name, plan in self.levers.items() if name in self.in_force})

    def values(self) -> dict[str, Value]:
        """Return every lever's setting, whether its programme is in force or not."""
        return values_of([*self.levers.values(), self.assume])

    def known(self) -> dict[str, Lever]:
        """Return every lever that the lab shows: those of the programmes and the headline assumptions."""
        assumed = self.assume.levers()
        shown = {name: lever for plan in self.levers.values() for name, lever in plan.levers().items()}
        return shown | {name: assumed[name] for name in (f"{ASSUMED}.{one}" for one in HEADLINE)}


class Board:
    """The controls. ``moved`` is called with what a person changed: levers by name, and ticks by programme."""

    def __init__(self, settings: Settings, moved: Callable[[dict, dict], None]):
        self.knobs: dict[str, LeverControl] = {}
        self._settings, self._moved, self._quiet = settings, moved, False
        self.ticks = {
            name: w.Checkbox(
                value=name in settings.in_force,
                description=words("lab.in_force", programme=label("programme", name)),
                indent=False,
                layout={"width": "auto"},
            )
            for name in settings.levers
        }
        parts = [(label("programme", name), name) for name in settings.levers] + [(words("lab.assumptions"), ASSUMED)]
        style = {"button_width": "auto", "description_width": "0"}
        tip = words("lab.parts")
        self.strip = w.ToggleButtons(options=parts, style=style, tooltips=[tip] * len(parts), value=parts[0][1])
        self.part = w.VBox()
        self.view = w.VBox([self.strip, self.part])
        self._parts: dict[str, w.VBox] = {}
        for name, tick in self.ticks.items():
            tick.observe(lambda change, name=name: self._tell({}, {name: change["new"]}), "value")
        self.strip.observe(lambda change: self.open(change["new"]), "value")
        self.open(self.strip.value)

    def open(self, part: str) -> None:
        """Show the controls of a part; they are made when they are first asked for."""
        if part not in self._parts:
            values, known = self._settings.values(), self._settings.known()
            names = [name for name in known if name.partition(".")[0] == part]
            knobs = {name: LeverControl(known[name], values[name], self._turned) for name in names}
            self.knobs |= knobs
            tick = [self.ticks[part]] if part in self.ticks else [w.HTML(words("lab.headline"))]
            self._parts[part] = w.VBox([*tick, *(knob.view for knob in knobs.values())])
            self._mark()
        self.part.children = [self._parts[part]]

    def open_all(self) -> None:
        """Make the controls of every part."""
        for _, part in self.strip.options:
            self.open(part)
        self.open(self.strip.value)

    def _turned(self, name: str, value: object) -> None:
        self._tell({name: value}, {})

    def _tell(self, changes: dict, ticks: dict) -> None:
        if not self._quiet:
            self._moved(changes, ticks)

    def show(self, settings: Settings) -> None:
        """Set all controls without telling anybody."""
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
        """Show what is in force; what is not has no levers to move."""
        there = self._settings.in_force
        self.strip.icons = ["check" if part in there else "" for _, part in self.strip.options]
        for name, knob in self.knobs.items():
            part = name.partition(".")[0]
            knob.lock(part != ASSUMED and part not in there)

    def controls(self) -> list[w.Widget]:
        """Return every control that a person can move."""
        return [self.strip, *self.ticks.values(), *(one for knob in self.knobs.values() for one in knob.controls())]
