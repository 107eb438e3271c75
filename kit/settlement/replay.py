"""From tables to a ledger: orders are opened, events posted in the order of their rows, and never twice."""

from dataclasses import dataclass

import pandas as pd

from kit.settlement.intake import PARTY_COLUMNS, events, orders, refusals
from kit.settlement.ledger import Ledger
from kit.settlement.shares import RATE_COLUMNS, Rates
from kit.text import Refusal


@dataclass(frozen=True)
class Replayed:
    """How many rows were posted, and the refused ones (as Intake.refused)."""

    posted: int
    refused: pd.DataFrame


def open_orders(ledger: Ledger, table: pd.DataFrame) -> Replayed:
    """Enter a table of orders (columns as intake.orders); an order that is there already is refused as such."""
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
    """Post a table of events (columns as intake.events), row by row; what does not fit is refused and posts nothing.

    After a refused event the order's later ones are out of order: mend the row and replay the whole table; what
    is posted already is refused as such and not posted again.
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
