"""The policy lab, driven control by control: nothing fails, nothing is lost, and what it shows is what was found."""

import json
import math
import random

import pytest
from built_lessons import notebook

import kit
from kit.analysis.counterfactual import run_with_counterfactual
from kit.analysis.sensitivity import HEADLINE
from kit.display.figure import MIME
from kit.outcomes.scenario_comparison import MEASURES
from kit.paths import NOTEBOOKS
from kit.policies import scenario_files
from kit.policies.policy import policy
from kit.text import LANGUAGES, Refusal, number, speaking, words
from kit.widgets.lever_control import stops
from kit.widgets.policy_lab import LETTERS, OUTCOMES, PolicyLab, Settings, in_columns, policy_lab

ASSUME = kit.assumptions()
AUTUMN = policy("announced_autumn")

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def lab(tmp_path, monkeypatch) -> PolicyLab:
    """The lab with two programmes in force; its files go to a folder of their own."""
    monkeypatch.chdir(tmp_path)
    return policy_lab(policy("fan_xing").but({"alliance.gold": 10}), ASSUME)


def live(lab: PolicyLab):
    return lab.chart.children[0]


def sane(lab: PolicyLab) -> bool:
    frame = live(lab).frame
    numbers = [n for row in frame["rows"] for n in row.values() if isinstance(n, (int, float))]
    assert numbers
    assert all(math.isfinite(n) for n in numbers)
    assert "nan" not in json.dumps(frame, allow_nan=False).lower()
    assert "nan" not in lab.numbers.value.lower()
    return True


def test_every_lever_of_every_programme_of_the_article_has_a_knob(lab):
    for _, part in lab.board.strip.options:
        lab.board.open(part)
    wanted = [name for plan in AUTUMN.programmes.values() for name in plan.levers()]
    assert set(lab.board.knobs) == {*wanted, *(f"assume.{name}" for name in HEADLINE)}
    assert list(lab.board.ticks) == list(AUTUMN.programmes)


@pytest.mark.parametrize("name", [*AUTUMN.programmes, "assume"])
def test_every_knob_can_be_moved_from_end_to_end(lab, name):
    if name != "assume":
        lab.preset.value = name
        assert lab.settings.in_force == {name}
    lab.board.strip.value = name
    for lever, knob in lab.board.knobs.items():
        if not lever.startswith(f"{name}."):
            continue
        for place in knob.lever.choices or (0, knob.slider.max):
            before = lab.settings.values()
            knob.slider.value = place
            assert sane(lab)
            if "rhc-refused" in lab.message.value:  # an end at which no market rests, or days in a senseless order
                assert lab.settings.values() == before
                assert knob.slider.value == (before[lever] if knob.lever.choices else knob._nearest(before[lever]))
            else:
                assert lab.settings.values()[lever] == (place if knob.lever.choices else stops(knob.lever)[place])
        lab.reset.click()
        if name != "assume":
            lab.preset.value = name


def test_all_levers_at_random_together_still_draw(lab):
    luck = random.Random(116)
    # Days in a senseless order are refused, by a test of their own.
    known = {name: lever for name, lever in Settings.of(AUTUMN, ASSUME).known().items() if lever.kind != "date"}
    lab.move(Settings.of(AUTUMN, ASSUME))
    drawn = 0
    for _ in range(6):
        few = luck.sample(sorted(known), 20)
        lab.set({name: luck.choice(known[name].choices or stops(known[name])) for name in few})
        drawn += "rhc-refused" not in lab.message.value
        assert sane(lab)
    assert drawn


def test_a_lab_that_opens_with_a_shipped_policy_says_so_and_comes_back_to_it(lab):
    assert lab.preset.value == ""
    assert policy_lab(policy("fan_xing").but({"fan_xing.credit": 10}), ASSUME).preset.value == ""
    other = policy_lab(policy("festival"), ASSUME)
    assert other.preset.value == "festival"
    other.board.open("festival")
    other.board.knobs["festival.lift"].field.value = "0.3"
    assert other.preset.value == ""
    other.reset.click()
    assert (other.preset.value, other.settings.values()) == ("festival", other.start.values())


def test_ticks_put_programmes_in_force_and_out_of_it(lab):
    assert lab.settings.in_force == {"fan_xing", "alliance"}
    lab.board.ticks["fan_xing"].value = False
    assert list(lab.settings.policy().programmes) == ["alliance"]
    lab.board.ticks["festival"].value = True
    assert list(lab.settings.policy().programmes) == ["alliance", "festival"]
    lab.board.strip.value = "fan_xing"
    assert all(control.disabled for control in lab.board.knobs["fan_xing.credit"].controls())
    assert [icon == "check" for icon in lab.board.strip.icons] == [
        name in lab.settings.in_force for _, name in lab.board.strip.options
    ]
    # A programme that is taken out keeps its levers until it is back.
    lab.board.ticks["fan_xing"].value = True
    lab.board.knobs["fan_xing.credit"].field.value = "400"
    lab.board.ticks["fan_xing"].value = False
    lab.board.ticks["fan_xing"].value = True
    assert lab.settings.policy()["fan_xing.credit"] == 400


def test_with_nothing_in_force_nothing_differs(lab):
    lab.preset.value = "august_2020"
    assert lab.settings.policy().programmes == {}
    assert {row["gmv"] for row in live(lab).frame["rows"]} == {0}


def test_what_cannot_be_is_said_in_words_and_the_controls_go_back(lab):
    lab.board.strip.value = "fan_xing"
    before, field = lab.settings, lab.board.knobs["fan_xing.credit"].field
    for written in ("much", "-5", "1e9", "<b>5</b>"):
        field.value = written
        assert "rhc-refused" in lab.message.value
        assert "<b>" not in lab.message.value
        assert lab.settings is before
        assert field.value == "200 yuan"
    field.value = "300"
    assert lab.message.value == ""


def test_the_days_of_a_programme_in_a_senseless_order_are_refused_by_their_labels(lab):
    lab.board.strip.value = "fan_xing"
    lab.board.knobs["fan_xing.start"].field.value = "2020-11-30"
    assert words("lever.fan_xing.start") in lab.message.value
    assert "fan_xing.start" not in lab.message.value
    assert lab.board.knobs["fan_xing.start"].field.value == "2020-09-01"


def test_every_chart_can_be_chosen_and_follows_the_levers(lab):
    lab.board.strip.value = "fan_xing"
    for n, (_, kind) in enumerate(lab.kind.options):
        lab.kind.value = kind
        before = live(lab).frame
        lab.board.knobs["fan_xing.credit"].field.value = str(300 + 10 * n)
        assert live(lab).frame["rows"] != before["rows"]
        assert live(lab).frame["number"] > before["number"]
        assert live(lab).frame["headline"] == lab.figure.frame()["headline"]
        assert sane(lab)
    assert [kind for _, kind in lab.kind.options] == list(OUTCOMES)


# Scenarios side by side


def test_up_to_four_are_kept_each_with_its_name_and_dropped_by_letter(lab):
    keep = lab.comparison
    assert keep.table.value == ""
    for name in ("mine", "", "third", "fourth"):
        keep.name.value = name
        keep.keep.click()
    assert list(keep.kept) == list(LETTERS)
    assert [name for name, _ in keep.kept.values()] == ["mine", words("lab.own"), "third", "fourth"]
    assert keep.keep.disabled
    keep.drops["B"].click()
    assert list(keep.kept) == ["A", "C", "D"]
    assert not keep.keep.disabled
    lab.preset.value = "festival"
    keep.keep.click()
    assert list(keep.options()) == ["A · mine", "B · 11·6 festival alone", "C · third", "D · fourth"]
    # Where a setting was kept, its numbers stay as the levers move on.
    shown = in_columns(keep.options()).rows
    lab.preset.value = "august_2020"
    assert in_columns(keep.options()).rows.equals(shown)
    assert keep.table.value == in_columns(keep.options())._repr_html_()
    drawn = keep.chart.children[0].frame["rows"]
    assert {row["option"] for row in drawn} == set(keep.options())
    for letter in LETTERS:
        keep.drops[letter].click()
    assert keep.table.value == ""
    assert keep.chart.children == ()


def test_a_name_is_shown_as_plain_text(lab):
    lab.comparison.name.value = "<img src=x>"
    lab.comparison.keep.click()
    assert "<img" not in lab.comparison.table.value
    assert "<img" not in lab.comparison.said.value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_measure_of_the_table_has_its_words(lang):
    options = {
        "A": run_with_counterfactual(policy("ten_billion"), ASSUME),
        "B": run_with_counterfactual(policy("festival"), ASSUME),
    }
    with speaking(lang):
        shown = in_columns(options).rows.set_index("measure")
        for option, runs in options.items():
            told = {words(f"finding.compare.{name}"): number(*runs.effect[name]) for name in MEASURES}
            assert shown[option].to_dict() == told


# Scenario files


def test_a_scenario_file_brings_everything_back_in_another_learners_lab(lab):
    lab.board.strip.value = "fan_xing"
    lab.board.knobs["fan_xing.credit"].field.value = "340"
    lab.board.strip.value = "assume"
    lab.board.knobs["assume.leak"].field.value = "2%"
    lab.store.name.value = "mine"
    lab.store.save.click()
    assert "rhc-told" in lab.store.said.value
    other = policy_lab(policy("festival"), ASSUME)
    other.store.file.value = "mine"
    other.store.load.click()
    assert other.settings.policy().values() == lab.settings.policy().values()
    assert other.settings.assume == lab.settings.assume
    assert live(other).frame["rows"] == live(lab).frame["rows"]
    assert other.board.ticks["festival"].value is False


def test_a_spoiled_scenario_file_changes_nothing(lab):
    before = lab.settings
    scenario_files.FOLDER.mkdir()
    for written in ("[fan_xing]\ncredit = -5\n", "[fan_xin]\ncredit = 5\n", "[shop]\nprice = 5\n", "nonsense"):
        (scenario_files.FOLDER / "spoiled.toml").write_text(written, encoding="utf-8")
        lab.store._list()
        lab.store.file.value = "spoiled"
        lab.store.load.click()
        assert "rhc-refused" in lab.store.said.value
        assert lab.settings is before


# What turns the sign


def test_the_report_says_which_assumption_turns_the_sign_and_goes_when_the_setting_does():
    lab = policy_lab(policy("fan_xing_fee_only"), ASSUME)
    lab.turn.click()
    # The lower fee brings more shops: they sell more as far as entry makes attention.
    assert words("lever.assume.attention_made") in lab.turned.value
    assert words("lever.assume.leak") not in lab.turned.value
    assert len(lab.turning.children) == 1
    assert not lab.turn.disabled
    lab.board.open("fan_xing")
    lab.board.knobs["fan_xing.credit"].field.value = "340"
    assert lab.turning.children == ()
    assert lab.turned.value == ""


def test_the_lab_opens_when_the_guess_is_made():
    lab = policy_lab(policy("fan_xing"), ASSUME, predict="net")
    assert lab.body.layout.display == "none"
    lab.prediction.guess.value = number(*lab.runs.effect["net"])
    assert lab.body.layout.display is None
    assert words("widget.near") in lab.prediction.said.value


def test_settings_refuse_a_lever_that_nobody_has():
    with pytest.raises(Refusal, match=r"no lever 'fan_xin\.credit'"):
        Settings.of(AUTUMN, ASSUME).but({"fan_xin.credit": 3})


# In print


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lab_leaves_its_sentence_a_figure_and_a_table_in_print(lang):
    cell = next(c for c in notebook(NOTEBOOKS / "10_policy_lab.py", lang).cells if "kit.policy_lab(" in c.source)
    sentence, panel, figure, table = (output["data"] for output in cell.outputs)
    assert set(sentence) == {"text/html", "text/plain"}
    assert set(panel) == {"text/plain"}
    assert {MIME, "image/png", "text/plain"} == set(figure)
    assert "<table" in table["text/html"]
