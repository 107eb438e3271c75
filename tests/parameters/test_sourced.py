"""Numbers of the world: each has a source, and a spoiled table does not load."""

import csv
import datetime
import math
import re
import shutil

import pytest

from kit.parameters import sourced
from kit.parameters.sourced import RANGED, STATUSES, assumptions, fact, value
from kit.paths import DATA, ROOT
from kit.text import LANGUAGES, Refusal, has, label, speaking, words

ARTICLE = ROOT.parent / "shared" / "article.zh.txt"


def numbers() -> list[sourced.Number]:
    return list(dict.fromkeys(sourced._numbers().values()))


def of(status: str) -> list[sourced.Number]:
    return [row for row in numbers() if row.status == status]


def by_id(row: sourced.Number) -> str:
    return row.id


both = pytest.mark.parametrize("lang", LANGUAGES)
every_number = pytest.mark.parametrize("row", numbers(), ids=by_id)
every_assumption = pytest.mark.parametrize("row", of("assumption") + of("calibrated"), ids=by_id)
every_quote = pytest.mark.parametrize("row", [row for row in numbers() if row.quote], ids=by_id)


# Whole tables


@pytest.mark.parametrize("stem", STATUSES)
def test_every_row_of_a_table_loads(stem):
    with (DATA / f"{stem}.csv").open(encoding="utf-8", newline="") as lines:
        written = list(csv.DictReader(lines))
    assert [row["id"] for row in written] == [row.id for row in of(STATUSES[stem])]
    assert all(fact(row["name"]) is fact(row["id"]) for row in written)


@every_number
def test_every_number_has_a_unit_a_date_a_status_and_a_source(row):
    assert row.unit
    assert row.date
    assert row.source
    assert row.status in STATUSES.values()


@both
@every_number
def test_every_number_has_a_label_and_a_unit_in_both_languages(row, lang):
    with speaking(lang):
        assert has(f"fact.{row.id}")
        assert row.unit == "text" or has(f"unit.{row.unit}")
        assert label("fact", row.id) in repr(row)
        assert words(f"status.{row.status}") in repr(row)


@every_number
def test_a_number_is_shown_to_a_chinese_reader_with_chinese_punctuation(row):
    with speaking("zh"):
        assert not re.search("[一-鿿][,;:?]|[,;:?][一-鿿]", repr(row)), repr(row)


@every_number
def test_a_date_in_words_is_said_in_both_languages(row):
    assert re.fullmatch(r"[\d/-]+", row.date) or has(f"date.{row.date}")


@every_assumption
def test_an_assumption_lies_in_its_range_and_says_why(row):
    assert row.low <= row.value <= row.high
    assert row.low < row.high
    assert has(f"reason.{row.id}"), "an assumption without a reason of its own"
    for lang in LANGUAGES:
        with speaking(lang):
            assert row.reason == words(f"reason.{row.id}")


def test_only_an_assumption_has_a_range():
    assert [row.id for row in numbers() if row.status not in RANGED and (row.low, row.high) != (None, None)] == []


def test_assumptions_are_levers_with_the_range_and_value_of_their_row():
    levers, values = assumptions().levers(), assumptions().values()
    rows = [row for status in RANGED for row in of(status) if "." not in row.name]
    assert list(levers) == [f"assume.{row.name}" for row in rows]
    for row in rows:
        lever = levers[f"assume.{row.name}"]
        assert (lever.low, lever.high, lever.unit) == (row.low, row.high, row.unit)
        assert values[lever.name] == row.value


@both
def test_an_unknown_number_is_refused_and_the_known_ones_are_named(lang):
    with speaking(lang), pytest.raises(Refusal) as refused:
        fact("A999")
    assert "A999" in str(refused.value)
    assert "A01" in str(refused.value)


# Spoiled tables


@pytest.fixture
def edit(tmp_path, monkeypatch):
    """Change cells of a row (or add a row) in a copy of the data; tell its line."""
    for stem in STATUSES:
        shutil.copy(DATA / f"{stem}.csv", tmp_path)
    monkeypatch.setattr(sourced, "DATA", tmp_path)

    def change(stem: str, row: str, again: bool = False, **cells: str) -> int:
        path = tmp_path / f"{stem}.csv"
        with path.open(encoding="utf-8", newline="") as lines:
            written = list(csv.DictReader(lines))
        place = next(n for n, line in enumerate(written) if line["id"] == row)
        changed = written[place] | cells
        if again:
            place = len(written)
            written.append(changed)
        written[place] = changed
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(written[0]))
            writer.writeheader()
            writer.writerows(written)
        return place + 2

    return change


@pytest.fixture
def spoil(edit):
    """Change cells of a row (or add a row) in a copy of the data, and load that: its line, and what is said."""

    def load(stem: str, row: str, again: bool = False, **cells: str) -> tuple[int, str]:
        line = edit(stem, row, again, **cells)
        with pytest.raises(Refusal) as refused:
            sourced._numbers.__wrapped__()
        return line, str(refused.value)

    return load


SPOILED = [
    ("facts", "A38", "unit", ""),
    ("facts", "A38", "source", ""),
    ("facts", "A38", "source", "  "),
    ("facts", "A38", "date", ""),
    ("facts", "A38", "name", ""),
    ("facts", "A38", "value", ""),
    ("facts", "A38", "value", "two hundred"),
    ("facts", "A38", "value", "nan"),
    ("facts", "A38", "status", "rumour"),
    ("facts", "A38", "status", "assumption"),
    ("facts", "A36", "value", "2020-13-01"),
    ("external", "F01", "source", ""),
    ("external", "F01", "status", "fact"),
    ("assumptions", "standard_fee", "value", "5 %"),
    ("assumptions", "standard_fee", "low", "little"),
    ("assumptions", "standard_fee", "high", "much"),
    ("assumptions", "standard_fee", "unit", ""),
    ("assumptions", "standard_fee", "status", ""),
    ("assumptions", "standard_fee", "value", "0.09"),
    ("derived", "AD3", "formula", ""),
    ("derived", "AD3", "unit", ""),
    ("derived", "AD3", "source", ""),
    ("derived", "AD3", "status", "fact"),
]


@both
@pytest.mark.parametrize(("stem", "row", "column", "cell"), SPOILED)
def test_a_spoiled_row_is_refused_with_its_file_line_and_column(spoil, lang, stem, row, column, cell):
    with speaking(lang):
        line, said = spoil(stem, row, **{column: cell})
    assert f"{stem}.csv" in said
    assert re.search(rf"\b{line}\b", said)
    assert re.search(rf"\b{column} =", said)


@pytest.mark.parametrize(("stem", "row"), [("facts", "A38"), ("assumptions", "standard_fee"), ("derived", "AD3")])
@pytest.mark.parametrize("cells", [{}, {"name": "another_name"}])
def test_a_number_that_stands_twice_is_refused_with_its_file_line_and_column(spoil, stem, row, cells):
    line, said = spoil(stem, row, again=True, **cells)
    assert f"{stem}.csv" in said
    assert re.search(rf"\b{line}\b", said)
    assert re.search(r"\bid =", said)


def test_an_untouched_copy_of_the_tables_loads(tmp_path, monkeypatch):
    for stem in STATUSES:
        shutil.copy(DATA / f"{stem}.csv", tmp_path)
    monkeypatch.setattr(sourced, "DATA", tmp_path)
    assert sourced._numbers.__wrapped__() == sourced._numbers()


# Derived numbers


@pytest.mark.parametrize(
    ("key", "by_hand"),
    [
        ("AD1", 500e6 / 31),
        ("AD2", 500e6 / 31 / 100e6),
        ("AD3", 500),
        ("AD4", 100),
        ("AD5", 100),
        ("AD6", 10.04 / 1.92),
        ("AD7", 0.03125),
        ("AD8", 1_920_000 / 5.7),
        ("AD9", 1),
        ("AD10", 4_000),
        ("AD10b", 1_000),
        ("orders_per_merchant_day", 500 / 31),
        ("AD12", 35_000),
        ("AD13", 35e9),
        ("AD14", 61),
        ("take_rate_upper", (1 - 0.685 - 0.283) * 25.3 / 109.6),
        ("L12c", 0.1168 / 0.3),
    ],
)
def test_a_derived_number_is_what_a_pencil_makes_of_it(key, by_hand):
    assert fact(key).value == pytest.approx(by_hand, rel=1e-12)
    assert fact(key).status == "derived"


def test_no_derived_number_is_stored():
    with (DATA / "derived.csv").open(encoding="utf-8", newline="") as lines:
        assert not {"value", "low", "high"} & set(csv.DictReader(lines).fieldnames)


def test_a_derived_number_follows_what_it_rests_on(edit):
    edit("facts", "A01", value="620000000")
    changed = sourced._numbers.__wrapped__()
    assert changed["AD1"].value == pytest.approx(20e6)
    assert changed["AD2"].value == pytest.approx(0.2), "AD2 rests on AD1"
    assert changed["AD3"] is changed["orders_per_merchant"]
    assert changed["AD4"] == fact("AD4")


def test_derived_numbers_do_not_hang_on_their_order_or_on_ids(edit):
    edit("derived", "AD1", formula="orders_per_merchant * active_merchants / 31")
    assert sourced._numbers.__wrapped__()["AD2"].value == pytest.approx(fact("AD2").value)


@both
@pytest.mark.parametrize("row", of("derived"), ids=by_id)
def test_a_derived_number_names_and_labels_what_it_rests_on(row, lang):
    parts = [fact(name) for name in re.findall(r"[A-Z]+\d+[a-z]?", row.formula)]
    assert parts
    with speaking(lang):
        for part in parts:
            # A lever moves an assumption; what is derived would stay behind.
            assert part.status != "assumption"
            assert part.id in row.reason
            assert label("fact", part.id) in row.reason


WRONG_FORMULAS = [
    ("A01 / A999", "formula_unknown", "A999"),
    ("A01 / nothing.here", "formula_unknown", "nothing.here"),
    ("A01 / A73", "formula_unknown", "A73"),  # a text
    ("AD3 + 1", "formula_circle", "AD3"),
    ("AD2 * 31", "formula_circle", "AD1"),
    ("A01 / (A04 - A04)", "formula_result", "A01 / (A04 - A04)"),
    ("1e308 * 10", "formula_result", "1e308 * 10"),
    ("9e999", "formula_result", "9e999"),
    ("A01 /", "formula_form", "A01 /"),
    ("(" * 500, "formula_form", "((("),
    ("A01 ** 2", "formula_form", "A01 ** 2"),
    ("A01 // 2", "formula_form", "A01 // 2"),
    ("max(A01, A04)", "formula_form", "max(A01, A04)"),
    ("__import__('os')", "formula_form", "__import__('os')"),
    ("'A01'", "formula_form", "'A01'"),
    ("True", "formula_form", "True"),
    ("A01 < A04", "formula_form", "A01 < A04"),
]


@both
@pytest.mark.parametrize(("formula", "fault", "named"), WRONG_FORMULAS, ids=[f[:20] for f, _, _ in WRONG_FORMULAS])
def test_a_wrong_formula_is_refused_with_its_row_and_what_is_wrong(spoil, edit, lang, formula, fault, named):
    edit("derived", "AD1", formula="AD3 / 31")  # so that AD2 * 31 comes back to itself
    with speaking(lang):
        _, said = spoil("derived", "AD3", formula=formula)
        assert "derived.csv" in said
        assert re.search(r"\b(AD[123]|orders_\w+) = ", said)
        assert named in said
        assert max(re.split(r"\{\w+\}", words(f"refusal.{fault}")), key=len) in said


# What is named


NAMED = re.compile(r"\b(?:AD|[A-Z])\d+[a-z]?\b")


@both
@every_assumption
def test_an_assumption_names_only_numbers_that_there_are(row, lang):
    with speaking(lang):
        for name in NAMED.findall(f"{row.source} {row.reason}"):
            assert fact(name)


@every_assumption
def test_the_reason_of_an_assumption_names_what_its_source_leans_on(row):
    for lang in LANGUAGES:
        with speaking(lang):
            assert set(NAMED.findall(row.source)) <= set(NAMED.findall(row.reason))


# Figures that the reasons give, and what they are reckoned from.
TYPED = [
    ("inside_share", "0.16", value("AD2")),
    ("need_hazard", "20", 1 / value("need_hazard")),
    ("follow_per_view", "3.1", 100 * value("AD7")),
    ("fan_decay", "333", 1 / value("fan_decay")),
    ("merit_memory", "20", 1 / value("merit_memory")),
    ("merit_floor", "16", value("AD11")),
    ("trust_rate", "20", 1 / value("trust_rate")),
    ("trust_base", "69", 100 / (1 + math.exp(-value("trust_base")))),
    ("trust_base", "51.5", 100 * value("L23a")),
    ("trust_base", "37.3", 100 * value("L22a")),
    ("price_premium", "110", value("price_premium") * value("L01")),
    ("price_home", "45", value("price_home") * value("L01")),
    ("time_adjustment", "20", 1 / value("time_adjustment")),
    ("load_churn", "0.02", 100 * value("load_churn") * 0.1),
    ("user_growth", "66", 100 * (value("U03a") / value("U03b") - 1)),
    ("user_growth", "0.14", 100 * math.log(value("U03a") / value("U03b")) / 365),
    ("content_revenue", "0.0052", value("AD15")),
    ("newcomer_days", "61", value("AD14")),
    ("take_up", "24.1", 100 * value("S13")),
    ("ten_billion.daily_budget", "0.9", 100 * value("ten_billion.daily_budget") / (value("AD13") / 31)),
    ("ten_billion.newcomer_quota", "0.6", 100 * value("ten_billion.newcomer_quota") / value("AD1")),
    ("festival.lift", "1.8", math.exp(value("festival.lift"))),
    ("festival.tilt", "1.6", math.exp(value("festival.tilt"))),
    ("festival_main_day", "2.3", value("E07d") / (value("K04") / 182)),
    (
        "self_built_share",
        "0.66",
        100
        * (1 - 0.27)
        * (
            value("self_built_share") * value("standard_fee")
            + value("alliance_share") * value("alliance.commission") * value("alliance.platform_cut")
        ),
    ),
    ("reference_memory", "3.85", -100 * value("S06c")),
    ("belt_cost_cut", "7.6", 100 * value("S02c")),
    ("ten_billion.brands", "910", 182 * value("ten_billion.brands")),
    ("brand_appeal", "1.6", math.exp(value("brand_appeal"))),
    ("challenge_effort_cost", "10", value("challenge_effort_cost") * 0.1**2 / 2),
    ("challenge_effort_cost", "250", value("challenge_effort_cost") * 0.5**2 / 2),
]


@both
@pytest.mark.parametrize(("key", "typed", "reckoned"), TYPED)
def test_a_figure_in_a_reason_is_what_its_numbers_give(key, typed, reckoned, lang):
    places = len(typed.partition(".")[2])
    assert float(typed) == pytest.approx(reckoned, abs=0.51 * 10**-places)
    with speaking(lang):
        assert re.search(rf"(?<![\d.]){re.escape(typed)}(?![\d.]*\d)", fact(key).reason)


# The article


def test_every_fact_has_a_quote_and_nothing_else_does():
    assert [row.id for row in numbers() if bool(row.quote) != (row.status == "fact")] == []


@every_quote
def test_a_quote_is_at_most_14_characters(row):
    assert 0 < len(row.quote) <= 14


@every_quote
def test_a_quote_stands_in_the_article(row):
    if not ARTICLE.exists():
        pytest.skip("the article's text is not part of the course; it is not on this machine")
    article = ARTICLE.read_text(encoding="utf-8")
    for part in row.quote.split("…"):
        assert part.strip()
        assert part in article


QUOTED = [
    ("A01", r"突破(\d+)亿单", 1e8, "orders"),
    ("A04", r"日活用户超过(\d+)亿", 1e8, "users"),
    ("A05", r"商家数超过(\d+)万", 1e4, "merchants"),
    ("A38", r"价值(\d+)元", 1, "yuan"),
    ("A39", r"低至(\d+)%", 0.01, "share"),
    ("A40", r"累计销售额(\d+)万以内", 1e4, "yuan"),
]


@pytest.mark.parametrize(("key", "pattern", "scale", "unit"), QUOTED)
def test_a_fact_of_the_article_is_the_number_in_its_quote(key, pattern, scale, unit):
    row = fact(key)
    assert row.value == pytest.approx(float(re.search(pattern, row.quote)[1]) * scale, rel=1e-12)
    assert row.unit == unit


def test_the_window_of_fan_xing_is_the_one_in_its_quotes():
    year, month, day = map(int, re.fullmatch(r"(\d+)年(\d+)月(\d+)日", fact("A36").quote).groups())
    assert datetime.date.fromisoformat(value("A36")) == datetime.date(year, month, day)
    # The article names the year once, at the first day.
    month, day = map(int, re.fullmatch(r"(\d+)月(\d+)日", fact("A37").quote).groups())
    assert datetime.date.fromisoformat(value("A37")) == datetime.date(year, month, day)
