"""Columns of an order export: their roles, by the known names in data/tables/order_columns.csv."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kit.paths import DATA
from kit.shop.order_files import Row
from kit.text import Refusal, words

ROLES = (
    *("order", "date", "amount", "price", "quantity", "refund", "status", "aftersale"),
    *("cost", "unit_cost", "margin", "buyer", "item"),
)
SEARCHED = 40  # rows from the top in which the header is searched
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")


@dataclass(frozen=True)
class Header:
    """The header row: its ``line``, all ``names`` in it, and the position of each known role."""

    line: int
    names: tuple[str, ...]
    roles: Mapping[str, int]

    def named(self) -> dict[str, str]:
        """Return the name of the column of each known role."""
        return {role: self.names[place] for role, place in self.roles.items()}


@cache
def _known() -> dict[str, tuple[str, int]]:
    """Normalised name -> role and rank; of several columns of a role the lowest rank is used."""
    with (DATA / "tables" / "order_columns.csv").open(encoding="utf-8", newline="") as lines:
        return {_bare(row["name"]): (row["role"], rank) for rank, row in enumerate(csv.DictReader(lines))}


def _bare(name: str) -> str:
    return re.sub(r"[\s_\-:*#.'\"/]+", "", _BRACKETS.sub("", unicodedata.normalize("NFKC", name).lower()))


def role_of(name: str) -> tuple[str, int] | None:
    """Return the role of a column by its name, and a rank (lower is a better match); None without a match.

    The whole name is matched first, else the longest known name within it.

    >>> role_of("买家实付金额（元）")[0], role_of("Order No.")[0], role_of("店铺优惠金额")[0], role_of("颜色")
    ('amount', 'order', 'other', None)
    """
    bare = _bare(name)
    if bare in _known():
        return _known()[bare]
    within = [known for known in _known() if len(known) >= (6 if known.isascii() else 3) and known in bare]
    if not within:
        return None
    role, rank = _known()[max(within, key=lambda known: (len(known), -_known()[known][1]))]
    return role, rank + 1_000


def _roles_of(names: list[str]) -> dict[str, int]:
    best: dict[str, tuple[int, int]] = {}
    for place, name in enumerate(names):
        found = role_of(name) if name.strip() else None
        if found and found[0] != "other":
            role, rank = found
            best[role] = min(best.get(role, (rank, place)), (rank, place))
    return {role: best[role][1] for role in ROLES if role in best}


def find_header(rows: list[Row], chosen: Mapping[str, str] | None = None) -> Header:
    """Return the header among a file's first rows: the one with most known columns.

    ``chosen`` overrides roles: role -> the column's name, or "" for none.
    Raises Refusal where no row names an amount (or a price and a quantity), with the names found.
    """
    chosen = dict(chosen or {})
    for role in chosen:
        if role not in ROLES:
            raise Refusal("unknown", what=words("what.order_column"), name=role, names=list(ROLES))
    wanted = {role: name.strip() for role, name in chosen.items() if name.strip()}
    headers = []
    for line, cells in rows[:SEARCHED]:
        names = [cell.strip() for cell in cells]
        roles = {role: place for role, place in _roles_of(names).items() if role not in chosen}
        given = {role: names.index(name) for role, name in wanted.items() if name in names}
        taken = set(given.values())
        roles = {role: place for role, place in roles.items() if place not in taken} | given
        # A row of data may hold a known word, but not many.
        score = (len(given), "amount" in roles or {"price", "quantity"} <= set(roles), len(roles))
        headers.append((score, -line, Header(line, tuple(names), {r: roles[r] for r in ROLES if r in roles})))
    best = max(headers, key=lambda found: found[:2], default=((0, False, 0), 0, Header(1, (), {})))
    (met, valued, known), _, header = best
    if met < len(wanted):
        missing = [name for name in wanted.values() if name not in header.names]
        raise Refusal("orders_no_column", name=missing[0], names=_shown(header.names))
    if not valued or (known < 2 and not wanted):
        wide = header if known else next((found for _, _, found in headers if len(found.names) > 1), header)
        raise Refusal("orders_no_amount", names=_shown(wide.names))
    return header


def _shown(names: tuple[str, ...]) -> list[str]:
    """The names, shortened to fit a message."""
    short = [name[:30] for name in names if name]
    return [*short[:20], "…"] if len(short) > 20 else short
