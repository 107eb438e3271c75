"""Figures: a chart and its frame, shown in a notebook with no request to anywhere.

The marks of a chart depend on the table's columns, its names of categories and the language; the rows, the headline
and the description are the *frame*. So a live chart swaps the frame and draws again without being rebuilt. Altair,
which takes long to load, writes the charts of the catalogue in a build, with the names left open (specs.json); at run
time it makes only what is to be layered, concatenated or saved.
"""

import json
import math
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from kit.display.lazy_altair import alt
from kit.display.render import CONFIG, drawing, png
from kit.text import display_width, label, language, number, words

LINE = 62  # letters of a headline
MIME = "application/vnd.vegalite.v5+json"  # the newest that JupyterLab knows
SPECS = Path(__file__).with_name("specs.json")  # written by tools/charts/build.py


@dataclass(frozen=True)
class Figure:
    """A chart and the table that it shows; a notebook displays it."""

    key: str  # of its headline and description in data/text; a chart without a key has none
    marks: Callable[[dict], "alt.LayerChart"]  # without data, from ``names``
    names: dict  # what the marks take from the table: the names of each category, in order; the words of an axis
    table: pd.DataFrame
    columns: dict[str, str]  # column -> unit of its numbers, or "" for a category
    rules: tuple[str, ...] = ()  # numbers of the finding that are marked by a vertical rule
    bare: bool = False  # numbers are written without their unit, which stands on the axis
    to: str = ""  # where a row is a range: the column of its other end
    say: Callable[[dict], str] | None = None  # what is written next to a row, if not its last number
    leaving: str = ""  # the category that is not drawn
    costs: tuple[str, ...] = ()  # categories whose positive numbers are drawn as negative ones

    def chart(self) -> "alt.LayerChart":
        """Return the chart as Altair's own, to be layered, concatenated or saved.

        Concatenated charts share their scales: follow `altair.hconcat(a, b)` by
        `.resolve_scale(yOffset="independent", color="independent")`. `chart.save("worth.svg")` works offline, as does
        `altair.renderers.enable("svg")`; kit.display.render.save writes it in the course's fonts and colours.
        """
        if not self.key:
            return self._on(self.names, alt.InlineData(self._rows(self.table)))
        frame = self.frame()
        return self._on(self.names, alt.InlineData(frame["rows"]), frame["headline"], frame["footer"])

    @cached_property
    def spec(self) -> dict:
        """The Vega-Lite specification of the live chart: its rows, headline and footer are named, not given.

        A chart that no build has stored yet is written by Altair.
        """
        template = _stored()[language()].get(self.stored_as) or self.template()
        more = {"config": CONFIG, "usermeta": {"embedOptions": {"actions": False}}}
        return _filled(template, {f"@{name}": value for name, value in self.names.items()}) | more

    @property
    def stored_as(self) -> str:
        """The name of its specification in specs.json: its key and its columns."""
        return " ".join([self.key, *self.columns])

    def template(self) -> dict:
        """Let Altair write the specification for any table: a table's names are left open, as "@part"."""
        with alt.utils.schemapi.debug_mode(False):  # the tests validate every chart, filled in
            chart = self._on(_Open(), alt.NamedData("table"), alt.expr("headline"), alt.expr("footer"))
            spec = chart.to_dict(validate=False)
        # JupyterLab, whose Vega-Lite is older and draws the same, would warn of a newer schema.
        return {key: part for key, part in spec.items() if key not in ("$schema", "config")}

    def _on(self, names: dict, data, headline=None, footer=None) -> "alt.LayerChart":
        """The marks with data, headline and footer. Attributes are set, since Altair's methods copy all marks."""
        chart = self.marks(names)
        chart.data = data
        if headline:
            foot = alt.Chart(alt.InlineData([{}])).encode(x=alt.XValue(0), y=alt.YValue("height"))
            foot = foot.mark_text(align="left", dy=52, fontSize=11, color="#666", text=footer)
            chart.title, chart.layer = alt.Title(headline), [*chart.layer, foot]
        return chart

    def frame(self, table: pd.DataFrame | None = None, kept: pd.DataFrame | None = None) -> dict:
        """Return what changes from setting to setting: rows, headline, description, footer.

        ``kept`` is the table of an earlier setting, drawn as scenario A beside the present one.
        """
        table = self.table if table is None else table
        attrs, finding = table.attrs, table.attrs["finding"]
        kind = "_market" if "merchants" in attrs else "_simulated" if attrs.get("simulated") else ""
        counted = {"n": len(attrs.get("rests_on", ())), "merchants": (attrs.get("merchants", 0), "merchants")}
        footer = words(f"chart.footer{kind}{'' if kept is None else '_kept'}", **counted)
        headline = words(f"chart.{self.key}.headline", **finding)
        description = words(f"chart.{self.key}.description", **finding)
        return {
            "rows": [*(self._rows(kept.assign(scenario="A")) if kept is not None else []), *self._rows(table)],
            "headline": wrap(headline),
            "description": words("chart.described", headline=headline, rest=description, footer=footer),
            "footer": footer,
        }

    def _rows(self, table: pd.DataFrame) -> list[dict]:
        rows, categories = [], [column for column, unit in self.columns.items() if not unit]
        for record in table.to_dict("records"):
            if self.leaving and record[categories[-1]] == self.leaving:
                continue
            row = {"role": "point", "scenario": record.get("scenario", "B")}
            sign = -1 if any(record[column] in self.costs for column in categories) else 1
            for column, unit in self.columns.items():
                if unit:
                    row[column] = rounded(sign * record[column])
                    row["shown"] = number(sign * record[column], "" if self.bare else unit)
                else:
                    row[column] = label(column, record[column])
            if self.say:
                row["shown"] = self.say(record)
            rows.append(row)
        series = categories[-1]
        ranks = {name: rank for rank, name in enumerate(dict.fromkeys(row[series] for row in rows))}
        # A lane of its own for each series and scenario: A's above B's.
        rows = [row | {"rank": (rank := ranks[row[series]]), "lane": f"{rank}{row['scenario']}"} for row in rows]
        return rows if "scenario" in table else rows + self._marks(table)

    def _marks(self, table: pd.DataFrame) -> list[dict]:
        """Rows of the vertical rules: zero, where a range holds it, and numbers of the finding."""
        if not (self.rules or self.to):
            return []
        across = next(iter(self.columns))
        reach = table[[across, self.to or across]].to_numpy()
        least, most = reach.min(), reach.max()
        marks = [{"role": "zero", "scenario": "B", across: 0}] if self.to and least < 0 < most else []
        for name in self.rules:
            place, unit = table.attrs["finding"][name]
            if place <= most:
                role = "rule" if place <= (least + most) / 2 else "rule_right"
                mark = words(f"chart.{self.key}.{name}", **{name: (place, unit)}) if self.key else number(place, unit)
                marks.append({"role": role, "scenario": "B", across: rounded(place), "shown": mark})
        return marks

    def whole(self) -> dict:
        """Return the complete Vega-Lite specification, data and words included."""
        frame = self.frame()
        params = [{"name": name, "value": frame[name]} for name in ("headline", "footer")]
        whole = self.spec | {"description": frame["description"], "params": params}
        return whole | {"datasets": self.spec["datasets"] | {"table": frame["rows"]}}

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        whole = self.whole()
        bundle = {MIME: whole, "text/plain": whole["description"]}
        return bundle | {"image/png": png(whole)} if drawing() else bundle


class _Open(dict):
    """The names of any table: each stands for itself."""

    def __missing__(self, name: str) -> str:
        return f"@{name}"


@cache
def _stored() -> dict[str, dict[str, dict]]:
    return json.loads(SPECS.read_text(encoding="utf-8"))


def _filled(part, names: dict):
    if isinstance(part, dict):
        return {key: _filled(value, names) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, names) for value in part]
    return names.get(part, part) if isinstance(part, str) else part


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
        return textwrap.wrap(sentence, LINE)
    lines, width = [""], 0
    # Numbers stay whole, with sign and unit; a line breaks after a comma or a stop where one stands late in it, else
    # where it is full.
    for piece in re.findall(r"-?[0-9A-Za-z.,%]+[万亿]?[元单家倍人天]?|.", sentence):
        lines[-1] += piece
        width += display_width(piece)
        if width >= LINE or (width >= 36 and piece in "，。；："):
            lines, width = [*lines, ""], 0
    # A last line of a character or two is no line.
    if len(lines) > 1 and len(lines[-1]) < 3:
        lines[-2:] = ["".join(lines[-2:])]
    return lines
