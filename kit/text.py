"""Texts and numbers in the reader's language, English or Chinese. The texts are in data/text."""

import csv
import datetime
import math
import re
import string
import unicodedata
from contextlib import contextmanager
from decimal import Decimal
from functools import cache

from kit.paths import DATA

LANGUAGES = ("en", "zh")
_language = "en"


def language(lang: str | None = None) -> str:
    """Set the reader's language ("en" or "zh") for this session; return the current one.

    >>> language()
    'en'
    >>> language("fr")
    Traceback (most recent call last):
    kit.text.Refusal: no language 'fr'; there are: en, zh
    """
    global _language
    if lang is not None:
        if lang not in LANGUAGES:
            raise Refusal("unknown", what=words("what.language"), name=lang, names=LANGUAGES)
        _language = lang
    return _language


@contextmanager
def speaking(lang: str):
    """Use another language temporarily: ``with speaking("zh"): ...``."""
    before = language()
    language(lang)
    try:
        yield
    finally:
        language(before)


class Refusal(ValueError):
    """A bad input: what is wrong and what would be right, in the reader's language.

    ``Refusal(code, **fields)`` is raised; its sentence is ``refusal.<code>`` in data/text.
    """

    def __init__(self, code: str, **fields):
        super().__init__(code)
        self.code, self.fields = code, fields

    def __str__(self) -> str:
        return self.said()

    def said(self, **instead) -> str:
        """Return the sentence with some fields replaced (a label for a lever's name)."""
        return words(f"refusal.{self.code}", **self.fields | instead)


@cache
def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for path in sorted((DATA / "text").glob("*.csv")):
        if path.stem == "glossary":
            continue
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["key"] in table or set(row) != {"key", *LANGUAGES} or not all(row.values()):
                    raise ValueError(f"{path.name}: {row} is not one new key and its words in {LANGUAGES}")
                table[row["key"]] = row
    return table


def has(key: str) -> bool:
    """Return whether data/text has this key."""
    return key in _table()


def under(prefix: str) -> list[str]:
    """Return the keys of data/text under a prefix, without it, in the order of the rows.

    >>> under("finding.who_gains")
    ['profit_more', 'subsidy_more', 'platform_cash']
    """
    return [key.removeprefix(f"{prefix}.") for key in _table() if key.startswith(f"{prefix}.")]


def words(key: str, **fields) -> str:
    """Return the text of ``key`` in the reader's language, its {fields} filled in.

    A field (value, unit) is formatted by ``number``; a field (key, "words") is the text of that key.

    >>> words("lever.fan_xing.credit")
    'Free promotion credit'
    >>> words("credit")
    Traceback (most recent call last):
    KeyError: "no words 'credit' in data/text"
    """
    try:
        sentence = _table()[key][_language]
    except KeyError:
        raise KeyError(f"no words {key!r} in data/text") from None
    return _Filler().vformat(sentence, (), fields) if fields else sentence


class _Filler(string.Formatter):
    def format_field(self, value, format_spec):
        match value:
            case (float() | int() | datetime.date(), str()) | (str(), "words"):
                return number(*value)
            case float():
                return _plain(value)
            case list() | tuple() | dict() | set():
                return (", " if _language == "en" else "、").join(str(item) for item in value)
        return str(value)


def label(kind: str, name: object) -> str:
    """Return the label of a lever, column, unit or category; its name if there is none.

    >>> label("unit", "yuan")
    'yuan'
    """
    key = f"{kind}.{name}"
    return words(key) if has(key) else str(name)


def number(value: float | str | datetime.date, unit: str = "") -> str:
    """Format a number with its unit in the reader's language; with the unit "words", return the text of a key.

    >>> number(100_000, "yuan"), number(0.05, "share"), number(12_200_000, "yuan")
    ('100,000 yuan', '5%', '12.2m yuan')
    >>> number(17.82, "yuan to the cent"), number(1782, "cents"), number(0.9, "coefficient")
    ('17.82 yuan', '17.82 yuan', '0.900')
    >>> with speaking("zh"):
    ...     number(100_000, "yuan"), number(0.05, "share"), number(500_000_000, "orders")
    ('10万元', '5%', '5亿单')
    """
    if isinstance(value, datetime.date):
        from babel.dates import format_date

        return format_date(value, "d MMM y" if _language == "en" else "y年M月d日", locale=_language)
    if isinstance(value, str):
        return words(value) if unit == "words" else label("choice", value)
    if not math.isfinite(value):
        return words("number.none")
    if unit == "share":
        return f"{_plain(100 * value)}%"
    gap = " " if _language == "en" else ""
    if unit in (EXACT, "cents"):
        return f"{round(value / (100 if unit == 'cents' else 1), 2) + 0.0:,.2f}{gap}{words('unit.yuan')}"
    if unit == "coefficient":
        return f"{value:.3f}"  # its changes are small
    scale, suffix = next((step for step in STEPS[_language] if abs(value) >= step[0]), (1.0, ""))
    shown = f"{_plain(value / scale, scaled=bool(suffix))}{suffix}"
    if not unit or unit in _BARE:
        return shown
    singular = shown in ("1", "-1") and has(f"unit.{unit}.one")
    return f"{shown}{gap}{label('unit', f'{unit}.one' if singular else unit)}"


_BLANKS = "".join(chr(n) for n in (*range(33), 0xA0, 0x3000, 0xFEFF, *range(0x2000, 0x2010), *range(0x2028, 0x2030)))


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet may run a text as a formula: = + - @ first, also full width or after blanks.

    >>> [is_formula(text) for text in ("=1+1", "＝1+1", "\\t=1+1", " @x", "P1", "1-1")]
    [True, True, True, True, False, False]
    """
    first = text.lstrip(_BLANKS)[:1]
    return text[:1] in ("\t", "\r", "\n") or unicodedata.normalize("NFKC", first) in ("=", "+", "-", "@")


def escape_formula(cell):
    """Return a cell as it is saved for a spreadsheet: text that could run as a formula gets an apostrophe.

    A carriage return becomes a line feed: csv.writer does not quote it, so that it would begin a new row.

    >>> escape_formula("=1+1"), escape_formula("+8613800000000"), escape_formula("P1"), escape_formula(-5)
    ("'=1+1", "'+8613800000000", 'P1', -5)
    """
    if not isinstance(cell, str):
        return cell
    return ("'" if is_formula(cell) else "") + cell.replace("\r\n", "\n").replace("\r", "\n")


def display_width(text: str) -> int:
    """Return how many columns a text takes where a Chinese character is as wide as two letters.

    >>> display_width("1,000万元"), display_width("GMV")
    (9, 3)
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


EXACT = "yuan to the cent"  # the unit of amounts that are settled
# Units that are shown in tables only.
_BARE = {"exponent", "log odds", "standard scores", "per yuan", "per unit share"}


# Number words from the largest down; axes use them too.
STEPS = {"en": [(1e9, "bn"), (1e6, "m")], "zh": [(1e8, "亿"), (1e4, "万")]}


def _plain(value: float, scaled: bool = False) -> str:
    """A readable number of digits: three (four with m, bn, 万 and 亿), two for a number below 0.1."""
    size = abs(value)
    if not size:
        return "0"
    if size < 0.1:
        return format(Decimal(f"{value:.2g}").normalize(), "f")
    if scaled:
        size /= 10
    places = 0 if size >= 100 else 1 if size >= 10 else 2
    shown = f"{round(float(value), places):,.{places}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


_QUANTITY = re.compile(r"^([-+]?[\d,]*\.?\d+(?:e[-+]?\d+)?)\s*([千万亿]|(?:k|m|bn)(?![a-z]))?\s*(%|‰|\D*)$", re.I)
_POWERS = {"千": 1e3, "万": 1e4, "亿": 1e8, "k": 1e3, "m": 1e6, "bn": 1e9}


def quantity(written: str) -> tuple[float, str]:
    """Parse a number as people write it; return it with its written unit.

    >>> quantity("4.5万元"), quantity("1 %"), quantity("１００ yuan"), quantity("2 days")
    ((45000.0, '元'), (0.01, 'share'), (100.0, 'yuan'), (2.0, 'days'))
    >>> quantity("much")
    Traceback (most recent call last):
    kit.text.Refusal: 'much' is not a number
    """
    match = _QUANTITY.match(unicodedata.normalize("NFKC", written).strip().lower())
    if not match:
        raise Refusal("not_a_number", value=written)
    digits, power, unit = match.groups()
    value = float(digits.replace(",", "")) * _POWERS.get(power or "", 1.0)
    if unit in ("%", "‰"):
        return value / (100 if unit == "%" else 1000), "share"
    return value, unit.strip()
