"""Scenarios side by side: up to four settings that were kept, as a table and as bars."""

import ipywidgets as w
import pandas as pd

from kit.analysis.counterfactual import Counterfactual
from kit.display.catalogue import draw
from kit.display.live_chart import LiveChart
from kit.display.tables import DisplayTable
from kit.outcomes.comparisons import beside, money_beside
from kit.text import label, number, words
from kit.widgets.notes import status

LETTERS = "ABCD"
UNCUT = {"overflow": "visible"}  # a box cuts what it holds, and a chart would stand in it with a scroll bar


def in_columns(options: dict[str, Counterfactual]) -> DisplayTable:
    """Return what settings do as people compare it: one row is a measure, one column a setting."""
    rows = beside(options)
    measures = list(dict.fromkeys(rows["measure"]))
    cells = {(row.measure, row.option): number(row.amount, row.unit) for row in rows.itertuples()}
    table = {"measure": [label("finding.compare", name) for name in measures]}
    table |= {name: [cells.get((measure, name), words("lab.none")) for measure in measures] for name in options}
    return DisplayTable(pd.DataFrame(table), {})


def swap(box: w.Box, charts: list[LiveChart]) -> None:
    """Show other charts in a box, and close those that stood there."""
    before, box.children = box.children, charts
    for chart in before:
        chart.close()


class Comparison:
    """The settings that were kept. Holds what was found of them, and no model."""

    def __init__(self, current):
        self._current = current  # returns the present pair of runs, and what its setting is called
        self.kept: dict[str, tuple[str, Counterfactual]] = {}  # by letter
        self.name = w.Text(description=words("widget.name"), placeholder=words("lab.name_hint"))
        self.keep = w.Button(description=words("lab.keep"), icon="plus", layout={"width": "auto"})
        self.drops = {
            letter: w.Button(description=words("lab.drop", letter=letter), icon="times", layout={"width": "auto"})
            for letter in LETTERS
        }
        self.table, self.said, self.chart = w.HTML(), w.HTML(), w.VBox(layout=UNCUT)
        self.keep.on_click(lambda _: self.add())
        for letter, button in self.drops.items():
            button.on_click(lambda _, letter=letter: self.drop(letter))
        wrapped = w.Layout(display="flex", flex_flow="row wrap")
        buttons = w.Box([self.name, self.keep, *self.drops.values()], layout=wrapped)
        self.view = w.VBox([buttons, self.said, self.table, self.chart], layout=UNCUT)
        self._show()

    def options(self) -> dict[str, Counterfactual]:
        """Return what is kept, by its heading: the letter and its name."""
        return {words("lab.column", letter=letter, name=name): runs for letter, (name, runs) in self.kept.items()}

    def add(self) -> None:
        """Keep the present setting in the first column that is free."""
        runs, usual = self._current()
        letter = next(letter for letter in LETTERS if letter not in self.kept)
        name = self.name.value.strip() or usual
        self.kept = dict(sorted({**self.kept, letter: (name, runs)}.items()))
        self.name.value = ""
        self._show(words("lab.kept", letter=letter, name=name))

    def drop(self, letter: str) -> None:
        """Give a column up."""
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
        # Its bars and their legend depend on what is kept: the chart is made anew, a rare act.
        swap(self.chart, [LiveChart(draw("money_beside", money_beside(options)))] if options else [])

    def controls(self) -> list[w.Widget]:
        """Return every control that a person can move."""
        return [self.name, self.keep, *self.drops.values()]
