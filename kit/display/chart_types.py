"""Chart types: functions from a tidy table to an Altair chart. No model, no widgets.

Each function returns an `altair.LayerChart` that can be layered, concatenated and saved as any other. The catalogue
draws the same charts with a headline and a frame (`lines.figure`, a `kit.display.figure.Figure`).

>>> sales = pd.DataFrame({"week": [1, 2, 1, 2], "more": [0.0, 7.5, 0.0, -2.0], "seller": ["new"] * 2 + ["old"] * 2})
>>> curves = lines(sales, x="week", y="more", series="seller", units=("weeks", "yuan"))
>>> levels = bars(sales[sales["week"] == 2], value="more", category="seller")
>>> sorted((curves | levels).to_dict())  # doctest: +ELLIPSIS
['$schema', 'config', 'datasets', 'hconcat']
"""

import datetime
import math
from collections.abc import Callable
from functools import wraps

import pandas as pd

from kit.display.figure import Figure
from kit.display.lazy_altair import alt
from kit.display.sankey import FlowFigure
from kit.display.spans import SpanFigure
from kit.parameters.calendar import FIRST, LAST
from kit.text import EXACT, STEPS, display_width, label, language, number, words

# A whole chart then fits beside the file list of a small laptop; ranges have text on both sides.
LINES_WIDTH, BARS_WIDTH, RANGES_WIDTH, FLOW_WIDTH, STRIPS_WIDTH = 500, 280, 210, 210, 300
# Okabe and Ito's colours, distinct in every common kind of colour vision; dashes and shapes are the second channel.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
DASHES = [[1, 0], [7, 4], [2, 3], [9, 3, 2, 3], [4, 2], [1, 2]]
SHAPES = {"at_most": "triangle-left", "about": "circle", "between": "square", "at_least": "triangle-right"}


def _chart_type(figure: Callable[..., Figure]) -> Callable:
    """Make a chart type of a function that describes a figure: itself it returns the chart of that figure.

    A figure's ``marks`` may take from the table only what stands in its ``names``: all else is written in a build.
    """

    @wraps(figure)
    def chart(table: pd.DataFrame, *args, **kwargs):
        return figure(table, *args, **kwargs).chart()

    chart.figure = figure
    return chart


@_chart_type
def lines(
    table: pd.DataFrame, x: str, y: str, series: str, units=("yuan", "yuan"), rules=(), leaving: str = "", key=""
) -> Figure:
    """Draw y over x, one line a series: distinct by dash and by colour.

    The table has numeric columns ``x`` and ``y`` in ``units`` and a category ``series``; where it has a column
    ``scenario`` (A or B), A's lines are pale. ``rules`` names numbers of its finding that vertical rules mark.
    ``leaving`` is a series that is not drawn, because its size would flatten all others.
    """
    table = table[table[series] != leaving] if leaving else table

    def marks(names: dict):
        points = alt.Chart().encode(x=_axis(alt.X, x, units[0], scale=alt.Scale(zero=False, nice=False)))
        line = points.transform_filter("datum.role == 'point'").mark_line(strokeWidth=2.5, clip=True)
        line = line.encode(
            y=_axis(alt.Y, y, units[1], scale=alt.Scale(zero=False)),
            color=_named(alt.Color, series, names[series], COLOURS),
            strokeDash=_named(alt.StrokeDash, series, names[series], DASHES),
            opacity=_scenario_opacity(),
            detail="scenario:N",
            order=alt.Order(field=x, type="quantitative"),
            tooltip=_tooltip(y, series),
        )
        upright = []
        for role, align, dx, dy in (("rule", "left", 5, 8), ("rule_right", "right", -5, 25)) if rules else ():
            marked = points.transform_filter(f"datum.role == '{role}'")
            text = marked.mark_text(align=align, dx=dx, dy=dy, fontSize=12, color="#333")
            upright += [marked.mark_rule(color="#555", strokeDash=[3, 3]), text.encode(text="shown:N", y=alt.YValue(0))]
        return alt.layer(line, *upright).properties(width=LINES_WIDTH, height=280)

    columns = {x: units[0], y: units[1], series: ""}
    return Figure(key, marks, _names(table, columns), table, columns, tuple(rules), leaving=leaving)


@_chart_type
def bars(
    table: pd.DataFrame, value: str, category: str, series="", unit="yuan", stacked=False, least=0.0, costs=(), key=""
) -> Figure:
    """Draw horizontal bars, one a category, labelled with their numbers.

    The table has a numeric column ``value`` in ``unit`` and a category column; ``series`` sets bars side by side (or,
    ``stacked``, end to end; those below ``least`` of the largest carry no number). Categories in ``costs`` are drawn
    and written with the other sign. Where the table has a column ``scenario``, A's bars are pale.
    """

    def marks(names: dict):
        place = _named(alt.Y, category, names[category], axis=alt.Axis(labelLimit=260))
        rows = alt.Chart().encode(y=place, yOffset="scenario:N" if stacked or not series else "lane:N")
        across = _axis(alt.X, value, unit, stack="zero" if stacked else None)
        tooltip = _tooltip(value, *filter(None, (category, series)))
        bar = rows.mark_bar(color=COLOURS[0]).encode(x=across, opacity=_scenario_opacity(), tooltip=tooltip)
        rank = alt.Order(field="rank", type="quantitative")
        if series:
            bar = bar.encode(color=_named(alt.Color, series, names[series], COLOURS), order=rank)
        if stacked:
            # Small bars keep their place in the stack and only lose their number: a filter would move the others.
            text = rows.transform_joinaggregate(most=f"max({value})").transform_calculate(
                written=f"datum.{value} > {least} * datum.most ? datum.shown : ''"
            )
            pale = alt.condition("datum.scenario == 'A'", alt.value("#222"), alt.value("white"))
            middle = _axis(alt.X, value, unit, stack="zero", bandPosition=0.5)
            text = text.mark_text(fontSize=12)
            text = text.encode(x=middle, text="written:N", detail=f"{series}:N", order=rank, color=pale)
        else:
            # The numbers stand in a column of their own, where no bar can reach them.
            text = rows.mark_text(align="left", fontSize=12, color="#222")
            text = text.encode(text="shown:N", x=alt.XValue(BARS_WIDTH + 8))
        step = alt.Step(26 if stacked or not series else 19, **{"for": "offset"})
        return alt.layer(bar, text).properties(width=BARS_WIDTH, height=step)

    columns = {value: unit, category: ""} | ({series: ""} if series else {})
    return Figure(key, marks, _names(table, columns), table, columns, bare=stacked, costs=tuple(costs))


@_chart_type
def ranges(table: pd.DataFrame, category: str, series: str, unit: str = "yuan", key="") -> Figure:
    """Draw each row from ``low`` to ``high``, in ``unit``: shapes say how it is bounded, colours are the series.

    The table has a column ``bound`` (at_most, about, between, at_least); both are written next to each row too.
    """

    def looks(names: dict) -> dict:
        bounds = [label("bound", name) for name in SHAPES]
        shape = alt.Shape("bound:N", scale=alt.Scale(domain=bounds, range=list(SHAPES.values())), legend=None)
        return {"color": _named(alt.Color, series, names[series], COLOURS), "shape": shape}

    def say(record: dict) -> str:
        amounts = {end: (record[end], unit) for end in ("low", "high")}
        return words(f"span.{record['bound']}", **amounts) + "\n" + label(series, record[series])

    columns = {"low": unit, "high": unit, category: "", "bound": "", series: ""}
    return _spans(table, key, category, columns, looks, say)


@_chart_type
def tornado(table: pd.DataFrame, lines: int = 2, key="") -> Figure:
    """Draw what each lever does to a result: a bar from its low end (circle) to its high end (square).

    The table is that of kit.analysis.sensitivity.by_assumption or tipping_points; next to each row stand ``lines``
    lines of numbers. A dashed rule marks the result as assumed, a solid one zero where a row reaches it.
    """
    unit = table.attrs["finding"]["start"][1]

    def looks(_names: dict) -> dict:
        ends = [words(f"end.{end}") for end in ("low", "high")]
        shape = _named(alt.Shape, "end", ends, ["circle", "square"])
        return {"color": _named(alt.Color, "end", ends, COLOURS[:2]), "shape": shape}

    def say(record: dict) -> str:
        pairs = [(record[f"at_{end}"], record[end]) for end in ("low", "high")]
        pairs += [(record["at_zero"], 0.0)] if math.isfinite(record.get("at_zero", math.nan)) else []
        return "\n".join(f"{number(at, record['unit'])} → {number(result)}" for at, result in sorted(pairs))

    return _spans(table, key, "lever", {"low": unit, "high": unit, "lever": ""}, looks, say, ("start",), lines)


@_chart_type
def bands(table: pd.DataFrame, key="") -> Figure:
    """Draw the range of a result for each source of uncertainty: the table is that of kit.outcomes.autumn.bands."""
    unit = table.attrs["finding"]["start"][1]

    def say(record: dict) -> str:
        ends = {end: (record[end], unit) for end in ("low", "high")}
        share = (record["positive"], "share")
        return words("span.between", **ends) + "\n" + words("span.runs", runs=(record["runs"], "runs"), positive=share)

    return _spans(table, key, "doubt", {"low": unit, "high": unit, "doubt": ""}, lambda names: {}, say, ("start",))


def _spans(
    table, key: str, category: str, columns: dict, looks: Callable, say: Callable, rules: tuple = (), lines: int = 2
):
    """Draw rows from ``low`` to ``high``: a bar, marks at both ends (datum.end says which), text, vertical rules."""

    def marks(names: dict):
        place = _named(alt.Y, category, names[category], axis=alt.Axis(labelLimit=230))
        # Each row has its own numbers beside it: on the scale are those of points and rules.
        axis = alt.Axis(labelExpr=names["expression"], tickCount=4, labelFlush=False)
        result = {"type": "quantitative", "title": names["title"], "axis": axis}
        low, high = (alt.X(field=end, scale=alt.Scale(zero=False, padding=8), **result) for end in ("low", "high"))
        rows = alt.Chart().transform_filter("datum.role == 'point'").encode(y=place, yOffset="scenario:N")
        seen = rows.encode(x=low, opacity=_scenario_opacity(), tooltip="shown:N")
        layers = [seen.mark_rule(strokeWidth=6, color="#b5b5b5").encode(x2=alt.X2("high"))]
        for end, across in (("low", low), ("high", high)):
            point = seen.transform_calculate(end=f"'{words(f'end.{end}')}'")
            point = point.mark_point(filled=True, size=110, opacity=1, color=COLOURS[0])
            layers.append(point.encode(x=across, **looks(names)))
        text = rows.mark_text(align="left", fontSize=11, lineBreak="\n", lineHeight=14, dy=8 - 7 * lines)
        zero = alt.Chart().transform_filter("datum.role == 'zero'").mark_rule(color="#555")
        layers += [text.encode(text="shown:N", x=alt.XValue(RANGES_WIDTH + 8)), zero.encode(x=low)]
        if rules:
            marked = alt.Chart().transform_filter("datum.role == 'rule' || datum.role == 'rule_right'").encode(x=low)
            over = marked.mark_text(fontSize=12, color="#333").encode(text="shown:N", y=alt.YValue(-8))
            layers += [marked.mark_rule(color="#555", strokeDash=[3, 3]), over]
        step = alt.Step(8 + 14 * lines, **{"for": "offset"})
        return alt.layer(*layers).properties(width=RANGES_WIDTH, height=step)

    title, expression = _axis_words("result", columns["low"])
    names = _names(table, columns) | {"title": title, "expression": expression}
    return Figure(key, marks, names, table, columns, rules, to="high", say=say)


@_chart_type
def flow(table: pd.DataFrame, value: str, side: str, category: str, unit="yuan", tints=range(7), key="") -> Figure:
    """Draw what comes into an order and who gets it: ribbons as thick as their amounts, each with its name and number.

    The table has a numeric column ``value`` in ``unit``, a column ``side`` (in, out) and a ``category``; ``tints`` are
    the places of its categories' colours in COLOURS. Where it has a column ``scenario``, A is drawn pale, above B.
    """

    def marks(names: dict):
        scale = alt.Scale(domain=names[category], range=[COLOURS[n] if n < len(COLOURS) else "#777777" for n in tints])
        # A kept setting takes the upper half, the present one the lower.
        half = "datum.first == 'A' ? 0.46 * datum.{0} + (datum.scenario == 'A' ? 0 : 0.54) : datum.{0}"
        placed = alt.Chart().transform_joinaggregate(first="min(scenario)")
        placed = placed.transform_calculate(low_at=half.format("low"), high_at=half.format("high")).encode(
            x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("low_at:Q", axis=None, scale=alt.Scale(domain=[0, 1], reverse=True)),
            opacity=_scenario_opacity(),
        )
        colour = alt.Color(field=category, type="nominal", sort=names[category], legend=None, scale=scale)
        ribbon = placed.transform_filter("datum.kind == 'ribbon'").mark_area(line=False)
        layers = [ribbon.encode(y2="high_at", color=colour, tooltip=_tooltip(value, category), detail="scenario:N")]
        for kind, align, shift in (("in", "right", -6), ("out", "left", 6)):
            text = placed.transform_filter(f"datum.kind == '{kind}'")
            layers.append(text.mark_text(align=align, dx=shift, fontSize=12, color="#222").encode(text="told:N"))
        return alt.layer(*layers).properties(width=FLOW_WIDTH, height=270)

    columns = {value: unit, side: "", category: ""}
    return FlowFigure(key, marks, _names(table, columns), table, columns)


@_chart_type
def strips(table: pd.DataFrame, value: str, group: str, category: str, rules=(), key="") -> Figure:
    """Draw when something holds and how strongly: a strip of bars over dates for each category, in groups with a name.

    One row of the table is a span of dates, ``start`` to ``end``, with a numeric column ``value`` in its ``unit``, and
    so many ``merchants``. A bar is as thick as its value relative to the largest of its strip, which is written next to
    it. Colours are those of groups. ``rules`` names dates of its finding that vertical rules mark.
    """

    def marks(names: dict):
        strip = f"datum.{group} + '|' + datum.{category}"
        axis = alt.Axis(
            labelExpr="indexof(datum.value, '|') < 0 ? datum.value : split(datum.value, '|')[1]",
            labelFontSize=alt.condition("indexof(datum.value, '|') < 0", alt.value(14), alt.value(12)),
            labelAlign="left",
            labelPadding=names["padding"],
            labelLimit=260,
            **{"ticks": False, "domain": False},
        )
        points = alt.Chart().transform_filter("datum.role == 'point'").transform_calculate(strip=strip)
        points = points.transform_calculate(first="toDate(datum.start)", last="toDate(datum.end) + 864e5")
        points = points.transform_joinaggregate(low=f"min({value})", high=f"max({value})", groupby=["strip"])
        points = points.transform_calculate(strength=f"abs(datum.{value}) / max(abs(datum.low), abs(datum.high))")
        place = _named(alt.Y, "strip", names["strip"], axis=axis, scale=alt.Scale(domain=names["strip"]))
        points = points.encode(y=place, yOffset="scenario:N")
        months = alt.Axis(format=words("axis.month"), tickCount={"interval": "month", "step": 1}, labelAlign="left")
        ends = [f"{day:%Y-%m-%d}" for day in (FIRST, LAST + datetime.timedelta(1))]
        across = alt.X("first:T", title=None, axis=months, scale=alt.Scale(type="utc", domain=ends))
        told = [alt.Tooltip(f"{name}:N", title=label("column", name)) for name in ("start", "end", "merchants")]
        bar = points.mark_bar(strokeWidth=0.8, clip=True).encode(
            x=across,
            x2="last",
            size=alt.Size("strength:Q", scale=alt.Scale(domain=[0, 1], range=[1, 13]), legend=None),
            color=_named(alt.Color, group, names[group], COLOURS, legend=None),
            stroke=_named(alt.Stroke, group, names[group], COLOURS, legend=None),
            opacity=_scenario_opacity(),
            tooltip=[*_tooltip(value, group, category), *told],
        )
        largest = points.transform_window(
            order="row_number()", sort=[alt.SortField("strength", order="descending")], groupby=["strip", "scenario"]
        ).transform_filter("datum.order == 1")
        text = largest.mark_text(align="left", fontSize=12, color="#222")
        text = text.encode(text="shown:N", x=alt.XValue(STRIPS_WIDTH + 8))
        rule = alt.Chart().transform_filter("datum.role == 'rule'").transform_calculate(first="toDate(datum.start)")
        rule = rule.encode(x=across)
        over = rule.mark_text(fontSize=12, color="#333").encode(text="shown:N", y=alt.YValue(-8))
        chart = alt.layer(bar, text, rule.mark_rule(color="#555", strokeDash=[3, 3]), over)
        return chart.properties(width=STRIPS_WIDTH, height=alt.Step(17, **{"for": "offset"}))

    columns = {value: "@unit", group: "", category: ""}
    names, pairs = _names(table, columns), dict.fromkeys(zip(table[group], table[category], strict=True))
    shown = [(label(group, of), label(category, name)) for of, name in pairs]
    # The name of a group has a line of its own, above its strips.
    lines_of = {of: [of, *(f"{of}|{name}" for first, name in shown if first == of)] for of in names[group]}
    names["strip"] = [line for lines in lines_of.values() for line in lines]
    names["padding"] = 6.4 * max((display_width(name) for pair in shown for name in pair), default=0)
    return SpanFigure(key, marks, names, table, columns, tuple(rules))


def _named(channel: Callable, column: str, names: list[str], looks: list | None = None, **more):
    """A channel of a category: its names in this order, with a look each."""
    scale = {"scale": alt.Scale(domain=names, range=looks)} if looks else {}
    return channel(field=column, type="nominal", sort=names, title=None, **scale, **more)


def _names(table: pd.DataFrame, columns: dict[str, str]) -> dict:
    categories = [column for column, unit in columns.items() if not unit]
    return {column: [label(column, name) for name in dict.fromkeys(table[column])] for column in categories}


def _tooltip(value: str, *categories: str) -> list:
    named = [alt.Tooltip(field=column, type="nominal", title=label("column", column)) for column in categories]
    return [*named, alt.Tooltip("shown:N", title=label("column", value))]


def _axis(channel: Callable, column: str, unit: str, **more):
    title, expression = _axis_words(column, unit)
    axis = alt.Axis(labelExpr=expression, tickCount=5, labelFlush=False)
    return channel(field=column, type="quantitative", title=title, axis=axis, **more)


def _axis_words(column: str, unit: str) -> tuple[str, str]:
    """An axis has its unit in the title, and an expression that says its numbers in the reader's language."""
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
    title = label("column", column)
    if unit in ("yuan", "impressions", "hours", EXACT):
        title = words("axis.title", title=title, unit=words(f"unit.{unit}"))
    return title, expression


def _scenario_opacity():
    return alt.Opacity("scenario:N", scale=alt.Scale(domain=["A", "B"], range=[0.4, 1.0]), legend=None)
