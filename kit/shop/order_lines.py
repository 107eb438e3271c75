"""Lines merged into orders: copies, several lines of one order, refunds on lines of their own."""

import datetime
import re
import struct

import numpy as np
import pandas as pd

_LOST_ID = re.compile(r"\d(\.\d+)?e\+?\d+", re.I)
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_ROW = struct.Struct("=5q3d")
_COLUMNS = [(name, "=i8") for name in ("line", "order", "date", "buyer", "key")]
_COLUMNS += [(name, "=f8") for name in ("amount", "refund", "cost")]
_FEWEST = 3  # orders of several lines needed to decide whether each line repeats the order's amount


class Lines:
    """The lines of a file, packed into bytes: there may be a million."""

    def __init__(self, roles: set[str]):
        self.roles = roles
        self._ids: dict[str, int] = {}
        self._buyers: dict[str, int] = {}
        self._rows = bytearray()
        self.lost = self.masked = 0

    def add(self, line: int, order: str, date: int, amount: float, refund: float, cost, buyer: str, key: int):
        """Add a line: order number and buyer as written, the day as an ordinal (0: none), sums in yuan."""
        if order:
            self.lost += ("e" in order or "E" in order) and _LOST_ID.fullmatch(order) is not None
            number = self._ids.setdefault(order, len(self._ids))
        else:
            number = -1
        self.masked += "*" in buyer
        who = self._buyers.setdefault(buyer, len(self._buyers)) if buyer else -1
        self._rows += _ROW.pack(line, number, date, who, key, amount, refund, cost)

    def table(self) -> pd.DataFrame:
        """Return the lines as a table; ``date`` is an ordinal, ``order`` is -1 without a number."""
        rows = np.frombuffer(self._rows, np.dtype(_COLUMNS))
        return pd.DataFrame({name: np.ascontiguousarray(rows[name]) for name in rows.dtype.names})


def merge_lines(lines: Lines) -> tuple[pd.DataFrame, list[tuple[int, str, str]], list[tuple[str, dict]]]:
    """Return the lines used, those dropped (line, reason, cell), and the decisions taken (code, fields).

    Exact copies of a line of the same order are dropped. Several lines of one order are its items, unless they all
    repeat the order's amount. A line with a negative amount is a refund of its order.
    """
    table, notes, dropped = lines.table(), [], []
    n = len(table)
    if "order" in lines.roles and lines.lost > n / 2:
        notes.append(("ids_lost", {"n": lines.lost}))
        table["order"] = -1
    copies = (table["order"] >= 0) & table.duplicated(["order", "key"])
    dropped += [(int(line), "duplicate", "") for line in table["line"][copies]]
    table = table[~copies].drop(columns="key").reset_index(drop=True)
    # A line without a number is an order of its own.
    alone = (table["order"] < 0).to_numpy()
    table.loc[alone, "order"] = len(table) + np.arange(int(alone.sum()))

    table, orphans = _refund_lines(table, has_orders=bool((~alone).any()))
    dropped += orphans
    shared = table["order"].duplicated(keep=False)
    if shared.any():
        code = "repeated" if _repeats(table[shared]) else "items"
        notes.append((code, {"n": int(table["order"][shared].nunique())}))
        if code == "repeated":
            table = _once(table, table[shared])
    table, clipped = _clip(table)
    if clipped:
        notes.append(("refund_clipped", {"n": clipped}))
    if lines.masked > n / 10:
        notes.append(("buyers_masked", {"n": lines.masked}))
        table["buyer"] = -1
    notes += [(f"no_{role}", {}) for role in ("order", "date") if role not in lines.roles]
    days = (table["date"].to_numpy() - _EPOCH).astype("datetime64[D]").astype("datetime64[s]")
    table["date"] = pd.Series(days, index=table.index).where(table["date"] > 0)
    unknown = int(table["cost"].isna().sum())
    if unknown and unknown < len(table):
        notes.append(("cost_unknown", {"n": unknown}))
    return table, dropped, notes


def _refund_lines(table: pd.DataFrame, has_orders: bool) -> tuple[pd.DataFrame, list[tuple[int, str, str]]]:
    """Turn negative amounts into refunds; one whose order is not in the file is dropped."""
    back = table["amount"] < 0
    if not back.any():
        return table, []
    lonely = back & ~table["order"].isin(table["order"][~back]) if has_orders else back & False
    alone = table.loc[lonely, ["line", "amount"]].itertuples(index=False)
    dropped = [(int(line), "refund_alone", f"{amount:.2f}") for line, amount in alone]
    table = table.assign(refund=np.where(back, -table["amount"], table["refund"]), amount=table["amount"].clip(lower=0))
    table["cost"] = table["cost"].mask(back, 0.0)
    return table[~lonely].reset_index(drop=True), dropped


def _repeats(shared: pd.DataFrame) -> bool:
    """Whether each line repeats its order's amount: amounts are equal within orders and differ between them."""
    sold = shared[shared["amount"] > 0].groupby("order")["amount"].agg(["min", "max", "size"])
    several = sold[sold["size"] > 1]
    alike = (several["min"] == several["max"]).all()
    return bool(len(several) >= _FEWEST and alike and several["min"].nunique() > 1)


def _once(table: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """Keep on the first line of an order what all its lines repeat."""
    later = table["order"].duplicated() & (table["amount"] > 0)
    table = table.assign(amount=table["amount"].mask(later, 0.0))
    for name in ("refund", "cost"):
        spread = shared.groupby("order")[name].agg(["min", "max"])
        if (spread["min"] == spread["max"]).all():
            table[name] = table[name].mask(later, 0.0)
    return table


def _clip(table: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Limit the refunds of an order to its amount (freight is refunded, too); also return the number of such orders."""
    if table["order"].is_unique:
        over = table["refund"] > table["amount"] + 0.005
        return table.assign(refund=table[["refund", "amount"]].min(axis=1)), int(over.sum())
    sums = table.groupby("order")[["amount", "refund"]].transform("sum")
    over = sums["refund"] > sums["amount"] + 0.005
    scale = np.where(over, sums["amount"] / sums["refund"].where(over, 1.0), 1.0)
    return table.assign(refund=table["refund"] * scale), int(table["order"][over].nunique())
