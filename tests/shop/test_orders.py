"""A merchant's orders are read as they are: the right totals or the right refusal, and no row is lost in silence."""

import io
import math

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from order_file_cases import CASES

from kit.shop.order_cells import amount, day
from kit.shop.orders import REASONS, Reading, read_orders
from kit.text import LANGUAGES, Refusal, has, speaking, words


def whole(reading: Reading) -> bool:
    """Every row that was read is used or listed, once."""
    lines = [*reading.lines["line"], *reading.unused["line"]]
    assert reading.read == len(reading.lines) + len(reading.unused)
    assert len(set(lines)) == len(lines)
    assert set(reading.unused["reason"]) <= set(REASONS)
    assert (reading.lines[["amount", "refund"]] >= 0).all().all()
    orders = reading.orders()
    assert math.isclose(orders["amount"].sum(), reading.lines["amount"].sum(), abs_tol=1e-6)
    assert (orders["refund"] <= orders["amount"] + 0.01).all()
    return True


def test_there_are_enough_order_file_cases_and_half_of_them_are_chinese():
    assert len(CASES) >= 40
    assert sum(name.startswith("zh_") for name in CASES) >= len(CASES) / 2


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_an_awkward_file_gives_the_right_totals_or_the_right_refusal(case):
    if case.refusal:
        with pytest.raises(Refusal) as refused:
            read_orders(case.raw, case.columns)
        assert refused.value.code == case.refusal
        for lang in LANGUAGES:
            with speaking(lang):
                assert "\n" not in str(refused.value)
        return
    reading = read_orders(case.raw, case.columns)
    assert whole(reading)
    totals = reading.read, len(reading.lines), reading.lines["amount"].sum(), reading.lines["refund"].sum()
    assert totals == pytest.approx(case.totals), reading.unused
    assert reading.unused.groupby("reason")["line"].apply(list).to_dict() == case.reasons
    assert {code for code, _ in reading.notes} >= set(case.notes)
    for lang in LANGUAGES:
        with speaking(lang):
            assert all(words(f"note.{code}", **fields) for code, fields in reading.notes)


def test_every_reason_has_its_words():
    assert all(has(f"unused.{reason}") for reason in REASONS)


def test_each_of_the_styles_of_dates_is_the_same_day():
    reading = read_orders(CASES["zh_dates"].raw)
    assert {str(date.date()) for date in reading.lines["date"]} == {"2020-09-03"}


cell = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "A1", "A2", "2020-09-01", "44077", "100", "¥1,234", "1.2万", "已退款", "合计", "-5", '"', "=1+1", "1e999"]
    ),
)
table = st.lists(st.lists(cell, min_size=1, max_size=6), max_size=12)
HEAD = ["订单编号", "下单时间", "实付款", "退款金额", "订单状态", "商品成本"]


@settings(max_examples=300)
@given(table, st.sampled_from([",", "\t", ";"]), st.sampled_from(["utf-8", "gb18030", "utf-8-sig", "utf-16"]))
@example([["A1", "2020-09-01", '"100']], ",", "utf-8")
def test_whatever_stands_in_the_cells_of_a_text_no_row_is_lost(rows, mark, encoding):
    raw = "\n".join(mark.join(row) for row in [HEAD, *rows]).encode(encoding, "replace")
    try:
        assert whole(read_orders(raw))
    except Refusal as refusal:
        _ = str(refusal)


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), cell, st.datetimes()), max_size=7),
        max_size=8,
    )
)
def test_whatever_stands_in_the_cells_of_a_workbook_no_row_is_lost(rows):
    made = openpyxl.Workbook()
    made.active.append(HEAD)
    for row in rows:
        made.active.append(
            [openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", c) if isinstance(c, str) else c for c in row]
        )
    held = io.BytesIO()
    made.save(held)
    try:
        assert whole(read_orders(held.getvalue()))
    except Refusal as refusal:
        _ = str(refusal)


@settings(max_examples=300)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", "订单编号,下单时间,实付款\n".encode("gbk"), b"\xff\xfe"]),
)
def test_any_bytes_are_read_or_refused(raw, start):
    try:
        assert whole(read_orders(start + raw))
    except Refusal as refusal:
        _ = str(refusal)


@given(st.text(max_size=30))
def test_any_cell_is_a_number_and_a_day_or_neither(written):
    found = amount(written)
    assert found is None or math.isfinite(found[0])
    assert day(written) is None or day(written) > 0


@pytest.mark.parametrize(
    ("head", "cells", "costs"),
    [
        ("商品成本", ["60", "-5"], [60, None]),
        ("单件成本,数量", ["20,3", "20,x"], [60, None]),
        ("单件成本", ["20", ""], [20, None]),
        ("毛利率", ["30%", "30"], [70, 70]),
        ("毛利率", ["0.3", "300%"], [70, None]),
    ],
)
def test_a_lines_cost_is_told_whole_a_piece_or_by_its_margin(head, cells, costs):
    rows = "".join(f"A{n},2020-09-01,100,{cell}\n" for n, cell in enumerate(cells))
    found = read_orders(f"订单号,日期,实付款,{head}\n{rows}".encode()).lines["cost"]
    assert [None if math.isnan(cost) else pytest.approx(cost) for cost in found] == costs
