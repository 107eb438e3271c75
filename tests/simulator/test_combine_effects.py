"""Merging: what several programmes do on one day, added up, and what a mechanism that is off takes away."""

import numpy as np
import pytest
from trial_programme import market

from kit.policies.effects import Effects
from kit.simulator.combine_effects import MECHANISM_EFFECTS, EffectsOfDay, by_part, disabled_parts
from kit.simulator.state import MECHANISMS, rates


def today(merging: EffectsOfDay, *effects: Effects, rows: int = 3):
    return merging.today(by_part(list(effects)), 0, rows, 1.0, np.inf, 1.0)


@pytest.fixture
def merging():
    return EffectsOfDay(rates(market(), frozenset()))


def test_parts_add_up_and_what_nobody_does_is_empty(merging):
    some = np.array([0.1, 0.0, 0.3])
    found = today(merging, Effects(appeal=some), Effects(appeal=0.2, floor=0.01), Effects(floor=0.02))
    assert found.appeal == pytest.approx(np.exp(some + 0.2))
    assert found.floor == pytest.approx(0.03)
    assert found.discount.size == found.belt_share.size == 0


def test_discounts_together_leave_a_price_and_the_platform_pays_no_more_than_is_off(merging):
    deep = Effects(discount=np.array([0.8, 0.1, 0.0]))
    found = today(merging, deep, Effects(discount=0.5, platform_part=0.5))
    assert found.discount == pytest.approx([0.99, 0.6, 0.5])
    assert found.funded == pytest.approx([0.99, 0.35, 0.25])


def test_a_programme_alone_leaves_a_price_too(merging):
    found = today(merging, Effects(discount=np.array([1.2, 0.1, 0.0]), belt_share=np.array([1.5, 0.5, 0.0])))
    assert found.discount == pytest.approx([0.99, 0.1, 0.0])
    assert found.belt_share == pytest.approx([1.0, 0.5, 0.0])


def test_a_discount_that_merchants_pay_costs_the_platform_nothing(merging):
    found = today(merging, Effects(discount=0.2, platform_part=0.0))
    assert found.discount == pytest.approx([0.2] * 3)
    assert (found.funded == 0).all()


def test_the_same_array_is_added_up_once_and_a_view_of_what_moves_each_day(merging):
    own, moving = np.array([0.1, 0.2, 0.3]), np.array([0.0, 0.0, 0.0])
    given = Effects(fan_rate=own, boost=moving[:])
    first = today(merging, given)
    moving[0] = 0.5
    then = today(merging, given)
    assert then.fan_rate is first.fan_rate
    assert then.boost == pytest.approx(np.exp([0.5, 0.0, 0.0]))


def test_discounts_that_change_places_cost_the_platform_what_each_pays(merging):
    ours, theirs = {"platform_part": 1.0}, {"platform_part": 0.0}
    first = today(merging, Effects(discount=0.2, **ours), Effects(discount=0.1, **theirs))
    then = today(merging, Effects(discount=0.1, **ours), Effects(discount=0.2, **theirs))
    assert first.funded == pytest.approx([0.2] * 3)
    assert then.funded == pytest.approx([0.1] * 3)


def test_a_discount_that_is_shown_as_it_moves_is_paid_as_it_is(merging):
    moving = np.array([0.1, 0.1, 0.1])
    given = Effects(discount=moving[:])
    today(merging, given)
    moving[0] = 0.3
    assert today(merging, given).funded == pytest.approx([0.3, 0.1, 0.1])


def test_a_day_with_more_merchants_is_added_up_anew(merging):
    assert today(merging, Effects(discount=0.2), rows=3).discount.size == 3
    assert today(merging, Effects(discount=0.2), rows=5).discount.size == 5


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_what_is_switched_off_is_a_part_of_effects_at_the_value_at_which_it_does_nothing(mechanism):
    for part, value in disabled_parts(frozenset([mechanism])).items():
        assert getattr(Effects(), part) == value


def test_every_part_that_a_mechanism_carries_is_there():
    assert set(MECHANISM_EFFECTS) <= set(MECHANISMS)
    assert {part for parts in MECHANISM_EFFECTS.values() for part in parts} <= set(Effects._fields)
    assert disabled_parts(frozenset(["boost", "no_show"])) == {"boost": 0.0, "no_show": 0.0}
    assert disabled_parts(frozenset(["fans"])) == {}
