"""Words and numbers for people: both languages, written and read back."""

import ast
import csv
import datetime
import math
import re
import string

import pytest
from course_font import drawn
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import text
from kit.parameters.levers import unit_names
from kit.paths import DATA, ROOT
from kit.text import LANGUAGES, Refusal, language, number, quantity, speaking, words

both = pytest.mark.parametrize("lang", LANGUAGES)
HAN = "一-鿿"


def rows_of_words() -> list[tuple[str, dict[str, str]]]:
    rows = []
    for path in sorted((DATA / "text").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows += [(path.name, row) for row in csv.DictReader(lines) if {"key", *LANGUAGES} <= set(row)]
    return rows


def refusals() -> list[tuple[str, ast.Call]]:
    """Every ``Refusal(...)`` that kit/ raises, with the file and line where it does."""
    found = []
    for path in sorted((ROOT / "kit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                found.append((f"{path.relative_to(ROOT)}:{node.lineno}", node))
    return found


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


# Languages


def test_the_language_is_set_and_told():
    assert language("zh") == language() == "zh"
    assert words("unit.yuan") == "元"


def test_speaking_ends_where_it_began_even_after_an_error():
    with pytest.raises(ZeroDivisionError), speaking("zh"):
        _ = 1 / 0
    assert language() == "en"


def test_an_unknown_language_is_refused_and_the_known_ones_are_named():
    with pytest.raises(Refusal, match=r"'fr'.*en, zh"):
        language("fr")
    assert language() == "en"


def test_an_unknown_language_is_refused_in_chinese_words_to_a_chinese_reader():
    with speaking("zh"):
        with pytest.raises(Refusal) as refused:
            language("fr")
        assert words("what.language") in str(refused.value)
        assert "language" not in str(refused.value)


def test_words_that_are_missing_are_an_error_that_names_them():
    with pytest.raises(KeyError, match=r"no words 'nothing\.here'"):
        words("nothing.here")


@pytest.mark.parametrize("row", ["a.key,only English,", "unit.yuan,yuan,元\nunit.yuan,yuan,元", "a.key,one,一,more"])
def test_a_table_of_words_that_is_not_whole_does_not_load(row, tmp_path, monkeypatch):
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "spoiled.csv").write_text(f"key,en,zh\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(text, "DATA", tmp_path)
    with pytest.raises(ValueError, match=r"spoiled\.csv"):
        text._table.__wrapped__()


# Refusals


def test_every_refusal_in_the_kit_has_its_words_and_gives_all_their_fields():
    calls = refusals()
    assert len(calls) > 20
    for place, call in calls:
        assert isinstance(call.args[0], ast.Constant), f"{place}: a refusal's code is a plain string"
        code = call.args[0].value
        assert text.has(f"refusal.{code}"), f"{place}: no words 'refusal.{code}'"
        given_names = {keyword.arg for keyword in call.keywords}
        if None in given_names:  # **fields: what it holds is seen when the refusal is raised, in test_levers
            continue
        for lang in LANGUAGES:
            with speaking(lang):
                missing = fields(words(f"refusal.{code}")) - given_names
            assert not missing, f"{place}: refusal.{code} ({lang}) asks for {missing}"


@both
@pytest.mark.parametrize("names", [["one"], ["marginal", "whole"], ("en", "zh"), ["a", "b", "c"]])
def test_a_refusal_names_everything_that_there_is(lang, names):
    with speaking(lang):
        said = str(Refusal("unknown", what="", name="x", names=names))
    assert said.endswith((", " if lang == "en" else "、").join(names))


# The tables of words


def test_both_languages_of_a_row_have_the_same_fields():
    apart = [f"{file}: {row['key']}" for file, row in rows_of_words() if fields(row["en"]) != fields(row["zh"])]
    assert apart == []


@pytest.mark.parametrize(("kind", "files"), [("column", "columns"), ("unit", "units"), ("refusal", ".*refusals")])
def test_headings_units_and_refusals_stand_in_files_of_their_own(kind, files):
    elsewhere = [row["key"] for file, row in rows_of_words() if not re.fullmatch(rf"{files}\.csv", file)]
    assert [key for key in elsewhere if key.startswith(f"{kind}.")] == []


def test_chinese_words_have_chinese_punctuation():
    wrong = re.compile(f"[{HAN}][,;:?]|[,;:?][{HAN}]")
    assert [row["zh"] for _, row in rows_of_words() if wrong.search(row["zh"])] == []


def test_chinese_words_have_chinese_punctuation_beside_what_is_filled_in():
    wrong = re.compile("[}][,;:?]|[,;:?][{]")
    assert [row["zh"] for _, row in rows_of_words() if wrong.search(row["zh"])] == []


def chinese() -> list[tuple[str, str]]:
    """Every Chinese cell of data/text, the glossary's too, with its file."""
    cells = []
    for path in sorted((DATA / "text").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                cells += [(path.name, cell) for column, cell in row.items() if column.endswith("zh")]
    return cells


def test_chinese_words_keep_to_the_letters_of_the_shipped_font():
    assert [(file, cell) for file, cell in chinese() if not all(map(drawn, cell))] == []


def test_the_glossary_is_whole_and_each_term_has_one_word_in_each_language():
    with (DATA / "text" / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row for row in rows if not all(row.values())] == []
    for column in ("term", "en", "zh", "definition_en", "definition_zh"):
        cells = [row[column].lower() for row in rows]
        assert sorted(cells) == sorted(set(cells)), column
    for row in rows:
        assert row["definition_en"].endswith(".")
        assert row["definition_zh"].endswith("。")
        assert not re.search(f"[{HAN}][,;:?]|[,;:?][{HAN}]", row["zh"] + row["definition_zh"]), row["term"]


# Numbers, written

ENGLISH = [
    (0, "yuan", "0 yuan"),
    (9.994, "yuan", "9.99 yuan"),
    (16.13, "", "16.1"),
    (100_000, "yuan", "100,000 yuan"),
    (-1_050, "yuan", "-1,050 yuan"),
    (12_200_000, "yuan", "12.2m yuan"),
    (500_000_000, "orders", "500m orders"),
    (2_500_000_000, "yuan", "2.5bn yuan"),
    (1e12, "yuan", "1,000bn yuan"),
    (0.05, "share", "5%"),
    (0.0208, "share", "2.08%"),
    (0.0, "share", "0%"),
    (1, "orders", "1 order"),
    (2, "orders", "2 orders"),
    (1, "days", "1 day"),
    (1.0, "hours", "1 hour"),
    (0.001, "yuan", "0.001 yuan"),
    (0.0052, "yuan", "0.0052 yuan"),
    (-0.01549, "", "-0.015"),
    (0.00074, "share", "0.074%"),
    (0.5, "log odds", "0.5"),
    (1.57, "times", "1.57 times"),
    (0.005, "yuan per minute", "0.005 yuan a minute"),
    (5, "furlongs", "5 furlongs"),
    (datetime.date(2020, 9, 15), "", "15 Sep 2020"),
]
CHINESE = [
    (0, "yuan", "0元"),
    (9_999, "yuan", "9,999元"),
    (100_000, "yuan", "10万元"),
    (-12_345, "yuan", "-1.23万元"),
    (12_200_000, "yuan", "1,220万元"),
    (500_000_000, "orders", "5亿单"),
    (2_500_000_000, "yuan", "25亿元"),
    (0.05, "share", "5%"),
    (1, "days", "1天"),
    (2, "hours", "2小时"),
    (datetime.date(2020, 9, 15), "", "2020年9月15日"),
]


@pytest.mark.parametrize(
    ("lang", "value", "unit", "shown"), [("en", *case) for case in ENGLISH] + [("zh", *case) for case in CHINESE]
)
def test_a_number_is_written_the_readers_own_way(lang, value, unit, shown):
    with speaking(lang):
        assert number(value, unit) == shown


@both
def test_a_choice_is_written_in_its_words(lang):
    with speaking(lang):
        assert number("whole") == words("choice.whole")


@both
@pytest.mark.parametrize("unit", ["yuan", "share", ""])
@pytest.mark.parametrize("value", [math.inf, math.nan])
def test_what_is_not_finite_is_said_in_words(lang, unit, value):
    with speaking(lang):
        assert number(value, unit) == words("number.none")


@both
@pytest.mark.parametrize("value", [1e-5, 1e-7, -3e-9])
def test_a_tiny_number_keeps_its_first_digit(lang, value):
    with speaking(lang):
        shown = number(value, "yuan")
    assert float(shown.removesuffix(" yuan").removesuffix("元")) == value
    assert not shown.split()[0].endswith("."), "a number does not end on a bare point"


@both
@pytest.mark.parametrize("unit", ["yuan", "share"])
def test_nothing_has_no_minus_sign(lang, unit):
    with speaking(lang):
        assert number(-0.0, unit) == number(0.0, unit)


@pytest.mark.parametrize("value", [0.999, 1.001])
def test_the_singular_goes_with_the_number_that_is_shown(value):
    assert number(value, "hours") == "1 hour"


# Numbers, read


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("4.5万元", 45_000, "元"),
        ("10万", 100_000, ""),
        ("5亿单", 5e8, "单"),
        ("2 千元", 2_000, "元"),
        ("1 %", 0.01, "share"),
        ("1％", 0.01, "share"),
        ("5‰", 0.005, "share"),
        ("１００ yuan", 100, "yuan"),
        ("１２，０００元", 12_000, "元"),
        ("12,200,000 yuan", 12_200_000, "yuan"),
        ("12.2m yuan", 12_200_000, "yuan"),
        ("2.5 bn", 2.5e9, ""),
        ("3k", 3_000, ""),
        ("-0.5", -0.5, ""),
        (".5", 0.5, ""),
        ("1e3 yuan", 1_000, "yuan"),
        ("  2 Days ", 2, "days"),
        ("2 minutes", 2, "minutes"),
        ("3 merchants", 3, "merchants"),
        ("3 kg", 3, "kg"),
    ],
)
def test_a_number_is_read_as_people_write_it(written, value, unit):
    assert quantity(written) == (pytest.approx(value, rel=1e-12), unit)


@both
@pytest.mark.parametrize("written", ["", " ", "much", "--1", "1.2.3", "yuan 5", "nan", "inf", "%", "5 % 3", "½"])
def test_what_is_not_a_number_is_refused_by_its_own_name(lang, written):
    with speaking(lang), pytest.raises(Refusal) as refused:
        quantity(written)
    assert written in str(refused.value)
    assert refused.value.code == "not_a_number"


def _as_shown(x: float) -> float:
    """How far a written number may lie from ``x``: three digits, two decimals, or one digit of a tiny number."""
    size = abs(x)
    return 0.00501 * size if size >= 1 else 0.00501 if size >= 0.005 else 0.34 * size


amounts = st.floats(min_value=1e-4, max_value=1e15)


@both
@settings(max_examples=100, deadline=None)
@given(size=amounts | st.just(0.0), sign=st.sampled_from([1, -1]))
def test_a_number_that_was_written_reads_back_as_itself(lang, size, sign):
    x = sign * size
    with speaking(lang):
        value, unit = quantity(number(x, "yuan"))
        assert unit == words("unit.yuan")
    assert abs(value - x) <= _as_shown(x)


@both
@settings(max_examples=50, deadline=None)
@given(x=st.floats(min_value=1e-3, max_value=2.0))
def test_a_share_that_was_written_reads_back_as_itself(lang, x):
    with speaking(lang):
        value, unit = quantity(number(x, "share"))
    assert unit == "share"
    assert abs(100 * value - 100 * x) <= _as_shown(100 * x)


UNITS = ["yuan", "orders", "users", "merchants", "minutes", "days", "hours", "impressions"]


@both
@pytest.mark.parametrize("amount", [1, 2, 1_500_000])
@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_that_was_written_reads_back_as_itself(lang, unit, amount):
    with speaking(lang):
        value, name = quantity(number(amount, unit))
    assert value == amount
    assert name in unit_names(unit)


@both
@pytest.mark.parametrize("unit", ["exponent", "standard scores", "per yuan"])
def test_a_pure_number_is_written_without_a_unit(lang, unit):
    with speaking(lang):
        assert quantity(number(0.05, unit)) == (0.05, "")
