"""Tables: a tidy table in, a table in the reader's words out."""

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.text import Refusal, label, number, words


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
        if pd.api.types.is_bool(value):
            return words("table.yes" if value else "table.no")
        return number(value, self.units.get(column, ""))

    def _repr_html_(self) -> str:
        made = self.text().to_html(index=False, border=0, justify="left", classes="rhc-table")
        # JupyterLab sets tables to the right: words are read from the left.
        return re.sub("<(t[dh])>", r'<\1 style="text-align: left">', made)

    def __repr__(self) -> str:
        return self.text().to_string(index=False)


def finding(rows: pd.DataFrame, name: str) -> str:
    """Return a number of a table's finding as people write it."""
    found = rows.attrs["finding"]
    if name not in found:
        raise Refusal("unknown", what=words("what.number"), name=name, names=list(found))
    return number(*found[name])
