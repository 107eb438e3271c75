"""A merchant's own orders, read from an export: what is used, what is not and why, and nothing in between."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from kit.paths import DATA
from kit.shop.cells import EMPTY, amount, day, plain
from kit.shop.columns import ROLES, SEARCHED, Header, find_header
from kit.shop.order_files import Row, Sheet, sheets
from kit.shop.order_lines import Lines, settle
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
    """What came of a file of orders: ``read`` rows, each of them either used or listed as not used.

    ``lines``: one row is a line used: ``line`` in the file, ``order`` and ``buyer`` (numbers; buyer -1: not known),
    ``date`` (NaT: no such column), ``amount``, ``refund`` and ``cost`` in yuan (cost nan: not known).
    ``unused``: one row is a line that was not used: ``line``, ``reason`` (of REASONS) and the ``cell`` behind it.
    ``blank`` rows are counted apart. ``notes`` are decisions that a merchant should know: code and fields.
    """

    lines: pd.DataFrame
    unused: pd.DataFrame
    read: int
    blank: int
    header: Header
    notes: tuple[tuple[str, dict], ...]
    encoding: str
    delimiter: str
    sheet: str

    def orders(self) -> pd.DataFrame:
        """Return the orders: one row is an order with its first ``date``, its sums in yuan, and its ``buyer``."""
        if self.lines["order"].is_unique:
            return self.lines.drop(columns="line")
        ways = {"date": "min", "amount": "sum", "refund": "sum", "cost": "sum", "buyer": "max"}
        lines = self.lines.assign(unknown=self.lines["cost"].isna())
        orders = lines.groupby("order", as_index=False).agg(ways | {"unknown": "any"})
        return orders.assign(cost=orders["cost"].mask(orders["unknown"])).drop(columns="unknown")


def read_orders(file: Path | str | bytes, columns: Mapping[str, str] | None = None) -> Reading:
    """Read an export of orders (a path, or what is in the file).

    ``columns`` says which column is which where the names do not: role -> name ("" for none).
    Raises Refusal for a file that is no table, or in which no amounts can be found.
    """
    found = sheets(file)
    sheet, header = _with_orders(found, columns)
    others = [other.name for other in found if other is not sheet and any(any(row) for _, row in other.rows())]
    lines = Lines(set(header.roles))
    intake = _Intake(header, lines)
    try:
        for row in sheet.rows():
            if row[0] > header.line:
                intake.take(row)
    except csv.Error:
        raise Refusal("orders_broken") from None
    table, dropped, notes = settle(lines)
    unused = sorted([*intake.unused, *dropped])
    if others:
        notes.append(("other_sheets", {"names": others, "sheet": sheet.name}))
    if intake.strange:
        notes.append(("strange_status", {"names": sorted(intake.strange)[:10], "n": sum(intake.strange.values())}))
    if table.empty and not unused:
        raise Refusal("orders_no_rows")
    listed = pd.DataFrame(unused, columns=["line", "reason", "cell"])
    return Reading(
        table, listed, intake.read, intake.blank, header, tuple(notes), sheet.encoding, sheet.delimiter, sheet.name
    )


def _with_orders(found: list[Sheet], columns: Mapping[str, str] | None) -> tuple[Sheet, Header]:
    """The first sheet in which a header is found."""
    refused = None
    for sheet in found:
        try:
            return sheet, find_header(_first(sheet.rows()), columns)
        except Refusal as refusal:
            refused = refused or refusal
        except csv.Error:
            refused = refused or Refusal("orders_broken")
    raise refused


def _first(rows: Iterator[Row]) -> list[Row]:
    return [(line, cells) for line, cells in islice(rows, SEARCHED) if any(cells)]


@cache
def _words() -> dict[str, str]:
    """Words that stand in cells, as they are compared, and what they mean."""
    with (DATA / "tables" / "order_words.csv").open(encoding="utf-8", newline="") as lines:
        return {_bare(row["word"]): row["meaning"] for row in csv.DictReader(lines)}


def _bare(cell: str) -> str:
    return re.sub(r"[\s:*]+", "", plain(cell).lower())


@cache
def meaning(cell: str) -> str:
    """Return what a status says: sold, refunded, partly, cancelled, unpaid, total; "" where that is not known.

    >>> [meaning(cell) for cell in ("交易成功", "已发货，退款成功", "Cancelled by buyer", "部分退款", "退款中")]
    ['sold', 'refunded', 'cancelled', 'partly', '']
    """
    bare = _bare(cell)
    if bare in _words():
        return _words()[bare]
    within = [word for word in _words() if len(word) >= (5 if word.isascii() else 3) and word in bare]
    return min((_words()[word] for word in within), key=_PRIORITY.index, default="")


class _Intake:
    """Takes rows one by one: each is blank, used (then in ``lines``) or listed (then in ``unused``)."""

    def __init__(self, header: Header, lines: Lines):
        self.header, self.lines = header, lines
        self.unused: list[tuple[int, str, str]] = []
        self.strange: dict[str, int] = {}
        self.read = self.blank = 0
        self._width = len(header.names)
        # A column that is not there is the cell past the last one, which is empty.
        self._at = SimpleNamespace(**{role: header.roles.get(role, -1) for role in ROLES})
        self._dated = self._at.date >= 0
        self._days: dict[str, int | None] = {}
        self._states: dict[tuple[str, str], tuple[str, list[str]]] = {}

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
        """Use a row, or say why not: the reason, and the cell behind it."""
        at, width = self._at, self._width
        if len(cells) > width:
            if any(cells[width:]):
                return "cells", next(filter(None, cells[width:]))[:60]
            del cells[width:]
        cells.extend([""] * (width + 1 - len(cells)))
        order, written = cells[at.order], cells[at.date]
        date = self._day(written) if self._dated else 0
        # What has a number and a day is an order; of anything else it is asked whether it is a totals row.
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
        state = self._state(cells[at.status], cells[at.aftersale])
        returned, told = self._refund(cells, value)
        if returned is None:
            return "refund", told[:60]
        # An order that was closed after its money had gone back was paid: it counts as returned.
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
        """What a line is worth in yuan, and the cell that says so."""
        if self._at.amount >= 0:
            shown = cells[self._at.amount]
            return _yuan(shown), shown
        price, count = cells[self._at.price], cells[self._at.quantity]
        each, many = _yuan(price), _yuan(count)
        if each is None:
            return None, price
        return (None, count) if many is None else (each * many, price)

    def _day(self, written: str) -> int | None:
        # The hour of a day differs from line to line, the day seldom: what is looked up is then remembered.
        if written[10:11] not in _BEFORE_AN_HOUR:
            return day(written)
        part = written[:10]
        if part not in self._days:
            self._days[part] = day(part)
        return self._days[part]

    def _state(self, status: str, aftersale: str) -> str:
        pair = status, aftersale
        if pair not in self._states:
            said = [meaning(cell) for cell in pair if plain(cell).lower() not in EMPTY]
            strange = [cell[:30] for cell in pair if plain(cell).lower() not in EMPTY and not meaning(cell)]
            self._states[pair] = (
                min(filter(None, said), key=_PRIORITY.index, default="sold"),
                strange,
            )
        state, strange = self._states[pair]
        for cell in strange:
            self.strange[cell] = self.strange.get(cell, 0) + 1
        return state

    def _refund(self, cells: list[str], value: float) -> tuple[float | None, str]:
        """What went back in yuan (nan: a part that is not told), and the cell that says so."""
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
        parts = {"sold": 0.0, "refunded": max(value, 0.0), "partly": float("nan")}
        return parts.get(meaning(cell)), cell

    def _cost(self, cells: list[str], value: float) -> float:
        """What the goods of a line cost in yuan; nan where that is not told."""
        unknown, at = float("nan"), self._at
        whole = _yuan(cells[at.cost])
        if whole is not None and whole >= 0:
            return whole
        each = _yuan(cells[at.unit_cost])
        if each is not None and each >= 0:
            many = _yuan(cells[at.quantity]) if at.quantity >= 0 else 1.0
            return unknown if many is None else each * many
        margin = amount(cells[at.margin]) if cells[at.margin] else None
        share = margin[0] / (100 if margin[1] == "" and abs(margin[0]) > 1 else 1) if margin else None
        return unknown if share is None or share > 1 else value * (1 - share)


@lru_cache(maxsize=100_000)
def _yuan(cell: str) -> float | None:
    """An amount of money, or a count; the plain way of writing it first, for there are many."""
    if _NUMBER.fullmatch(cell):
        return float(cell)
    found = amount(cell) if cell else None
    return found[0] if found and found[1] == "" else None
