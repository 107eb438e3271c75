"""Sourced numbers: fact, external, assumption, calibrated, derived; each with unit, date, status and source.

The tables are in data/: facts.csv (the article), external.csv (public figures), assumptions.csv (judgement, with a
range), calibrated.csv and derived.csv (a formula over the others instead of a value). One row is one number. A row
without a unit, a status or a source does not load.
"""

import csv
import datetime
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import ClassVar

from pydantic import create_model

from kit.parameters.derived import names, shown, solve
from kit.parameters.levers import Levers, lever
from kit.parameters.reads import note
from kit.paths import DATA
from kit.text import Refusal, has, label, number, words

# The tables and the status of their rows. Derived numbers come last: a formula may name any other.
STATUSES = {
    "facts": "fact",
    "external": "external",
    "assumptions": "assumption",
    "calibrated": "calibrated",
    "derived": "derived",
}
RANGED = ("assumption", "calibrated")
_TEXTS = ("id", "name", "unit", "date", "status", "source", "quote", "formula")


@dataclass(frozen=True)
class Number:
    """A number and its source.

    ``value`` is in ``unit`` (a share is 0 to 1; text for dates and statements); ``low`` and ``high`` bound an
    assumption; ``quote`` is the article's wording; ``formula`` is that of a derived number, computed on loading.
    """

    id: str
    name: str
    value: float | str
    low: float | None
    high: float | None
    unit: str
    date: str
    status: str
    source: str
    quote: str = ""
    formula: str = ""

    def __str__(self) -> str:
        match self.unit:
            case "date":
                return number(datetime.date.fromisoformat(self.value))
            case "text":
                return label("value", self.id)
        return number(self.value, self.unit)

    @property
    def reason(self) -> str:
        """The source: the article's wording, an address, a formula, or the reason for an assumption."""
        if self.formula:
            parts = [fact(name) for name in names(self.formula)]
            legend = [words("fact.part", id=part.id, label=label("fact", part.id)) for part in parts]
            return words("fact.formula", formula=shown(self.formula), parts=legend)
        return self.quote or label("reason", self.id if has(f"reason.{self.id}") else self.source)

    def __repr__(self) -> str:
        fields = {"status": words(f"status.{self.status}"), "date": label("date", self.date), "source": self.reason}
        return words("fact.repr", id=self.id, label=label("fact", self.id), value=str(self), **fields)


def _rows_of(path: Path, taken: set[str]) -> list[Number]:
    """Read one table; ``taken`` are the ids and names of the tables before it."""
    rows = []
    with path.open(encoding="utf-8", newline="") as lines:
        for line, row in enumerate(csv.DictReader(lines), start=2):
            if fault := next(_faults(row, STATUSES[path.stem], taken), None):
                raise Refusal("row", file=path.name, line=line, column=fault, value=row.get(fault))
            taken |= {row["id"], row["name"]}
            cells = {column: _cell(row, column) for column in ("value", "low", "high")}
            rows.append(Number(**cells, **{column: row.get(column) or "" for column in _TEXTS}))
    return rows


def _faults(row: dict, status: str, taken: set[str]) -> Iterator[str]:
    """The columns that make a row invalid, the first fault first."""
    given = "formula" if status == "derived" else "value"
    for column in ("id", "name", given, "unit", "date", "source"):
        if not (row.get(column) or "").strip():
            yield column
    if row.get("status") != status:
        yield "status"
    for column in ("id", "name"):
        if row[column] in taken:
            yield column
    for column in ("value", "low", "high"):
        try:
            if _cell(row, column) is None and status in RANGED:
                yield column
        except ValueError:
            yield column
    if status in RANGED and not _cell(row, "low") <= _cell(row, "value") <= _cell(row, "high"):
        yield "value"


def _cell(row: dict, column: str) -> float | str | None:
    written = (row.get(column) or "").strip()
    if column == "value" and row["unit"] in ("text", "date"):
        if row["unit"] == "date":
            datetime.date.fromisoformat(written)
        return written
    if not written:
        return None
    read = float(written)
    if not math.isfinite(read):
        raise ValueError(written)
    return read


def _solved(derived: list[Number], known: list[Number]) -> list[Number]:
    """Derived numbers with their values, computed from formulas over the ids or names of others."""
    measures = [row for row in known if row.unit != "text"]
    days = {row.id: float(datetime.date.fromisoformat(row.value).toordinal()) for row in measures if row.unit == "date"}
    values = {key: days.get(row.id, row.value) for row in measures for key in (row.id, row.name)}
    try:
        solved = solve({key: row.formula for row in derived for key in (row.id, row.name)}, values)
    except Refusal as refusal:
        raise Refusal("file", file="derived.csv", why=refusal) from None
    return [replace(row, value=solved[row.id]) for row in derived]


@cache
def _numbers() -> dict[str, Number]:
    taken: set[str] = set()
    rows = [row for stem in STATUSES for row in _rows_of(DATA / f"{stem}.csv", taken)]
    written = [row for row in rows if not row.formula]
    derived = _solved([row for row in rows if row.formula], written)
    return {key: row for row in [*written, *derived] for key in (row.id, row.name)}


def _rows() -> list[Number]:
    """All numbers, each once, in the order of the tables."""
    return list(dict.fromkeys(_numbers().values()))


def fact(key: str) -> Number:
    """Return a sourced number by its id or its name.

    >>> fact("A38").value, fact("A38").unit, fact("A38").status
    (200.0, 'yuan', 'fact')
    >>> fact("standard_fee")
    standard_fee: Standard technical service fee = 5% (assumption, 2020-09-01; 5 % in three pages on \
the rule of July 2019 (F01), 2 % in one category later (F05); the article only implies more than 1 %)
    >>> fact("AD3").value, fact("AD3").reason
    (500.0, 'A01 ÷ A05 (A01 "Orders in August 2020, more than", A05 "Active merchants, more than")')
    >>> fact("A999")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kit.text.Refusal: no number 'A999'; there are: A01, ...
    """
    try:
        row = _numbers()[key]
    except KeyError:
        names = [row.id for row in _rows()]
        raise Refusal("unknown", what=words("what.number"), name=key, names=names) from None
    note(row.name if row.status in RANGED else row.id)
    return _overrides.get(row.id, row)


def value(key: str) -> float | str:
    """Return the value of a sourced number, in its own unit.

    >>> value("fan_xing.cap")
    100000.0
    """
    return fact(key).value


_overrides: dict[str, Number] = {}  # by id: overridden numbers, and those derived from them


@contextmanager
def override(values: dict[str, float]):
    """Override some sourced numbers within a ``with`` block; their status is then "supposed".

    Derived numbers follow. Objects made before (a policy, whose levers start at facts) keep the values they read.
    Raises Refusal for an assumption, which is moved as a lever, and for a value that is not a quantity.

    >>> with override({"A01": 550_000_000}):
    ...     value("A01"), fact("orders_august").status
    (550000000, 'supposed')
    >>> value("A01")
    500000000.0
    """
    global _overrides
    before = _overrides
    supposed = {row.id: row for row in before.values() if row.status == "supposed"}
    for key, amount in values.items():
        row = fact(key)
        if row.status in RANGED or isinstance(row.value, str) or not math.isfinite(amount):
            raise Refusal("suppose", name=key, value=amount)
        supposed[row.id] = replace(row, value=amount, status="supposed", formula="")
    known = [supposed.get(row.id, row) for row in _rows() if row.id in supposed or not row.formula]
    follow = [row for row in _rows() if row.formula and row.id not in supposed]
    _overrides = supposed | {row.id: row for row in _solved(follow, known)}
    try:
        yield
    finally:
        _overrides = before


def overrides() -> tuple[tuple[str, float], ...]:
    """Return the overrides in force as pairs (id, value): part of the key of cached results."""
    return tuple((row.id, row.value) for row in _overrides.values() if row.status == "supposed")


def table(*keys: str):
    """Return numbers (by default all) as a table: one row is one number, in the reader's language."""
    import pandas as pd

    rows = [fact(key) for key in keys or [row.id for row in _rows()]]
    return pd.DataFrame(
        {
            "id": [row.id for row in rows],
            "meaning": [label("fact", row.id) for row in rows],
            "shown": [str(row) for row in rows],
            "status": [words(f"status.{row.status}") for row in rows],
            "source": [row.reason for row in rows],
        }
    )


def provenance(outcome):
    """Return all numbers that an outcome's table depends on, as a table: sourced ones first, then assumptions."""
    return table(*outcome.attrs.get("facts", ()), *outcome.attrs["rests_on"])


def assumed(name: str):
    """Declare a model's lever by its row of assumptions.csv, with default, range and unit."""
    row = fact(name)
    step = 10.0 ** math.floor(math.log10((row.high - row.low) / 100))
    return lever(row.low, row.high, row.unit, default=row.value, step=step, start=(name,))


def find(text: str = "", **columns: str):
    """Return the numbers whose id, name or label contains a text, as a table.

    ``columns`` filter by status (fact, external, assumption, calibrated, derived), unit or date.

    >>> find("coupon", status="fact").empty, list(find("promotion credit", status="fact")["id"])
    (True, ['A38'])
    """
    for column in columns:
        if column not in ("status", "unit", "date"):
            raise Refusal("unknown", what=words("what.column"), name=column, names=["status", "unit", "date"])
    wanted = text.lower()
    rows = [
        row
        for row in _rows()
        if wanted in f"{row.id} {row.name} {label('fact', row.id)}".lower()
        and all(getattr(row, column) == value for column, value in columns.items())
    ]
    return table(*(row.id for row in rows)) if rows else table("A01").head(0)


@cache
def _model() -> type[Levers]:
    rows = [row for row in _rows() if row.status in RANGED]
    # A dotted name is the default of a lever of another group.
    fields = {row.name: (float, assumed(row.name)) for row in rows if "." not in row.name}
    return create_model("Assumptions", __base__=_Assumptions, **fields)


class _Assumptions(Levers):
    """What all assumptions have in common; their fields come from data."""

    group: ClassVar[str] = "assume"

    def __reduce__(self):
        return _restored, (self.model_dump(),)


def _restored(values: dict[str, float]) -> Levers:
    return _model()(**values)


def assumptions() -> Levers:
    """Return all assumptions at their defaults, as levers ``assume.<name>`` with their ranges.

    >>> assumptions().standard_fee
    0.05
    >>> assumptions().but({"assume.standard_fee": "2 %"}).standard_fee
    0.02
    """
    return _model()()
