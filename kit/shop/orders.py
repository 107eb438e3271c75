"""A merchant's own orders, read from an export: each row is used, or listed with the reason why not."""

import csv
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from kit.paths import DATA
from kit.shop.order_cells import EMPTY, amount, day, plain
from kit.shop.order_columns import ROLES, SEARCHED, Header, find_header
from kit.shop.order_files import Row, Sheet, sheets
from kit.shop.order_lines import Lines, merge_lines
from kit.text import Refusal

REASONS = (
    *("total", "header", "cells", "no_amount", "amount", "date", "refund"),
    *("partly", "cancelled", "unpaid", "duplicate", "refund_alone"),
)
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,6})?")
_BEFORE_AN_HOUR = ("", " ", "T")
_PRIORITY = ("partly", "refunded", "cancelled", "unpaid", "sold", "total")


@dataclass(frozen=True)
class Reading:
    """A file of orders as read: ``read`` rows, each of them either used or listed as not used.

    ``lines``: one row is a line used: ``line`` in the file, ``order`` and ``buyer`` (numbers; buyer -1: not known),
    ``date`` (NaT: no such column), ``amount``, ``refund`` and ``cost`` in yuan (cost nan: not known).
    ``unused``: one row is a line not used: ``line``, ``reason`` (of REASONS) and the ``cell`` that caused it.
    ``blank`` rows are counted separately. ``notes`` are decisions that a merchant should know: code and fields.
    """

    lines: pd.DataFrame
    unused: pd.DataFrame
    read: int
    blank: int
    header: Header
    notes: tuple[tuple[str, dict], ...]

    def orders(self) -> pd.DataFrame:
        """Return the orders: one row is an order with its first ``date``, its sums in yuan, and its ``buyer``."""
        if self.lines["order"].is_unique:
            return self.lines.drop(columns="line")
        ways = {"date": "min", "amount": "sum", "refund": "sum", "cost": "sum", "buyer": "max"}
        by_order = self.lines.groupby("order")
        orders = by_order.agg(ways).assign(cost=by_order["cost"].sum(skipna=False))
        return orders.reset_index()


def read_orders(file: Path | str | bytes, columns: Mapping[str, str] | None = None) -> Reading:
    """Read an export of orders (a path, or the content of the file).

    ``columns`` gives the roles of columns with unknown names: role -> name ("" for none).
    Raises Refusal for a file without a table, or without amounts.
    """
    found = sheets(file)
    sheet, header = _with_orders(found, columns)
    others = [other.name for other in found if other is not sheet and any(any(row) for _, row in other.rows())]
    lines = Lines(set(header.roles))
    reader = _RowReader(header, lines)
    try:
        for row in sheet.rows():
            if row[0] > header.line:
                reader.take(row)
    except csv.Error:
        raise Refusal("orders_broken") from None
    table, dropped, notes = merge_lines(lines)
    unused = pd.DataFrame(sorted([*reader.unused, *dropped]), columns=["line", "reason", "cell"])
    if others:
        notes.append(("other_sheets", {"names": others, "sheet": sheet.name}))
    if reader.strange:
        notes.append(("strange_status", {"names": sorted(reader.strange)[:10], "n": reader.strange.total()}))
    if table.empty and unused.empty:
        raise Refusal("orders_no_rows")
    return Reading(table, unused, reader.read, reader.blank, header, tuple(notes))


def _with_orders(found: list[Sheet], columns: Mapping[str, str] | None) -> tuple[Sheet, Header]:
    """The first sheet with a header."""
    refused = None
    for sheet in found:
        try:
            first = [(line, cells) for line, cells in islice(sheet.rows(), SEARCHED) if any(cells)]
            return sheet, find_header(first, columns)
        except Refusal as refusal:
            refused = refused or refusal
        except csv.Error:
            refused = refused or Refusal("orders_broken")
    raise refused


@cache
def _words() -> dict[str, str]:
    """Normalised words of cells, and their meanings."""
    with (DATA / "tables" / "order_words.csv").open(encoding="utf-8", newline="") as lines:
        return {_bare(row["word"]): row["meaning"] for row in csv.DictReader(lines)}


def _bare(cell: str) -> str:
    return re.sub(r"[\s:*]+", "", plain(cell).lower())


@cache
def meaning(cell: str) -> str:
    """Return the meaning of a status: sold, refunded, partly, cancelled, unpaid, total; "" if unknown.

    >>> [meaning(cell) for cell in ("交易成功", "已发货，退款成功", "Cancelled by buyer", "部分退款", "退款中")]
    ['sold', 'refunded', 'cancelled', 'partly', '']
    """
    bare = _bare(cell)
    if bare in _words():
        return _words()[bare]
    within = [word for word in _words() if len(word) >= (5 if word.isascii() else 3) and word in bare]
    return min((_words()[word] for word in within), key=_PRIORITY.index, default="")


@lru_cache(maxsize=100_000)
def _state(*cells: str) -> tuple[str, list[str]]:
    """The state of a line by its cells, and those that have no known meaning."""
    meanings = [(cell, meaning(cell)) for cell in cells if plain(cell).lower() not in EMPTY]
    state = min((known for _, known in meanings if known), key=_PRIORITY.index, default="sold")
    return state, [cell[:30] for cell, known in meanings if not known]


class _RowReader:
    """Reads rows one by one: each is blank, used (then in ``lines``) or listed (then in ``unused``)."""

    def __init__(self, header: Header, lines: Lines):
        self.header, self.lines = header, lines
        self.unused: list[tuple[int, str, str]] = []
        self.strange: Counter[str] = Counter()
        self.read = self.blank = 0
        self._width = len(header.names)
        # A missing column is the cell past the last one, which is empty.
        self._at = SimpleNamespace(**{role: header.roles.get(role, -1) for role in ROLES})
        self._dated = self._at.date >= 0

    def take(self, row: Row) -> None:
        line, cells = row
        cells = list(map(str.strip, cells))
        if not any(cells):
            self.blank += 1
            return
        self.read += 1
        refused = self._put(line, cells)
        if refused:
            self.unused.append((line, *refused))

    def _put(self, line: int, cells: list[str]) -> tuple[str, str] | None:
        """Use a row, or return the reason why not and the cell that caused it."""
        at, width = self._at, self._width
        if len(cells) > width:
            if any(cells[width:]):
                return "cells", next(filter(None, cells[width:]))[:60]
            del cells[width:]
        cells.extend([""] * (width + 1 - len(cells)))
        order, written = cells[at.order], cells[at.date]
        # The hour differs from line to line, the day seldom: most days are in the cache.
        date = day(written[:10] if written[10:11] in _BEFORE_AN_HOUR else written) if self._dated else 0
        # A row with a number and a day is an order; any other may be a totals row.
        suspect = date is None or not order[-1:].isdigit()
        if suspect and any(meaning(cell) == "total" for cell in cells if 0 < len(cell) < 20):
            return "total", next(cell for cell in cells if cell and meaning(cell) == "total")
        value, shown = self._value(cells)
        if value is None:
            if cells[:-1] == list(self.header.names):
                return "header", shown[:60]
            return ("no_amount", "") if plain(shown).lower() in EMPTY else ("amount", shown[:60])
        if date is None:
            return "date", written[:60]
        state, strange = _state(cells[at.status], cells[at.aftersale])
        if strange:
            self.strange.update(strange)
        returned, cell = self._refund(cells, value)
        if returned is None:
            return "refund", cell[:60]
        # An order closed after a refund was paid: it counts as returned.
        if state in ("cancelled", "unpaid") and not (returned and state == "cancelled"):
            return state, (cells[at.status] or cells[at.aftersale])[:60]
        if state == "refunded" and not returned:
            returned = max(value, 0.0)
        if (state == "partly" and not returned) or returned != returned:
            return "partly", (cells[at.refund] or cells[at.status] or cells[at.aftersale])[:60]
        key = hash(tuple(cells)) if order else 0
        self.lines.add(line, order, date, value, returned, self._cost(cells, value), cells[at.buyer], key)
        return None

    def _value(self, cells: list[str]) -> tuple[float | None, str]:
        """The amount of a line in yuan, and its cell."""
        if self._at.amount >= 0:
            shown = cells[self._at.amount]
            return _yuan(shown), shown
        price, count = cells[self._at.price], cells[self._at.quantity]
        each, many = _yuan(price), _yuan(count)
        if each is None:
            return None, price
        return (None, count) if many is None else (each * many, price)

    def _refund(self, cells: list[str], value: float) -> tuple[float | None, str]:
        """The refund in yuan (nan: a part of unknown size), and its cell."""
        cell = cells[self._at.refund]
        if not cell or cell == "0":
            return 0.0, cell
        plainly = _yuan(cell)
        if plainly is not None:
            return abs(plainly), cell
        if plain(cell).lower() in EMPTY:
            return 0.0, cell
        found = amount(cell)
        if found:
            return abs(found[0]) * max(value, 0.0), cell  # a share of what was paid
        parts = {"sold": 0.0, "refunded": max(value, 0.0), "partly": math.nan}
        return parts.get(meaning(cell)), cell

    def _cost(self, cells: list[str], value: float) -> float:
        """The cost of a line's goods in yuan; nan if unknown."""
        at = self._at
        whole = _yuan(cells[at.cost])
        if whole is not None and whole >= 0:
            return whole
        each = _yuan(cells[at.unit_cost])
        if each is not None and each >= 0:
            many = _yuan(cells[at.quantity]) if at.quantity >= 0 else 1.0
            return math.nan if many is None else each * many
        margin, unit = (amount(cells[at.margin]) if cells[at.margin] else None) or (math.nan, "")
        share = margin / 100 if unit == "" and abs(margin) > 1 else margin
        return value * (1 - share) if share <= 1 else math.nan


@lru_cache(maxsize=100_000)
def _yuan(cell: str) -> float | None:
    """An amount of money, or a count; plain numbers take a short cut, as there are many."""
    if _NUMBER.fullmatch(cell):
        return float(cell)
    found = amount(cell) if cell else None
    return found[0] if found and found[1] == "" else None
