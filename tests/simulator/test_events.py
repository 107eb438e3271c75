"""How often: rare events lift sales, and events without end are a lower price that buyers have learned to expect."""

import numpy as np
import pytest
from trial_programme import NOTHING, coupon, market

from kit.parameters.sourced import assumptions, value
from kit.simulator.run import simulate

ASSUME = assumptions()
# What else makes an event's effect hang on those before it.
FROZEN = ["entry", "need_pool", "ladder", "merit_feedback", "fans", "trust"]
DAYS = 120


def per_event_day(every: float, lasts: float = 1, *without: str) -> float:
    """How many more orders, as a share, a day of an event sees than the same day without."""
    off = [*FROZEN, *without]
    plan = coupon(every=every, lasts=lasts)
    with_it, without_it = (simulate(market(), p, days=DAYS, disabled=off) for p in (plan, NOTHING))
    event = np.arange(DAYS) % every < lasts
    more = with_it.metric("orders") / without_it.metric("orders") - 1
    return float(more[event].mean())


def test_the_effect_of_an_event_day_falls_with_how_often_there_is_one():
    effects = [per_event_day(every) for every in (30, 7, 2, 1)]
    assert all(np.diff(effects) < 0)
    assert effects[0] > 3 * effects[-1]


def test_longer_events_work_less_on_each_of_their_days():
    assert per_event_day(30, 10) < per_event_day(30, 1)


def test_where_buyers_do_not_learn_prices_it_does_not_fall():
    effects = [per_event_day(every, 1, "reference_price") for every in (30, 7, 2, 1)]
    assert effects == pytest.approx([effects[0]] * 4, rel=1e-9)


def test_thirty_events_a_day_are_a_permanent_discount_that_buyers_expect():
    always = simulate(market(), coupon(every=1), days=182, disabled=FROZEN)
    rare = simulate(market(), coupon(every=value("A93")), days=182, disabled=FROZEN)
    depth, learned = coupon()["coupon.depth"], 1 - (1 - ASSUME.reference_memory) ** 182
    there = market().incumbents
    assert always.state.reference[:there] == pytest.approx(1 - depth * learned)
    assert rare.state.reference[:there].min() > 1 - 0.1 * depth
    first, last = always.metric("orders")[[0, -1]]
    assert last / simulate(market(), NOTHING, 1, disabled=FROZEN).metric("orders")[0] - 1 < 0.02 < first / last - 1


def test_events_that_last_until_the_next_are_a_coupon_without_end():
    whole, joined = (simulate(market(), coupon(**levers), days=40) for levers in ({}, {"every": 5, "lasts": 5}))
    np.testing.assert_array_equal(whole.groups, joined.groups)
