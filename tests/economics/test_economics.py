"""Closed forms: each against its numbers, and against another way of finding them."""

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.reference_choice import cost_pass_through, lerner_margin
from oracles.reference_ledger import daily_fees
from oracles.reference_platform import expected_maximum, log_sd_of_maximum, pareto_gini
from scipy import integrate, optimize
from scipy.special import ndtri

from kit.economics.coaching import best_hours, coached_lift
from kit.economics.demand import appeal_of_share, logit_pass_through, monopoly_price
from kit.economics.fees import Scale, bunching, dominated_interval, expected_savings, fee_total, savings_by_size
from kit.economics.inequality import gini, lognormal_below_mean, lognormal_gini, lognormal_top_share
from kit.economics.paid_venue import paid_venue
from kit.economics.retention import lifetime_value

MARGINAL = Scale(fee=0.01, cap=100_000, standard=0.05)
WHOLE = Scale(fee=0.01, cap=100_000, standard=0.05, reading="whole")

logit = {
    "appeal": st.floats(-3, 5),
    "response": st.floats(0.005, 0.2),
    "cost": st.floats(0, 150),
    "fee": st.floats(0, 0.5),
}
scales = st.builds(
    Scale,
    fee=st.integers(0, 80).map(lambda n: n / 1000),
    cap=st.integers(0, 500_000).map(float),
    standard=st.integers(0, 80).map(lambda n: n / 1000),
    reading=st.sampled_from(["marginal", "whole"]),
)


# O2: the price of a logit monopolist


def test_the_best_price_of_the_worked_example():
    price, share = monopoly_price(appeal=1, response=0.05, cost=40)
    assert price == pytest.approx(62.4005648, abs=1e-7)
    assert share == pytest.approx(1 / (1 + math.exp(-(1 - 0.05 * price))), rel=1e-12)


@settings(max_examples=50, deadline=None)
@given(**logit)
def test_the_best_price_is_where_a_search_finds_the_most_profit(appeal, response, cost, fee):
    def minus_log_profit(price: float) -> float:  # concave, so that the search cannot be lost
        utility = appeal - response * price
        return -(math.log(price * (1 - fee) - cost) + utility - math.log1p(math.exp(utility)))

    price, share = monopoly_price(appeal, response, cost, fee)
    least = cost / (1 - fee)
    ends = (least + 1e-9, least + (10 + max(appeal, 0)) / response)
    found = optimize.minimize_scalar(minus_log_profit, bounds=ends, method="bounded", options={"xatol": 1e-9})
    assert price == pytest.approx(found.x, rel=1e-4)
    assert minus_log_profit(price) <= found.fun + 1e-10
    assert share == pytest.approx(1 / (1 + math.exp(response * price - appeal)), rel=1e-9)


def test_a_fee_works_like_a_higher_cost():
    assert monopoly_price(1, 0.05, 40, fee=0.2) == monopoly_price(1, 0.05, 50)


@settings(max_examples=50, deadline=None)
@given(share=st.floats(0.001, 0.95), response=logit["response"], cost=logit["cost"])
def test_the_appeal_of_a_share_gives_that_share(share, response, cost):
    appeal = appeal_of_share(share, response, cost)
    assert monopoly_price(appeal, response, cost)[1] == pytest.approx(share, rel=1e-6)


# O3: pass-through


@settings(max_examples=50, deadline=None)
@given(appeal=logit["appeal"], response=logit["response"], cost=logit["cost"])
def test_pass_through_is_the_slope_of_the_best_price_in_cost(appeal, response, cost):
    step = 1e-4 / response
    above, below = (monopoly_price(appeal, response, cost + sign * step)[0] for sign in (1, -1))
    _, share = monopoly_price(appeal, response, cost)
    assert logit_pass_through(share) == pytest.approx((above - below) / (2 * step), abs=1e-6)


def test_the_larger_seller_keeps_more_of_a_subsidy():
    shares = [monopoly_price(appeal, 0.05, 40)[1] for appeal in (0, 1, 3, 6)]
    handed_on = [logit_pass_through(share) for share in shares]
    assert handed_on == sorted(handed_on, reverse=True)
    assert handed_on[0] - handed_on[-1] > 0.5


# O10: the kink


def test_the_kink_of_the_worked_example():
    assert bunching(MARGINAL, elasticity=0.5) == pytest.approx(0.0208, abs=5e-5)


@pytest.mark.parametrize("elasticity", [0.25, 0.5, 1.5])
def test_bunching_is_what_shops_of_all_abilities_choose(elasticity):
    power = 1 + 1 / elasticity
    sales = np.linspace(90_000, 130_000, 4_001)
    kept = sales - fee_total(sales, MARGINAL)
    # Ability is what a shop would sell if it kept everything.
    abilities = np.linspace(95_000, 112_000, 1_701) / (1 - MARGINAL.standard) ** elasticity
    chosen = np.array([sales[np.argmax(kept - n / power * (sales / n) ** power)] for n in abilities])
    stopped = abilities[np.abs(chosen - MARGINAL.cap) < 1]
    assert len(stopped) > 10
    # The ablest who stop at the cap would go this far if the reduced fee went on.
    marginal_buncher = stopped.max() * (1 - MARGINAL.fee) ** elasticity
    assert bunching(MARGINAL, elasticity) == pytest.approx(marginal_buncher / MARGINAL.cap - 1, abs=5e-4)


def test_without_elasticity_or_a_kink_nobody_bunches():
    assert bunching(MARGINAL, 0.0) == 0
    assert bunching(Scale(0.05, 100_000, 0.05), 0.5) == 0


# O11: the notch


@pytest.mark.parametrize(("margin", "back"), [(1.0, 104_210.53), (0.4, 111_428.57)])
def test_sales_in_the_dominated_interval_leave_less_than_the_cap_does(margin, back):
    low, high = dominated_interval(WHOLE, margin)
    assert (low, high) == (100_000, pytest.approx(back, abs=0.01))
    sales = np.arange(90_000, 130_000, 0.5)
    kept = margin * sales - fee_total(sales, WHOLE)
    worse = sales[(sales > low) & (kept < margin * low - fee_total(low, WHOLE))]
    assert worse.min() == 100_000.5
    assert worse.max() == pytest.approx(high, abs=0.5)
    assert len(worse) == pytest.approx((high - low) / 0.5, abs=1), "it has no holes"


@pytest.mark.parametrize("scale", [MARGINAL, Scale(0.05, 100_000, 0.01, "whole"), Scale(0.01, 0, 0.05, "whole")])
def test_where_no_sales_leave_less_there_is_no_dominated_interval(scale):
    low, high = dominated_interval(scale)
    assert low == high == scale.cap
    sales = np.arange(scale.cap, scale.cap + 50_000, 0.5)
    assert np.all(np.diff(sales - fee_total(sales, scale)) > 0)


@pytest.mark.parametrize("margin", [0.03, 0.05])
def test_a_margin_that_does_not_bear_the_standard_fee_never_gets_back(margin):
    assert dominated_interval(WHOLE, margin) == (100_000, math.inf)
    sales = np.geomspace(100_001, 1e12, 1_000)
    assert np.all(margin * sales - fee_total(sales, WHOLE) < margin * 100_000 - fee_total(100_000, WHOLE))


# O12: telescoping

days = st.lists(st.integers(-3_000_000, 20_000_000), min_size=1, max_size=30)


def phi(cents: int, scale: Scale) -> int:
    """The fee of the definition, in whole numbers: f0 min(G, C) + f1 (G - C)+, rounded down to cents."""
    low, high, cap = round(scale.fee * 1000), round(scale.standard * 1000), round(scale.cap * 100)
    if scale.reading == "whole":
        return cents * (low if cents <= cap else high) // 1000
    return (low * min(cents, cap) + high * max(cents - cap, 0)) // 1000


@settings(max_examples=60, deadline=None)
@given(settled=days, scale=scales)
def test_the_fees_of_the_days_add_up_to_the_fee_of_the_total_at_every_evening(settled, scale):
    fees = daily_fees(np.array(settled), scale)
    assert fees.dtype.kind == "i"
    assert np.cumsum(fees).tolist() == [phi(sum(settled[: n + 1]), scale) for n in range(len(settled))]


@settings(max_examples=60, deadline=None)
@given(settled=days, scale=scales, data=st.data())
def test_the_total_fee_does_not_depend_on_how_sales_are_spread_over_days(settled, scale, data):
    cuts = data.draw(st.lists(st.integers(0, len(settled)), max_size=6).map(sorted))
    ends = [0, *cuts, len(settled)]
    other = [sum(settled[a:b]) for a, b in pairwise(ends)]
    assert daily_fees(np.array(settled), scale).sum() == daily_fees(np.array(other), scale).sum()


@settings(max_examples=60, deadline=None)
@given(settled=days, scale=scales)
def test_a_full_refund_brings_every_fee_back(settled, scale):
    fees = daily_fees(np.array([*settled, -sum(settled)]), scale)
    assert fees.sum() == 0


@settings(max_examples=60, deadline=None)
@given(cents=st.integers(0, 10**9), scale=scales)
def test_the_fee_in_yuan_is_the_fee_in_cents(cents, scale):
    assert 100 * fee_total(cents / 100, scale) == pytest.approx(phi(cents, scale), abs=1 + 1e-6)


def test_fees_of_many_shops_are_the_fees_of_each():
    sales = np.array([0.0, 50_000, 100_000, 100_000.01, 150_000])
    for scale in (MARGINAL, WHOLE):
        assert fee_total(sales, scale).tolist() == [fee_total(one, scale) for one in sales]


@pytest.mark.parametrize(("scale", "one_more"), [(MARGINAL, 1_000.05), (WHOLE, 5_000.05)])
def test_the_cap_itself_still_bears_the_reduced_fee_and_one_yuan_more_does_not(scale, one_more):
    assert fee_total(100_000, scale) == 1_000
    assert fee_total(100_001, scale) == pytest.approx(one_more)
    assert daily_fees(np.array([10_000_000]), scale).tolist() == [100_000]
    assert daily_fees(np.array([10_000_100]), scale).tolist() == [round(100 * one_more)]


def test_a_late_refund_under_the_cap_returns_the_standard_rate_first():
    fees = daily_fees(np.array([15_000_000, -10_000_000]), MARGINAL)  # 150,000 yuan, then 100,000 back
    assert fees.tolist() == [350_000, -300_000]
    assert daily_fees(np.array([15_000_000, -10_000_000]), WHOLE).tolist() == [750_000, -700_000]


# O13: expected savings

NEWCOMERS = (967 * 0.7 * 90, 1.9)
SIZES = [(*NEWCOMERS, MARGINAL), (*NEWCOMERS, WHOLE), (20_000, 1.0, Scale(0.0, 50_000, 0.08)), (3e5, 2.5, MARGINAL)]


def saved(sales, scale: Scale):
    return scale.standard * sales - fee_total(sales, scale)


def test_the_savings_of_the_worked_example():
    found = expected_savings(*NEWCOMERS, MARGINAL)
    assert found.saving / 0.04 == pytest.approx(26_245, abs=0.5)
    assert found.saving == pytest.approx(1_050, abs=0.5)
    assert found.crossing == pytest.approx(0.113, abs=5e-4)
    assert found.to_crossers == pytest.approx(0.43, abs=5e-3)


@pytest.mark.parametrize(("mean", "log_sd", "scale"), SIZES)
def test_expected_savings_are_those_of_a_million_shops_drawn_at_random(mean, log_sd, scale):
    draws = np.random.default_rng(116).standard_normal(1_000_000)
    sales = mean * np.exp(log_sd * draws - log_sd**2 / 2)
    savings = saved(sales, scale)
    past = sales > scale.cap
    found = expected_savings(mean, log_sd, scale)
    assert found.saving == pytest.approx(savings.mean(), abs=4 * savings.std() / 1_000)
    assert found.crossing == pytest.approx(past.mean(), abs=4 * past.std() / 1_000)
    assert found.to_crossers == pytest.approx(savings[past].sum() / savings.sum(), abs=0.005)


@pytest.mark.parametrize(("mean", "log_sd", "scale"), SIZES)
def test_expected_savings_are_the_integral_over_sizes(mean, log_sd, scale):
    def density(z: float) -> float:
        return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)

    def at(z: float) -> float:
        return saved(mean * math.exp(log_sd * z - log_sd**2 / 2), scale) * density(z)

    kink = (math.log(scale.cap / mean) + log_sd**2 / 2) / log_sd
    below, above = (integrate.quad(at, *ends)[0] for ends in ((-12, kink), (kink + 1e-12, 12)))
    found = expected_savings(mean, log_sd, scale)
    assert found.saving == pytest.approx(below + above, rel=1e-6)
    assert found.crossing == pytest.approx(integrate.quad(density, kink, 12)[0], rel=1e-6)
    assert found.to_crossers == pytest.approx(above / (below + above), abs=1e-6)


@pytest.mark.parametrize(("mean", "log_sd", "scale"), SIZES)
def test_the_classes_of_size_are_those_of_shops_drawn_at_random_and_add_up(mean, log_sd, scale):
    edges = [1_000, 30_000, 100_000, 400_000]
    classes = savings_by_size(mean, log_sd, scale, edges)
    sales = mean * np.exp(log_sd * np.random.default_rng(7).standard_normal(400_000) - log_sd**2 / 2)
    which = np.searchsorted(edges, sales)
    for n, (share, saving) in enumerate(classes):
        inside = which == n
        savings = np.where(inside, saved(sales, scale), 0)
        assert share == pytest.approx(inside.mean(), abs=5 * inside.std() / math.sqrt(400_000))
        assert saving == pytest.approx(savings.mean(), abs=5 * savings.std() / math.sqrt(400_000))
    assert sum(share for share, _ in classes) == pytest.approx(1, rel=1e-12)
    assert sum(saving for _, saving in classes) == pytest.approx(expected_savings(mean, log_sd, scale).saving, rel=1e-9)


def test_without_a_reduction_nothing_is_saved():
    found = expected_savings(*NEWCOMERS, Scale(0.05, 100_000, 0.05))
    assert (found.saving, found.to_crossers) == (0, 0)
    assert expected_savings(*NEWCOMERS, Scale(0.01, 0, 0.05)).saving == 0


# O15: lifetime value


@pytest.mark.parametrize(("retention", "worth"), [(0.6, 4.3902), (0.2, 0.7407)])
def test_the_lifetime_value_of_the_worked_example(retention, worth):
    assert lifetime_value(3, retention, 0.01) == pytest.approx(worth, abs=5e-5)


@settings(max_examples=50, deadline=None)
@given(margin=st.floats(-10, 100), retention=st.floats(0, 0.9), discount=st.floats(0, 0.1))
def test_lifetime_value_is_the_sum_of_all_later_months(margin, retention, discount):
    months = np.arange(1, 2_000)
    later = (margin * (retention / (1 + discount)) ** months).sum()
    assert lifetime_value(margin, retention, discount) == pytest.approx(later, rel=1e-9, abs=1e-12)


# O17: credits beside cash


@pytest.mark.parametrize("credit", [0, 50, 600, 5_000])
def test_in_a_full_venue_shares_are_those_of_exposure_dealt_out_yuan_by_yuan(credit):
    cash, views = 600, 50
    supply = cash * views
    # Each impression of the fixed supply goes to a yuan drawn at random from both purses.
    bought_with = np.random.default_rng(17).integers(0, cash + credit, size=supply)
    full = paid_venue(cash, credit, views, fixity=1)
    luck = 4 * math.sqrt(supply) / 2
    assert full.cash_impressions == pytest.approx((bought_with < cash).sum(), abs=luck)
    assert full.credit_impressions == pytest.approx((bought_with >= cash).sum(), abs=luck)
    assert full.cash_impressions + full.credit_impressions == pytest.approx(supply, rel=1e-12)
    assert full.cash_impressions == pytest.approx(supply * cash / (cash + credit), rel=1e-12)
    assert full.crowding_out == pytest.approx(1 if credit else 0)


def test_in_an_idle_venue_nobody_loses():
    idle = paid_venue(600, 200, 50, fixity=0)
    assert (idle.cash_impressions, idle.credit_impressions, idle.crowding_out) == (30_000, 10_000, 0)


@settings(max_examples=50, deadline=None)
@given(
    cash=st.floats(1, 1e6),
    credit=st.floats(0, 1e6),
    views=st.floats(1, 200),
    fixity=st.floats(0, 1),
    more=st.floats(0, 1),
)
def test_between_idle_and_full_cash_advertisers_fall_by_the_power_and_pay_the_same(cash, credit, views, fixity, more):
    venue = paid_venue(cash, credit, views, fixity)
    share = float(Fraction(cash) / (Fraction(cash) + Fraction(credit)))
    assert venue.cash_impressions == pytest.approx(cash * views * share**fixity, rel=1e-9)
    assert venue.cash_impressions * venue.price_ratio / views == pytest.approx(cash, rel=1e-12)
    assert venue.cash_impressions * credit == pytest.approx(venue.credit_impressions * cash, rel=1e-9, abs=1e-9)
    fuller = paid_venue(cash, credit, views, fixity + more * (1 - fixity))
    assert fuller.cash_impressions <= venue.cash_impressions * (1 + 1e-12)
    assert -1e-9 <= venue.crowding_out <= 1 + 1e-6


# Coaching


def test_half_of_the_lift_comes_in_the_half_hours():
    assert coached_lift(2, most=0.15, half=2) == pytest.approx(0.075)
    assert coached_lift(np.array([0, 2, 4, 1e9]), 0.4, 2).tolist() == pytest.approx([0, 0.2, 0.3, 0.4])


@settings(max_examples=50, deadline=None)
@given(most=st.floats(10, 100_000), half=st.floats(0.5, 8), wage=st.floats(40, 300))
def test_the_best_hours_are_where_a_search_finds_the_most(most, half, wage):
    def cost(hours: float) -> float:
        return wage * hours - coached_lift(hours, most, half)

    found = optimize.minimize_scalar(cost, bounds=(0, 40 * half), method="bounded", options={"xatol": 1e-9})
    assert best_hours(most, half, wage) == pytest.approx(found.x, abs=1e-3 * half)
    assert cost(best_hours(most, half, wage)) <= found.fun + 1e-6 * most


# What is refused

BAD = {
    "no price response": lambda: monopoly_price(1, 0, 40),
    "negative price response": lambda: monopoly_price(1, -0.05, 40),
    "fee of everything": lambda: monopoly_price(1, 0.05, 40, fee=1),
    "negative fee": lambda: monopoly_price(1, 0.05, 40, fee=-0.1),
    "fee that is no number": lambda: monopoly_price(1, 0.05, 40, fee=math.nan),
    "share of nothing": lambda: appeal_of_share(0, 0.05, 40),
    "share of everything": lambda: appeal_of_share(1, 0.05, 40),
    "share above one": lambda: logit_pass_through(1.1),
    "negative share": lambda: logit_pass_through(-0.1),
    "fee in per cent": lambda: Scale(1, 100_000, 0.05),
    "standard in per cent": lambda: Scale(0.01, 100_000, 5),
    "negative rate": lambda: Scale(-0.01, 100_000, 0.05),
    "rate that is no number": lambda: Scale(math.nan, 100_000, 0.05),
    "negative cap": lambda: Scale(0.01, -1, 0.05),
    "cap that is no number": lambda: Scale(0.01, math.nan, 0.05),
    "rate finer than per mille": lambda: daily_fees(np.array([100]), Scale(0.0125, 100_000, 0.05)),
    "fractions of a cent": lambda: daily_fees(np.array([99.5]), MARGINAL),
    "no sales at all": lambda: expected_savings(0, 1.9, MARGINAL),
    "negative sales": lambda: expected_savings(-1, 1.9, MARGINAL),
    "no inequality": lambda: expected_savings(60_000, 0, MARGINAL),
    "everybody stays": lambda: lifetime_value(3, 1.01, 0.01),
    "negative retention": lambda: lifetime_value(3, -0.1, 0.01),
    "retention that is no number": lambda: lifetime_value(3, math.nan, 0.01),
    "no cash": lambda: paid_venue(0, 200, 50, 1),
    "negative credit": lambda: paid_venue(600, -1, 50, 1),
    "fuller than full": lambda: paid_venue(600, 200, 50, 1.5),
    "idler than idle": lambda: paid_venue(600, 200, 50, -0.5),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_input_is_refused(case):
    with pytest.raises(ValueError, match=r"\d|nan"):
        BAD[case]()


# O5, O25, O27


@pytest.mark.parametrize("elasticity", [1.5, 2.8, 6.0])
def test_the_lerner_margin_is_the_best_price_of_constant_elasticity_demand(elasticity):
    cost = 40.0
    best = optimize.minimize_scalar(
        lambda p: -(p - cost) * p**-elasticity, bounds=(cost, 20 * cost), method="bounded", options={"xatol": 1e-9}
    ).x
    assert (best - cost) / best == pytest.approx(lerner_margin(elasticity), abs=1e-6)
    assert best / cost == pytest.approx(cost_pass_through("constant", elasticity=elasticity), abs=1e-5)


@pytest.mark.parametrize("sellers", [1, 2, 5])
def test_cournot_pass_through_by_letting_sellers_answer_each_other(sellers):
    def price(cost, choke=100.0):
        quantities = [1.0] * sellers
        for _ in range(400):
            for seller in range(sellers):
                others = sum(quantities) - quantities[seller]
                quantities[seller] = (choke - cost - others) / 2
        return choke - sum(quantities)

    assert price(41.0) - price(40.0) == pytest.approx(cost_pass_through("linear", sellers=sellers))


@pytest.mark.parametrize("log_sd", [0.5, 1.0, 1.5])
def test_the_gini_of_a_law_is_that_of_its_quantiles(log_sd):
    share = (np.arange(200_000) + 0.5) / 200_000
    assert gini(np.exp(log_sd * ndtri(share))) == pytest.approx(lognormal_gini(log_sd), abs=2e-3)


def test_the_gini_of_a_pareto_law_is_that_of_its_quantiles():
    share = (np.arange(400_000) + 0.5) / 400_000
    assert gini((1 - share) ** (-1 / 2.5)) == pytest.approx(pareto_gini(2.5), abs=2e-3)


@given(
    sizes=st.lists(st.floats(0.01, 1e6), min_size=2, max_size=20),
    scale=st.floats(0.01, 100),
    times=st.integers(2, 5),
)
def test_the_gini_knows_neither_scale_nor_copies(sizes, scale, times):
    one = gini(sizes)
    assert one + 1e-12 >= 0
    assert one <= 1 - 1 / len(sizes) + 1e-9
    assert gini([scale * size for size in sizes]) == pytest.approx(one, abs=1e-9)
    assert gini(sizes * times) == pytest.approx(one, abs=1e-9)
    assert gini(sizes, weights=[times] * len(sizes)) == pytest.approx(one, abs=1e-9)


def test_the_top_and_the_part_below_the_mean_are_those_of_the_quantiles():
    share = (np.arange(1_000_000) + 0.5) / 1_000_000
    sizes = np.exp(1.2 * ndtri(share))
    assert sizes[-10_000:].sum() / sizes.sum() == pytest.approx(lognormal_top_share(1.2, 0.01), abs=1e-3)
    assert (sizes < sizes.mean()).mean() == pytest.approx(lognormal_below_mean(1.2), abs=1e-3)


def test_the_best_of_a_thousand_by_drawing_them():
    draws = np.random.default_rng(116).standard_normal((4_000, 1_000)).max(axis=1)
    assert draws.mean() == pytest.approx(expected_maximum(1_000), abs=4 * draws.std() / np.sqrt(draws.size))
    assert np.exp(log_sd_of_maximum(5.7, 1_000) * expected_maximum(1_000)) == pytest.approx(5.7)


@pytest.mark.parametrize(
    "call",
    [
        lambda: gini([]),
        lambda: gini([0, 0]),
        lambda: gini([1, -1]),
        lambda: pareto_gini(1.0),
        lambda: lognormal_top_share(1.0, 1.5),
        lambda: expected_maximum(0),
        lambda: lerner_margin(0.8),
        lambda: cost_pass_through("square"),
    ],
)
def test_what_has_no_answer_is_refused(call):
    with pytest.raises(ValueError, match=r"\w"):
        call()
