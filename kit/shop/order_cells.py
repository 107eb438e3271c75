"""Cells of order exports: numbers and days as people and programs write them; None where one cannot be read."""

import datetime
import math
import re
import unicodedata
from functools import lru_cache

from kit.text import Refusal, quantity

EMPTY = frozenset(("", "-", "--", "—", "/", "\\n", "nan", "null", "none", "n/a", "无"))
_EARLIEST, _LATEST = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_MONEY = re.compile(r"rmb|cny|人民币|[¥$]|元$|yuan$")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[-+]?(\d+|\d{1,3}(\.\d{3})+),\d{1,2}")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?![\d])")
_MOST = 1e12  # yuan in one cell: more is a typing error, or an order number in the wrong column


def plain(cell: str) -> str:
    """Return a cell as plain text: full width to half width, without ``="…"``, a leading ' or blanks.

    >>> plain("\\t１２３ "), plain('="2020091500001"')
    ('123', '2020091500001')
    """
    text = unicodedata.normalize("NFKC", cell).strip().lstrip("'").strip()
    return text[2:-1].strip() if text.startswith('="') and text.endswith('"') and len(text) > 2 else text


@lru_cache(maxsize=100_000)
def amount(cell: str) -> tuple[float, str] | None:
    """Return the number in a cell and its unit ("share" for a percentage), or None.

    >>> amount("¥1,234.50"), amount("1.2万元"), amount("35%"), amount("(12.00)"), amount("1.234,50")
    ((1234.5, ''), (12000.0, ''), (0.35, 'share'), (-12.0, ''), (1234.5, ''))
    >>> amount("1,23,4"), amount("about 5")
    (None, None)
    """
    text = plain(cell).lower().replace(" ", "").replace("\u2212", "-")
    negative = text.startswith("(") and text.endswith(")")
    text = _MONEY.sub("", text[1:-1] if negative else text)
    if "," in text:
        digits = text.rstrip("千万亿km%‰")
        if _DECIMAL_COMMA.fullmatch(digits):
            text = text.replace(".", "").replace(",", ".")
        elif not _THOUSANDS.fullmatch(digits):
            return None
    try:
        value, unit = quantity(text)
    except (Refusal, OverflowError):
        return None
    # With another unit (件, kg) it is no amount of money.
    if unit not in ("", "share") or not math.isfinite(value) or abs(value) > _MOST:
        return None
    return (-value if negative else value), unit


@lru_cache(maxsize=100_000)
def day(cell: str) -> int | None:
    """Return the day in a cell as its proleptic ordinal, or None.

    Year first, or an Excel day number; day and month are never guessed.

    >>> [datetime.date.fromordinal(day(cell)).isoformat() for cell in ("2020/9/3 8:05", "20200903", "44077.337")]
    ['2020-09-03', '2020-09-03', '2020-09-03']
    >>> day("03/09/2020"), day("2020-02-30"), day("soon")
    (None, None, None)
    """
    text = plain(cell)
    found = _DAY.match(text)
    try:
        if found:
            date = datetime.date(*map(int, found.groups()))
        elif re.fullmatch(r"\d{8}(\d{6}|\d{4}| .*)?", text):
            date = datetime.date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        elif re.fullmatch(r"\d{5}(\.\d+)?", text):
            date = _EXCEL_EPOCH + datetime.timedelta(int(float(text)))
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return date.toordinal() if _EARLIEST <= date <= _LATEST else None
