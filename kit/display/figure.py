"""Figures: a chart's specification and its frame, shown in a notebook with no request to anywhere.

The specification depends on the table's columns and the language alone; the rows, the headline and the
description are the *frame*. So a live chart swaps the frame and draws again without being rebuilt.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from kit.text import label, language, number, words

MIME = "application/vnd.vegalite.v5+json"


@dataclass(frozen=True)
class Figure:
    """A chart and the table that it shows. Shows itself in a notebook, with no request to anywhere."""

    key: str  # of its headline and description in data/text
    spec: dict
    table: pd.DataFrame
    columns: dict[str, str]  # column -> unit of its numbers, or "" for a category
    rules: tuple[str, ...] = ()  # numbers of the finding that are marked by an upright line
    bare: bool = False  # numbers are written without their unit, which stands on the axis
    to: str = ""  # where a row is a range: the column of its other end
    say: Callable[[dict], str] | None = None  # what is written beside a row, if not its last number

    def frame(self, table: pd.DataFrame | None = None, kept: pd.DataFrame | None = None) -> dict:
        """Return what changes from setting to setting: rows, headline, description, footer.

        ``kept`` is the table of an earlier setting, drawn as scenario A beside the present one.
        """
        table = self.table if table is None else table
        finding = table.attrs["finding"]
        rests = table.attrs.get("rests_on", ())
        attrs = table.attrs
        kind = "_market" if "merchants" in attrs else "_simulated" if attrs.get("simulated") else ""
        counted = (attrs.get("merchants", 0), "merchants")
        footer = words(f"chart.footer{kind}{'' if kept is None else '_kept'}", n=len(rests), merchants=counted)
        headline = words(f"chart.{self.key}.headline", **finding)
        description = words(f"chart.{self.key}.description", **finding)
        return {
            "rows": [*(self._rows(kept.assign(scenario="A")) if kept is not None else []), *self._rows(table)],
            "headline": wrap(headline),
            "description": words("chart.described", headline=headline, rest=description, footer=footer),
            "footer": footer,
        }

    def _rows(self, table: pd.DataFrame) -> list[dict]:
        rows = []
        for record in table.to_dict("records"):
            row = {"role": "point", "scenario": record.get("scenario", "B")}
            for column, unit in self.columns.items():
                if unit:
                    row[column] = rounded(record[column])
                    row["shown"] = number(record[column], "" if self.bare else unit)
                else:
                    row[column] = label(column, record[column])
            if self.say:
                row["shown"] = self.say(record)
            rows.append(row)
        series = [column for column, unit in self.columns.items() if not unit][-1]
        ranks = {name: rank for rank, name in enumerate(dict.fromkeys(row[series] for row in rows))}
        # A lane of its own for each series and scenario: A's above B's.
        rows = [row | {"rank": (rank := ranks[row[series]]), "lane": f"{rank}{row['scenario']}"} for row in rows]
        return rows if "scenario" in table else rows + self._marks(table)

    def _marks(self, table: pd.DataFrame) -> list[dict]:
        across = next(iter(self.columns))
        reach = table[[across, *([self.to] if self.to else [])]].to_numpy() if self.rules else None
        middle = (reach.min() + reach.max()) / 2 if self.rules else 0.0
        marks = []
        for name in self.rules:
            place, unit = table.attrs["finding"][name]
            if place <= reach.max():
                role = "rule" if place <= middle else "rule_right"
                mark = words(f"chart.{self.key}.{name}", **{name: (place, unit)})
                marks.append({"role": role, "scenario": "B", across: rounded(place), "shown": mark})
        return marks

    def whole(self) -> dict:
        """Return the complete Vega-Lite specification, data and words included."""
        frame = self.frame()
        params = [{"name": name, "value": frame[name]} for name in ("headline", "footer")]
        return {
            **self.spec,
            "description": frame["description"],
            "params": params,
            "datasets": {"table": frame["rows"]},
        }

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        from kit.display.render import drawing, png

        whole = self.whole()
        bundle = {MIME: whole, "text/plain": whole["description"]}
        return bundle | {"image/png": png(whole)} if drawing() else bundle


def rounded(value: float) -> float:
    """A number as far as it can be seen: outputs then compare equal from machine to machine."""
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be drawn")
    seen = float(f"{value:.6g}")
    # A browser writes 0.0 back as 0: a notebook that was merely opened and saved is to hold the same numbers.
    return int(seen) if seen.is_integer() else seen


def wrap(sentence: str) -> list[str]:
    """Break a headline into lines that fit the chart."""
    if language() == "en":
        import textwrap

        return textwrap.wrap(sentence, 62)
    lines, room = [""], 0.0
    # Numbers stay whole, with sign and unit; a line breaks after a comma or a stop where one stands late in it, else
    # where it is full.
    for piece in re.findall(r"-?[0-9A-Za-z.,%]+[万亿]?[元单家倍人天]?|.", sentence):
        lines[-1] += piece
        room += sum(0.55 if letter.isascii() else 1 for letter in piece)
        if room >= 31 or (room >= 18 and piece in "，。；："):
            lines, room = [*lines, ""], 0.0
    # A last line of a character or two is no line.
    if len(lines) > 1 and len(lines[-1]) < 3:
        lines[-2:] = ["".join(lines[-2:])]
    return lines
