"""Policies: changed by copy, saved as differences, refused when anything in them is wrong."""

import dataclasses
import datetime
import tempfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lever_strategies import sensible, somewhere

from kit.parameters.sourced import _rows, fact, value
from kit.policies import policy as policies
from kit.policies import scenario_files
from kit.policies.policy import FOLDER, Policy, difference, load, policy, show
from kit.policies.programmes import programmes
from kit.text import LANGUAGES, Refusal, number, speaking, words

both = pytest.mark.parametrize("lang", LANGUAGES)
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.toml"))
LEVERS = Policy.levers()


@st.composite
def settings_of_levers(draw) -> dict:
    """Some levers of some programmes, each somewhere in its range."""
    names = draw(st.lists(st.sampled_from(list(LEVERS)), unique=True))
    return sensible({name: somewhere(draw, LEVERS[name]) for name in names})


# What ships


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_policy_loads_and_has_its_words(name):
    loaded = policy(name)
    assert loaded.name == name
    assert set(loaded.programmes) <= set(programmes())
    for lang in LANGUAGES:
        with speaking(lang):
            assert words(f"policy.{name}")
            assert len(show(loaded)) == len(loaded.values())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_policy_writes_only_what_it_changes(name):
    written = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    base = written.pop("base", None)
    before = policy(base) if base else Policy("none")
    announced = {lever: v for levers in programmes().values() for lever, v in levers().values().items()}
    for lever, changed in policies.flat(written).items():
        assert (announced | before.values())[lever] != changed


def test_in_august_there_is_no_plan():
    assert policy("august_2020").values() == {}


def test_the_plan_as_announced_has_the_articles_figures():
    plan = policy("fan_xing")
    for field in ("credit", "fee", "cap"):
        assert plan[f"fan_xing.{field}"] == value(f"fan_xing.{field}")
    for field in ("start", "end"):
        assert plan[f"fan_xing.{field}"].isoformat() == value(f"fan_xing.{field}")
    assert plan["fan_xing.reading"] == "marginal"


# A lever at its default is the number of the article.
ANNOUNCED = {
    "ten_billion.newcomer_price": "A86",
    "festival.card_pool": "A74",
    "festival.main_day": "A77",
    "festival.gala": "A70",
    "belts.bases": "A14",
    "belts.streamers": "A16",
    "belts.sessions": "A17",
    "belts.start": "A06",
    "providers.start": "A06",
    "providers.review_months": "A26",
    "alliance.start": "A06",
    "alliance.gold": "A55",
    "alliance.silver": "A56",
    "alliance.leader_platform_fee": "A52",
    "traffic.start": "A06",
}


@pytest.mark.parametrize("lever", ANNOUNCED)
def test_the_announced_autumn_has_the_articles_figures(lever):
    known, setting = fact(ANNOUNCED[lever]), policy("announced_autumn")[lever]
    assert (setting.isoformat() if known.unit == "date" else setting) == known.value
    assert LEVERS[lever].unit == known.unit


def test_the_festival_has_the_days_of_the_article():
    festival = policy("festival").programme("festival")
    assert f"{festival.start}/{festival.end}" == value("A73")
    assert (festival.end - festival.start).days + 1 == 13


@pytest.mark.parametrize("lever", [row.name for row in _rows() if row.name in LEVERS and row.status == "assumption"])
def test_a_lever_that_is_assumed_has_the_value_range_and_unit_of_its_row(lever):
    row, model = fact(lever), LEVERS[lever]
    group, _, name = lever.partition(".")
    assert getattr(programmes()[group](), name) == row.value
    assert not programmes()[group].announced or policy("announced_autumn")[lever] == row.value
    assert (model.low, model.high, model.unit) == (row.low, row.high, row.unit)


NOT_OF_A_POLICY = {"shop", "offer", "deal", "match"}  # what a person brings or tries out in a lesson


def test_every_assumption_of_a_programme_is_a_lever():
    groups = {row.name.partition(".")[0] for row in _rows() if "." in row.name and row.status == "assumption"}
    assert groups - NOT_OF_A_POLICY <= set(programmes())
    assert [
        row.name
        for row in _rows()
        if row.status == "assumption"
        and "." in row.name
        and row.name.partition(".")[0] not in NOT_OF_A_POLICY
        and row.name not in LEVERS
    ] == []


# The known steps

OF_THE_ARTICLE = [name for name, levers in programmes().items() if levers.announced]
STEPS = sorted(OF_THE_ARTICLE, key=lambda name: policy(name).programme(name).start)


@pytest.mark.parametrize("name", OF_THE_ARTICLE)
def test_each_programme_stands_alone_in_a_policy_of_its_name(name):
    assert policy(name).values() == programmes()[name]().values()
    for lang in LANGUAGES:
        with speaking(lang):
            assert words(f"programme.{name}")


def test_the_known_steps_one_after_the_other_rebuild_the_announced_autumn():
    built = policy("august_2020")
    for name in STEPS:
        step = difference(policy("august_2020"), policy(name))
        built = built.but(dict(zip(step["lever"], step["right"], strict=True)))
    assert built.values() == policy("announced_autumn").values()


@pytest.mark.parametrize(
    ("day", "begun"),
    [
        ("2020-07-31", []),
        ("2020-08-31", ["ten_billion"]),
        ("2020-09-21", ["ten_billion", "fan_xing"]),
        ("2020-09-30", ["ten_billion", "fan_xing", "alliance", "belts", "providers", "traffic"]),
        ("2020-10-29", ["ten_billion", "fan_xing", "alliance", "belts", "providers", "traffic"]),
        ("2020-10-30", ["ten_billion", "fan_xing", "alliance", "belts", "providers", "traffic", "festival"]),
        ("2021-01-29", ["ten_billion", "fan_xing", "alliance", "belts", "providers", "traffic", "festival"]),
    ],
)
def test_on_each_day_of_the_autumn_there_is_what_has_begun_by_then(day, begun):
    assert set(policy("announced_autumn").at(day)) == set(begun)


@both
def test_an_unknown_policy_is_refused_with_those_that_there_are(lang):
    with speaking(lang), pytest.raises(Refusal) as refused:
        policy("fanxing")
    with speaking(lang):
        for part in ("fanxing", *SHIPPED):
            assert part in str(refused.value)


# Change by copy


def test_a_policy_is_immutable():
    plan = policy("fan_xing")
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan.name = "mine"
    with pytest.raises(ValueError, match="frozen"):
        plan.programmes["fan_xing"].credit = 400


def test_the_programmes_of_a_policy_cannot_be_exchanged():
    plan = policy("fan_xing")
    with pytest.raises(TypeError):
        plan.programmes["fan_xing"] = programmes()["fan_xing"](credit=400)
    assert plan["fan_xing.credit"] == 200


@settings(max_examples=50, deadline=None)
@given(name=st.sampled_from(SHIPPED), moved=settings_of_levers())
def test_a_copy_has_the_moved_levers_and_the_original_stays(name, moved):
    original = policy(name)
    before = original.values()
    copy = original.but(moved)
    groups = {lever.partition(".")[0] for lever in moved}
    announced = {lever: v for group in groups for lever, v in programmes()[group]().values().items()}
    assert copy.values() == announced | before | moved
    assert original.values() == before
    assert original == policy(name)


def test_a_programme_that_was_not_there_starts_as_announced():
    trial = policy("august_2020").but({"fan_xing.credit": 400})
    assert trial.values() == policy("fan_xing").values() | {"fan_xing.credit": 400}


WRONG = {
    "unknown lever": ({"fan_xing.fees": 0.01}, ["fan_xing.fees", *LEVERS]),
    "unknown programme": ({"ten_million.fee": 0.01}, ["ten_million.fee", *LEVERS]),
    "no programme": ({"fee": 0.01}, ["fee", *LEVERS]),
    "outside": ({"fan_xing.credit": 2001}, ["fan_xing.credit", "0.0", "2000.0"]),
    "percent slip": ({"fan_xing.fee": 4}, ["fan_xing.fee", "0.08", "0.04", "4 %"]),
    "unit": ({"fan_xing.credit": "4 days"}, ["fan_xing.credit", "days"]),
    "nan": ({"fan_xing.cap": float("nan")}, ["fan_xing.cap", "nan"]),
    "yes": ({"fan_xing.cap": True}, ["fan_xing.cap", "True"]),
    "text": ({"fan_xing.cap": "all"}, ["fan_xing.cap", "all"]),
    "date": ({"fan_xing.end": "2020-09-31"}, ["fan_xing.end", "2020-09-31", "2020-09-15"]),
    "date outside": ({"fan_xing.end": "2021-09-01"}, ["fan_xing.end", "2021-09-01", "2021-01-29"]),
    "choice": ({"fan_xing.reading": "hole"}, ["fan_xing.reading", "hole", "marginal", "whole"]),
    "window": (
        {"fan_xing.start": "2020-12-30"},
        ["fan_xing", datetime.date(2020, 12, 30), datetime.date(2020, 10, 31)],
    ),
}


@both
@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_change_is_refused_and_moves_nothing(lang, case):
    changes, named = WRONG[case]
    original = policy("fan_xing")
    before = original.values()
    with speaking(lang):
        with pytest.raises(Refusal) as refused:
            original.but({"fan_xing.coaching": 2, **changes})
        for part in named:
            assert (part if isinstance(part, str) else number(part)) in str(refused.value)
    assert original.values() == before


@both
def test_asking_for_a_lever_that_is_not_there_is_refused(lang):
    with speaking(lang), pytest.raises(Refusal) as refused:
        policy("fan_xing")["fan_xing.fees"]
    with speaking(lang):
        assert "fan_xing.fees" in str(refused.value)
        assert "fan_xing.cap" in str(refused.value)


# Days


@pytest.mark.parametrize(
    "day", ["2020-09-01", datetime.date(2020, 9, 1), datetime.datetime(2020, 9, 1, 20), "2021-01-01"]
)
def test_a_programme_is_there_from_its_first_day(day):
    assert policy("fan_xing").at(day)["fan_xing"].credit == 200


@both
@pytest.mark.parametrize("day", ["2020-08-31", datetime.date(2020, 8, 31)])
def test_before_its_first_day_a_programme_does_not_exist(lang, day):
    with speaking(lang):
        there = policy("fan_xing").at(day)
        assert list(there) == []
        with pytest.raises(Refusal) as refused:
            there["fan_xing"]
        for part in ("fan_xing", number(datetime.date(2020, 8, 31)), number(datetime.date(2020, 9, 1))):
            assert part in str(refused.value)


@both
def test_a_programme_that_a_policy_does_not_have_is_refused_with_those_that_it_has(lang):
    with speaking(lang), pytest.raises(Refusal) as refused:
        policy("fan_xing").at("2020-09-15")["fanxing"]
    with speaking(lang):
        assert "fanxing" in str(refused.value)
        assert "fan_xing" in str(refused.value)


@both
@pytest.mark.parametrize("day", ["2020-09-31", "soon", "", None, 20200915])
def test_what_is_not_a_day_is_refused(lang, day):
    with speaking(lang), pytest.raises(Refusal) as refused:
        policy("fan_xing").at(day)
    with speaking(lang):
        assert str(day) in str(refused.value)
        assert "2020-09-15" in str(refused.value)


# Files

SPOILED = {
    "base": ('base = "fanxing"', ["fanxing", *SHIPPED]),
    "base empty": ('base = ""', [*SHIPPED]),
    "base number": ("base = 3", ["3", *SHIPPED]),
    "base list": ("base = []", [*SHIPPED]),
    "programme": ("[fanxing]\nfee = 0.01", ["fanxing", *programmes()]),
    "programme quoted": ('"fan_xing.fee" = 0.01', ["fan_xing.fee", *programmes()]),
    "lever": ("[fan_xing]\nfees = 0.01", ["fan_xing.fees", *LEVERS]),
    "value": ('[fan_xing]\nfee = "low"', ["fan_xing.fee", "low"]),
    "outside": ("[fan_xing]\ncredit = 2001", ["fan_xing.credit", "2000.0"]),
    "percent": ("[fan_xing]\nfee = 4", ["fan_xing.fee", "0.04", "4 %"]),
    "unit": ('[fan_xing]\ncap = "10 hours"', ["fan_xing.cap", "hours"]),
    "yes": ("[fan_xing]\ncap = true", ["fan_xing.cap"]),
    "nan": ("[fan_xing]\ncap = nan", ["fan_xing.cap", "nan"]),
    "huge": (f"[fan_xing]\ncap = {10**400}", ["fan_xing.cap"]),
    "list": ("[fan_xing]\ncap = [1]", ["fan_xing.cap"]),
    "date": ('[fan_xing]\nend = "31 October"', ["fan_xing.end", "31 October", "2020-09-15"]),
    "choice": ('[fan_xing]\nreading = "hole"', ["fan_xing.reading", "hole", "marginal", "whole"]),
    "window": ("[fan_xing]\nstart = 2020-12-30", ["fan_xing"]),
    "deeper": ("[fan_xing.fee]\nvalue = 0.01", ["fan_xing.fee"]),
    "syntax": ("[fan_xing]\nfee = 0.01 %\n", ["line 2"]),
    "twice": ("[fan_xing]\nfee = 0.01\nfee = 0.02\n", ["line 3"]),
    "open": ("[fan_xing\n", ["line 1"]),
}


@both
@pytest.mark.parametrize("case", SPOILED)
def test_a_spoiled_file_is_refused_whole_with_its_name_and_its_fault(tmp_path, lang, case):
    written, named = SPOILED[case]
    path = tmp_path / "mine.toml"
    path.write_text(written, encoding="utf-8")
    with speaking(lang):
        with pytest.raises(Refusal) as refused:
            load(path)
        said = str(refused.value)
    assert "mine.toml" in said
    for part in named:
        assert part in said


@both
def test_a_programme_without_levers_is_refused_but_not_called_unknown(tmp_path, lang):
    path = tmp_path / "mine.toml"
    path.write_text("fan_xing = 3", encoding="utf-8")
    with speaking(lang):
        with pytest.raises(Refusal) as refused:
            load(path)
        unknown = str(Refusal("unknown", what=words("what.programme"), name="fan_xing", names=list(programmes())))
        assert unknown not in str(refused.value)


@both
@pytest.mark.parametrize("written", [b"\xff\xfe[\x00", "[fan_xing] # 凡星".encode("gbk"), b"\x00"])
def test_a_file_that_is_not_utf_8_text_is_refused(tmp_path, lang, written):
    path = tmp_path / "mine.toml"
    path.write_bytes(written)
    with speaking(lang), pytest.raises(Refusal, match=r"mine\.toml"):
        load(path)


def test_a_file_nested_too_deeply_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("a = " + "[" * 100_000, encoding="utf-8")
    with pytest.raises(Refusal, match=r"mine\.toml"):
        load(path)


@both
def test_a_file_that_is_not_there_is_refused_by_name(tmp_path, lang):
    for path in (tmp_path / "mine.toml", tmp_path):
        with speaking(lang), pytest.raises(Refusal, match=path.name):
            load(path)


def test_a_file_with_a_byte_order_mark_loads(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('base = "fan_xing"\n[fan_xing]\ncredit = "300元"', encoding="utf-8-sig")
    assert load(path).values() == policy("fan_xing").but({"fan_xing.credit": 300}).values()


def test_a_heading_alone_means_the_programme_as_announced(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("[fan_xing]", encoding="utf-8")
    assert load(path).values() == policy("fan_xing").values()


# Saving


@settings(max_examples=60, deadline=None)
@given(start=st.sampled_from(SHIPPED), base=st.sampled_from(SHIPPED), moved=settings_of_levers())
def test_a_saved_policy_loads_as_it_was_and_its_file_holds_only_the_difference(start, base, moved):
    trial = policy(start).but(moved)
    assume(set(policy(base).programmes) <= set(trial.programmes))  # else see the next test
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trial.toml"
        trial.save(path, base)
        loaded, written = load(path), tomllib.loads(path.read_text(encoding="utf-8"))
    assert loaded.values() == trial.values()
    assert written.pop("base") == base
    announced = Policy("announced", {name: programmes()[name]() for name in trial.programmes})
    before = announced.values() | policy(base).values()
    assert policies.flat(written) == {lever: v for lever, v in trial.values().items() if before[lever] != v}


def test_a_policy_that_lacks_a_programme_of_the_base_does_not_come_back_with_it(tmp_path):
    try:
        policy("august_2020").save(tmp_path / "trial.toml", base="fan_xing")
    except Refusal:
        return  # a file cannot take a programme away: to refuse is right as well
    assert load(tmp_path / "trial.toml").values() == {}


def test_an_unknown_base_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(Refusal, match="fanxing"):
        policy("fan_xing").save(tmp_path / "trial.toml", base="fanxing")
    assert list(tmp_path.iterdir()) == []


# Difference


@settings(max_examples=50, deadline=None)
@given(left=st.sampled_from(SHIPPED), moved=settings_of_levers())
def test_the_difference_names_each_lever_that_differs_with_both_values(left, moved):
    before = policy(left)
    after = before.but(moved)
    a, b = before.values(), after.values()
    rows = difference(before, after)
    assert list(rows.columns) == ["lever", "left", "right"]
    assert set(rows["lever"]) == {name for name in b if a.get(name) != b[name]}
    for lever, was, now in rows.itertuples(index=False):
        assert (was, now) == (a.get(lever), b[lever])


@pytest.mark.parametrize("name", SHIPPED)
def test_a_policy_does_not_differ_from_itself(name):
    assert difference(policy(name), policy(name)).empty


# Scenarios of a learner


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


MOVED = {
    "fan_xing.fee": 0.02,
    "fan_xing.reading": "whole",
    "shop.entered": datetime.date(2020, 9, 2),
    "shop.price": 50.0,
}


def test_a_scenario_comes_back_as_it_was_saved(desk):
    path = scenario_files.save_scenario("mine", MOVED)
    assert path.resolve() == desk / "scenarios" / "mine.toml"
    assert scenario_files.scenario_names() == ["mine"]
    assert scenario_files.load_scenario("mine") == MOVED


@settings(max_examples=50, deadline=None)
@given(moved=settings_of_levers())
def test_any_levers_come_back_as_they_were_saved(moved):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        scenario_files.save_scenario("mine", moved)
        assert scenario_files.load_scenario("mine") == moved


def test_a_scenario_is_never_overwritten(desk):
    path = scenario_files.save_scenario("mine", MOVED)
    before = path.read_bytes()
    for lang in LANGUAGES:
        with speaking(lang), pytest.raises(Refusal, match="mine"):
            scenario_files.save_scenario("mine", {"fan_xing.fee": 0.03})
        with pytest.raises(Refusal):
            scenario_files.save_scenario(" mine ", {"fan_xing.fee": 0.03})
    assert path.read_bytes() == before
    assert scenario_files.scenario_names() == ["mine"]


@pytest.mark.parametrize("name", ["我的方案", "trial 2", "a-b_c", " padded "])
def test_a_name_of_letters_and_digits_in_any_script_is_taken(desk, name):
    scenario_files.save_scenario(name, MOVED)
    assert scenario_files.scenario_names() == [name.strip()]
    assert scenario_files.load_scenario(scenario_files.scenario_names()[0]) == MOVED


@both
@pytest.mark.parametrize(
    "name", ["../up", "a/b", r"a\b", ".hidden", "a.toml", "con:", "tab\there", "x" * 61, "凡星!", "/"]
)
def test_an_odd_name_is_refused_and_nothing_is_written(desk, lang, name):
    with speaking(lang), pytest.raises(Refusal) as refused:
        scenario_files.save_scenario(name, MOVED)
    with speaking(lang):
        assert name in str(refused.value)
    assert list(desk.rglob("*")) == []


@both
@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_missing_name_is_refused(desk, lang, name):
    with speaking(lang), pytest.raises(Refusal) as refused:
        scenario_files.save_scenario(name, MOVED)
    assert refused.value.code == "empty"
    assert list(desk.rglob("*")) == []


@both
def test_a_scenario_that_is_not_there_or_spoiled_is_refused_by_name(desk, lang):
    scenario_files.save_scenario("mine", MOVED)
    (desk / "scenarios" / "spoiled.toml").write_text("fee = ", encoding="utf-8")
    (desk / "scenarios" / "loose.toml").write_text("fee = 0.01", encoding="utf-8")
    with speaking(lang):
        for name in ("yours", "spoiled"):
            with pytest.raises(Refusal, match=rf"{name}\.toml"):
                scenario_files.load_scenario(name)
        with pytest.raises(Refusal, match="fee"):
            scenario_files.load_scenario("loose")


def test_a_scenario_of_another_base_gives_only_its_levers(desk):
    path = scenario_files.save_scenario("mine", MOVED)
    path.write_text('base = "fan_xing"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert scenario_files.load_scenario("mine") == MOVED
