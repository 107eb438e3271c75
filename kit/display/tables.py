"""Tables: a tidy table in, a table in the reader's words out."""

import math
import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.display.html import fill
from kit.text import display_width, has, label, number, words


def table(rows: pd.DataFrame, units: dict[str, str] | None = None) -> "DisplayTable":
    """Show a tidy table in the reader's words: labels for names, numbers with their units.

    ``units`` gives the unit of each numeric column, or the column that holds each row's unit (``"@unit"``; it is not
    shown itself); without it a number is written bare.
    """
    return DisplayTable(rows, units or {})


@dataclass(frozen=True)
class DisplayTable:
    """A table as people read it."""

    rows: pd.DataFrame
    units: dict[str, str]

    def text(self) -> pd.DataFrame:
        """Return the table as strings, with labelled columns."""
        own = {unit[1:] for unit in self.units.values() if unit.startswith("@")}
        shown = [name for name in self.rows if name not in own]
        return pd.DataFrame({label("column", name): self._column(name) for name in shown})

    def _column(self, name: str) -> list[str]:
        unit = self.units.get(name, "")
        units = self.rows[unit[1:]] if unit.startswith("@") else [unit] * len(self.rows)
        return [self._cell(name, value, unit) for value, unit in zip(self.rows[name], units, strict=True)]

    def _cell(self, column: str, value: Any, unit: str) -> str:
        if isinstance(value, str):
            return label(column, value)
        if pd.api.types.is_bool(value):
            return words("table.yes" if value else "table.no")
        return number(value, unit)

    def _repr_html_(self) -> str:
        shown = self.text()
        return str(fill("display_table.html", columns=shown.columns, rows=shown.to_numpy(), width=_width))

    def __repr__(self) -> str:
        return self.text().to_string(index=False)


_NAME = re.compile(r"[a-z_.]{1,32}")  # of a number or a lever


def _width(cell: str) -> str:
    """Return how wide a cell is kept: short ones on one line, since the browser would break them beside long addresses.

    >>> _width("1,000万元"), _width("ten_billion.newcomer_quota")
    ('white-space: nowrap', 'white-space: nowrap')
    >>> _width("https://example.org/a/long/address")
    'min-width: 9em; overflow-wrap: anywhere'
    """
    short = display_width(cell) <= 14 or _NAME.fullmatch(cell)
    return "white-space: nowrap" if short else "min-width: 9em; overflow-wrap: anywhere"


def numbers(found: dict[str, tuple[float, str]]) -> list[tuple[str, str]]:
    """Return what a policy did (kit.analysis.policy_effect.effect) as rows of (what, how much), in words."""
    rows = []
    for name, (amount, unit) in found.items():
        shown = words("simulate.none") if math.isnan(amount) else number(amount, unit)
        if name == "payback" and math.isinf(amount):
            shown = words("simulate.never")
        if has(f"finding.compare.{name}"):
            rows.append((words(f"finding.compare.{name}"), shown))
    return rows
