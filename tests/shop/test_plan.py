"""The plan's numbers are those of the closed forms, however it is saved; nothing of a file becomes live."""

import datetime
import math
import re
from functools import cache

import openpyxl
import pytest
from click.testing import CliRunner
from make_samples import FOLDER, SAMPLES
from markupsafe import escape
from order_file_cases import CASES

import kit
from kit.cli.main import main
from kit.outcomes import fan_xing
from kit.paths import DATA
from kit.shop.offers import PROGRAMMES, Offer, break_even_discount, offers
from kit.shop.orders import read_orders
from kit.shop.plan import ShopPlan, plan_shop
from kit.shop.plan_excel import save_workbook
from kit.shop.plan_html import page, save_page, summary
from kit.shop.plan_text import (
    assumption_rows,
    break_evens,
    change_rows,
    notes,
    pivot,
    standing_rows,
    unused_counts,
    unused_rows,
)
from kit.shop.shop_metrics import measure_shop
from kit.shop.tipping_points import tipping_points
from kit.text import LANGUAGES, Refusal, label, language, number, speaking, words

both = pytest.mark.parametrize("lang", LANGUAGES)
samples = pytest.mark.parametrize("name", SAMPLES)
EVIL = ["=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x";"y")', "<script>alert(1)</script>", "\x0bell"]


@cache
def _planned(name: str, lang: str, changes: tuple) -> ShopPlan:
    return plan_shop(FOLDER / name, offer=Offer().but(dict(changes)))


def sample_plan(name: str, **changes) -> ShopPlan:
    """The plan of a sample in the language that is spoken, made once: tests read it and change nothing of it."""
    return _planned(name, language(), tuple(changes.items()))


def evil() -> bytes:
    rows = [f'A{n},2020-09-{n + 1:02d},100,"{cell.replace(chr(34), chr(34) * 2)}"' for n, cell in enumerate(EVIL)]
    return "\n".join(["=订单号,日期,实付款,退款金额", *rows, "A9,2020-09-09,100,0", "A10,2020-09-10,50,50"]).encode()


def reckoned(path) -> dict[str, float]:
    """Reckon a workbook's formulas from its cells, as a spreadsheet would."""
    book = openpyxl.load_workbook(path)
    known = {"IF": lambda test, yes, no: yes if test else no, "MIN": min, "MAX": max, "EXP": math.exp}
    for name, defined in book.defined_names.items():
        sheet, cell = re.fullmatch(r"'(.+)'!\$B\$(\d+)", defined.attr_text).groups()
        held = book[sheet][f"B{cell}"].value
        if isinstance(held, str):
            held = eval(re.sub(r"(?<![<>])=", "==", held[1:]).replace("^", "**"), {}, known)
        known[name] = held
    return known


@samples
def test_the_samples_are_made_by_their_script_and_read_whole(name):
    raw = (FOLDER / name).read_bytes()
    assert raw == SAMPLES[name]()
    assert name.startswith("made_")
    reading = read_orders(raw)
    assert reading.read == len(reading.lines) + len(reading.unused)
    if "belt" in name:
        assert reading.read == 30_000


@both
@samples
@pytest.mark.parametrize("changes", [{}, {"offer.discount": 0.3, "offer.deals": 10, "offer.commission": 0.35}])
def test_the_workbooks_formulas_give_the_closed_forms(name, lang, changes, tmp_path):
    with speaking(lang):
        plan = sample_plan(name, **changes)
        found = reckoned(save_workbook(plan, tmp_path / "plan.xlsx"))
    for key, (value, _) in plan.table.attrs["finding"].items():
        if f"r_{key}" in found:
            assert found[f"r_{key}"] == pytest.approx(value, rel=1e-9, abs=1e-9), key
    assert {f"r_{programme}" for programme in PROGRAMMES} <= set(found)


def test_a_number_that_is_changed_in_the_workbook_moves_the_plan(tmp_path):
    plan = sample_plan("made_jade_shop.csv")
    path = save_workbook(plan, tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(path)
    sheet, line = re.fullmatch(r"'(.+)'!\$B\$(\d+)", book.defined_names["s_margin"].attr_text).groups()
    book[sheet][f"B{line}"] = 0.7
    book.save(path)
    shop = plan.shop.model_copy(update={"margin": 0.7})
    moved = offers(plan.policy, shop, plan.offer, plan.assume).attrs["finding"]
    found = reckoned(path)
    for programme in ("before", *PROGRAMMES, "discount_even", "commission_even"):
        assert found[f"r_{programme}"] == pytest.approx(moved[programme][0], rel=1e-9)


@both
def test_the_page_shows_the_plans_numbers_and_asks_for_nothing(lang):
    with speaking(lang):
        plan = sample_plan("made_jade_shop.csv")
        shown = page(plan)
        for programme in PROGRAMMES:
            assert number(plan.table.attrs["finding"][programme][0], "yuan") in shown
        assert not re.search(r"<script|<link|<img|\bsrc=|@import|url\((?!#)", shown)
        assert set(re.findall(r"https?://[^\"' <)]+", shown)) <= {
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/1999/xlink",
        }
        ids = re.findall(r'\bid="([^"]+)"', shown)
        assert len(ids) == len(set(ids))


@both
def test_nothing_of_a_merchants_file_becomes_live(lang, tmp_path):
    with speaking(lang):
        plan = plan_shop(evil())
        book = openpyxl.load_workbook(save_workbook(plan, tmp_path / "plan.xlsx"))
        live = [c for s in book.worksheets for row in s.iter_rows() for c in row if c.data_type == "f"]
        assert {cell.parent.title for cell in live} == {words("sheet.plan"), words("sheet.steps")}
        assert not [cell for cell in live if "HYPERLINK" in cell.value or "SUM" in cell.value]
        cells = [c for row in book[words("sheet.unused")].iter_rows() for c in row if isinstance(c.value, str)]
        assert any(cell.value.startswith("=HYPERLINK") and cell.quotePrefix for cell in cells)
        assert "<script>" not in page(plan)
        assert "&lt;script&gt;" in page(plan)


@pytest.mark.parametrize(
    ("left", "fall", "elasticity"), [(0.5, 1, 4), (0.37, 0.95, 2.8), (0.64, 0.95, 2.8), (0.2, 0.95, 6)]
)
def test_the_break_even_discount_leaves_the_profit_as_it_was_and_the_best_is_best(left, fall, elasticity):
    even, best = break_even_discount(left, fall, elasticity)

    def profit(depth):
        return (left - fall * depth) * math.exp(elasticity * depth)

    assert profit(even) == pytest.approx(left)
    assert all(profit(best) >= profit(best + step) for step in (-0.01, 0.01))


@samples
def test_break_evens_of_a_plan_break_even(name):
    plan = sample_plan(name)
    finding = plan.table.attrs["finding"]

    def at(**moved):
        offer = plan.offer.model_copy(update=moved)
        return offers(plan.policy, plan.shop, offer, plan.assume).attrs["finding"]

    assert at(commission=finding["commission_even"][0])["alliance"][0] == pytest.approx(0, abs=1e-6)
    assert at(discount=finding["discount_even"][0])["coupon"][0] == pytest.approx(0, abs=1e-6)
    # A newcomer who places as many later orders as are needed pays the deal back, the false ones' too.
    lost, again = finding["deal_cost"][0], finding["again"][0]
    left = plan.shop.contribution(plan.assume.return_cost) - plan.assume.standard_fee
    gain = plan.shop.price * left * (1 - plan.shop.return_rate)
    assert (1 - plan.assume.sybil_share) * again * gain == pytest.approx(lost)


@samples
def test_fan_xing_in_the_plan_is_that_of_lesson_three(name):
    plan = sample_plan(name)
    for rule, programme in (("marginal", "fan_xing"), ("whole", "fan_xing_whole")):
        alone = fan_xing.worth(plan.policy.but({"fan_xing.reading": rule}), plan.shop, plan.assume)
        assert plan.table.attrs["finding"][programme] == alone.attrs["finding"]["total"]


def test_what_the_orders_show_is_what_a_pencil_finds():
    body = "A1,2020-09-01,100,0,60,甲\nA2,2020-09-02,300,300,180,乙\nA3,2020-09-04,200,0,120,甲\n"
    plan = plan_shop(("订单号,日期,实付款,退款金额,成本,买家昵称\n" + body).encode())
    found = {name: pair[0] for name, pair in plan.metrics.attrs["finding"].items()}
    wanted = {"orders": 3, "days": 4, "sales": 600, "kept": 300, "mean": 200, "median": 200, "return_rate": 0.5}
    wanted |= {"margin": 0.4, "repeat": 0.5, "daily_sales": 150}
    assert {name: found[name] for name in wanted} == pytest.approx(wanted)
    # 99,700 yuan to go at 75 a day: 1,330 days after the fourth.
    assert str(found["cap_day"]) == "2024-04-26"
    assert found["cap_early"] < found["cap_day"] < found["cap_late"]


def day(n: int) -> str:
    return str(datetime.date(2020, 9, 1) + datetime.timedelta(n))


def test_the_shops_own_buyers_take_the_place_of_the_assumed_retention():
    # Forty buyers on the first day; ten of them again after 20 days, five after 40, three on the same day twice.
    buys = [(b, 0) for b in range(40)] + [(b, 20) for b in range(10)] + [(b, 40) for b in range(20, 25)]
    buys += [(b, 0) for b in range(30, 33)] + [(99, 50), (99, 55)]
    rows = "".join(f"A{n},{day(at)},100,0,甲{buyer}\n" for n, (buyer, at) in enumerate(buys))
    plan = plan_shop(("订单号,日期,实付款,退款金额,买家昵称\n" + rows).encode())
    found = plan.metrics.attrs["finding"]
    assert found["watched"][0] == 40, "who first came within the last month cannot be followed"
    assert plan.assume.retention == found["retention"][0] == pytest.approx(10 / 40)
    assert plan.known == ("retention",)
    assumed = kit.assumptions()
    expected = offers(plan.policy, plan.shop, plan.offer, assumed.model_copy(update={"retention": 0.25}))
    assert plan.table.attrs["finding"]["newcomer"] == expected.attrs["finding"]["newcomer"]
    assert plan.table.attrs["finding"]["newcomer"] != offers(
        plan.policy, plan.shop, plan.offer, assumed
    ).attrs["finding"]["newcomer"]  # fmt: skip
    assert "assume.retention" not in {*plan.sensitivity()["lever"], *plan.tipping_points()["lever"]}
    assert (words("page.from_orders")) in {why for *_, why in assumption_rows(plan)}
    assert words("note.own_retention", n="40", share=(0.25, "share")) in notes(plan)


def test_too_few_buyers_leave_the_assumption_as_it_is():
    rows = "".join(f"A{n},{day(3 * n)},100,0,甲{n}\n" for n in range(29))
    plan = plan_shop(("订单号,日期,实付款,退款金额,买家昵称\n" + rows).encode())
    assert plan.metrics.attrs["finding"]["watched"][0] == 19
    assert plan.known == ()
    assert plan.assume.retention == kit.assumptions().retention


@both
def test_the_day_of_entry_is_stated_or_said_to_be_assumed_and_decides_fan_xing(lang):
    jade = FOLDER / "made_jade_shop.csv"
    with speaking(lang):
        assumed, october, late = (plan_shop(jade, entered=day) for day in (None, "2020-10-05", "2020-11-20"))
        assert words("note.entered_assumed", day=(assumed.shop.entered, "")) in notes(assumed)
        assert words("note.entered", day=(datetime.date(2020, 10, 5), "")) in notes(october)
        assert words("note.entered_outside") in notes(late)
        assert words("note.entered_outside") not in notes(october)
        turning = late.sensitivity().set_index("offered")
        assert (turning.loc["fan_xing", "lever"], turning.loc["fan_xing", "flips"]) == ("—", "no")
        assert words("note.entered_outside") in page(late)
    assert october.shop.entered == datetime.date(2020, 10, 5)
    assert late.table.attrs["finding"]["fan_xing"][0] == 0 < october.table.attrs["finding"]["fan_xing"][0]
    for wrong in ("soon", "2019-01-01"):
        with pytest.raises(Refusal):
            plan_shop(jade, entered=wrong)


@pytest.mark.parametrize("days", ["0", "-3", "much", "nan", "99999", "3 kg"])
def test_days_that_make_no_sense_are_refused_whether_the_file_has_dates_or_not(days):
    for raw in (b"Order ID,Amount\nA1,5\n", (FOLDER / "made_jade_shop.csv").read_bytes()):
        with pytest.raises(Refusal) as refused:
            plan_shop(raw, days=days)
        assert refused.value.code.startswith("lever_")


@samples
def test_where_a_plan_turns_the_gain_is_nought_and_beyond_it_has_the_other_sign(name):
    plan = sample_plan(name)
    turns = plan.tipping_points()
    assert len(turns) >= 4
    assert list(turns["change"].abs()) == sorted(turns["change"].abs())
    for turn in turns.to_dict("records"):
        group, _, field = turn["lever"].partition(".")

        def gain(value, group=group, field=field, turn=turn):
            subjects = {"shop": plan.shop, "offer": plan.offer, "assume": plan.assume}
            subjects[group] = subjects[group].model_copy(update={field: value})
            return offers(plan.policy, *subjects.values()).attrs["finding"][turn["offered"]][0]

        assert gain(turn["now"]) == pytest.approx(turn["gain"])
        step = 1e-4 * (turn["at"] - turn["now"])
        before, beyond = gain(turn["at"] - step), gain(turn["at"] + step)
        assert (before > 0 > beyond) if turn["to"] == "loss" else (before < 0 < beyond)


def test_assumptions_and_own_numbers_and_decisions_are_all_moved_but_what_the_orders_show():
    jade = sample_plan("made_jade_shop.csv")
    assert {"assume.price_elasticity", "shop.margin", "offer.discount"} <= set(jade.tipping_points()["lever"])
    # Where a newcomer's deal costs little, the assumed retention turns it; the shop's own is not moved.
    cheap = jade.shop.model_copy(update={"price": 60.0, "margin": 0.7}), jade.offer.but({"offer.deal_price": 10})
    moved = {name: set(tipping_points(jade.policy, *cheap, kit.assumptions(), known)["lever"])
             for name, known in (("assumed", ()), ("own", ("retention",)))}  # fmt: skip
    assert moved["assumed"] - moved["own"] == {"assume.retention"}


def test_a_margin_is_that_of_the_lines_whose_cost_is_known():
    plan = plan_shop(CASES["zh_costs"].raw)
    assert plan.shop.margin == pytest.approx(0.4)
    assert plan.metrics.attrs["finding"]["margin_from"][0] == "margin_from.costs"


@pytest.mark.parametrize(("a_day", "tier"), [(1, "tail"), (100, "waist"), (1_000, "head")])
def test_a_shop_is_of_the_size_class_that_its_orders_make_it(a_day, tier):
    reading = read_orders(b"Order ID,Amount\n" + b"".join(b"A%d,5\n" % n for n in range(a_day)))
    assert measure_shop(reading, kit.assumptions(), days=1).attrs["finding"]["tier"][0] == f"tier.{tier}"


def test_the_commission_at_which_the_alliance_turns_is_its_break_even():
    plan = sample_plan("made_belt_shop.zip")
    turns = plan.tipping_points().set_index(["offered", "lever"])
    even = plan.table.attrs["finding"]["commission_even"][0]
    assert turns.loc[("alliance", "offer.commission"), "at"] == pytest.approx(even)


@both
@samples
def test_every_form_of_the_plan_names_the_number_that_the_answer_turns_on(name, lang, tmp_path):
    with speaking(lang):
        plan = sample_plan(name)
        first = plan.tipping_points().iloc[0]
        said = pivot(plan)
        assert label("lever", first["lever"]) in said[0]
        assert number(first["at"], first["unit"]) in said[0]
        told, printed = summary(plan), page(plan)
        shown, text = told._repr_html_(), repr(told)
        book = openpyxl.load_workbook(save_workbook(plan, tmp_path / "plan.xlsx"))
        cells = [cell.value for row in book[words("sheet.plan")].iter_rows() for cell in row]
        for line in said:
            assert line in cells
            assert escape(line) in printed
            assert escape(line) in shown
            assert line in text


@both
def test_the_summary_holds_findings_break_evens_and_the_lines_not_used_with_their_reasons(lang):
    with speaking(lang):
        plan = sample_plan("made_jade_shop.csv")
        shown = summary(plan).formatted.replace(' style="text-align: left"', "")
        for row in (*standing_rows(plan), *change_rows(plan), *unused_rows(plan, 25)):
            assert "".join(f"<td>{escape(str(cell))}</td>" for cell in row) in shown.replace("th>", "td>")
        for line in (*break_evens(plan), *unused_counts(plan), *notes(plan)):
            assert escape(line) in shown
        assert len(plan.reading.unused) == 6
        clean = summary(sample_plan("made_belt_shop.zip"))
        assert words("page.all_used") in clean._repr_html_()


@both
@pytest.mark.parametrize("ending", ["xlsx", "html"])
def test_the_command_writes_the_plan_and_nothing_else(lang, ending, tmp_path):
    answer = CliRunner().invoke(
        main, ["plan", str(FOLDER / "made_jade_shop.csv"), "--lang", lang, "-o", str(tmp_path / f"plan.{ending}")]
    )
    assert answer.exit_code == 0, answer.output
    assert [path.name for path in tmp_path.iterdir()] == [f"plan.{ending}"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["missing.csv", "-o", "plan.xlsx"], "cannot be opened"),
        ([str(DATA / "datapackage.json"), "-o", "plan.xlsx"], "no column"),
        ([str(FOLDER / "made_jade_shop.csv"), "-o", "plan.pdf"], ".xlsx or .html"),
        ([str(FOLDER / "made_jade_shop.csv"), "-o", "nowhere/plan.xlsx"], "nowhere"),
        ([str(FOLDER / "made_jade_shop.csv"), "-o", "plan.xlsx", "--column", "sum=x"], "kind of column"),
        ([str(FOLDER / "made_liquor_streamer.csv"), "-o", "plan.xlsx", "--margin", "much"], "not a number"),
        ([str(FOLDER / "made_jade_shop.csv"), "-o", "plan.xlsx", "--days", "-3"], "outside"),
        ([str(FOLDER / "made_jade_shop.csv"), "-o", "plan.xlsx", "--entered", "soon"], "soon"),
    ],
)
def test_a_command_that_cannot_be_done_says_so_in_a_line_and_writes_nothing(arguments, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(main, ["plan", *arguments, "--lang", "en"])
    assert answer.exit_code == 1
    assert told in answer.output
    assert len(answer.output.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_midway_leaves_the_old_file_and_nothing_half(tmp_path, monkeypatch):
    plan = sample_plan("made_jade_shop.csv")
    path = tmp_path / "plan.html"
    path.write_text("before", encoding="utf-8")
    monkeypatch.setattr("kit.shop.plan_html.page", lambda plan: (_ for _ in ()).throw(Refusal("orders_broken")))
    with pytest.raises(Refusal):
        save_page(plan, path)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_one_day_of_orders_tells_no_band_of_the_day_of_the_cap():
    found = plan_shop("订单号,日期,实付款\nA1,2020-09-01,1000\n".encode()).metrics.attrs["finding"]
    assert found["cap_day"][0] == datetime.date(2020, 12, 9)
    assert found["cap_late"][0] == math.inf
