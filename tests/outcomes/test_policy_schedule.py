"""What a policy does, day by day: its spans, values and merchants, derived again by hand."""

from datetime import date, timedelta
from math import exp

import numpy as np
import pandas as pd
import pytest

from kit.outcomes.policy_schedule import EFFECTS, policy_schedule
from kit.parameters.calendar import FIRST, LAST
from kit.parameters.sourced import assumptions
from kit.policies.effects import TABLE, Effects, Entry, Term
from kit.policies.policy import FOLDER, Policy, policy
from kit.policies.programmes import programmes, traffic
from kit.simulator.population import DAYS
from kit.simulator.steady_state import open_market
from kit.text import LANGUAGES, has, speaking, words

ASSUME = assumptions()
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.toml"))


def of(trial: Policy, effect: str, assume=ASSUME, **options) -> pd.DataFrame:
    """The rows of one effect."""
    table = policy_schedule(trial, assume, **options)
    return table[table["policy_effect"] == effect].reset_index(drop=True)


def spans(rows: pd.DataFrame) -> list[tuple]:
    return list(zip(rows["start"], rows["end"], rows["value"], strict=True))


@pytest.fixture
def traffic_does(monkeypatch):
    """Traffic resources with other effects."""

    def does(effects, name: str = "schedule") -> Policy:
        monkeypatch.delattr(traffic, "schedule")
        monkeypatch.setattr(traffic, name, effects, raising=False)
        return policy("traffic")

    return does


def test_fan_xing_gives_200_yuan_to_those_who_enter_in_september_and_october():
    rows = of(policy("fan_xing"), "credit")
    assert spans(rows) == [(date(2020, 9, 1), date(2020, 10, 31), 200)]
    assert rows["unit"].tolist() == ["yuan"]
    # A thousand enter a day, in 61 days; so many of them open shops of the platform's own kind.
    assert rows["merchants"][0] == pytest.approx(61 * 1_000 * ASSUME.self_built_newcomers, rel=0.02)


def test_the_reduced_fee_is_told_by_what_it_saves():
    saved = of(policy("fan_xing").but({"fan_xing.fee": 0.02}), "reduced_fee")
    assert spans(saved) == [(date(2020, 9, 1), date(2020, 10, 31), pytest.approx(100 * (ASSUME.standard_fee - 0.02)))]
    assert of(policy("fan_xing").but({"fan_xing.fee": ASSUME.standard_fee}), "reduced_fee").empty


def test_the_festival_lasts_thirteen_days_and_makes_buyers_wait_a_week_before():
    rows = of(policy("festival"), "festival")
    assert spans(rows) == [(date(2020, 10, 30), date(2020, 11, 11), 0.6)]
    assert (rows["end"] - rows["start"]).tolist() == [timedelta(12)]
    waiting = of(policy("festival"), "waiting")
    days = [date(2020, 10, 23) + timedelta(n) for n in range(7)]
    assert waiting["start"].tolist() == waiting["end"].tolist() == days
    likely = [ASSUME.waiting * 0.6 * exp(-left / ASSUME.waiting_days) for left in range(7, 0, -1)]
    assert waiting["value"].tolist() == pytest.approx(likely)


def test_a_coupon_every_thirty_days_has_as_many_spans():
    rare = policy("august_2020").but({"coupon.every": 30, "coupon.lasts": 2, "coupon.depth": 0.2})
    starts = [FIRST + timedelta(30 * n) for n in range(7)]
    assert spans(of(rare, "discount")) == [(day, min(day + timedelta(1), LAST), 0.2) for day in starts]


def test_a_discount_is_that_of_those_who_have_it_and_says_how_many_they_are():
    rows = of(policy("ten_billion"), "discount")
    assert spans(rows) == [(FIRST, LAST, pytest.approx(0.15))]
    everyone = of(policy("traffic"), "floor")["merchants"][0]
    assert 0 < rows["merchants"][0] < 0.5 * everyone
    assert everyone == pytest.approx(1e6 + DAYS * ASSUME.newcomers_per_day)


def test_a_mean_is_that_of_the_real_merchants_who_are_there(traffic_does):
    """Half a yuan for incumbents of the first category, one yuan for all from 1 December on."""
    market = open_market(300, assume=ASSUME)
    first, weight = market.traits.category == 0, market.traits.weight
    there = market.traits.entered < 0
    december = (date(2020, 12, 1) - FIRST).days

    def schedule(plan, days, merchants, assume):
        late = Term(np.arange(DAYS) >= december)
        return Effects(credit=(Term(1.0, 0.5 * (first & there)), late))

    rows = of(traffic_does(schedule), "credit", merchants=300)
    assert rows["start"].tolist() == [date(2020, 9, 22), date(2020, 12, 1)]
    chosen = weight[first & there].sum()
    assert rows["merchants"].tolist() == pytest.approx([chosen, weight.sum()])
    assert rows["value"].tolist() == pytest.approx([0.5, 1 + 0.5 * chosen / weight.sum()])


def test_what_starts_on_the_day_of_entry_is_that_of_those_who_enter(traffic_does):
    """Sixty yuan for those who enter until 30 September, eighty for those in October; none for those of before."""

    def schedule(plan, days, merchants, assume):
        later = merchants.entered > np.datetime64("2020-09-30")
        return Effects(credit=Entry(np.where(later, 80.0, 60.0) * (merchants.entered <= np.datetime64("2020-10-31"))))

    rows = of(traffic_does(schedule), "credit")
    first, then = (date(2020, 9, 22), date(2020, 9, 30)), (date(2020, 10, 1), date(2020, 10, 31))
    assert spans(rows) == [(*first, 60), (*then, 80)]
    assert rows["merchants"].tolist() == pytest.approx([9_000, 31_000])


def test_a_programme_that_looks_at_the_market_each_day_is_named(traffic_does):
    trial = traffic_does(lambda plan, day, merchants, assume, spent: Effects(floor=0.1), "effects")
    table = policy_schedule(trial, ASSUME)
    assert table[["programme", "policy_effect", "start", "end"]].to_numpy().tolist() == [
        ["traffic", "by_day", date(2020, 9, 22), LAST]
    ]
    assert table.finding["by_day"] == (1, "programmes")
    assert table.finding["at_work"] == (0, "effects")


def test_an_effect_that_is_zero_has_no_row():
    every = set(policy_schedule(policy("festival"), ASSUME)["policy_effect"])
    less = policy("festival").but({"festival.lift": 0, "festival.red_packets": 0})
    assert every - set(policy_schedule(less, ASSUME)["policy_effect"]) == {"waiting", "festival", "cash_cost"}
    assert policy_schedule(policy("august_2020"), ASSUME).empty


def test_the_finding_counts_the_effects_of_each_day():
    table = policy_schedule(policy("announced_autumn"), ASSUME)
    days = [FIRST + timedelta(n) for n in range(DAYS)]
    strips = [(row.programme, row.policy_effect, row.start, row.end) for row in table.itertuples()]
    working = [len({strip[:2] for strip in strips if strip[2] <= day <= strip[3]}) for day in days]
    busiest = table.finding["busiest"][0]
    assert working[days.index(busiest)] == max(working) == table.finding["at_work"][0]
    assert max(working[: days.index(busiest)]) < max(working)
    assert table.finding["ordinary"][0] == sorted(working)[DAYS // 2]
    assert table.finding["programmes"] == (len(policy("announced_autumn").programmes), "programmes")
    assert table.finding["main_day"] == (date(2020, 11, 6), "")


@pytest.mark.parametrize("name", SHIPPED)
def test_spans_of_a_shipped_policy_are_apart_inside_the_season_and_not_zero(name):
    trial = policy(name)
    table = policy_schedule(trial, ASSUME)
    assert list(dict.fromkeys(table["programme"])) == list(trial.programmes)
    assert (table["value"] != 0).all()
    assert (table["merchants"] > 0).all()
    for (_, effect), rows in table.groupby(["programme", "policy_effect"]):
        assert TABLE[effect].unit == rows["unit"].iloc[0] or effect == "reduced_fee"
        assert FIRST <= rows["start"].min() <= rows["end"].max() <= LAST
        assert (rows["start"] <= rows["end"]).all()
        assert (rows["start"].iloc[1:].to_numpy() > rows["end"].iloc[:-1].to_numpy()).all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_effect_and_unit_has_a_label_of_its_own(lang):
    with speaking(lang):
        labels = [words(f"policy_effect.{name}") for name in (*EFFECTS, "by_day")]
    assert len(set(labels)) == len(labels)
    assert all(has(f"unit.{TABLE[name].unit}") for name in EFFECTS if name != "reduced_fee")
    assert all(has(f"programme.{name}") for name in programmes())
