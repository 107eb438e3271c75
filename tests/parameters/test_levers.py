"""Levers: one place for range and unit; changed by copy, refused when wrong."""

import datetime
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lever_strategies import sensible

from kit.outcomes.own_shop import Shop, my_shop
from kit.parameters.levers import Lever, split, unit_names
from kit.parameters.sourced import assumptions, override
from kit.policies.policy import policy
from kit.policies.programmes import programmes
from kit.policies.programmes.fan_xing import FanXing
from kit.text import LANGUAGES, Refusal, has, number, speaking, words

both = pytest.mark.parametrize("lang", LANGUAGES)
GROUPS = {name: model() for name, model in programmes().items()} | {"shop": Shop(), "assume": assumptions()}
LEVERS = {name: lever for group in GROUPS.values() for name, lever in group.levers().items()}
VALUES = {name: value for group in GROUPS.values() for name, value in group.values().items()}
NUMBERS = [lever for lever in LEVERS.values() if lever.kind == "number"]


def by_name(lever: Lever) -> str:
    return lever.name


every_lever = pytest.mark.parametrize("lever", LEVERS.values(), ids=by_name)
every_number = pytest.mark.parametrize("lever", NUMBERS, ids=by_name)


# What a lever is


@every_lever
def test_a_lever_starts_within_its_range_and_has_words(lever):
    assert lever.check(VALUES[lever.name]) == VALUES[lever.name]
    for lang in LANGUAGES:
        with speaking(lang):
            assert has(f"lever.{lever.name}")
            assert has(f"unit.{lever.unit}")
            assert all(has(f"choice.{choice}") for choice in lever.choices)


@both
def test_no_two_levers_have_the_same_label(lang):
    with speaking(lang):
        labels = [words(f"lever.{name}") for name in LEVERS]
    assert sorted(labels) == sorted(set(labels))


@every_lever
def test_a_lever_moves_by_copy(lever):
    group = GROUPS[lever.name.partition(".")[0]]
    before = group.values()
    to = lever.choices[-1] if lever.choices else lever.high
    changes = sensible({lever.name: to})
    moved = group.but(changes)
    assert moved.values() == before | changes
    assert group.values() == before


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_number_within_the_range_is_taken_as_it_is_and_one_outside_is_refused(data):
    lever = data.draw(st.sampled_from(NUMBERS))
    inside = data.draw(st.floats(lever.low, lever.high))
    assert lever.check(inside) == inside
    beyond = st.floats(lever.high, exclude_min=True, allow_infinity=False)
    outside = data.draw(beyond | st.floats(max_value=lever.low, exclude_max=True, allow_infinity=False))
    with pytest.raises(Refusal, match=lever.name):
        lever.check(outside)


def test_levers_cannot_be_set_in_place():
    for group, field in ((FanXing(), "credit"), (Shop(), "price"), (assumptions(), "standard_fee")):
        with pytest.raises(ValueError, match="frozen"):
            setattr(group, field, 1.0)


def refusal(act) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value


@both
@pytest.mark.parametrize(
    ("field", "value"),
    [("credit", 9999), ("credit", "much"), ("fee", 4), ("credit", "4 %"), ("start", "soon"), ("reading", "hole"),
     ("end", "2020-08-31"), ("credt", 300), ("end", datetime.date(2020, 8, 1)), ("credit", True)],
)  # fmt: skip
def test_a_model_is_made_and_changed_by_one_check(lang, field, value):
    with speaking(lang):
        made = refusal(lambda: FanXing(**{field: value}))
        changed = refusal(lambda: FanXing().but({f"fan_xing.{field}": value}))
        assert (made.code, str(made)) == (changed.code, str(changed))
        assert f"fan_xing.{field}" in str(made)


@pytest.mark.parametrize(
    ("field", "value"),
    [("fee", "1 %"), ("cap", "10万元"), ("start", "2020年9月15日"), ("reading", "whole"), ("credit", 300)],
)
def test_a_model_is_made_of_what_it_is_changed_to(field, value):
    made = FanXing(**{field: value})
    assert made == FanXing().but({f"fan_xing.{field}": value})
    assert type(getattr(made, field)) in (float, str, datetime.date)


def test_a_sourced_number_overridden_beyond_a_levers_range_is_refused_in_the_same_words():
    with override({"fan_xing.credit": 9999.0}):
        assert refusal(FanXing).code == "lever_outside"


def test_a_programme_is_not_made_with_days_in_the_wrong_order():
    made = refusal(lambda: FanXing(start="2020-09-03", end="2020-09-02"))
    changed = refusal(lambda: FanXing().but({"fan_xing.start": "2020-09-03", "fan_xing.end": "2020-09-02"}))
    assert (made.code, str(made)) == ("window", str(changed))


# Units


@both
@every_number
def test_a_lever_reads_what_it_shows(lever, lang):
    with speaking(lang):
        for value in (lever.low, VALUES[lever.name], lever.high):
            assert lever.check(lever.show(value)) == pytest.approx(value, rel=0.0051)


@both
@pytest.mark.parametrize("lever", [lever for lever in NUMBERS if lever.low <= 1 <= lever.high], ids=by_name)
def test_a_lever_reads_its_one(lever, lang):
    with speaking(lang):
        assert lever.check(lever.show(1)) == 1


@every_lever
def test_a_lever_names_its_unit_in_every_language(lever):
    for lang in LANGUAGES:
        with speaking(lang):
            assert words(f"unit.{lever.unit}").lower() in unit_names(lever.unit)


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("fan_xing.fee", "1 %", 0.01),
        ("fan_xing.fee", "１％", 0.01),
        ("fan_xing.fee", "10‰", 0.01),
        ("fan_xing.fee", "0.01", 0.01),
        ("fan_xing.cap", "10万元", 100_000),
        ("fan_xing.cap", "100,000 yuan", 100_000),
        ("fan_xing.cap", "100k", 100_000),
        ("fan_xing.coaching", "2 小时", 2),
        ("shop.days", "30 天", 30),
        ("fan_xing.start", "2020-09-15", datetime.date(2020, 9, 15)),
        ("fan_xing.start", datetime.datetime(2020, 9, 15, 20), datetime.date(2020, 9, 15)),
        ("fan_xing.credit", 300, 300.0),
    ],
)
def test_a_lever_reads_a_value_with_its_unit(name, written, value):
    taken = LEVERS[name].check(written)
    assert taken == pytest.approx(value) if isinstance(value, float) else taken == value
    assert type(taken) in (float, datetime.date)


GUESS = Lever("your guess", "share", "number", -math.inf, math.inf)  # as a question in per cent: no range
BARE = {"40": 0.4, "0.4": 0.004, "0.73": 0.0073, "1": 0.01, "0.5": 0.005, "100": 1.0, "４０": 0.4, "０．７３": 0.0073}
SIGNED = {"40 %": 0.4, "40‰": 0.04, "0.73%": 0.0073, "４０％": 0.4}


@pytest.mark.parametrize(("written", "value"), (BARE | SIGNED).items())
def test_a_bare_number_that_a_person_types_is_per_cent(written, value):
    assert GUESS.check(GUESS.typed(written)) == pytest.approx(value)


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("shop.margin", "40", 0.4),
        ("shop.margin", "0.4", 0.4),  # 0.4 % lies below the range
        ("shop.margin", "0.73", 0.73),
        ("shop.margin", "40‰", None),
        ("shop.margin", "100", None),
        ("fan_xing.fee", "1", 0.01),
        ("fan_xing.fee", "0.73", 0.0073),
        ("fan_xing.fee", "0.5", 0.005),
        ("fan_xing.fee", "0.05", 0.05),  # within the range as it stands
        ("fan_xing.fee", "40‰", 0.04),
        ("fan_xing.fee", "40 %", None),
        ("coupon.reach", "100", 1.0),
        ("coupon.reach", "0.5", 0.5),
        ("fan_xing.cap", "40", 40.0),  # no share: nothing to read into it
    ],
)
def test_a_bare_number_within_a_levers_range_is_a_share_else_per_cent(name, written, value):
    lever = LEVERS[name]
    if value is None:
        with pytest.raises(Refusal, match=name):
            lever.check(lever.typed(written))
    else:
        assert lever.check(lever.typed(written)) == pytest.approx(value)


@pytest.mark.parametrize("value", [40, 40.0, "40", "４０"])
def test_in_code_and_files_a_number_is_never_per_cent(value):
    with pytest.raises(Refusal) as refused:
        LEVERS["shop.margin"].check(value)
    assert refused.value.code == "lever_percent"
    assert LEVERS["shop.margin"].check("0.73") == 0.73
    assert policy("fan_xing").but({"fan_xing.fee": 0.04})["fan_xing.fee"] == 0.04


# What a lever refuses

NOT_NUMBERS = [math.nan, math.inf, -math.inf, "nan", "much", "", None, True, False, [], {}, [1.0], 10**400]


@both
@pytest.mark.parametrize("value", NOT_NUMBERS, ids=lambda value: str(value)[:8])
def test_what_is_not_a_number_is_refused_with_the_name_of_the_lever(lang, value):
    with speaking(lang), pytest.raises(Refusal) as refused:
        LEVERS["fan_xing.credit"].check(value)
    with speaking(lang):
        assert "fan_xing.credit" in str(refused.value)


@both
@pytest.mark.parametrize("value", [True, False])
def test_yes_and_no_are_not_numbers(lang, value):
    with speaking(lang), pytest.raises(Refusal, match=str(value)):
        LEVERS["fan_xing.credit"].check(value)


@both
@pytest.mark.parametrize("value", [2001, -0.01, "1万元"])
def test_a_value_outside_the_range_is_refused_with_the_range_and_unit(lang, value):
    with speaking(lang):
        with pytest.raises(Refusal) as refused:
            LEVERS["fan_xing.credit"].check(value)
        for part in ("fan_xing.credit", "0.0", "2000.0", words("unit.yuan")):
            assert part in str(refused.value)


@both
@pytest.mark.parametrize(("name", "slip", "meant"), [("fan_xing.fee", 4, "0.04"), ("shop.margin", 40, "0.4")])
def test_a_percentage_typed_as_a_number_is_refused_with_both_right_ways(lang, name, slip, meant):
    with speaking(lang):
        with pytest.raises(Refusal) as refused:
            LEVERS[name].check(slip)
        for part in (name, str(LEVERS[name].high), meant, f"{slip} %"):
            assert part in str(refused.value)


def test_what_no_percent_sign_would_mend_gets_no_such_advice():
    with pytest.raises(Refusal) as refused:
        LEVERS["fan_xing.fee"].check(40)
    assert refused.value.code == "lever_outside"


@both
@pytest.mark.parametrize(
    ("name", "written", "wrong"),
    [
        ("fan_xing.credit", "4 days", "days"),
        ("fan_xing.credit", "4 %", "%"),
        ("fan_xing.fee", "0.01元", "元"),
        ("fan_xing.coaching", "2 kg", "kg"),
        ("assume.minutes_per_visit", "2 minutes ago", "minutes ago"),
    ],
)
def test_a_wrong_unit_is_refused_with_the_right_one(lang, name, written, wrong):
    with speaking(lang):
        with pytest.raises(Refusal) as refused:
            LEVERS[name].check(written)
        for part in (name, f"{wrong}", words(f"unit.{LEVERS[name].unit}")):
            assert part in str(refused.value)
        assert f"'{wrong}'" in str(refused.value) or f"“{wrong}”" in str(refused.value)


@both
@pytest.mark.parametrize("value", ["2020-13-01", "2020-02-30", "soon", "", 20200915, None, True, datetime.time(12)])
def test_what_is_not_a_date_is_refused_with_an_example(lang, value):
    with speaking(lang), pytest.raises(Refusal) as refused:
        LEVERS["fan_xing.start"].check(value)
    with speaking(lang):
        for part in ("fan_xing.start", str(value), "2020-09-15"):
            assert part in str(refused.value)


@both
@pytest.mark.parametrize("day", ["2020-08-31", "2021-01-30"])
def test_a_date_outside_the_range_is_refused_with_the_range(lang, day):
    with speaking(lang):
        with pytest.raises(Refusal) as refused:
            LEVERS["fan_xing.start"].check(day)
        for part in ("fan_xing.start", day, "2020-09-01", "2021-01-29"):
            assert part in str(refused.value)


@both
@pytest.mark.parametrize("value", ["hole", "", None, 1, True, ["whole"], "Whole"])
def test_what_is_no_choice_is_refused_with_all_the_choices(lang, value):
    lever = LEVERS["fan_xing.reading"]
    with speaking(lang):
        with pytest.raises(Refusal) as refused:
            lever.check(value)
        assert lever.name in str(refused.value)
        for choice in lever.choices:
            assert choice in str(refused.value)


@both
@pytest.mark.parametrize("group", GROUPS)
def test_an_unknown_lever_is_refused_with_all_that_there_are(lang, group):
    with speaking(lang), pytest.raises(Refusal) as refused:
        GROUPS[group].but({f"{group}.nothing": 1})
    with speaking(lang):
        for part in (f"{group}.nothing", *GROUPS[group].levers()):
            assert part in str(refused.value)


SENSELESS = {
    "fan_xing ends first": {"fan_xing.end": "2020-09-02", "fan_xing.start": "2020-09-03"},
    "festival ends first": {"festival.end": "2020-10-29"},
    "main day before": {"festival.main_day": "2020-10-29"},
    "main day after": {"festival.main_day": "2020-11-12"},
    "festival moved without its main day": {"festival.start": "2020-11-07", "festival.gala": "2020-11-07"},
    "gala after": {"festival.gala": "2020-11-12"},
}


@both
@pytest.mark.parametrize("case", SENSELESS)
def test_a_window_that_makes_no_sense_is_refused_with_both_days_and_moves_nothing(lang, case):
    group = GROUPS[next(iter(SENSELESS[case])).partition(".")[0]]
    before = group.values()
    with speaking(lang):
        with pytest.raises(Refusal) as refused:
            group.but(SENSELESS[case])
        said, fields = str(refused.value), refused.value.fields
        assert fields["last"][0] < fields["first"][0]
        for part in (fields["earlier"], fields["later"], number(fields["first"][0]), number(fields["last"][0])):
            assert part in said
    assert set(SENSELESS[case]) & {fields["earlier"], fields["later"]}
    assert group.values() == before


def test_a_festival_moved_whole_and_a_gala_on_its_eve_are_taken():
    days = {"start": "2020-12-10", "end": "2020-12-13", "main_day": "2020-12-12", "gala": "2020-12-09"}
    moved = GROUPS["festival"].but({f"festival.{name}": day for name, day in days.items()})
    assert {name: getattr(moved, name).isoformat() for name in days} == days


def test_a_programme_of_one_day_is_taken():
    assert FanXing().but({"fan_xing.end": "2020-09-01"}).end == datetime.date(2020, 9, 1)


def test_one_wrong_lever_moves_none():
    shop = Shop()
    before = shop.values()
    with pytest.raises(Refusal):
        shop.but({"shop.price": 50, "shop.margin": 40})
    assert shop.values() == before


@both
def test_a_figure_that_a_shop_does_not_have_is_refused_with_those_that_it_has(lang):
    with speaking(lang), pytest.raises(Refusal) as refused:
        my_shop(sales=500)
    with speaking(lang):
        assert "shop.sales" in str(refused.value)
        assert "shop.daily_sales" in str(refused.value)


# Several subjects


def test_changes_go_to_the_subject_that_has_the_lever():
    subjects = [policy("fan_xing"), Shop(), assumptions()]
    parts = split({"shop.price": 50, "fan_xing.fee": 0.02, "assume.retention": 0.3}, subjects)
    assert parts == [{"fan_xing.fee": 0.02}, {"shop.price": 50}, {"assume.retention": 0.3}]


@both
def test_a_lever_that_no_subject_has_is_refused_with_all_that_they_have(lang):
    subjects = [policy("fan_xing"), Shop()]
    with speaking(lang), pytest.raises(Refusal) as refused:
        split({"shop.price": 50, "assume.retention": 0.3}, subjects)
    with speaking(lang):
        for part in ("assume.retention", "fan_xing.fee", "shop.price"):
            assert part in str(refused.value)
