"""Charts: a tidy table in, a Vega-Lite figure out. No model, no widgets.

A figure's specification depends on its columns and the language alone; the table, the headline and
the description are its *frame*. So a live chart swaps the frame and draws again without being rebuilt.
"""

import math
import re
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from kit.text import Refusal, label, language, number, words

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # an identifier: nothing is fetched
MIME = "application/vnd.vegalite.v5+json"
FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif"
LINES_WIDTH, BARS_WIDTH = 580, 430
# Okabe and Ito's colours, told apart by every common kind of colour vision; dashes are the second channel.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
DASHES = [[1, 0], [7, 4], [2, 3], [9, 3, 2, 3], [4, 2], [1, 2]]
CONFIG = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "gridColor": "#e6e6e6"},
    "legend": {"orient": "top", "title": None, "labelFontSize": 12, "labelLimit": 320, "symbolSize": 180},
    "title": {"fontSize": 15, "fontWeight": 600, "anchor": "start", "offset": 10, "lineHeight": 20},
}


@dataclass(frozen=True)
class Figure:
    """A chart and the table that it shows. Shows itself in a notebook, with no request to anywhere."""

    key: str  # of its headline and description in data/text
    spec: dict
    table: pd.DataFrame
    columns: dict[str, str]  # column -> unit of its numbers, or "" for a category
    rules: tuple[str, ...] = ()  # numbers of the finding that are marked by an upright line
    bare: bool = False  # numbers are written without their unit, which stands on the axis

    def frame(self, table: pd.DataFrame | None = None, kept: pd.DataFrame | None = None) -> dict:
        """Return what changes from setting to setting: rows, headline, description, footer.

        ``kept`` is the table of an earlier setting, drawn as scenario A beside the present one.
        """
        table = self.table if table is None else table
        finding = table.attrs["finding"]
        rests = table.attrs.get("rests_on", ())
        footer = words("chart.footer" if kept is None else "chart.footer_kept", n=len(rests))
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
            row = {"role": "point", "scenario": "B", **record}
            for column, unit in self.columns.items():
                if unit:
                    row[column] = rounded(record[column])
                    row["shown"] = number(record[column], "" if self.bare else unit)
                else:
                    row[column] = label(column, record[column])
            rows.append(row)
        for series in [column for column, unit in self.columns.items() if not unit][-1:]:
            ranks = {name: rank for rank, name in enumerate(dict.fromkeys(row[series] for row in rows))}
            # A lane of its own for each series and scenario: A's above B's.
            rows = [row | {"rank": (rank := ranks[row[series]]), "lane": f"{rank}{row['scenario']}"} for row in rows]
        return rows if "scenario" in table else rows + self._marks(table)

    def _marks(self, table: pd.DataFrame) -> list[dict]:
        across = next(iter(self.columns))
        middle = (table[across].min() + table[across].max()) / 2 if self.rules else 0.0
        marks = []
        for name in self.rules:
            place, unit = table.attrs["finding"][name]
            if place <= table[across].max():
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
        from kit.pictures import drawing, png

        whole = self.whole()
        bundle = {MIME: whole, "text/plain": whole["description"]}
        return bundle | {"image/png": png(whole)} if drawing() else bundle


def rounded(value: float) -> float:
    """A number as far as it can be seen: outputs then compare equal from machine to machine."""
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be drawn")
    return float(f"{value:.6g}")


def wrap(sentence: str) -> list[str]:
    """Break a headline into lines that fit the chart."""
    if language() == "en":
        import textwrap

        return textwrap.wrap(sentence, 78)
    lines, room = [""], 0.0
    # Numbers stay whole; a line breaks after a comma or a stop where one stands late in it, else where it is full.
    for piece in re.findall(r"[0-9A-Za-z.,%]+[万亿]?|.", sentence):
        lines[-1] += piece
        room += 0.55 * len(piece) if piece.isascii() else len(piece)
        if room >= 39 or (room >= 24 and piece in "，。；："):
            lines, room = [*lines, ""], 0.0
    # A last line of a character or two is no line.
    if len(lines) > 1 and len(lines[-1]) < 3:
        lines[-2:] = ["".join(lines[-2:])]
    return lines


def lines(table: pd.DataFrame, key: str, x: str, y: str, series: str, units=("yuan", "yuan"), rules=()) -> Figure:
    """Draw y over x, one line a series: dashed apart as well as coloured apart.

    The table has numeric columns ``x`` and ``y`` in ``units`` and a category ``series``; a column
    ``scenario`` (A or B), where there is one, sets A's lines thin and pale beside B's.
    """
    names = [label(series, name) for name in dict.fromkeys(table[series])]
    colour = {"field": series, "type": "nominal", "sort": names, "scale": {"domain": names, "range": COLOURS}}
    dash = {**colour, "scale": {"domain": names, "range": DASHES}}
    line = {
        "transform": [{"filter": "datum.role == 'point'"}],
        "mark": {"type": "line", "strokeWidth": 2.5, "clip": True},
        "encoding": {
            "color": colour,
            "strokeDash": dash,
            "opacity": _scenario_opacity(),
            "detail": {"field": "scenario"},
            "order": {"field": x, "type": "quantitative"},
            "tooltip": [{"field": series, "title": label("column", series)}, {"field": "shown", "title": _title(y)}],
        },
    }
    upright = [
        {
            "transform": [{"filter": f"datum.role == '{role}'"}],
            "layer": [
                {"mark": {"type": "rule", "color": "#555", "strokeDash": [3, 3]}},
                {
                    "mark": {"type": "text", "align": align, "dx": shift, "dy": down, "fontSize": 12, "color": "#333"},
                    "encoding": {"text": {"field": "shown"}, "y": {"value": 0}},
                },
            ],
        }
        for role, align, shift, down in (("rule", "left", 5, 8), ("rule_right", "right", -5, 25))
    ]
    across = _axis(x, units[0]) | {"scale": {"zero": False, "nice": False}}
    up = _axis(y, units[1]) | {"scale": {"zero": False}}
    line["encoding"]["y"] = up
    spec = _spec([line, *upright] if rules else [line], width=LINES_WIDTH, height=280, encoding={"x": across})
    return Figure(key, spec, table, {x: units[0], y: units[1], series: ""}, tuple(rules))


def bars(table: pd.DataFrame, key: str, value: str, category: str, series=None, unit="yuan", stacked=False) -> Figure:
    """Draw level bars, one a category, with their numbers written on them.

    The table has a numeric column ``value`` in ``unit`` and a category column; ``series`` sets bars side by side
    (or, ``stacked``, end to end). A column ``scenario`` sets A's bars pale beside B's.
    """
    names = [label(category, name) for name in dict.fromkeys(table[category])]
    lanes = [label(series, name) for name in dict.fromkeys(table[series])] if series else []
    place = {"field": category, "type": "nominal", "sort": names, "title": None, "axis": {"labelLimit": 260}}
    across = _axis(value, unit) | {"stack": "zero" if stacked else None}
    lane = {"field": "scenario" if stacked or not series else "lane"}
    encoding = {"y": place, "yOffset": lane, "x": across}
    bar = {"opacity": _scenario_opacity()}
    if series:
        scale = {"domain": lanes, "range": COLOURS}
        bar["color"] = {"field": series, "type": "nominal", "sort": lanes, "scale": scale}
        bar["order"] = {"field": "rank", "type": "quantitative"}
    tooltip = [{"field": c, "title": label("column", c)} for c in (category, series) if c]
    bar["tooltip"] = [*tooltip, {"field": "shown", "title": _title(value)}]
    layers = [{"mark": {"type": "bar", "color": COLOURS[0]}, "encoding": bar}]
    if stacked:
        middle = {"mark": {"type": "text", "fontSize": 12, "color": "white"}, "encoding": {"text": {"field": "shown"}}}
        middle["transform"] = [{"filter": f"datum.{value} > 0"}]
        middle["encoding"] |= {"x": across | {"bandPosition": 0.5}, "detail": {"field": series}, "order": bar["order"]}
        layers.append(middle)
    else:
        # The numbers stand in a column of their own, where no bar can reach them.
        told = {"type": "text", "align": "left", "fontSize": 12, "color": "#222"}
        layers.append({"mark": told, "encoding": {"text": {"field": "shown"}, "x": {"value": BARS_WIDTH + 8}}})
    columns = {value: unit, category: ""} | ({series: ""} if series else {})
    step = {"step": 26 if stacked or not series else 19, "for": "offset"}
    spec = _spec(layers, width=BARS_WIDTH, height=step, encoding=encoding)
    return Figure(key, spec, table, columns, bare=stacked)


def _spec(layers: list[dict], width: int, height: Any, encoding: dict) -> dict:
    foot = {"type": "text", "align": "left", "fontSize": 11, "color": "#666", "text": {"expr": "footer"}}
    below = {"x": {"value": 0}, "y": {"value": {"expr": "height + 52"}}}
    return {
        "$schema": SCHEMA,
        "config": CONFIG,
        "usermeta": {"embedOptions": {"actions": False}},
        "title": {"text": {"expr": "headline"}},
        "width": width,
        "height": height,
        "layer": [
            {"data": {"name": "table"}, "encoding": encoding, "layer": layers},
            {"data": {"values": [{}]}, "mark": foot, "encoding": below},
        ],
    }


def _title(column: str, unit: str = "") -> str:
    title = label("column", column)
    counted = unit in ("yuan", "impressions", "hours")
    return words("axis.title", title=title, unit=words(f"unit.{unit}")) if counted else title


def _axis(column: str, unit: str) -> dict:
    if unit == "share":
        expression = "format(datum.value, '~%')"
    else:
        steps = [("1e8", "亿"), ("1e4", "万")] if language() == "zh" else [("1e9", "bn"), ("1e6", "m"), ("1e3", "k")]
        expression = "format(datum.value, ',~g')"
        for size, name in reversed(steps):
            # 5,000 stays 5,000 in English; from 10,000 on it is 10k.
            least = "1e4" if name == "k" else size
            expression = f"abs(datum.value) >= {least} ? format(datum.value / {size}, ',~g') + '{name}' : {expression}"
    axis = {"labelExpr": expression, "tickCount": 6}
    return {"field": column, "type": "quantitative", "title": _title(column, unit), "axis": axis}


def _scenario_opacity() -> dict:
    scale = {"domain": ["A", "B"], "range": [0.4, 1.0]}
    return {"field": "scenario", "type": "nominal", "scale": scale, "legend": None}


_FIGURES = {
    "fee_by_sales": partial(lines, x="sales", y="fee", series="rule", rules=("cap",)),
    "kept_by_sales": partial(lines, x="sales", y="kept", series="rule", rules=("cap", "back")),
    "worth": partial(bars, value="yuan", category="part"),
    "credit_market": partial(
        bars, value="impressions", category="market", series="who", unit="impressions", stacked=True
    ),
    "savings": partial(bars, value="share", category="size", series="measure", unit="share"),
    "coaching": partial(lines, x="hours", y="yuan", series="who", units=("hours", "yuan"), rules=("given",)),
    "account": partial(bars, value="yuan", category="line"),
}


def draw(name: str, table: pd.DataFrame) -> Figure:
    """Draw a table as the course draws it; the names are those of the outcomes.

    >>> draw("pie", None)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kit.text.Refusal: no chart 'pie'; there are: fee_by_sales, ...
    """
    if name not in _FIGURES:
        raise Refusal("unknown", what=words("what.chart"), name=name, names=list(_FIGURES))
    return _FIGURES[name](table, key=name)
