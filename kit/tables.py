"""Tables: a tidy table in, a table in the reader's words out."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.text import label, number


def table(rows: pd.DataFrame, units: dict[str, str] | None = None) -> "Shown":
    """Show a tidy table in the reader's words: labels for names, numbers with their units.

    ``units`` gives the unit of each numeric column; without it a number is written bare.
    """
    return Shown(rows, units or {})


@dataclass(frozen=True)
class Shown:
    """A table as people read it."""

    rows: pd.DataFrame
    units: dict[str, str]

    def text(self) -> pd.DataFrame:
        """Return the table as strings, with labelled columns."""
        shown = {label("column", name): [self._cell(name, v) for v in self.rows[name]] for name in self.rows}
        return pd.DataFrame(shown)

    def _cell(self, column: str, value: Any) -> str:
        if isinstance(value, str):
            return label(column, value)
        return number(value, self.units.get(column, ""))

    def _repr_html_(self) -> str:
        return self.text().to_html(index=False, border=0, justify="left", classes="rhc-table")

    def __repr__(self) -> str:
        return self.text().to_string(index=False)


def finding(rows: pd.DataFrame, name: str) -> str:
    """Return a number of a table's finding as people write it."""
    return number(*rows.attrs["finding"][name])
