"""Import of tables of orders and events: good rows are taken, others refused with their row and reason."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from kit.settlement.entitlements import CREATED, INVALID, MOST_CENTS, PAID, RATE_COLUMNS, RECEIVED, SETTLED
from kit.text import Refusal

PARTY_COLUMNS = ("supplyChain", "promoter", "leader", "secondLeader")
ORDER_COLUMNS = ("order_id", "baseAmount", "coupon", *RATE_COLUMNS, *PARTY_COLUMNS, "cpsOrderStatus", "refunded")
_OPTIONAL = {"coupon": 0, "expendRegimentalPromotionRate": 0, "leader": "", "secondLeader": ""}
_OPTIONAL |= {"cpsOrderStatus": SETTLED, "refunded": 0}
EVENT_COLUMNS = ("order_id", "event_seq", "event", "time", "amount")


@dataclass(frozen=True)
class ImportedTable:
    """An imported table: ``good`` rows in their types, and ``refused``, one row a refusal.

    ``row`` counts as a spreadsheet does: the heading is row 1. ``reason`` is a code, ``why`` its sentence.
    """

    good: pd.DataFrame
    refused: pd.DataFrame


def refusals(found: list[tuple[int, str, Refusal]]) -> pd.DataFrame:
    """Return refused rows as a table, in the order of their rows."""
    found = sorted(found, key=lambda one: one[0])
    rows = [(row, order_id, refusal.code, str(refusal)) for row, order_id, refusal in found]
    return pd.DataFrame(rows, columns=["row", "order_id", "reason", "why"])


def read_file(path: Path | str) -> pd.DataFrame:
    """Read a CSV file with every cell as text (UTF-8, or GBK as Chinese Excel saves it)."""
    as_text = {"dtype": str, "keep_default_na": False}
    try:
        return pd.read_csv(path, encoding="utf-8-sig", **as_text)
    except UnicodeDecodeError:
        return pd.read_csv(path, encoding="gb18030", **as_text)
    except (OSError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise Refusal("file", file=Path(path).name, why=error) from None


def orders(table: pd.DataFrame) -> ImportedTable:
    """Check a table of orders: one row is an order, amounts in whole cents, rates in whole per mille.

    Columns: order_id, baseAmount (list price less the merchant's own discount), coupon (the platform's), the rates
    under the names of the platform's records (RATE_COLUMNS), and the parties (supplyChain, promoter, leader,
    secondLeader); coupon, leader and second leader may be missing. So may the state of an order for
    batch.settle: cpsOrderStatus (settled if missing) and refunded (cents of the base; 0 if missing).
    Raises Refusal for another missing column.
    """
    table = _with_columns(table, ORDER_COLUMNS, _OPTIONAL)
    checks = _Checks(table)
    ids = checks.names("order_id")
    checks.refuse(ids == "", lambda row: Refusal("cell_empty", column="order_id"))
    twice = ids.duplicated().to_numpy() if len(set(ids)) < len(ids) else np.zeros(len(ids), dtype=bool)
    checks.refuse(twice, lambda row: Refusal("order_twice", order=ids[row]))
    base, coupon = checks.whole("baseAmount"), checks.whole("coupon")
    checks.refuse((base < 1) | (base > MOST_CENTS), lambda row: Refusal("base_amount", value=base[row]))
    checks.refuse((coupon < 0) | (coupon > base), lambda row: Refusal("coupon_amount", value=coupon[row]))
    refunded, state = checks.whole("refunded"), checks.whole("cpsOrderStatus")
    checks.refuse((refunded < 0) | (refunded > base), lambda row: Refusal("refunded", value=refunded[row]))
    states = [CREATED, PAID, RECEIVED, SETTLED, INVALID]
    checks.refuse(~np.isin(state, states), lambda row: Refusal("state", value=state[row], names=states))
    rates = {}
    for column in RATE_COLUMNS:
        rates[column] = rate = checks.whole(column)
        checks.refuse(
            (rate < 0) | (rate > 1000),
            lambda row, column=column, rate=rate: Refusal("per_mille", column=column, value=rate[row]),
        )
    total = rates["techRate"] + rates["commissionRate"] + rates["regimentalPromotionRate"]
    checks.refuse(total > 1000, lambda row: Refusal("rates_sum", value=total[row]))
    parties = {column: checks.few_names(column) for column in PARTY_COLUMNS}
    owed = {"supplyChain": base > 0, "promoter": rates["commissionRate"] > 0}
    owed["leader"] = rates["regimentalPromotionRate"] > 0
    owed["secondLeader"] = owed["leader"] & (rates["expendRegimentalPromotionRate"] > 0)
    for column, due in owed.items():
        checks.refuse(due & parties[column][1], lambda row, column=column: Refusal("cell_empty", column=column))
    known = {"order_id": ids, "baseAmount": base, "coupon": coupon, "cpsOrderStatus": state, "refunded": refunded}
    return checks.done({**known, **rates, **{column: named for column, (named, _) in parties.items()}})


def events(table: pd.DataFrame) -> ImportedTable:
    """Check a table of events: one row is an event (order_id, event_seq from 1, event, time, amount).

    ``amount`` is in whole cents (of a refund) or per mille (of a new commission) and may be empty otherwise. ``time``
    is a date or a time (2020-09-22 20:15:00, taken as UTC where it has no zone) or milliseconds since 1970, as in the
    platform's records. The ledger checks the events against their orders.
    """
    table = _with_columns(table, EVENT_COLUMNS, {"amount": 0})
    checks = _Checks(table)
    ids, kinds = checks.names("order_id"), checks.names("event")
    seq, amount = checks.whole("event_seq"), checks.whole("amount", empty=0)
    times = checks.times("time")
    checks.refuse(np.isnat(times), lambda row: Refusal("date", value=table["time"].iloc[row]))
    seconds = times.astype(np.int64)
    return checks.done({"order_id": ids, "event_seq": seq, "event": kinds, "time": seconds, "amount": amount})


def _with_columns(table: pd.DataFrame, needed: tuple[str, ...], optional: dict) -> pd.DataFrame:
    missing = [column for column in needed if column not in table and column not in optional]
    if missing:
        raise Refusal("column_missing", names=missing, there=list(table))
    lacking = {column: default for column, default in optional.items() if column in needed and column not in table}
    return table.assign(**lacking).reset_index(drop=True)


class _Checks:
    """The good rows of a table, and the first fault of each other row."""

    def __init__(self, table: pd.DataFrame):
        self.table = table
        self.is_good = np.ones(len(table), dtype=bool)
        self.found: list[tuple[int, str, Refusal]] = []

    def refuse(self, bad, reason) -> None:
        """Refuse rows with ``bad`` true that had no fault before; ``reason(n)`` gives the refusal."""
        bad = np.asarray(bad, dtype=bool) & self.is_good
        self.is_good &= ~bad
        for row in np.flatnonzero(bad):
            self.found.append((int(row) + 2, str(self.table["order_id"].iloc[row]), reason(row)))

    def names(self, column: str) -> pd.Series:
        """A column of names as text, stripped; an empty cell is an empty name."""
        cells = self.table[column]
        cells = cells.where(cells.notna(), "") if cells.hasnans else cells
        return pd.Series([str(cell).strip() for cell in cells.tolist()], dtype=object)

    def times(self, column: str) -> np.ndarray:
        """A column of times in seconds (datetime64, UTC); NaT where a cell is not a time."""
        cells = self.table[column]
        if not pd.api.types.is_datetime64_any_dtype(cells.dtype):
            text = self.names(column)
            counted = text.str.fullmatch(r"[0-9]{13}").to_numpy(bool)
            read = pd.to_datetime(text.mask(counted), errors="coerce", format="ISO8601", utc=True)
            read[counted] = pd.to_datetime(text[counted].astype("int64"), unit="ms", utc=True)
            cells = read
        return cells.dt.tz_convert(None).to_numpy("datetime64[s]") if cells.dt.tz else cells.to_numpy("datetime64[s]")

    def few_names(self, column: str) -> tuple[pd.Series, np.ndarray]:
        """``names`` for a column of few repeated names, and a mask of its empty cells."""
        codes, found = pd.factorize(self.table[column])
        names = np.array([*(str(name).strip() for name in found), ""], dtype=object)
        return pd.Series(names[codes], dtype=object), (names == "")[codes]

    def whole(self, column: str, empty: int | None = None) -> np.ndarray:
        """A column of whole numbers as int64; rows with anything else are refused."""
        cells = self.table[column]
        if pd.api.types.is_integer_dtype(cells.dtype) and not cells.hasnans:
            return cells.to_numpy(dtype=np.int64)
        if pd.api.types.is_float_dtype(cells.dtype):
            # One bad cell makes the whole column float: whole values are accepted.
            numbers = cells.fillna(empty).to_numpy(float) if empty is not None else cells.to_numpy(float)
            with np.errstate(invalid="ignore"):
                good = np.isfinite(numbers) & (numbers == np.floor(numbers)) & (np.abs(numbers) < 2**53)
            read = np.where(good, numbers, 0).astype(np.int64)
        else:
            text = self.names(column)
            text = text.mask(text == "", str(empty)) if empty is not None else text
            good = text.str.fullmatch(r"[-+]?[0-9]{1,15}").to_numpy(bool)
            read = text.where(good, "0").astype("int64").to_numpy()
        self.refuse(~good, lambda row: Refusal("cents", column=column, value=cells.iloc[row]))
        return read

    def done(self, columns: dict) -> ImportedTable:
        good = pd.DataFrame({"row": np.arange(2, len(self.table) + 2), **columns}, copy=False)
        if not self.is_good.all():
            good = good[self.is_good].reset_index(drop=True)
        return ImportedTable(good, refusals(self.found))
