"""Every chart of the course, in both languages: valid, finite, legible, and told apart by more than colour."""

import io
import runpy
import subprocess
import sys
from functools import cache

import altair as alt
import pandas as pd
import pytest
import vl_convert
from altair.utils.schemapi import debug_mode
from PIL import Image, ImageFont

import kit
from kit.analysis import sensitivity
from kit.analysis.counterfactual import MERCHANTS, run_with_counterfactual
from kit.display.catalogue import _FIGURES, draw
from kit.display.chart_types import STRIPS_WIDTH, bars
from kit.display.figure import SPECS, Figure, wrap
from kit.display.lazy_altair import VEGA_LITE
from kit.display.live_chart import library_file
from kit.display.render import save
from kit.outcomes import (
    alliance_bookings,
    alliance_leaders,
    alliance_orders,
    august,
    autumn,
    fan_xing,
    newcomers,
    policy_effects,
    policy_schedule,
    provider_pay,
    provider_reviews,
    scenario_comparison,
)
from kit.paths import DATA, ROOT
from kit.shop import offers
from kit.text import LANGUAGES, Refusal, _table, speaking, words

PLAN, SHOP, ASSUME = kit.policy("fan_xing"), kit.my_shop(), kit.assumptions()
PARTNERS, PRIZED = kit.policy("providers"), ASSUME.but({"assume.badge_effect": "50 %"})
DEAL = kit.my_deal(price=99.99, passed=0.3, refunded=33.33)


@cache
def of_the_festival(name: str):
    """Tables of many runs, made once: where signs turn, and how far the net goes."""
    festival = kit.policy("festival")
    if name == "tipping_points":
        return sensitivity.tipping_points(policy_effects.gross_and_net, festival, ASSUME, result="net")
    return autumn.bands(festival, ASSUME, seeds=2, draws=2)


TABLES = {
    "fee_by_sales": lambda: fan_xing.fee_by_sales(PLAN, ASSUME),
    "kept_by_sales": lambda: fan_xing.kept_by_sales(PLAN, SHOP, ASSUME),
    "worth": lambda: fan_xing.worth(PLAN, SHOP, ASSUME),
    "credit_market": lambda: newcomers.credit_market(PLAN, ASSUME),
    "savings": lambda: newcomers.savings(PLAN, ASSUME),
    "coaching": lambda: newcomers.coaching(PLAN, SHOP, ASSUME),
    "account": lambda: newcomers.account(PLAN, ASSUME),
    "offers": lambda: offers.offers(kit.policy("announced_autumn"), SHOP, offers.Offer(), ASSUME),
    "merchant_month": lambda: august.merchant_month(ASSUME),
    "by_assumption": lambda: sensitivity.by_assumption(august.merchant_month, ASSUME, result="left"),
    "tipping_points": lambda: of_the_festival("tipping_points"),
    "bands": lambda: of_the_festival("bands"),
    "by_programme": lambda: autumn.by_programme(kit.policy("fan_xing"), ASSUME),
    "by_fact": lambda: sensitivity.by_fact(august.merchant_month, ASSUME, result="left"),
    "routes": lambda: august.routes(ASSUME),
    "needed": lambda: august.needed(ASSUME),
    "sizes": lambda: august.sizes(ASSUME),
    "lorenz": lambda: august.lorenz(ASSUME),
    "divisions": lambda: august.divisions(ASSUME),
    "split": lambda: alliance_orders.split(DEAL),
    "refunds": lambda: alliance_orders.refunds(DEAL),
    "fee_rules": lambda: alliance_orders.fee_rules(DEAL),
    "step_readings": lambda: alliance_orders.step_readings(DEAL),
    "matches": lambda: alliance_leaders.matches(alliance_leaders.Match(), ASSUME),
    "leader_rights": lambda: alliance_leaders.leader_rights(alliance_leaders.Match(), ASSUME),
    "endorsement": lambda: alliance_leaders.endorsement(alliance_leaders.Match(), ASSUME),
    "weekly_gain": lambda: policy_effects.weekly_gain(PLAN, ASSUME),
    "who_gains": lambda: policy_effects.who_gains(PLAN, ASSUME),
    "four_lines": lambda: policy_effects.four_lines(PLAN, ASSUME),
    "gross_and_net": lambda: policy_effects.gross_and_net(kit.policy("festival"), ASSUME),
    "dose_response": lambda: scenario_comparison.dose_response(kit.policy("ten_billion"), ASSUME, (0, 1, 4)),
    "money_beside": lambda: scenario_comparison.money_beside(
        {
            name: run_with_counterfactual(kit.policy(plan), ASSUME)
            for name, plan in (("A", "fan_xing"), ("B", "ten_billion"))
        }
    ),
    "policy_schedule": lambda: policy_schedule.policy_schedule(kit.policy("announced_autumn"), ASSUME),
    "effort_by_bar": lambda: provider_reviews.effort_by_bar(PARTNERS, PRIZED),
    "pay_on_results": lambda: provider_reviews.pay_on_results(PARTNERS, ASSUME),
    "tiers_in_the_end": lambda: provider_reviews.tiers_in_the_end(PARTNERS, ASSUME),
    "verdicts": lambda: provider_pay.verdicts(PARTNERS, ASSUME),
    "survivors": lambda: provider_pay.survivors(PARTNERS, ASSUME),
    "incomes": lambda: provider_pay.incomes(PARTNERS, ASSUME),
    "growth": lambda: provider_pay.growth(PARTNERS, ASSUME),
    "bar_in_market": lambda: provider_pay.bar_in_market(PARTNERS, PRIZED),
    "no_shows": lambda: alliance_bookings.no_shows(alliance_bookings.Booking(), ASSUME),
}
FONT = DATA / "fonts" / "NotoSansCJKsc-subset.otf"


FIGURES = [(name, lang) for name in TABLES for lang in LANGUAGES]


@pytest.fixture(scope="module", params=FIGURES, ids=lambda p: "-".join(p))
def drawn(request):
    """A chart and its language, drawn once for all tests of this file."""
    name, lang = request.param
    with speaking(lang):
        return draw(name, TABLES[name]()), lang


@pytest.fixture
def figure(drawn):
    figure, lang = drawn
    with speaking(lang):
        yield figure


def test_every_chart_of_the_course_is_looked_at_here():
    assert set(TABLES) == set(_FIGURES)


def test_the_specification_is_valid_vega_lite(figure):
    with debug_mode(False):  # the parts are not validated one by one: the whole is, before and after
        chart = alt.LayerChart.from_dict(figure.whole() | {"$schema": alt.SCHEMA_URL}, validate=True)
    assert chart.to_dict(validate=True)


def test_a_chart_can_be_layered_and_concatenated_as_any_other_of_altair(figure):
    chart = figure.chart()
    assert (chart | chart).to_dict(validate=True)
    assert (chart + alt.Chart().mark_rule()).to_dict(validate=True)
    assert chart.to_dict(validate=True)["title"]["text"] == figure.frame()["headline"]


def test_altair_draws_in_the_version_that_draws_everything_else():
    assert alt.SCHEMA_VERSION.startswith(f"v{VEGA_LITE}.")
    assert VEGA_LITE in vl_convert.get_vegalite_versions()
    assert f"-{VEGA_LITE}-" in library_file().name  # another version is another file in the cache


def test_the_stored_specifications_are_what_altair_writes_today(tmp_path):
    made = runpy.run_path(str(ROOT / "tools" / "charts" / "build.py"))["build"](tmp_path / "specs.json")
    stale = "run `make build`: kit/display/specs.json is not what the catalogue, chart types and words make"
    assert made.read_bytes() == SPECS.read_bytes(), stale


def test_a_stored_specification_filled_in_is_what_altair_makes_of_the_table(figure, monkeypatch):
    live = alt.NamedData("table"), alt.expr("headline"), alt.expr("footer")
    made = figure._on(figure.names, *live).to_dict(validate=False)
    monkeypatch.setattr(Figure, "template", None)
    stored = draw(figure.key, figure.table).spec
    for spec, own in ((made, ("$schema", "config")), (stored, ("usermeta", "config"))):
        for key in own:
            del spec[key]
    assert made == stored


@pytest.mark.parametrize(("result", "said"), [("required", "'~%'"), ("by_assumed", "'bn'")])
def test_the_axis_of_a_stored_chart_has_the_unit_of_the_result(result, said, monkeypatch):
    monkeypatch.setattr(Figure, "template", None)
    figure = draw("by_assumption", sensitivity.by_assumption(august.needed, ASSUME, result=result))
    axes = [layer["encoding"]["x"]["axis"] for layer in figure.spec["layer"][:3]]
    assert all(said in axis["labelExpr"] for axis in axes)


def test_a_lesson_does_not_load_altair_and_a_researcher_gets_its_chart_without_what_makes_it_slow():
    code = """
import sys, kit
from kit.analysis import sensitivity
from kit.display import html, render, tables
from kit.outcomes import alliance_orders, august, fan_xing, policy_schedule
from kit.text import speaking

plan, shop, assume = kit.policy("fan_xing"), kit.my_shop(), kit.assumptions()
worth = fan_xing.worth(plan, shop, assume)
for lang in ("en", "zh"):
    with speaking(lang):
        shown = [worth, august.lorenz(assume), august.routes(assume), alliance_orders.split(kit.my_deal())]
        shown += [sensitivity.by_assumption(august.merchant_month, assume, result="left")]
        shown += [policy_schedule.policy_schedule(plan, assume)]
        for table in shown:
            table.chart()._repr_mimebundle_()
            tables.table(table)._repr_html_()
        panel = kit.tune(plan, shop, assume, levers=["fan_xing.credit"], outcome=fan_xing.worth, predict="total")
        panel.set({"fan_xing.credit": 500})
        assert panel.live.frame["number"] > 0
        panel.summary()._repr_html_()
        html.figure("worth", worth)
        render.png(worth.chart().whole())
assert "altair" not in sys.modules and "jsonschema" not in sys.modules
chart = worth.chart().chart()
import altair
assert type(chart) is altair.LayerChart
assert "rfc3987_syntax" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_headline_description_and_footer_are_said(figure):
    frame = figure.frame()
    assert 1 <= len(frame["headline"]) <= 3
    assert all(line for line in frame["headline"])
    assert str(len(figure.table.attrs["rests_on"])) in frame["footer"]
    assert frame["footer"] in frame["description"]


def test_the_footer_says_whether_a_chart_comes_from_a_formula_or_from_the_simulator(figure):
    of_the_market = {
        "bands",
        "by_programme",
        "tipping_points",
        "weekly_gain",
        "who_gains",
        "four_lines",
        "gross_and_net",
    }
    of_the_market |= {"dose_response", "money_beside", "policy_schedule"}
    of_providers = {"verdicts", "survivors", "incomes", "growth", "bar_in_market"}
    made = "_market" if figure.key in of_the_market else "_simulated" if figure.key in of_providers else ""
    told = {"n": len(figure.table.attrs["rests_on"]), "merchants": (MERCHANTS, "merchants")}
    for kept, ending in ((None, ""), (figure.table, "_kept")):
        assert figure.frame(kept=kept)["footer"] == words(f"chart.footer{made}{ending}", **told)


def test_no_column_or_category_is_left_without_a_word(figure):
    spec = str(figure.whole())
    for column, unit in figure.columns.items():
        assert f"'{column}'" in spec
        if not unit:
            shown = {row[column] for row in figure.frame()["rows"] if row["role"] == "point"}
            assert shown == {words(f"{column}.{name}") for name in figure.table[column]}


def test_lines_differ_by_dash_and_bars_by_their_written_numbers(figure):
    texts = [layer["encoding"].get("text", {}).get("field") for layer in figure.spec["layer"]]
    assert "strokeDash" in str(figure.spec) or {"shown", "written", "told"} & set(texts)


def items(graph: dict, kind: str) -> list[dict]:
    """The marks of one kind in a scene as Vega lays it out."""
    if graph.get("marktype") == kind:
        return graph["items"]
    return [item for part in graph.get("items", []) for item in items(part, kind)]


def test_the_number_of_a_stacked_bar_stands_in_its_own_bar_where_a_small_one_has_none():
    rows = {"verdict": ["gone"] * 3, "providers": [8.0, 3.0, 11.0], "provider": ["training", "mcn", "belt"]}
    chart = bars(pd.DataFrame(rows), "providers", "verdict", "provider", "providers", stacked=True, least=0.5)
    scene = vl_convert.vegalite_to_scenegraph(chart.to_dict(), vl_version=VEGA_LITE)["scenegraph"]
    middles = {item["text"]: item["x"] for item in items(scene, "text") if item.get("text") in ("8", "3", "11")}
    ends = sorted((item["x"], item["x"] + item["width"]) for item in items(scene, "rect") if item.get("height", 0) < 30)
    assert list(middles) == ["8", "11"]
    assert middles["8"] == pytest.approx(sum(ends[0]) / 2)
    assert middles["11"] == pytest.approx(sum(ends[-1]) / 2)


def test_what_the_platform_gives_is_drawn_below_zero():
    table = policy_effects.four_lines(kit.policy("ten_billion"), ASSUME)
    drawn = {row["line"]: (row["yuan"], row["shown"]) for row in draw("four_lines", table).frame()["rows"]}
    subsidy = table.set_index("line")["yuan"]["subsidy"]
    assert subsidy > 0
    assert drawn[words("line.subsidy")] == (pytest.approx(-subsidy, rel=1e-5), kit.number(-subsidy, "yuan"))


def test_a_strip_says_its_largest_value_and_stands_on_its_own_days():
    figure = draw("policy_schedule", TABLES["policy_schedule"]())
    scene = vl_convert.vegalite_to_scenegraph(figure.chart().to_dict(), vl_version=VEGA_LITE)["scenegraph"]
    spans = [item for item in items(scene, "rect") if words("policy_effect.waiting") in item["description"]]
    waiting = sorted(spans, key=lambda span: span["x"])
    heights = [bar["height"] for bar in waiting]
    assert len(waiting) == 7
    assert heights == sorted(heights)
    assert heights[-1] == pytest.approx(13)
    day = STRIPS_WIDTH / 182
    assert waiting[0]["x"] == pytest.approx(83 * day)
    assert waiting[0]["width"] == pytest.approx(day)
    beside = [item for item in items(scene, "text") if item.get("text") == kit.number(0.21496, "log points")]
    assert [round(item["y"]) for item in beside] == [round(waiting[0]["y"] + heights[0] / 2)]


def test_the_main_day_has_a_rule_where_there_is_a_festival():
    for name, days in (("festival", ["2020-11-06"]), ("fan_xing", [])):
        rows = draw("policy_schedule", policy_schedule.policy_schedule(kit.policy(name), ASSUME)).frame()["rows"]
        assert [row["start"] for row in rows if row["role"] == "rule"] == days


def test_what_is_left_out_of_a_chart_stays_out_of_every_frame():
    table = TABLES["dose_response"]()
    figure = draw("dose_response", table)
    assert "gross" in set(table["measure"])
    assert figure.frame(table)["rows"] == figure.frame()["rows"]


def test_zero_has_a_line_where_a_range_reaches_over_it():
    table = sensitivity.by_assumption(august.merchant_month, ASSUME, result="left")
    for shown, lines in ((table, 0), (table.assign(low=-table["low"]), 1)):
        roles = [row["role"] for row in draw("by_assumption", shown).frame()["rows"]]
        assert roles.count("zero") == lines


def test_the_ends_of_a_range_differ_by_shape_and_its_numbers_are_written():
    table = sensitivity.by_assumption(august.merchant_month, ASSUME, result="left")
    figure = draw("by_assumption", table)
    shapes = [layer["encoding"].get("shape", {}) for layer in figure.spec["layer"]]
    assert [shape["scale"]["range"] for shape in shapes if shape] == [["circle", "square"]] * 2
    rows = figure.frame()["rows"]
    assert [row["shown"] for row in rows if row["role"] != "point"] == ["as assumed: 7,669 yuan"]
    margin = next(row for row in rows if row.get("lever") == words("lever.assume.merchant_margin"))
    assert margin["shown"].split("\n") == ["25% → 3,924", "60% → 12,663"]


def test_a_route_says_how_it_is_meant_and_how_far_it_can_be_trusted():
    rows = {row["route"]: row for row in draw("routes", TABLES["routes"]()).frame()["rows"]}
    assert rows[words("route.orders_price")]["shown"].split("\n") == ["at least 35bn yuan", words("basis.weak")]
    assert rows[words("route.market_share")]["shown"].startswith("23.62bn yuan to 31.5bn yuan")


def test_a_kept_setting_is_drawn_first_and_pale(figure):
    rows = figure.frame(figure.table, kept=figure.table)["rows"]
    scenarios = [row["scenario"] for row in rows]
    assert scenarios == sorted(scenarios)
    assert set(scenarios) == {"A", "B"}
    assert "'domain': ['A', 'B'], 'range': [0.4, 1.0]" in str(figure.spec)


def test_what_cannot_be_drawn_is_refused(figure):
    spoiled = figure.table.copy()
    spoiled.attrs = figure.table.attrs
    number = next(column for column, unit in figure.columns.items() if unit)
    spoiled.loc[0, number] = float("nan")
    with pytest.raises(ValueError, match="cannot be drawn"):
        figure.frame(spoiled)


def test_the_picture_shows_something(figure):
    import base64

    from kit.display.render import png

    with Image.open(io.BytesIO(base64.b64decode(png(figure.whole())))) as picture:
        # Pictures are drawn one and a half times as large; a chart fits beside the file list of a small laptop.
        assert 300 < picture.width / 1.5 < 610
        assert len(picture.convert("RGB").getcolors()) > 10


def test_charts_side_by_side_are_saved_in_the_fonts_of_the_course(tmp_path):
    with speaking("zh"):
        both = [draw(name, TABLES[name]()).chart() for name in ("worth", "fee_by_sales")]
    saved = save(alt.hconcat(*both), tmp_path / "both.svg").read_text(encoding="utf-8")
    assert "Noto Sans CJK SC" in saved
    assert saved.count("公式直接推算") == 2
    with Image.open(save(alt.vconcat(*both), tmp_path / "both.png")) as picture:
        assert picture.width > 1000


def test_the_font_has_every_character_that_a_chart_can_show():
    font = ImageFont.truetype(str(FONT), 20)
    missing = bytes(font.getmask("\U0010fffd"))
    shown = {mark for row in _table().values() for lang in LANGUAGES for mark in row[lang] if not mark.isspace()}
    assert [mark for mark in sorted(shown) if bytes(font.getmask(mark)) == missing] == []


def test_an_unknown_chart_is_refused_by_name():
    with pytest.raises(Refusal, match="no chart 'pie'; there are: fee_by_sales"):
        draw("pie", TABLES["worth"]())


def test_chinese_headlines_keep_numbers_whole_and_break_after_a_stop():
    with speaking("zh"):
        lines = wrap(
            "每天发放20万元粉条额度，自掏腰包的商家少掉19.1%的曝光；流量满载时少掉26.1%，一份粉条买到7,391次曝光"
        )
        assert len(lines) > 1
        assert lines[0][-1] in "，；"
        assert all(number in " ".join(lines) for number in ("19.1%", "26.1%", "7,391"))
        lines = wrap(
            "GMV净效果：按假设是28.35亿元，五项关键假设各取两端时在-8,600万元到62.5亿元之间；其中1项能让正负反过来"
        )
        assert all(number in " ".join(lines) for number in ("28.35亿元", "-8,600万元", "62.5亿元"))
