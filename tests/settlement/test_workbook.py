"""The workbook of a ledger: one sheet a table, amounts in yuan to the cent, no live formula."""

import openpyxl
import pytest
from order_histories import lived, made_events, made_orders

from kit.settlement import statements
from kit.settlement.book import book
from kit.settlement.entitlements import Rates
from kit.settlement.ledger import DAY, Ledger
from kit.text import LANGUAGES, speaking, words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_holds_every_table_in_the_readers_words(lang, tmp_path):
    table = made_orders(60, seed=3)
    ledger = lived(table, made_events(table, seed=3))
    with speaking(lang):
        book = openpyxl.load_workbook(statements.save_excel(ledger, tmp_path / "ledger.xlsx"))
        names = ("checks", "balances", "statements", "journals", "records")
        assert book.sheetnames == [words(f"sheet.{name}") for name in names]
        balances = book[words("sheet.balances")]
        yuan = [row[1].value for row in balances.iter_rows(min_row=2)]
        assert [round(100 * cell) for cell in yuan] == [*ledger.balances().values(), 0]
        assert balances["B1"].value == words("column.cents")
        checks = book[words("sheet.checks")]
        assert all(row[3].value is True for row in checks.iter_rows(min_row=2))


def test_a_book_saves_itself(tmp_path):
    path = book().save(tmp_path / "book.xlsx")
    cells = openpyxl.load_workbook(path)[words("sheet.statements")]["B"]
    assert {"S1", "P1", "L1", "L9"} <= {cell.value for cell in cells}


@pytest.mark.parametrize("name", ["=1+1", "+8613800000000", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_no_cell_of_the_workbook_is_a_live_formula(name, tmp_path):
    ledger = Ledger()
    ledger.open(name, 9_900, 0, Rates(50, 200, 100, 10), (name, name, name, ""))
    for seq, event in enumerate(["paid", "received", "settled"], start=1):
        ledger.apply(name, seq, event, seq * 10 * DAY)
    book = openpyxl.load_workbook(statements.save_excel(ledger, tmp_path / "ledger.xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert f"'{name}" in [cell.value for cell in cells]


def test_a_ledger_without_orders_has_an_empty_workbook(tmp_path):
    empty = Ledger()
    assert empty.records().empty
    assert statements.check(empty)["holds"].all()
    assert statements.save_excel(empty, tmp_path / "empty.xlsx").exists()
