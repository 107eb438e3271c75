"""The catalogue: how the course draws each of its tables."""

from functools import partial

import pandas as pd

from kit.display import chart_types
from kit.display.figure import Figure
from kit.text import EXACT, Refusal, words

bands, bars, flow, lines, ranges, strips, tornado = (
    getattr(chart_types, name).figure for name in ("bands", "bars", "flow", "lines", "ranges", "strips", "tornado")
)
SHARES, SCORES = ("share", "share"), ("standard scores", "standard scores")
_FIGURES = {
    "fee_by_sales": partial(lines, x="sales", y="fee", series="rule", rules=("cap",)),
    "kept_by_sales": partial(lines, x="sales", y="kept", series="rule", rules=("cap", "back")),
    "worth": partial(bars, value="yuan", category="part"),
    "credit_market": partial(bars, value="impressions", category="market", series="who", unit="impressions"),
    "savings": partial(bars, value="share", category="size", series="measure", unit="share"),
    "coaching": partial(lines, x="hours", y="yuan", series="who", units=("hours", "yuan"), rules=("given",)),
    "offers": partial(bars, value="gain", category="offered"),
    "account": partial(bars, value="yuan", category="line"),
    "merchant_month": partial(bars, value="money", category="step"),
    "by_assumption": tornado,
    "tipping_points": partial(tornado, lines=3),
    "bands": bands,
    "by_programme": partial(bars, value="gmv", category="programme", series="measure"),
    "by_fact": partial(bars, value="change", category="fact", unit="share"),
    "routes": partial(ranges, category="route", series="basis"),
    "needed": partial(lines, x="commerce", y="conversion", series="curve", units=SHARES, rules=("commerce",)),
    "sizes": partial(bars, value="share", category="group", series="measure", unit="share"),
    "lorenz": partial(lines, x="smallest", y="held", series="law", units=SHARES),
    "divisions": partial(bars, value="share", category="division", series="measure", unit="share"),
    "split": partial(flow, value="paid", side="side", category="flow", unit=EXACT, tints=(0, 1, 2, 3, 4, 6, 5, 0, 1)),
    "refunds": partial(bars, value="taken", category="part", series="way", unit=EXACT),
    "fee_rules": partial(
        lines, x="commission_rate", y="kept_of_it", series="rule", units=("share", "yuan"), rules=("even",)
    ),
    "step_readings": partial(lines, x="sold", y="earned", series="reading", units=("orders", "yuan"), rules=("after",)),
    "matches": partial(bars, value="matches", category="how", unit="matches"),
    "leader_rights": partial(bars, value="added", category="right", unit="matches"),
    "endorsement": partial(bars, value="accepting", category="label", unit="share"),
    "weekly_gain": partial(lines, x="week", y="more", series="seller", units=("weeks", "yuan")),
    "who_gains": partial(bars, value="yuan", category="party"),
    "four_lines": partial(bars, value="yuan", category="line", costs=("subsidy", "credit", "displaced")),
    "gross_and_net": partial(bars, value="gmv", category="measure"),
    "dose_response": partial(lines, x="dose", y="effect", series="measure", units=("times", "yuan"), leaving="gross"),
    "money_beside": partial(bars, value="effect", category="measure", series="option"),
    "policy_schedule": partial(strips, value="value", group="programme", category="policy_effect", rules=("main_day",)),
    "effort_by_bar": partial(lines, x="above", y="effort", series="clients", units=SCORES, rules=("edge",)),
    "pay_on_results": partial(lines, x="caseload", y="followed", series="judged", units=("merchants", "share")),
    "tiers_in_the_end": partial(bars, value="share", category="rung", series="able", unit="share"),
    "verdicts": partial(
        bars, value="providers", category="verdict", series="provider", unit="providers", stacked=True, least=0.2
    ),
    "survivors": partial(bars, value="share", category="category", series="pay", unit="share"),
    "incomes": partial(bars, value="monthly", category="provider", series="pay"),
    "growth": partial(bars, value="outgrown", category="pay", series="kind", unit="share"),
    "bar_in_market": partial(lines, x="mark", y="effort", series="who", units=SCORES),
    "no_shows": partial(bars, value="loss", category="design", series="bearer", stacked=True, least=0.09),
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
