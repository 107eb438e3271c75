"""A book of orders: the ledger of two tables, and the refused rows. Example tables ship in data/tables."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from kit.paths import DATA
from kit.settlement.entitlements import ACCOUNTS, RATE_COLUMNS, Rates
from kit.settlement.import_tables import PARTY_COLUMNS, ImportedTable, events, orders, read_file, refusals
from kit.settlement.ledger import LAG_DAYS, Ledger
from kit.settlement.statements import balance_sheet, check, save_excel, statement
from kit.text import Refusal


@dataclass(frozen=True)
class Replayed:
    """How many rows were posted, and the refused ones (as ImportedTable.refused)."""

    posted: int
    refused: pd.DataFrame


def open_orders(ledger: Ledger, table: pd.DataFrame) -> Replayed:
    """Enter a table of orders (columns of import_tables.orders); an order already entered is refused."""
    few = cache(Rates)  # orders share few sets of rates

    def enter(order_id, base, coupon, *terms):
        ledger.open(order_id, base, coupon, few(*terms[: len(RATE_COLUMNS)]), terms[len(RATE_COLUMNS) :])

    return _posted(enter, orders(table), ("baseAmount", "coupon", *RATE_COLUMNS, *PARTY_COLUMNS))


def replay(ledger: Ledger, table: pd.DataFrame) -> Replayed:
    """Post a table of events (columns of import_tables.events) row by row; an invalid event is refused, not posted.

    After a refused event the order's later ones are out of order: correct the row and replay the whole table; events
    already posted are refused and not posted again.
    """
    return _posted(ledger.apply, events(table), ("event_seq", "event", "time", "amount"))


def _posted(post: Callable, read: ImportedTable, columns: tuple[str, ...]) -> Replayed:
    """Post the good rows of a table one by one; refused ones join those that could not be read."""
    good, found = read.good, []
    cells = zip(*(good[name].tolist() for name in ("order_id", *columns)), strict=True)
    for row, order in zip(good["row"].tolist(), cells, strict=True):
        try:
            post(*order)
        except Refusal as refusal:
            found.append((row, order[0], refusal))
    refused = pd.concat([read.refused, refusals(found)]) if found else read.refused
    return Replayed(len(good) - len(found), refused.sort_values("row", kind="stable", ignore_index=True))


MADE_ORDERS = DATA / "tables" / "made_orders.csv"
MADE_EVENTS = DATA / "tables" / "made_events.csv"


@dataclass(frozen=True)
class Book:
    """A ledger and the refused rows of its tables (``row`` as a spreadsheet counts; ``table`` names the file)."""

    ledger: Ledger
    refused: pd.DataFrame

    def check(self) -> pd.DataFrame:
        """Return the checks of the book (statements.check)."""
        return check(self.ledger)

    def save(self, path: Path | str) -> Path:
        """Write the book as an Excel workbook (statements.save_excel)."""
        return save_excel(self.ledger, path)

    def story(self, order_id: str) -> pd.DataFrame:
        """Return the journals of one order: one row is an event, a column an account involved, in cents."""
        wide = self.ledger.journal.wide()
        mine = wide[(wide["about"] == "order") & (wide["subject"] == order_id)].reset_index(drop=True)
        if mine.empty:
            raise Refusal("order_unknown", order=order_id)
        return mine[["time", "event", *(account for account in ACCOUNTS if mine[account].any())]]

    def balances(self) -> pd.DataFrame:
        """Return the balance of every account (statements.balance_sheet)."""
        return balance_sheet(self.ledger.journal)

    def statement(self, account: str, party: str | None = None, period: str = "month") -> pd.DataFrame:
        """Return the statement of a party (statements.statement)."""
        return statement(self.ledger.journal, account, party, period)


def book(orders: Path | str = MADE_ORDERS, events: Path | str = MADE_EVENTS, lag_days: int = LAG_DAYS) -> Book:
    """Settle two CSV files, orders and events (columns: kit.settlement.import_tables); by default, the examples.

    >>> made = book()
    >>> made.check()["holds"].all(), len(made.refused)
    (np.True_, 3)
    """
    ledger = Ledger(lag_days)
    parts = {Path(orders).name: open_orders(ledger, read_file(orders))}
    parts[Path(events).name] = replay(ledger, read_file(events))
    refused = [part.refused.assign(table=name) for name, part in parts.items()]
    columns = ["table", "row", "order_id", "reason", "why"]
    return Book(ledger, pd.concat(refused, ignore_index=True)[columns])
