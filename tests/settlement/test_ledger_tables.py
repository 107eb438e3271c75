"""Tables into the ledger and out of it: bad rows refused with row and reason, statements, checks, files."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from oracles.reference_ledger import book_credit
from order_histories import lived, made_events, made_orders

from kit.settlement import statements
from kit.settlement.batch import settle
from kit.settlement.book import open_orders, replay
from kit.settlement.entitlements import ACCOUNTS, MOST_CENTS, Rates
from kit.settlement.import_tables import events, orders, read_file
from kit.settlement.journal import WIDTH
from kit.settlement.ledger import DAY, Ledger
from kit.settlement.statements import balance_sheet, check, statement
from kit.text import LANGUAGES, Refusal, speaking, words


def good_orders(count=4) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "order_id": [f"A{n}" for n in range(count)],
            "baseAmount": 9_900,
            "coupon": 2_000,
            "techRate": 50,
            "commissionRate": 200,
            "serviceRate": 100,
            "regimentalPromotionRate": 10,
            "supplyChain": "S1",
            "promoter": "P1",
            "leader": "L1",
        }
    )


def spoiled(column: str, cell, row=1) -> pd.DataFrame:
    table = good_orders().astype({column: object})
    table.loc[row, column] = cell
    return table


# Orders


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("baseAmount", -9_900, "base_amount"),
        ("baseAmount", 0, "base_amount"),
        ("baseAmount", MOST_CENTS + 1, "base_amount"),
        ("baseAmount", "99.00", "cents"),
        ("baseAmount", 99.5, "cents"),
        ("baseAmount", "99元", "cents"),
        ("baseAmount", "", "cents"),
        ("baseAmount", None, "cents"),
        ("baseAmount", "9" * 30, "cents"),
        ("coupon", -1, "coupon_amount"),
        ("coupon", 9_901, "coupon_amount"),
        ("commissionRate", 950, "rates_sum"),
        ("commissionRate", 1_001, "per_mille"),
        ("commissionRate", -1, "per_mille"),
        ("commissionRate", "20%", "cents"),
        ("commissionRate", 0.2, "cents"),
        ("order_id", "", "cell_empty"),
        ("order_id", "A0", "order_twice"),
        ("supplyChain", "", "cell_empty"),
        ("promoter", None, "cell_empty"),
        ("leader", " ", "cell_empty"),
    ],
)
def test_a_bad_order_is_refused_with_its_row_and_reason_and_the_good_ones_are_kept(column, cell, reason):
    for settled_at_once in (True, False):
        table, ledger = spoiled(column, cell), Ledger()
        if settled_at_once:
            out, read = settle(table)
            taken, refused = list(out["order_id"]), read.refused
        else:
            done = open_orders(ledger, table)
            taken, refused = list(ledger.orders), done.refused
            assert done.posted == 3
        assert taken == ["A0", "A2", "A3"]
        assert refused[["row", "reason"]].values.tolist() == [[3, reason]]
        assert refused["why"].item()


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [("refunded", -1, "refunded"), ("refunded", 9_901, "refunded"), ("cpsOrderStatus", 70, "state")],
)
def test_a_state_that_cannot_be_is_refused_with_its_row(column, cell, reason):
    table = good_orders().assign(
        **{column: [0 if column == "refunded" else 60, cell, 60 if column != "refunded" else 0, 0]}
    )
    out, read = settle(table)
    assert list(out["order_id"]) == ["A0", "A2", "A3"]
    assert read.refused[["row", "reason"]].values.tolist() == [[3, reason]]


def test_one_bad_cell_that_makes_floats_of_a_column_costs_its_own_row_alone():
    table = good_orders().assign(baseAmount=[9_900, 9_900.5, np.nan, 9_900])
    read = orders(table)
    assert read.refused["row"].tolist() == [3, 4]
    assert read.good["baseAmount"].tolist() == [9_900, 9_900]
    assert read.good["baseAmount"].dtype == np.int64


@pytest.mark.parametrize("column", ["order_id", "baseAmount", "techRate", "supplyChain"])
def test_a_missing_column_is_named(column):
    with pytest.raises(Refusal, match=f"{column}; the table has"):
        orders(good_orders().drop(columns=column))


def test_orders_without_coupon_and_leader_need_no_such_columns():
    table = good_orders().drop(columns=["coupon", "leader"]).assign(regimentalPromotionRate=0)
    out, read = settle(table)
    assert read.refused.empty
    assert (out["leader"] == 0).all()
    assert out["platform_subsidy"].sum() == 0


def test_reasons_are_said_in_the_readers_language():
    for lang in LANGUAGES:
        with speaking(lang):
            why = orders(spoiled("baseAmount", "99.00")).refused["why"].item()
            assert why == words("refusal.cents", column="baseAmount", value="99.00")


# Events

STEPS = [("A1", 1, "paid", "2020-09-01", ""), ("A1", 2, "received", "2020-09-04 20:15:00", "")]


def table_of(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["order_id", "event_seq", "event", "time", "amount"])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("A1", 3, "refunded", "2020-09-05", 9_901), "refund_above"),
        (("A1", 3, "refunded", "2020-09-05", "33.33"), "cents"),
        (("A9", 1, "paid", "2020-09-05", ""), "order_unknown"),
        (("A1", 2, "received", "2020-09-04 20:15:00", ""), "event_twice"),
        (("A1", 4, "settled", "2020-09-25", ""), "out_of_order"),
        (("A1", 3, "settled", "2020-09-05", ""), "too_early"),
        (("A1", 3, "settled", "on Monday", ""), "date"),
        (("A1", 3, "settled", "2020-02-30", ""), "date"),
        (("A1", "x", "settled", "2020-09-25", ""), "cents"),
        (("A1", 3, "shipped", "2020-09-25", ""), "event_unknown"),
    ],
)
def test_a_bad_event_is_refused_with_its_row_and_reason_and_the_good_ones_are_posted(row, reason):
    ledger = Ledger()
    open_orders(ledger, good_orders())
    done = replay(ledger, table_of(*STEPS, row, ("A2", 1, "paid", "2020-09-01", "")))
    assert done.posted == 3
    assert done.refused[["row", "order_id", "reason"]].values.tolist() == [[4, row[0], reason]]
    assert len(ledger.journal) == 3
    assert check(ledger)["holds"].all()


def test_a_mended_table_is_replayed_and_posts_only_what_was_missing():
    ledger = Ledger()
    open_orders(ledger, good_orders())
    rows = [*STEPS, ("A1", 3, "refunded", "2020-09-05", 99_999), ("A1", 4, "settled", "2020-09-25", "")]
    assert set(replay(ledger, table_of(*rows)).refused["reason"]) == {"refund_above", "out_of_order"}
    rows[2] = ("A1", 3, "refunded", "2020-09-05", 3_333)
    done = replay(ledger, table_of(*rows))
    assert done.posted == 2
    assert ledger.balances()["supply_chain"] == 4_861


@pytest.mark.parametrize(
    "time", ["2020-09-22T12:15:00Z", "2020-09-22T20:15:00+08:00", "2020-09-22 12:15:00", "1600776900000"]
)
def test_a_time_is_read_as_people_and_platforms_write_it(time):
    read = events(table_of(("A1", 1, "paid", time, ""), ("A1", 2, "paid", "2020-09-22", ""), ("A1", 3, "paid", "", "")))
    assert read.good["time"].tolist() == [1_600_776_900, 1_600_732_800]
    assert read.refused[["row", "reason"]].values.tolist() == [[4, "date"]]


def test_times_that_are_no_text_are_read_too():
    days = pd.to_datetime(["2020-09-22", None])
    for times in (days, days.tz_localize("Asia/Shanghai").tz_convert("UTC") + pd.Timedelta(hours=8)):
        read = events(table_of(*STEPS).assign(time=times))
        assert read.good["time"].tolist() == [1_600_732_800]
    whole = events(table_of(*STEPS).assign(time=[1_600_776_900_000, 5]))
    assert (whole.good["time"].tolist(), len(whole.refused)) == ([1_600_776_900], 1)


def test_empty_tables_are_no_error():
    empty = good_orders().head(0)
    out, read = settle(empty)
    assert (len(out), len(read.refused)) == (0, 0)
    ledger = Ledger()
    assert open_orders(ledger, empty).posted == replay(ledger, table_of().head(0)).posted == 0


def test_an_event_table_without_its_time_is_refused():
    with pytest.raises(Refusal, match="time"):
        events(table_of(*STEPS).drop(columns="time"))


# Statements and checks


@pytest.fixture(scope="module")
def book() -> Ledger:
    table = made_orders(200, seed=116)
    return lived(table, made_events(table, seed=116))


def test_statements_of_all_parties_add_up_to_the_balances(book):
    balances = book.balances()
    for account in ACCOUNTS:
        for period in ("day", "month"):
            rows = statement(book.journal, account, period=period)
            assert rows["cents"].sum() == balances[account]
            last = rows.groupby("party")["balance"].last().sum()
            assert last == balances[account]
    by_party = sum(statement(book.journal, "promoter", party=f"P{n}")["cents"].sum() for n in range(1, 5))
    assert by_party == balances["promoter"]
    sheet = balance_sheet(book.journal).set_index("account")["cents"]
    assert sheet["total"] == 0
    assert sheet.drop("total").to_dict() == balances


def test_a_statement_goes_by_period_and_names_the_events():
    ledger = Ledger()
    ledger.open("A1", 9_900, 2_000, Rates(50, 200, 100, 10), ("S1", "P1", "L1", ""))
    september = 18_506 * DAY  # 1 September 2020
    for seq, (event, day, amount) in enumerate(
        [("paid", 0, 0), ("received", 3, 0), ("settled", 10, 0), ("refunded", 40, 3_333)], start=1
    ):
        ledger.apply("A1", seq, event, september + day * DAY, amount)
    rows = statement(ledger.journal, "promoter", "P1")
    assert rows[["period", "event", "entries", "cents", "balance"]].values.tolist() == [
        ["2020-09", "settled", 1, 1_782, 1_782],
        ["2020-10", "refunded", 1, -600, 1_182],
    ]


def test_promotion_credit_is_not_in_a_statement_of_cash():
    table = made_orders(50, seed=2)
    ledger = lived(table, made_events(table, seed=2))
    before = statement(ledger.journal, "promoter")
    book_credit(ledger, "P1", 20_000, 0)
    assert statement(ledger.journal, "promoter").equals(before)
    assert check(ledger)["holds"].all()


@pytest.mark.parametrize(
    "asked", [("promotor", None, "month"), ("promoter", "P77", "month"), ("promoter", None, "week")]
)
def test_a_statement_of_what_there_is_not_is_refused_by_name(book, asked):
    with pytest.raises(Refusal, match="there are"):
        statement(book.journal, *asked)


def test_a_sound_book_passes_every_check(book):
    found = check(book)
    assert found["holds"].all()
    assert found.set_index("check").loc["escrow", "found"] > 0


def test_an_empty_book_passes_every_check():
    assert check(Ledger())["holds"].all()
    assert balance_sheet(Ledger().journal)["cents"].tolist() == [0] * (len(ACCOUNTS) + 1)


@pytest.mark.parametrize(
    ("accounts", "caught"),
    [
        (("promoter",), {"cash_sum", "worst_journal", "orders_astray"}),
        (("promoter", "leader"), {"orders_astray"}),
        (("escrow", "leader"), {"escrow", "escrow_closed", "orders_astray"}),
    ],
)
def test_a_book_that_was_tampered_with_fails_just_the_checks_that_are_there_for_it(accounts, caught):
    ledger = Ledger()
    ledger.open("A1", 9_900, 0, Rates(50, 200, 100, 10))
    for seq, event in enumerate(["paid", "received", "settled"], start=1):
        ledger.apply("A1", seq, event, seq * 10 * DAY)
    assert check(ledger)["holds"].all()
    for account, cents in zip(accounts, (100, -100), strict=False):
        ledger.journal.rows[WIDTH * 3 - len(ACCOUNTS) + ACCOUNTS.index(account)] += cents
    found = check(ledger)
    assert set(found.loc[~found["holds"], "check"]) == caught


def test_a_void_order_that_keeps_money_is_caught():
    ledger = Ledger()
    ledger.open("A1", 100, 0, Rates())
    ledger.apply("A1", 1, "paid", 0)
    ledger.apply("A1", 2, "closed", 1)
    ledger.journal.rows[-len(ACCOUNTS)] -= 7
    assert not check(ledger).set_index("check").loc["void_orders", "holds"]


# Files

LIVE = ["=1+1", "+8613800000000", "-2+3", "@SUM(A1)", "\tx", "＝1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("name", LIVE)
def test_no_cell_of_a_csv_file_is_a_live_formula(name, tmp_path):
    ledger = Ledger()
    ledger.open(name, 9_900, 0, Rates(50, 200, 100, 10), (name, name, name, ""))
    for seq, event in enumerate(["paid", "received", "settled"], start=1):
        ledger.apply(name, seq, event, seq * 10 * DAY)
    for title, table in statements.sheets(ledger).items():
        path = saved(table, tmp_path / f"{title}.csv")
        with path.open(encoding="utf-8-sig", newline="") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        live = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "＝")) and not is_number(cell)]
        assert live == []
        if title in ("statements", "journals", "records"):
            assert f"'{name}" in cells


def saved(table: pd.DataFrame, path: Path) -> Path:
    statements.shown(table).to_csv(path, index=False, encoding="utf-8-sig")
    return path


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_statement_is_written_in_yuan_to_the_cent_and_in_the_readers_words(book, lang, tmp_path):
    with speaking(lang):
        rows = statement(book.journal, "promoter")
        path = saved(rows, tmp_path / "statement.csv")
        read = read_file(path)
        columns = ("party", "period", "event", "entries", "cents", "balance")
        assert list(read) == [words(f"column.{name}") for name in columns]
        yuan = read[words("column.cents")]
        assert [round(float(cell) * 100) for cell in yuan] == rows["cents"].tolist()
        assert all(len(cell.partition(".")[2]) <= 2 for cell in yuan)
        assert set(read[words("column.event")]) <= {
            words(f"event.{name}") for name in ("settled", "refunded", "rated", "closed")
        }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_csv_file_is_read_as_written_in_the_encodings_of_chinese_desks(encoding, tmp_path):
    path = tmp_path / "orders.csv"
    table = good_orders().assign(supplyChain="红木产业带")
    path.write_text(table.to_csv(index=False), encoding=encoding)
    read = read_file(path)
    assert read["supplyChain"].unique().tolist() == ["红木产业带"]
    out, found = settle(read)
    assert found.refused.empty
    assert out["promoter"].sum() == 4 * 1_782


def test_a_file_that_is_not_there_or_empty_is_refused(tmp_path):
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    for name in ("nothing.csv", "empty.csv"):
        with pytest.raises(Refusal, match=name):
            read_file(tmp_path / name)
