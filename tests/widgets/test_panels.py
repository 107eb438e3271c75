"""Every control of every panel of every lesson, driven: nothing fails, and nothing that cannot be drawn is sent."""

import contextlib
import datetime
import json
import math
import random

import pytest
from built_lessons import EDITIONS, NAMES, panels

import kit
from kit.outcomes import august, fan_xing, newcomers
from kit.parameters.levers import values_of
from kit.policies import scenario_files
from kit.text import Refusal, language, words
from kit.widgets.lever_control import LeverControl, stops
from kit.widgets.notes import summary
from kit.widgets.panel import Panel

pytestmark = pytest.mark.filterwarnings("error")


def opened(tuner: Panel) -> Panel:
    if tuner.prediction:
        tuner.prediction.guess.value = "1"
        assert tuner.prediction.guess.disabled
    return tuner


def sane(tuner: Panel) -> bool:
    """All that is drawn is finite, said in words, and can be sent."""
    frame = tuner.live.frame
    numbers = [n for row in frame["rows"] for n in row.values() if isinstance(n, (int, float))]
    assert numbers
    assert all(math.isfinite(n) for n in numbers), frame
    assert frame["headline"]
    assert "nan" not in json.dumps(frame, allow_nan=False).lower()
    assert "rhc-refused" not in tuner.message.value, tuner.message.value
    return True


def drive(tuner: Panel, knob: LeverControl, value) -> None:
    before, moves = tuner.live.frame["number"], knob.slider.value != value
    knob.slider.value = value
    assert sane(tuner)
    assert (tuner.live.frame["number"] > before) == moves


@pytest.fixture(scope="module", params=EDITIONS, ids=NAMES)
def lesson(request, tmp_path_factory):
    """A lesson, its language, and its panels, made once for all tests of this file."""
    with contextlib.chdir(tmp_path_factory.mktemp("lesson")):
        return *request.param, panels(*request.param)


@pytest.fixture
def tuners(lesson, tmp_path, monkeypatch):
    """The panels of a lesson, set back to where they start; a guess that was made stays made."""
    _, lang, made = lesson
    monkeypatch.chdir(tmp_path)
    language(lang)
    for tuner in made:
        tuner.keep.value = False
        tuner.reset.click()
    return made


def test_the_controls_are_closed_until_a_guess_is_made_and_a_good_guess_is_told_from_a_bad_one(lesson, request):
    # The first test of each lesson, as long as no guess has been made.
    _, lang, tuners = lesson
    language(lang)
    with_guess = [t for t in tuners if t.prediction]
    # My shop shows its plan before its panel: nothing is left to guess.
    assert bool(with_guess) == ("20_my_shop" not in request.node.name)
    for tuner in with_guess:
        asked = tuner.prediction
        assert not asked.guess.disabled
        assert all(c.disabled for knob in tuner.knobs.values() for c in knob.controls())
        assert tuner.live.layout.display == tuner.numbers.layout.display == "none"
        asked.guess.value = "no idea"
        assert "rhc-refused" in asked.said.value
        assert all(c.disabled for knob in tuner.knobs.values() for c in knob.controls())
        opened(tuner)
        assert tuner.live.layout.display is None
        assert not any(c.disabled for knob in tuner.knobs.values() for c in knob.controls())
        assert "rhc-told" in asked.said.value

        answer, unit = asked._answer
        asked.guess.disabled = False
        asked.guess.value = f"{100 * answer}%" if unit == "share" else str(answer)
        good = asked.said.value
        asked.guess.disabled = False
        asked.guess.value = f"{300 * answer}%" if unit == "share" else str(3 * answer)
        assert kit.text.words("widget.near") in good
        assert kit.text.words("widget.far") in asked.said.value


def test_every_slider_can_be_moved_from_end_to_end(tuners):
    assert tuners
    luck = random.Random(116)
    for tuner in map(opened, tuners):
        for knob in tuner.knobs.values():
            if knob.lever.kind == "choice":
                places = [*knob.lever.choices, knob.lever.choices[0]]
            else:
                top = knob.slider.max
                places = [0, top, knob.slider.value, *(luck.randrange(top + 1) for _ in range(2))]
            for place in places:
                drive(tuner, knob, place)


def test_all_levers_at_random_together_still_draw(tuners):
    luck = random.Random(36)
    for tuner in map(opened, tuners):
        for _ in range(8):
            tuner.set(
                {name: luck.choice(knob.lever.choices or stops(knob.lever)) for name, knob in tuner.knobs.items()}
            )
            assert sane(tuner)


def test_moving_a_slider_changes_what_is_drawn(tuners):
    for tuner in map(opened, tuners):
        still = []
        for name, knob in tuner.knobs.items():
            tuner.set(values_of(tuner.start))
            before = (tuner.live.frame["rows"], tuner.numbers.value)
            ends = knob.lever.choices or (knob.lever.low, knob.lever.high)
            moved = False
            for end in ends:
                tuner.set({name: end})
                moved |= (tuner.live.frame["rows"], tuner.numbers.value) != before
            if not moved:
                still.append(name)
        # At the starting shop, which ends below the cap, the reading of the scale cannot show.
        assert still in ([], ["fan_xing.reading"]), (tuner.figure.key, still)


def test_field_and_slider_follow_each_other(tuners):
    for tuner in map(opened, tuners):
        for knob in tuner.knobs.values():
            if knob.field is None:
                continue
            knob.slider.value = 0
            assert values_of(tuner.subjects)[knob.lever.name] == knob.lever.low
            knob.field.value = str(knob.lever.high)
            assert values_of(tuner.subjects)[knob.lever.name] == knob.lever.high
            assert knob.slider.value == knob.slider.max
            assert sane(tuner)


@pytest.mark.parametrize(
    ("lever", "written", "taken"),
    [
        ("fan_xing.fee", "1", 0.01),  # the announced fee, as everybody writes it
        ("fan_xing.fee", "0.5", 0.005),
        ("fan_xing.fee", "0.05", 0.05),
        ("fan_xing.fee", "3%", 0.03),
        ("shop.margin", "40", 0.4),
        ("shop.margin", "0.4", 0.4),
        ("shop.margin", "40 %", 0.4),
        ("shop.margin", "４０", 0.4),
        ("fan_xing.fee", "0.73", 0.0073),
        ("fan_xing.fee", "40‰", 0.04),
        ("shop.daily_sales", "4.5万元", 45_000),
        ("shop.daily_sales", "１２０", 120),
        ("shop.daily_sales", "1,234.5 yuan", 1234.5),
        ("shop.entered", "2020/9/3", datetime.date(2020, 9, 3)),
        ("shop.entered", "2020年9月3日", datetime.date(2020, 9, 3)),
        ("shop.entered", "20200903", datetime.date(2020, 9, 3)),
    ],
)
def test_a_field_takes_what_people_write(lever, written, taken):
    policy, shop = kit.policy("fan_xing"), kit.my_shop()
    tuner = kit.tune(policy, shop, kit.assumptions(), levers=lever, outcome=fan_xing.worth)
    tuner.knobs[lever].field.value = written
    assert values_of(tuner.subjects)[lever] == taken
    assert sane(tuner)


def test_days_in_a_senseless_order_are_refused_by_the_labels_of_their_levers():
    days = ["fan_xing.start", "fan_xing.end"]
    tuner = kit.tune(kit.policy("fan_xing"), kit.my_shop(), kit.assumptions(), levers=days, outcome=fan_xing.worth)
    before = values_of(tuner.subjects)
    tuner.knobs["fan_xing.start"].field.value = "2020-11-30"
    assert values_of(tuner.subjects) == before
    for name in days:
        assert kit.text.words(f"lever.{name}") in tuner.message.value
        assert name not in tuner.message.value


@pytest.mark.parametrize(
    ("guess", "refused"),
    [("100 yuan", True), ("5%", False), ("", True), ("half", True), ("43", False), ("0.43", False)],
)
def test_a_guess_in_the_wrong_unit_is_refused_and_may_be_made_again(guess, refused):
    levers, outcome = ["fan_xing.cap"], newcomers.savings
    tuner = kit.tune(kit.policy("fan_xing"), kit.assumptions(), levers=levers, outcome=outcome, predict="to_crossers")
    tuner.prediction.guess.value = guess
    tuner.prediction.check()
    assert ("rhc-refused" in tuner.prediction.said.value) == refused
    assert tuner.prediction.guess.disabled != refused
    if "43" in guess:
        near = guess == "43"  # asked in per cent, 0.43 is less than half a per cent
        assert (kit.text.words("widget.near") in tuner.prediction.said.value) == near


GUESSES = {"40": "40%", "0.4": "0.4%", "40 %": "40%", "0.73": "0.73%", "1": "1%", "0.5": "0.5%", "100": "100%",
           "40‰": "4%", "４０": "40%"}  # fmt: skip


@pytest.mark.parametrize(("guess", "taken"), GUESSES.items())
def test_a_guess_in_per_cent_is_read_as_it_is_written(guess, taken):
    levers, outcome = ["fan_xing.cap"], newcomers.savings
    tuner = kit.tune(kit.policy("fan_xing"), kit.assumptions(), levers=levers, outcome=outcome, predict="to_crossers")
    tuner.prediction.guess.value = guess
    assert f"You said {taken};" in tuner.prediction.said.value


def test_a_panel_whose_question_has_no_answer_is_refused():
    with pytest.raises(Refusal, match=r"no number 'to_crosers'.*to_crossers"):
        kit.tune(
            kit.policy("fan_xing"),
            kit.assumptions(),
            levers=["fan_xing.cap"],
            outcome=newcomers.savings,
            predict="to_crosers",
        )


@pytest.mark.parametrize("written", ["much", "", "-5", "1.2.3", "1e99", "nan", "5 parsecs", "<b>5</b>"])
def test_a_field_refuses_what_cannot_be_and_goes_back(tuners, written):
    for tuner in map(opened, tuners):
        for knob in tuner.knobs.values():
            if knob.field is None:
                continue
            before, shown = values_of(tuner.subjects), knob.field.value
            knob.field.value = written
            assert "rhc-refused" in tuner.message.value
            assert "<b>" not in tuner.message.value
            assert values_of(tuner.subjects) == before
            assert knob.field.value == shown


def test_reset_and_presets_set_the_levers(tuners):
    for tuner in map(opened, tuners):
        knob = next(k for k in tuner.knobs.values() if k.lever.kind == "number")
        knob.slider.value = 0
        tuner.reset.click()
        assert tuner.moved() == {}
        for _, name in tuner.presets.options[1:]:
            tuner.presets.value = name
            assert sane(tuner)
            wanted = kit.policy(name).values()
            assert {k: v for k, v in values_of(tuner.subjects).items() if k in wanted} == wanted


def test_a_setting_kept_as_a_is_drawn_beside_b_and_can_be_dropped(tuners):
    for tuner in map(opened, tuners):
        alone = tuner.live.frame["rows"]
        tuner.keep.value = True
        knob = next(k for k in tuner.knobs.values() if k.lever.kind == "number")
        knob.slider.value = 0 if knob.slider.value else knob.slider.max
        rows = tuner.live.frame["rows"]
        kept = [row for row in rows if row["scenario"] == "A"]
        as_b = [{**row, "scenario": "B", "lane": row["lane"].replace("A", "B")} for row in kept]
        assert as_b == [row for row in alone if row["role"] == "point"]
        assert list(tuner.summary().rows) == ["quantity", "A", "B"]
        tuner.keep.value = False
        assert all(row["scenario"] == "B" for row in tuner.live.frame["rows"])


def test_a_scenario_can_be_saved_and_loaded_and_a_spoiled_one_changes_nothing(tuners):
    for n, tuner in enumerate(map(opened, tuners)):
        knob = next(k for k in tuner.knobs.values() if k.lever.kind == "number")
        knob.slider.value = knob.slider.max
        moved = tuner.moved()
        assert moved
        tuner.store.save.click()
        assert "rhc-refused" in tuner.store.said.value  # a name is missing
        tuner.store.name.value = f"mine {n}"
        tuner.store.save.click()
        assert "rhc-told" in tuner.store.said.value
        tuner.reset.click()
        tuner.store.file.value = f"mine {n}"
        tuner.store.load.click()
        assert tuner.moved() == moved
        path = scenario_files.FOLDER / f"mine {n}.toml"
        path.write_text(path.read_text(encoding="utf-8") + "\n[fan_xing_]\ncredit = 3\n", encoding="utf-8")
        tuner.reset.click()
        tuner.store.load.click()
        assert "fan_xing_.credit" in tuner.store.said.value
        assert tuner.moved() == {}


def test_the_first_scenario_that_is_saved_is_chosen_and_nothing_to_load_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    levers = ["assume.order_value", "assume.merchant_margin"]
    store = kit.tune(kit.assumptions(), levers=levers, outcome=august.merchant_month).store
    store.load.click()
    assert words("refusal.no_scenario") in store.said.value
    for name in ("second", "first"):
        store.name.value = name
        store.save.click()
        assert store.file.value == name
        store.load.click()
        assert words("widget.loaded", file=name) in store.said.value


def test_the_numbers_of_a_panel_stand_in_the_order_of_their_words():
    shown = summary("weekly_gain", {"value": {"survival": (0.5, "share"), "newcomers_more": (1, ""), "net": (2, "")}})
    assert shown.rows["quantity"].tolist() == [
        words(f"finding.weekly_gain.{name}") for name in ("net", "newcomers_more", "survival")
    ]


def test_a_panel_refuses_a_lever_that_nobody_has():
    with pytest.raises(Refusal, match=r"no lever 'fan_xing\.credits'.*fan_xing\.credit"):
        kit.tune(
            kit.policy("fan_xing"),
            kit.assumptions(),
            levers=["fan_xing.credits"],
            outcome=fan_xing.fee_by_sales,
            chart="fee_by_sales",
        )
