"""Industrial belts: how far they reach, what they cannot supply, what they learn, and whom they bring to sell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invariants import invariants
from oracles.reference_platform import learned, uniform_rule
from trial_programme import coupon, market, trial

from kit.economics.supply import learned_cost, reach
from kit.parameters.categories import ShopKind
from kit.parameters.sourced import assumptions, value
from kit.policies.effects import Effects
from kit.policies.policy import Policy, policy
from kit.policies.programmes.belts import Belts, equipped
from kit.simulator.day.supply import share_out
from kit.simulator.recorded import Metric
from kit.simulator.run import simulate

ASSUME = assumptions()
AUGUST = {"belts.start": "2020-08-01"}
HEAD, WAIST, TAIL, NEWCOMER = range(4)


def by_tier(records, name: str) -> np.ndarray:
    return records.groups[:, :, Metric[name.upper()]].reshape(records.days, 3, 4).sum(axis=(0, 1))


def half_from_belts(capacity: float):
    """Half of everybody's own goods come from belts, which make so many times the usual."""
    return lambda merchants, _: Effects(belt_share=0.5 * merchants.own_goods, capacity=capacity)


# What reaches whom


def test_places_overlap():
    assert reach(30, ASSUME.belt_reach) == pytest.approx(0.113, abs=0.001)
    assert reach(130, ASSUME.belt_reach) == pytest.approx(0.406, abs=0.001)
    assert reach(5, 0.1) == pytest.approx(1 - 0.9**5)
    for wrong in ((-1, 0.1), (1, 1.0), (1, -0.1)):
        with pytest.raises(ValueError, match="reach"):
            reach(*wrong)


def test_more_belts_and_more_bases_reach_more_merchants_and_lower_more_costs():
    at_rest = market()
    plans = [{}, {"belts.count": 60}, {"belts.bases": 200}]
    usual, belts, bases = (
        simulate(at_rest, policy("belts").but(AUGUST | plan), days=60).metric("profit").sum() for plan in plans
    )
    assert usual > simulate(at_rest, Policy("nothing"), days=60).metric("profit").sum()
    assert min(belts, bases) > usual


def test_a_lower_cost_alone_moves_profit_and_nothing_that_is_sold():
    plan = policy("belts").but(AUGUST | {"belts.streamers": 0})
    with_it, without_it = (simulate(market(), p, days=60, disabled=["entry"]) for p in (plan, Policy("nothing")))
    np.testing.assert_allclose(with_it.metric("orders"), without_it.metric("orders"), rtol=1e-12)
    traits, there = market().traits, market().incumbents
    own = traits.kind[:there] != ShopKind.ALLIANCE
    kept = traits.weight[:there] * traits.size[:there] * (1 - traits.returns[:there]) * traits.price[:there]
    reached = [reach(130 * (day + 1) / ASSUME.belt_build_days, ASSUME.belt_reach) for day in range(60)]
    saved = ASSUME.belt_cost_cut * (1 - ASSUME.merchant_margin) * kept[own].sum()
    more = with_it.metric("profit") - without_it.metric("profit")
    np.testing.assert_allclose(more, np.array(reached) * saved, rtol=1e-9)


# What cannot be supplied


def test_small_orders_are_met_and_the_large_share_what_is_left():
    assert uniform_rule([1, 2, 9], supply=8) == 5
    assert uniform_rule([4, 4], supply=6) == 3
    assert uniform_rule([4, 4], supply=8) == float("inf")


@given(
    asked=st.lists(st.floats(0, 1e4), min_size=1, max_size=30),
    weights=st.data(),
    part=st.floats(0.01, 0.99),
)
def test_the_simulator_shares_out_as_the_closed_form_does(asked, weights, part):
    n = len(asked)
    weight = np.array(weights.draw(st.lists(st.floats(0.1, 1e3), min_size=n, max_size=n)))
    asked = np.array(asked)
    total = np.array([asked @ weight, 0.0, 0.0])
    supply, most = part * total, np.full(3, np.inf)
    if not total[0] > 1e-6:
        return
    share_out(n, np.zeros(n, np.int8), weight, asked, total, supply, most)
    assert most[0] == pytest.approx(uniform_rule(asked, supply[0], weight), rel=1e-9)
    assert np.minimum(asked, most[0]) @ weight == pytest.approx(supply[0], rel=1e-9)
    assert (most[1:] == np.inf).all()


def test_belts_sell_what_they_can_make_and_not_an_order_more(monkeypatch):
    plan = trial(monkeypatch, half_from_belts(0.9))
    at_rest = market()
    records = simulate(at_rest, plan, days=1, disabled=["entry"])
    traits, there = at_rest.traits, at_rest.incumbents
    own = traits.kind[:there] != ShopKind.ALLIANCE
    usual = 0.5 * (traits.weight[:there] * traits.size[:there])[own].sum()
    assert records.metric("shortage")[0] == pytest.approx(0.1 * usual)
    assert records.metric("orders")[0] == pytest.approx(value("orders_august") / 31 - 0.1 * usual)


@pytest.mark.parametrize("draws", ["expected", "sampled"])
def test_capacity_caps_the_head_and_not_the_tail(monkeypatch, draws):
    records = simulate(market(), trial(monkeypatch, half_from_belts(0.9)), days=10, draws=draws, disabled=["entry"])
    short = by_tier(records, "shortage")
    assert short[HEAD] > 0
    assert short[TAIL] == short[WAIST] == 0


def test_who_finds_nothing_today_still_needs_it_tomorrow(monkeypatch):
    without = ["entry", "merit_feedback", "fans"]
    short, enough = (simulate(market(), trial(monkeypatch, half_from_belts(x)), 5, disabled=without) for x in (0.9, 2))
    assert short.flow("needs")[0].sum() > enough.flow("needs")[0].sum()
    assert enough.metric("shortage").sum() == 0
    bought = (enough.flow("pool_orders") - short.flow("pool_orders"))[0].sum()
    assert (short.flow("needs") - enough.flow("needs"))[0].sum() == pytest.approx(bought)


# What belts learn


def test_learning_is_a_delay_of_the_first_order():
    assert learned(2.0, 10_000, 30) == pytest.approx(2)
    assert learned(1.0, 1, 30) == pytest.approx(1 / 30)
    days = np.arange(5_000)
    arrived = np.diff([learned(1.0, day, 30) for day in range(5_001)])
    assert days @ arrived + 1 == pytest.approx(30, rel=1e-6)  # so late on average
    assert learned_cost(1, 0.0, 0.05) == pytest.approx(0.05)
    assert 1 - learned_cost(2, 0.15, 0.05) == pytest.approx(0.85 * 0.95**2)


def test_belts_learn_in_the_simulator_what_the_closed_form_says(monkeypatch):
    seen = []

    def twice_as_much(merchants, day):
        seen.append(merchants.learned.copy())
        return Effects(belt_share=0.5 * merchants.own_goods, lag=ASSUME.belt_lag, festival=0.5)

    frozen = ["entry", "need_pool", "merit_feedback", "fans", "trust", "ladder"]
    records = simulate(market(), trial(monkeypatch, twice_as_much), days=40, disabled=frozen)
    above = np.log2(records.metric("orders")[0] / (value("orders_august") / 31))
    expected = [learned(above, day, ASSUME.belt_lag) for day in range(40)]
    np.testing.assert_allclose(np.array(seen).mean(axis=1), expected, rtol=1e-3)


def test_what_sells_better_is_made_better_after_the_lag():
    plan = coupon(depth=0.3, end="2020-09-15").but(AUGUST)

    def orders(days: int, lag: float, *without: str) -> float:
        return simulate(market(belt_lag=lag), plan, days=days, disabled=["entry", *without]).metric("orders").sum()

    assert orders(20, 7) > orders(20, 90) > orders(20, 90, "c2m")
    assert orders(120, 7) > orders(120, 7, "c2m")


# Whom belts bring to sell


def test_streamers_without_goods_begin_to_sell_as_far_as_there_are_hosts_and_sessions():
    few = equipped(Belts(streamers=1_000), ASSUME)
    assert few * ASSUME.belt_build_days == pytest.approx(ASSUME.goods_missing * 1_000)
    bound = equipped(Belts(sessions=100_000), ASSUME)
    assert bound == pytest.approx(ASSUME.goods_missing * 100_000 / (ASSUME.live_frequency * ASSUME.belt_build_days**2))


def test_streamers_whom_belts_equip_sell_on_commission_and_are_counted():
    plan = policy("belts").but(AUGUST)
    without = ["entry_response", "exit"]
    there = simulate(market(), plan, days=60, disabled=without)
    nobody = simulate(market(), plan, days=60, disabled=[*without, "sourcing"])
    more = there.metric("merchants") - nobody.metric("merchants")
    np.testing.assert_allclose(more, equipped(Belts(), ASSUME) * np.arange(1, 61), rtol=1e-6)
    assert there.metric("commission").sum() > nobody.metric("commission").sum()


# The announced autumn


@pytest.mark.parametrize("draws", ["expected", "sampled"])
def test_the_announced_autumn_runs_whole_and_nothing_is_made_or_lost(draws):
    at_rest = market(1_000)
    check = invariants(at_rest, shares=draws == "expected")
    records = simulate(at_rest, policy("announced_autumn"), draws=draws, check=check)
    assert records.days == 182
    short = by_tier(records, "shortage")
    assert short[HEAD] > 0
    assert short[TAIL] == 0
    belts = {"belt_cost_cut", "belt_capacity", "belt_learning", "belt_lag", "belt_fit", "belt_reach", "goods_missing"}
    assert belts <= set(records.rests_on)


def test_without_belts_nothing_is_short():
    assert simulate(market(), policy("festival"), days=110).metric("shortage").sum() == 0
