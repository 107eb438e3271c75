"""A ledger as files: CSV tables and one Excel workbook, in the reader's words; amounts in yuan to the cent.

Text that a spreadsheet would take for a formula (= + - @ or a control character first) is written with an apostrophe
before it, so that a name can never become a live formula.
"""

from pathlib import Path

import pandas as pd

from kit.settlement.ledger import Ledger
from kit.settlement.statements import balance_sheet, check, statement
from kit.text import label

_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PAID = ("supply_chain", "promoter", "leader", "second_leader")


def inert(cell):
    """Return a cell as a spreadsheet may show it: text that would be taken for a formula gets an apostrophe.

    >>> inert("=1+1"), inert("+8613800000000"), inert("P1"), inert(-5)
    ("'=1+1", "'+8613800000000", 'P1', -5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_LIVE) else cell


def sheets(ledger: Ledger) -> dict[str, pd.DataFrame]:
    """Return the tables of a ledger's workbook by name: checks, balances, statements, journals, records."""
    statements = [statement(ledger.journal, account).assign(account=account) for account in _PAID]
    found = pd.concat(statements)[["account", "party", "period", "event", "entries", "cents", "balance"]]
    return {
        "checks": check(ledger),
        "balances": balance_sheet(ledger.journal),
        "statements": found,
        "journals": ledger.journal.long(),
        "records": ledger.records(),
    }


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table in the reader's words: cents as yuan, names of accounts and events said, no live formula."""
    made = {}
    for column in table:
        cells = table[column]
        if column in ("cents", "balance", "found", "due"):
            # Whole cents below 2^53 divided by 100 print with their two decimals and no more.
            cells = (cells / 100).round(2)
        elif column in ("account", "event", "check", "unit"):
            cells = cells.map(lambda name, column=column: label(column, name))
        elif cells.dtype == object or pd.api.types.is_string_dtype(cells.dtype):
            cells = cells.map(inert)
        made[label("column", column)] = cells
    return pd.DataFrame(made)


def save_csv(table: pd.DataFrame, path: Path | str) -> Path:
    """Write one table as CSV (UTF-8 with a mark that Excel understands)."""
    shown(table).to_csv(path, index=False, encoding="utf-8-sig")
    return Path(path)


def save_excel(ledger: Ledger, path: Path | str) -> Path:
    """Write the workbook of a ledger: one sheet a table."""
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for name, table in sheets(ledger).items():
            shown(table).to_excel(book, sheet_name=label("sheet", name), index=False)
    return Path(path)
