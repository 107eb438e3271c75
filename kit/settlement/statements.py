"""Statements of the parties by period, and checks of the book."""

from pathlib import Path

import pandas as pd

from kit.settlement.entitlements import ACCOUNTS, INVALID, PAID, RECEIVED, SETTLED, position
from kit.settlement.journal import PARTIES, Journal
from kit.settlement.ledger import Ledger
from kit.text import Refusal, escape_formula, label, words

PERIODS = {"day": "D", "month": "M"}


def statement(journal: Journal, account: str, party: str | None = None, period: str = "month") -> pd.DataFrame:
    """Return the statement of an account: one row is (party, period, event); ``entries`` count, ``cents`` sum.

    ``balance`` is the running cash balance of a party; promotion credit is not included. ``period`` is
    day or month. Raises Refusal for an unknown account, party or period.
    """
    if account not in ACCOUNTS:
        raise Refusal("unknown", what=words("what.account"), name=account, names=ACCOUNTS)
    if period not in PERIODS:
        raise Refusal("unknown", what=words("what.period"), name=period, names=list(PERIODS))
    entries = journal.long()
    entries = entries[(entries["account"] == account) & (entries["unit"] == "cash")]
    if party is not None:
        parties = sorted(entries["party"].unique())
        if party not in parties:
            raise Refusal("unknown", what=words("what.party"), name=party, names=parties)
        entries = entries[entries["party"] == party]
    periods = entries["time"].dt.to_period(PERIODS[period]).astype(str)
    grouped = entries.assign(period=periods).groupby(["party", "period", "event"])
    rows = grouped.agg(entries=("cents", "count"), cents=("cents", "sum"), first=("journal", "min")).reset_index()
    rows = rows.sort_values(["party", "period", "first"], ignore_index=True).drop(columns="first")
    return rows.assign(balance=rows.groupby("party")["cents"].cumsum())


def balance_sheet(journal: Journal) -> pd.DataFrame:
    """Return the cash balances: one row is an ``account`` with its ``cents``, the last their ``total``: 0.

    An account that paid more than it received is negative: the buyers, and the platform's coupons.
    """
    found = journal.wide()
    cash = found.loc[found["unit"] == "cash", list(ACCOUNTS)].sum()
    return pd.DataFrame({"account": [*ACCOUNTS, "total"], "cents": [*cash, cash.sum()]})


def check(ledger: Ledger) -> pd.DataFrame:
    """Return the checks of the book: one row is a ``check``: ``found``, ``due``, ``holds``.

    Amounts in cents: the sum of all cash entries; of all credit entries; the largest imbalance of a journal; escrow,
    against the orders that are paid and not settled; escrow of settled and void orders; balances of orders refunded
    whole; the difference of all orders' entries from their balances.
    """
    wide = ledger.journal.wide()
    cash = wide[wide["unit"] == "cash"]
    entries = cash[list(ACCOUNTS)]
    by_order = cash[cash["about"] == "order"].groupby("subject")[list(ACCOUNTS)].sum()
    states = pd.Series({name: order.state for name, order in ledger.orders.items()}, dtype="int64")
    per_order = by_order.reindex(states.index, fill_value=0)
    held = [order for order in ledger.orders.values() if order.state in (PAID, RECEIVED)]
    astray = 0
    for order, entered in zip(ledger.orders.values(), per_order.itertuples(index=False, name=None), strict=True):
        due = position(order.state, order.net, order.base, order.coupon, order.rates)
        astray += sum(abs(posted - right) for posted, right in zip(entered, due, strict=True))
    credit = wide.loc[wide["unit"] == "credit", list(ACCOUNTS)].to_numpy().sum()
    rows = {
        "cash_sum": (entries.to_numpy().sum(), 0),
        "credit_sum": (credit, 0),
        "worst_journal": (wide[list(ACCOUNTS)].sum(axis=1).abs().max() if len(wide) else 0, 0),
        "escrow": (per_order["escrow"].sum(), sum(order.net for order in held)),
        "escrow_closed": (per_order.loc[states.isin([SETTLED, INVALID]), "escrow"].abs().sum(), 0),
        "void_orders": (per_order[states == INVALID].abs().to_numpy().sum(), 0),
        "orders_astray": (astray, 0),
    }
    table = pd.DataFrame([(name, int(found), int(due)) for name, (found, due) in rows.items()])
    table.columns = ["check", "found", "due"]
    return table.assign(holds=table["found"] == table["due"])


def sheets(ledger: Ledger) -> dict[str, pd.DataFrame]:
    """Return the tables of a ledger's workbook by name: checks, balances, statements, journals, records."""
    statements = [statement(ledger.journal, account).assign(account=account) for account in PARTIES]
    found = pd.concat(statements)[["account", "party", "period", "event", "entries", "cents", "balance"]]
    return {
        "checks": check(ledger),
        "balances": balance_sheet(ledger.journal),
        "statements": found,
        "journals": ledger.journal.long(),
        "records": ledger.records(),
    }


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table in the reader's words: cents as yuan, labels for accounts and events, no live formula."""
    made = {}
    for column in table:
        cells = table[column]
        if column in ("cents", "balance", "found", "due"):
            # Whole cents below 2^53 divided by 100 print with their two decimals and no more.
            cells = (cells / 100).round(2)
        elif column in ("account", "event", "check", "unit"):
            cells = cells.map(lambda name, column=column: label(column, name))
        elif cells.dtype == object or pd.api.types.is_string_dtype(cells.dtype):
            cells = cells.map(escape_formula)
        made[label("column", column)] = cells
    return pd.DataFrame(made)


def save_excel(ledger: Ledger, path: Path | str) -> Path:
    """Write the workbook of a ledger: one sheet a table."""
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for name, table in sheets(ledger).items():
            shown(table).to_excel(book, sheet_name=label("sheet", name), index=False)
    return Path(path)
