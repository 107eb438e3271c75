"""A book of orders: the ledger of two tables, and the refused rows. Example tables ship in data/tables."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kit.paths import DATA
from kit.settlement.entitlements import ACCOUNTS, RATE_COLUMNS, Rates
from kit.settlement.import_tables import PARTY_COLUMNS, events, orders, read_file, refusals
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
    read = orders(table)
    good, found = read.good, []
    columns = (good[name].tolist() for name in ("row", "order_id", "baseAmount", "coupon"))
    rates = zip(*(good[name].tolist() for name in RATE_COLUMNS), strict=True)
    parties = zip(*(good[name].tolist() for name in PARTY_COLUMNS), strict=True)
    terms: dict[tuple, Rates] = {}  # orders share few sets of rates
    for row, order_id, base, coupon, rate, named in zip(*columns, rates, parties, strict=True):
        if rate not in terms:
            terms[rate] = Rates(*rate)
        try:
            ledger.open(order_id, base, coupon, terms[rate], named)
        except Refusal as refusal:
            found.append((row, order_id, refusal))
    return _replayed(len(good), found, read.refused)


def replay(ledger: Ledger, table: pd.DataFrame) -> Replayed:
    """Post a table of events (columns of import_tables.events) row by row; an invalid event is refused, not posted.

    After a refused event the order's later ones are out of order: correct the row and replay the whole table; events
    already posted are refused and not posted again.
    """
    read = events(table)
    good, found = read.good, []
    apply = ledger.apply
    columns = (good[name].tolist() for name in ("row", "order_id", "event_seq", "event", "time", "amount"))
    for row, order_id, seq, event, time, amount in zip(*columns, strict=True):
        try:
            apply(order_id, seq, event, time, amount)
        except Refusal as refusal:
            found.append((row, order_id, refusal))
    return _replayed(len(good), found, read.refused)


def _replayed(tried: int, found: list[tuple[int, str, Refusal]], before: pd.DataFrame) -> Replayed:
    refused = pd.concat([before, refusals(found)]) if found else before
    return Replayed(tried - len(found), refused.sort_values("row", kind="stable", ignore_index=True))


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
