"""Several programmes on one day: what adds up, what binds, and what a disabled mechanism takes away."""

import math

import numpy as np
import pytest
from trial_programme import market

from kit.numerics.compiled import compiled
from kit.policies.effects import TABLE, Effects, Entry, Term
from kit.simulator.day.combine import combine, weigh
from kit.simulator.kernel_schedule import TOTALS, Field, combined, kernel_schedule, rows_by_day
from kit.simulator.state import MECHANISMS, allocate_scratch, initial_state

DAYS = 4


@compiled
def _combine(day, m, s, scratch, plan, factors, some, changed):
    weigh(day, s, plan, factors, some, changed)
    combine(day, m, s, scratch, plan, factors, some, changed)


class Season:
    """Some programmes in a small market, day by day: ``today`` combines their effects."""

    def __init__(self, *effects: Effects, disabled=(), begins=0):
        self.market, named = market(), {str(n): effect for n, effect in enumerate(effects)}
        rows = rows_by_day(self.market, DAYS, entry=True)
        self.plan = kernel_schedule(named, dict.fromkeys(named, begins), self.market, rows, frozenset(disabled))
        self.state = initial_state(self.market, len(effects))
        self.scratch = allocate_scratch(self.market.traits.id.size, combined(self.plan))
        self.factors = np.zeros(self.plan.field.size)
        self.some, self.changed = np.zeros(TOTALS, bool), np.ones(TOTALS, bool)

    def today(self, day: int) -> dict[str, np.ndarray]:
        """The totals that there are on a day, for the first three merchants."""
        _combine(day, self.market.traits, self.state, self.scratch, self.plan, self.factors, self.some, self.changed)
        self.changed[:] = False
        there = {Field(n).name.lower() for n in np.flatnonzero(self.some)}
        there |= {"funded"} if "discount" in there else set()
        return {name: getattr(self.scratch, name)[:3].copy() for name in there}


def each(*values: float) -> np.ndarray:
    """A value for each of the first three merchants, and zero for the others."""
    return np.concatenate([values, np.zeros(market().traits.id.size - 3)])


def test_effects_add_up_and_one_that_no_programme_has_is_not_there():
    found = Season(Effects(appeal=each(0.1, 0, 0.3)), Effects(appeal=0.2, floor=0.01), Effects(floor=0.02))
    assert found.today(0) == {"appeal": pytest.approx(np.exp([0.3, 0.2, 0.5]), abs=1e-15)}
    assert found.plan.floor == pytest.approx([0.03] * DAYS)


def test_effort_adds_to_appeal_and_prizes_are_credit():
    found = Season(Effects(appeal=0.1, effort=each(0.2, 0, 0), prizes=each(5, 0, 0), credit=1.0))
    assert found.today(0)["appeal"] == pytest.approx(np.exp([0.3, 0.1, 0.1]))
    assert found.plan.field.tolist() == [Field.APPEAL, Field.APPEAL, Field.CREDIT, Field.CREDIT]


def test_discounts_together_leave_a_price_and_the_platform_pays_no_more_than_is_off():
    found = Season(Effects(discount=each(0.8, 0.1, 0)), Effects(discount=0.5, platform_part=0.5)).today(0)
    assert found["discount"] == pytest.approx([0.99, 0.6, 0.5])
    assert found["funded"] == pytest.approx([0.99, 0.35, 0.25])


def test_one_programme_leaves_a_price_too():
    found = Season(Effects(discount=each(1.2, 0.1, 0), belt_share=each(1.5, 0.5, 0))).today(0)
    assert found["discount"] == pytest.approx([0.99, 0.1, 0])
    assert found["belt_share"] == pytest.approx([1, 0.5, 0])


def test_a_discount_that_merchants_pay_costs_the_platform_nothing():
    found = Season(Effects(discount=0.2, platform_part=0.0)).today(0)
    assert (found["discount"].tolist(), found["funded"].tolist()) == ([0.2] * 3, [0] * 3)


def test_a_term_is_a_factor_by_day_times_one_by_merchant():
    days = np.array([0.0, 1.0, 0.5, 0.0])
    season = Season(Effects(fan_rate=(Term(days, each(0.1, 0.2, 0)), Term(0.01))))
    found = [season.today(day)["fan_rate"] for day in range(DAYS)]
    for day, factor in enumerate(days):
        assert found[day] == pytest.approx(factor * each(0.1, 0.2, 0)[:3] + 0.01)


def test_nothing_happens_before_a_programme_begins():
    season = Season(Effects(boost=0.5, floor=0.1, total_budget=1.0, commerce_share=0.3), begins=2)
    assert [list(season.today(day)) for day in range(DAYS)] == [[], [], ["boost"], ["boost"]]
    assert season.plan.floor.tolist() == [0, 0, 0.1, 0.1]
    assert (season.plan.share[:2] < 0.3).all()
    assert (season.plan.share[2:] == 0.3).all()


def test_discounts_that_change_places_cost_the_platform_what_each_pays():
    ours = Effects(discount=Term(np.array([0.2, 0.1, 0, 0])), platform_part=1.0)
    season = Season(ours, Effects(discount=Term(np.array([0.1, 0.2, 0, 0])), platform_part=0.0))
    assert [season.today(day)["funded"].tolist() for day in (0, 1)] == [[0.2] * 3, [0.1] * 3]


def test_the_platform_part_may_move_while_the_discount_does_not():
    season = Season(Effects(discount=0.2, platform_part=np.array([1.0, 0.5, 0.5, 0.0])))
    assert [season.today(day)["funded"][0] for day in range(DAYS)] == pytest.approx([0.2, 0.1, 0.1, 0])


def test_a_programme_whose_budget_is_spent_has_no_effects_and_others_have():
    season = Season(Effects(discount=0.2, total_budget=100.0), Effects(discount=0.1))
    assert season.today(0)["discount"] == pytest.approx([0.3] * 3)
    season.state.spent[0] = 100.0
    assert season.today(1)["discount"] == pytest.approx([0.1] * 3)


def test_the_price_cut_is_that_of_shops_in_the_plan_below_the_cap():
    from kit.economics.fees import Scale

    season = Season(Effects(pass_through=0.03, platform_part=0.0, scale=Scale(0.01, 1_000.0, 0.05)))
    season.state.in_plan[:2] = True
    season.state.sold[1] = 1_000.0
    assert season.today(0)["discount"] == pytest.approx([0.03, 0, 0])
    season.state.sold[0] = 1_000.0
    assert season.today(1)["discount"] == pytest.approx([0, 0, 0])


def test_coaching_is_a_lift_of_its_hours():
    season = Season(Effects(coaching=Entry(each(2, 0, 0))), Effects(coaching=Term(np.array([1.0, 2, 2, 0]))))
    assume = market().assume

    def lift(hours):
        return assume.coaching_lift * (1 - 2 ** (-hours / assume.coaching_half))

    first, one, two = season.plan.weight
    assert season.plan.entry.tolist() == [True, False, False]
    assert season.plan.vectors[season.plan.vector[0], :3] == pytest.approx([lift(2), 0, 0])
    assert one == pytest.approx([lift(1), 0, 0, 0])
    assert two == pytest.approx([0, lift(2), lift(2), 0])
    assert first.tolist() == [1] * DAYS


def test_the_tightest_of_several_supplies_and_lags_holds():
    plan = Season(Effects(capacity=1.5, lag=90.0), Effects(capacity=1.2, lag=120.0)).plan
    assert (plan.capacity[0], plan.learning[0]) == (1.2, 1 / 90)


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_disabled_mechanism_takes_its_effects_away_and_no_others(mechanism):
    given = Effects(**{name: 0.25 for name in Effects._fields if name not in ("scale", "commerce_share")})
    left = given.without(frozenset([mechanism]))
    gone = {name for name, effect in TABLE.items() if mechanism in effect.mechanisms}
    for name in Effects._fields:
        neutral = Effects._field_defaults[name]
        assert getattr(left, name) == (neutral if name in gone else getattr(given, name))


def test_the_table_of_effects_names_each_effect_and_known_mechanisms():
    assert set(TABLE) == set(Effects._fields)
    assert {name for effect in TABLE.values() for name in effect.mechanisms} <= set(MECHANISMS)
    for name, effect in TABLE.items():
        if effect.combine == "least":
            assert Effects._field_defaults[name] == math.inf
