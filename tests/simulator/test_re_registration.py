"""Fan Xing beyond its letter: old shops that open again as new ones, and shops that hand the lower fee on."""

import numpy as np
import pytest
from trial_programme import NOTHING, market

from kit.economics.demand import monopoly_price
from kit.economics.retention import lost_days
from kit.parameters.sourced import assumptions, value
from kit.policies.effects import Merchants
from kit.policies.policy import Policy
from kit.policies.programmes.fan_xing import FanXing, price_cut, reregistered_share, reregistration_gain
from kit.simulator.population import sales_within
from kit.simulator.run import simulate

ASSUME = assumptions()
SEPTEMBER = 31
NEWCOMERS = np.arange(12) % 4 == 3


def plan(**levers) -> Policy:
    return Policy("fan_xing", {"fan_xing": FanXing(**levers)})


def merchants(*sales: float, entered: str = "2020-07-31", self_built: bool = True) -> Merchants:
    many = len(sales)
    days = np.full(many, np.datetime64(entered))
    return Merchants(days, np.full(many, self_built), sales_within=lambda old: np.array([sales])[:, old])


# Opening again


def test_what_is_left_behind_is_counted_until_it_has_come_back():
    daily = [(1 - ASSUME.fan_decay) ** t for t in range(90)]
    assert lost_days(90, (0.45, ASSUME.fan_decay)) == pytest.approx(0.45 * sum(daily))
    assert lost_days(90, (0.2, 0.5), (0.3, 0.0)) == pytest.approx(0.4 + 27)


def test_what_an_old_shop_gains_is_what_a_pencil_makes_of_it():
    gone = lost_days(90, (0.45, 0.003), (0.50, 0.05))
    orders = 200 * 50 * 0.03 * 0.02
    credit = (0.40 - 0.05) * orders * 70 * (1 - 0.30)
    saved = (0.05 - 0.01) * (90 - gone) * 20
    assert reregistration_gain(FanXing(), 20.0, ASSUME) == pytest.approx(saved + credit - 0.35 * gone * 20)


def test_the_smallest_old_self_built_shops_open_again_and_nobody_else():
    share = reregistered_share(FanXing(), merchants(0.1, 1, 5, 50, 5_000), ASSUME)
    assert (np.diff(share) <= 0).all()
    assert share[0] > 0.05
    assert (share[3:] == 0).all()
    assert (reregistered_share(FanXing(), merchants(0.1, self_built=False), ASSUME) == 0).all()
    assert (reregistered_share(FanXing(), merchants(0.1, entered="2020-09-02"), ASSUME) == 0).all()


def test_more_credit_and_less_trouble_bring_more_of_them():
    usual, generous = (reregistered_share(FanXing(credit=c), merchants(3.0), ASSUME)[0] for c in (200, 400))
    assert generous > usual
    free, dear = (
        reregistered_share(FanXing(), merchants(3.0), ASSUME.but({"assume.re_registration_cost": cost}))[0]
        for cost in (0, 5_000)
    )
    assert free == 1
    assert dear < usual < free
    assert reregistered_share(FanXing(credit=0), merchants(3.0), ASSUME)[0] == 0


@pytest.mark.parametrize("number", [300, 3_000])
def test_those_for_whom_a_merchant_stands_sell_on_average_what_it_sells(number):
    at_rest = market(number)
    traits, there = at_rest.traits, at_rest.incumbents
    within = sales_within(traits, there, ASSUME.merchant_size_sd, np.ones(traits.id.size, bool))
    kept = traits.size * traits.price * (1 - traits.returns)
    assert within.mean(axis=0) == pytest.approx(kept)
    spread = within.max(axis=0) / within.min(axis=0) - 1
    assert spread[:there][traits.weight[:there] == 1].max() < 1e-12
    assert spread[:there][traits.weight[:there] > 100].max() > 1
    assert spread[there:].max() < 1e-12


def test_old_shops_leave_fans_and_merit_behind_and_take_the_credit():
    at_rest = market()
    there = at_rest.incumbents
    runs = [simulate(at_rest, plan(), SEPTEMBER + 1, disabled=off) for off in (["entry"], ["entry", "re_registration"])]
    again, stayed = (run.state for run in runs)
    moved = again.reregistered > 0
    assert 0 < moved.sum() < 0.1 * there
    assert (at_rest.traits.kind[moved] == 1).all()
    assert (again.fans[moved] < stayed.fans[moved]).all()
    assert (again.merit[moved] < stayed.merit[moved]).all()
    spent = runs[0].metric("credit")[SEPTEMBER:].sum() + at_rest.traits.weight @ again.credit
    handed_out = 200 * (at_rest.traits.weight @ again.reregistered)
    assert spent == pytest.approx(handed_out)
    assert runs[1].metric("credit").sum() == 0
    np.testing.assert_array_equal(runs[0].groups[:SEPTEMBER], runs[1].groups[:SEPTEMBER])


def test_old_shops_that_open_again_pay_the_lower_fee():
    without = ["entry", "credits", "fans", "merit_feedback", "trust"]  # what they sell stays as it was
    with_it, without_it = (
        simulate(market(), plan(), days=60, disabled=[*without, *off]) for off in ((), ("re_registration",))
    )
    np.testing.assert_allclose(with_it.metric("orders"), without_it.metric("orders"), rtol=1e-12)
    traits, again = market().traits, with_it.state.reregistered
    settled = traits.size * traits.price * (1 - traits.returns)
    less = without_it.metric("fees") - with_it.metric("fees")
    saved = (ASSUME.standard_fee - value("fan_xing.fee")) * (traits.weight * again * settled).sum()
    np.testing.assert_allclose(less[SEPTEMBER:], saved, rtol=1e-9)
    assert saved > 0


# Handing the fee on


def test_at_list_prices_the_fee_moves_no_price():
    assert FanXing().pricing == "list"
    assert price_cut(FanXing(), ASSUME) == 0


def test_the_price_cut_is_that_of_the_closed_form_for_a_small_share():
    cut = price_cut(FanXing(pricing="pass_through"), ASSUME)
    price, cost = 100.0, 60.0
    # A logit monopolist of next to no share (O2), at both fees.
    before, after = (monopoly_price(-12.0, 1 / 37, cost, fee)[0] for fee in (0.05, 0.01))
    assert cut * price == pytest.approx(before - after, rel=0.01)


def test_shops_in_the_plan_sell_cheaper_until_the_cap_and_more_for_it():
    without = ["entry_response", "exit", "re_registration"]
    lists, passes = (simulate(market(), plan(pricing=p), days=92, disabled=without) for p in ("list", "pass_through"))
    orders = [run.groups[:, NEWCOMERS, 0].sum(axis=1) for run in (lists, passes)]
    np.testing.assert_array_equal(orders[0][: SEPTEMBER + 1], orders[1][: SEPTEMBER + 1])
    assert (orders[1][SEPTEMBER + 2 :] > orders[0][SEPTEMBER + 2 :]).all()
    # It is the shops' own price: the platform pays nothing and counts no subsidised order.
    assert passes.metric("subsidy").sum() == passes.metric("subsidised").sum() == 0
    reference = passes.state.reference
    assert reference[passes.state.in_plan].min() < 0.99
    assert (reference[~passes.state.in_plan] == 1).all()


def test_at_a_cap_of_nothing_there_is_nothing_to_hand_on():
    lists, passes = (simulate(market(), plan(pricing=p, cap=0.0), days=60) for p in ("list", "pass_through"))
    np.testing.assert_array_equal(lists.groups, passes.groups)


def test_without_the_plan_nobody_opens_again():
    assert (simulate(market(), NOTHING, days=40).state.reregistered == 0).all()
