"""One lever as controls: a slider and a field that follow each other."""

import bisect
import datetime
import math
from collections.abc import Callable

import ipywidgets as w

from kit.parameters.levers import Lever, Value
from kit.text import label

_STYLE = {"description_width": "230px"}
_MOST_STEPS = 1_000


def stops(lever: Lever) -> list[Value]:
    """Return the values of a lever's slider in order; on a logarithmic scale, numbers of two digits."""
    if lever.kind == "date":
        days = (lever.high - lever.low).days
        return [lever.low + datetime.timedelta(n) for n in range(days + 1)]
    if lever.scale == "log":
        decades = range(math.floor(math.log10(lever.low)), math.ceil(math.log10(lever.high)) + 1)
        round_numbers = (float(f"{digits}e{decade - 1}") for decade in decades for digits in range(10, 100))
        inner = [value for value in round_numbers if lever.low < value < lever.high]
    else:
        steps = min(round((lever.high - lever.low) / lever.step), _MOST_STEPS)
        inner = [round(lever.low + (lever.high - lever.low) * n / steps, 10) for n in range(1, steps)]
    return [lever.low, *inner, lever.high]


class LeverControl:
    """The controls of one lever. ``moved`` is called with the lever's name and what a person set.

    The field takes what people write ("5 %", "10万元"); the lever accepts or refuses it.
    """

    def __init__(self, lever: Lever, value: Value, moved: Callable[[str, object], None]):
        self.lever = lever
        self.field = None
        self._moved, self._quiet = moved, False
        style = {"description": label("lever", lever.name), "style": _STYLE, "layout": {"width": "500px"}}
        if lever.kind == "choice":
            self.slider = w.Dropdown(options=[(label("choice", name), name) for name in lever.choices], **style)
            self.slider.layout.width = "640px"
            self.slider.observe(lambda change: self._notify(change["new"]), "value")
        else:
            self._stops = stops(lever)
            self.slider = w.IntSlider(max=len(self._stops) - 1, readout=False, continuous_update=True, **style)
            self.slider.observe(lambda change: self._notify(self._stops[change["new"]]), "value")
            self.field = w.Text(continuous_update=False, layout={"width": "160px"})
            self.field.tooltip = label("lever", lever.name)
            self.field.observe(lambda change: self._notify(lever.typed(change["new"])), "value")
        self.show(value)
        self.view = w.HBox(self.controls())

    def _nearest(self, value: Value) -> int:
        after = min(bisect.bisect_left(self._stops, value), len(self._stops) - 1)
        before = max(after - 1, 0)
        return before if value - self._stops[before] < self._stops[after] - value else after

    def _notify(self, value: object) -> None:
        if not self._quiet:
            self._moved(self.lever.name, value)

    def show(self, value: Value) -> None:
        """Set the controls to a value without calling back."""
        self._quiet = True
        try:
            if self.field:
                # The slider takes the nearest stop; the value itself is not rounded.
                self.slider.value = self._nearest(value)
                self.field.value = str(value) if self.lever.kind == "date" else self.lever.show(value)
            else:
                self.slider.value = value
        finally:
            self._quiet = False

    def controls(self) -> list[w.Widget]:
        """Return every control that a person can move."""
        return [self.slider, self.field] if self.field else [self.slider]

    def lock(self, locked: bool) -> None:
        """Disable or enable the controls."""
        for control in self.controls():
            control.disabled = locked
