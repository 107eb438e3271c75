"""Charts: a tidy table in, a Vega-Lite figure out. No model, no widgets."""

import math
from typing import Any

import pandas as pd

from kit.display.figure import Figure
from kit.display.sankey import FlowFigure
from kit.text import EXACT, STEPS, label, language, number, words

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # an identifier: nothing is fetched
FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif"
LINES_WIDTH, BARS_WIDTH, FLOW_WIDTH = 500, 280, 210  # a whole chart then fits beside the file list of a small laptop
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


def lines(
    table: pd.DataFrame, key: str, x: str, y: str, series: str, units=("yuan", "yuan"), rules=(), leaving: str = ""
) -> Figure:
    """Draw y over x, one line a series: dashed apart as well as coloured apart.

    The table has numeric columns ``x`` and ``y`` in ``units`` and a category ``series``; a column
    ``scenario`` (A or B), where there is one, sets A's lines thin and pale beside B's. One series may be left to the
    words (``leaving``), where its size would flatten all the others.
    """
    table = table[table[series] != leaving] if leaving else table
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


def bars(
    table: pd.DataFrame, key: str, value: str, category: str, series=None, unit="yuan", stacked=False, least=0.0
) -> Figure:
    """Draw level bars, one a category, with their numbers written on them.

    The table has a numeric column ``value`` in ``unit`` and a category column; ``series`` sets bars side by side
    (or, ``stacked``, end to end; those below ``least`` of the largest carry no number). A column ``scenario`` sets
    A's bars pale beside B's.
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
        middle = {"mark": {"type": "text", "fontSize": 12}, "encoding": {"text": {"field": "shown"}}}
        pale = {"test": "datum.scenario == 'A'", "value": "#222"}
        middle["encoding"]["color"] = {"condition": pale, "value": "white"}
        middle["transform"] = [{"filter": f"datum.{value} > 0"}]
        if least:
            largest = {"joinaggregate": [{"op": "max", "field": value, "as": "most"}]}
            middle["transform"] = [largest, {"filter": f"datum.{value} > {least} * datum.most"}]
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


RANGES_WIDTH = 210  # beside long names on the left and two lines of words on the right
SHAPES = {"at_most": "triangle-left", "about": "circle", "between": "square", "at_least": "triangle-right"}


def ranges(table: pd.DataFrame, key: str, category: str, series: str, unit: str = "yuan") -> Figure:
    """Draw each row from ``low`` to ``high``, in ``unit``: shapes say how it is bounded, colours are the series.

    The table has a column ``bound`` (at_most, about, between, at_least); both are written beside each row too.
    """
    kinds = [label(series, name) for name in dict.fromkeys(table[series])]
    bounds = [label("bound", name) for name in SHAPES]
    told = {"type": "nominal", "sort": kinds, "scale": {"domain": kinds, "range": COLOURS}}
    colour = {"field": series, **told}
    scale = {"domain": bounds, "range": list(SHAPES.values())}
    shape = {"field": "bound", "type": "nominal", "scale": scale, "legend": None}

    def say(record: dict) -> str:
        amounts = {end: (record[end], unit) for end in ("low", "high")}
        return words(f"span.{record['bound']}", **amounts) + "\n" + label(series, record[series])

    columns = {"low": unit, "high": unit, category: "", "bound": "", series: ""}
    return _spans(table, key, category, columns, {"color": colour, "shape": shape}, say)


def tornado(table: pd.DataFrame, key: str, lines: int = 2) -> Figure:
    """Draw what each lever does to a result: a bar from its low end (circle) to its high end (square).

    The table is that of kit.analysis.sensitivity.by_assumption or tipping_points; next to each row stand ``lines``
    lines of numbers. A dashed rule marks the result as it stands.
    """
    unit = table.attrs["finding"]["start"][1]
    names = [words(f"end.{end}") for end in ("low", "high")]
    kind = {"field": "end", "type": "nominal", "sort": names}
    looks = {
        "color": {**kind, "scale": {"domain": names, "range": COLOURS[:2]}},
        "shape": {**kind, "scale": {"domain": names, "range": ["circle", "square"]}},
    }

    def say(record: dict) -> str:
        pairs = [(record[f"at_{end}"], record[end]) for end in ("low", "high")]
        pairs += [(record["at_zero"], 0.0)] if math.isfinite(record.get("at_zero", math.nan)) else []
        return "\n".join(f"{number(at, record['unit'])} → {number(found)}" for at, found in sorted(pairs))

    return _spans(table, key, "lever", {"low": unit, "high": unit, "lever": ""}, looks, say, ("start",), lines)


def bands(table: pd.DataFrame, key: str) -> Figure:
    """Draw how far a result goes for each source of doubt: the table is that of kit.outcomes.autumn.bands."""
    unit = table.attrs["finding"]["start"][1]

    def say(record: dict) -> str:
        ends = {end: (record[end], unit) for end in ("low", "high")}
        share = (record["positive"], "share")
        return words("span.between", **ends) + "\n" + words("span.runs", runs=(record["runs"], "runs"), positive=share)

    return _spans(table, key, "doubt", {"low": unit, "high": unit, "doubt": ""}, {}, say, ("start",))


def _spans(table, key: str, category: str, columns: dict, looks: dict, say, rules: tuple = (), lines: int = 2):
    """Lay out rows from ``low`` to ``high``: a bar, marks at both ends (datum.end says which), words, upright rules."""
    names = [label(category, name) for name in dict.fromkeys(table[category])]
    place = {"field": category, "type": "nominal", "sort": names, "title": None, "axis": {"labelLimit": 230}}
    across = _axis("low", columns["low"]) | {"scale": {"zero": False, "padding": 8}}
    across |= {"title": _title("result", columns["low"]), "axis": across["axis"] | {"tickCount": 4}}
    point, upright = ([{"filter": f"datum.role {sign} 'point'"}] for sign in ("==", "!="))
    row = {"y": place, "yOffset": {"field": "scenario"}}
    seen = row | {"opacity": _scenario_opacity(), "tooltip": [{"field": "shown"}]}
    bar = {"type": "rule", "strokeWidth": 6, "color": "#b5b5b5"}
    mark = {"type": "point", "filled": True, "size": 110, "opacity": 1}
    beside = {"type": "text", "align": "left", "fontSize": 11, "lineBreak": "\n", "lineHeight": 14, "dy": 8 - 7 * lines}
    rule = {"type": "rule", "color": "#555", "strokeDash": [3, 3]}
    over = {"type": "text", "fontSize": 12, "color": "#333"}
    told = {"field": "shown"}
    parts = [(point, bar, seen | {"x": across, "x2": {"field": "high"}})]
    for end in ("low", "high"):
        told_apart = [*point, {"calculate": f"'{words(f'end.{end}')}'", "as": "end"}]
        parts.append((told_apart, mark, seen | looks | {"x": across | {"field": end}}))
    parts += [(point, beside, row | {"text": told, "x": {"value": RANGES_WIDTH + 8}})]
    if rules:
        parts += [(upright, rule, {"x": across}), (upright, over, {"x": across, "y": {"value": -8}, "text": told})]
    layers = [{"transform": of, "mark": drawn, "encoding": encoding} for of, drawn, encoding in parts]
    spec = _spec(layers, width=RANGES_WIDTH, height={"step": 8 + 14 * lines, "for": "offset"}, encoding={})
    return Figure(key, spec, table, columns, rules, to="high", say=say)


def flow(table: pd.DataFrame, key: str, value: str, side: str, category: str, unit="yuan", tints=range(7)) -> Figure:
    """Draw what comes into an order and who gets it: ribbons as thick as their amounts, each with its name and number.

    The table has a numeric column ``value`` in ``unit``, a column ``side`` (in, out) and a ``category``; ``tints`` are
    the places of its categories' colours in COLOURS. A column ``scenario`` sets A's picture, pale, above B's.
    """
    names = [label(category, name) for name in dict.fromkeys(table[category])]
    colour = {"field": category, "type": "nominal", "sort": names, "legend": None}
    colour["scale"] = {"domain": names, "range": [COLOURS[n] if n < len(COLOURS) else "#777777" for n in tints]}
    # A kept setting takes the upper half, the present one the lower.
    half = "datum.first == 'A' ? 0.46 * datum.{0} + (datum.scenario == 'A' ? 0 : 0.54) : datum.{0}"
    places = [{"joinaggregate": [{"op": "min", "field": "scenario", "as": "first"}]}]
    places += [{"calculate": half.format(end), "as": f"{end}_at"} for end in ("low", "high")]
    across = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1]}}
    up = {"field": "low_at", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1], "reverse": True}}
    tooltip = [{"field": category, "title": label("column", category)}, {"field": "shown", "title": _title(value)}]
    ribbon = {
        "transform": [*places, {"filter": "datum.kind == 'ribbon'"}],
        "mark": {"type": "area", "line": False},
        "encoding": {
            **{"x": across, "y": up, "y2": {"field": "high_at"}, "color": colour, "tooltip": tooltip},
            **{"opacity": _scenario_opacity(), "detail": {"field": "scenario"}},
        },
    }
    texts = [
        {
            "transform": [*places, {"filter": f"datum.kind == '{kind}'"}],
            "mark": {"type": "text", "align": align, "dx": shift, "fontSize": 12, "color": "#222"},
            "encoding": {"x": across, "y": up, "text": {"field": "told"}, "opacity": _scenario_opacity()},
        }
        for kind, align, shift in (("in", "right", -6), ("out", "left", 6))
    ]
    spec = _spec([ribbon, *texts], width=FLOW_WIDTH, height=270, encoding={})
    return FlowFigure(key, spec, table, {value: unit, side: "", category: ""})


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
    counted = unit in ("yuan", "impressions", "hours", EXACT)
    return words("axis.title", title=title, unit=words(f"unit.{unit}")) if counted else title


def _axis(column: str, unit: str) -> dict:
    if unit == "share":
        expression = "format(datum.value, '~%')"
    else:
        # An axis has less room than a sentence: from 10,000 on English says 10k.
        steps = [(size, size, name) for size, name in STEPS[language()]]
        steps += [(10_000, 1_000, "k")] if language() == "en" else []
        expression = "format(datum.value, ',~g')"
        for least, size, name in reversed(steps):
            scaled = f"format(datum.value / {size:.0f}, ',~g') + '{name}'"
            expression = f"abs(datum.value) >= {least:.0f} ? {scaled} : {expression}"
    axis = {"labelExpr": expression, "tickCount": 5, "labelFlush": False}
    return {"field": column, "type": "quantitative", "title": _title(column, unit), "axis": axis}


def _scenario_opacity() -> dict:
    scale = {"domain": ["A", "B"], "range": [0.4, 1.0]}
    return {"field": "scenario", "type": "nominal", "scale": scale, "legend": None}
