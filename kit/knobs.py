"""One lever as controls: a slider and a field that follow each other."""

import datetime
import math
import re
from collections.abc import Callable

import ipywidgets as w

from kit.levers import Lever, Value
from kit.text import label, number

_NARROW = {"description_width": "230px"}


class Knob:
    """The controls of one lever. ``moved`` is called with the lever's name and what a person set.

    A slider cannot leave the lever's range; the field takes what people write ("5 %", "10万元"),
    and passes it on as written: the lever itself accepts or refuses it.
    """

    def __init__(self, lever: Lever, value: Value, moved: Callable[[str, object], None]):
        self.lever = lever
        self._moved = moved
        self._quiet = False
        self.field = None
        style = {"description": label("lever", lever.name), "style": _NARROW, "layout": {"width": "520px"}}
        if lever.kind == "choice":
            options = [(label("choice", name), name) for name in lever.choices]
            self.slider = w.Dropdown(options=options, value=value, **style)
        elif lever.kind == "date":
            days = (lever.high - lever.low).days
            dates = [lever.low + datetime.timedelta(n) for n in range(days + 1)]
            options = [(number(day), day) for day in dates]
            self.slider = w.SelectionSlider(options=options, value=value, continuous_update=True, **style)
        else:
            self.slider = self._number_slider(value, style)
            self.field = w.Text(lever.show(value), continuous_update=False, layout={"width": "130px"})
            self.field.tooltip = label("lever", lever.name)
            self.field.observe(lambda change: self._tell(self._percent(change["new"])), "value")
        self.slider.observe(lambda change: self._tell(change["new"]), "value")
        self.view = w.HBox([self.slider, self.field] if self.field else [self.slider])

    def _number_slider(self, value: float, style: dict):
        lever, common = self.lever, {"readout": False, "continuous_update": True, **style}
        if lever.scale == "log":
            low, high = math.log10(lever.low), math.log10(lever.high)
            return w.FloatLogSlider(value, min=low, max=high, step=0.01, **common)
        return w.FloatSlider(value, min=lever.low, max=lever.high, step=lever.step, **common)

    def _percent(self, written: str) -> str:
        """Take a bare number above one for a percentage where a share is asked for: 40 is 40 %."""
        bare = re.fullmatch(r"\s*[\d.]+\s*", written)
        return f"{written}%" if self.lever.unit == "share" and bare and float(written) > 1 else written

    def _tell(self, value: object) -> None:
        if not self._quiet:
            self._moved(self.lever.name, value)

    def show(self, value: Value) -> None:
        """Set the controls to a value without telling anybody."""
        self._quiet = True
        try:
            self.slider.value = value
            if self.field:
                self.field.value = self.lever.show(value)
        finally:
            self._quiet = False

    def controls(self) -> list[w.Widget]:
        """Return every control that a person can move."""
        return [self.slider, self.field] if self.field else [self.slider]

    def lock(self, locked: bool) -> None:
        """Close or open the controls."""
        for control in self.controls():
            control.disabled = locked
