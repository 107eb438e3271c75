"""A book of orders: the ledger of two tables, and the rows that it refused. The made tables ship in data/tables."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kit.paths import DATA
from kit.settlement.export import save_excel
from kit.settlement.intake import read_file
from kit.settlement.ledger import LAG_DAYS, Ledger
from kit.settlement.replay import open_orders, replay
from kit.settlement.shares import ACCOUNTS
from kit.settlement.statements import balance_sheet, check, statement
from kit.text import Refusal

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
        """Write the book as an Excel workbook (export.save_excel)."""
        return save_excel(self.ledger, path)

    def story(self, order_id: str) -> pd.DataFrame:
        """Return the journals of one order: one row is an event, a column an account that took part, in cents."""
        wide = self.ledger.journal.wide()
        mine = wide[(wide["about"] == "order") & (wide["subject"] == order_id)].reset_index(drop=True)
        if mine.empty:
            raise Refusal("order_unknown", order=order_id)
        took_part = [account for account in ACCOUNTS if mine[account].any()]
        return mine[["time", "event", *took_part]]

    def balances(self) -> pd.DataFrame:
        """Return what every account has received (statements.balance_sheet)."""
        return balance_sheet(self.ledger.journal)

    def statement(self, account: str, party: str | None = None, period: str = "month") -> pd.DataFrame:
        """Return the statement of a party (statements.statement)."""
        return statement(self.ledger.journal, account, party, period)


def book(orders: Path | str = MADE_ORDERS, events: Path | str = MADE_EVENTS, lag_days: int = LAG_DAYS) -> Book:
    """Settle two CSV files, orders and events (columns as in kit.settlement.intake); without names, the made ones.

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
