"""Closed forms of choice, experiments, festivals, platforms: each against another way of finding it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.reference_choice import (
    appeals,
    bias_share,
    buyer_pays,
    diversion,
    elasticities,
    incidence,
    naive_lift,
    net_of_losses,
    outside_weight,
    trial_effects,
)
from oracles.reference_platform import (
    Side,
    best_load_for_profit,
    best_load_for_sales,
    feedback_gini,
    feedback_sizes,
    monopoly_prices,
    steady_escrow,
)
from scipy import optimize
from scipy.special import ndtri

from kit.economics.choice import infra_marginal_share, lift_of_all
from kit.economics.demand import logit_pass_through, monopoly_price
from kit.economics.festival import pull_forward
from kit.economics.inequality import gini


def chosen(utilities, outside: float = 1.0) -> np.ndarray:
    """The logit itself: shares of everything inside."""
    weights = np.exp(utilities)
    return weights / (outside + weights.sum())


# O1: elasticities


def test_elasticities_are_the_slopes_of_the_logit():
    appeal, response = np.array([1.0, 2.0, 0.5]), 0.03
    prices = np.array([40.0, 90.0, 20.0])
    found = elasticities(response * prices, chosen(appeal - response * prices))
    for k in range(3):
        up, down = prices.copy(), prices.copy()
        up[k], down[k] = prices[k] * math.exp(1e-5), prices[k] * math.exp(-1e-5)
        slope = np.log(chosen(appeal - response * up) / chosen(appeal - response * down)) / 2e-5
        np.testing.assert_allclose(found[:, k], slope, atol=1e-9)


def test_who_leaves_divides_as_if_the_good_were_not_there():
    utilities = np.array([1.0, 0.2, -1.0])
    shares, second = chosen(utilities), chosen(utilities[1:])
    assert [diversion(shares[0], share) for share in shares[1:]] == pytest.approx(
        [(there - before) / shares[0] for there, before in zip(second, shares[1:], strict=True)]
    )


# O7: lifts, and what a trial makes of them

lifts = st.floats(-1, 2)
insides = st.floats(0, 0.95)


@settings(max_examples=60, deadline=None)
@given(lift=lifts, inside=insides, treated=st.floats(0, 1))
def test_a_trial_in_the_logit_itself(lift, inside, treated):
    base = np.array([inside * treated, inside * (1 - treated)])
    after = base * np.exp([lift, 0]) / (1 - inside + base @ np.exp([lift, 0]))
    expected = [now / was - 1 if was > 1e-12 else None for now, was in zip(after, base, strict=True)]
    for found, counted in zip(trial_effects(lift, inside, treated), expected, strict=True):
        assert counted is None or found == pytest.approx(counted, abs=1e-9)
    on, off = trial_effects(lift, inside, treated)
    assert (1 + on) / (1 + off) - 1 == pytest.approx(naive_lift(lift), abs=1e-9)
    assert trial_effects(lift, inside, 1)[0] == pytest.approx(lift_of_all(lift, inside), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(lift=lifts.filter(lambda lift: abs(lift) > 1e-3), inside=insides)
def test_the_bias_is_the_inside_share_after_the_roll_out(lift, inside):
    bias = 1 - lift_of_all(lift, inside) / naive_lift(lift)
    assert bias_share(lift, inside) == pytest.approx(bias, abs=1e-9)
    after = inside * math.exp(lift) / (1 - inside + inside * math.exp(lift))
    assert bias_share(lift, inside) == pytest.approx(after, abs=1e-9)
    assert bias_share(0, inside) == inside


def test_the_trial_of_the_worked_example():
    assert (naive_lift(0.1), lift_of_all(0.1, 0.2)) == pytest.approx((0.10517, 0.08240), abs=5e-6)
    assert bias_share(0.1, 0.2) == pytest.approx(0.2165, abs=5e-5)


@settings(max_examples=60, deadline=None)
@given(lift=st.floats(0.01, 2), inside=st.floats(0, 0.9), more=st.floats(0.01, 0.09))
def test_the_larger_the_share_inside_the_more_would_have_come_anyway(lift, inside, more):
    share = infra_marginal_share(lift, inside)
    assert math.exp(-lift) - 1e-12 <= share < infra_marginal_share(lift, inside + more) < 1
    assert share * (1 + lift_of_all(lift, inside)) == pytest.approx(1)


def test_no_lift_takes_more_than_everything():
    assert lift_of_all(1e3, 0.2) == pytest.approx(4)
    assert lift_of_all(0, 0.2) == 0


# O32: the choice turned round


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0.01, 50), st.floats(0.01, 5), st.integers(1, 9)), min_size=1, max_size=8))
def test_the_inverted_choice_gives_the_orders_back(merchants):
    orders, attention, weights = (np.array(column, dtype=float) for column in zip(*merchants, strict=True))
    occasions, outside = 2 * (orders @ weights), 7.0
    found = appeals(orders, attention, occasions, outside, weights)
    inside = weights @ (attention * found)
    np.testing.assert_allclose(occasions * attention * found / (outside + inside), orders, rtol=1e-12)
    assert outside_weight(inside, 0.5) == pytest.approx(outside)


# O4, O6: who bears a fee


@pytest.mark.parametrize("appeal", [0, 2, 5])
def test_what_a_tax_takes_is_the_slope_of_the_surplus(appeal):
    response, cost, step = 0.05, 40, 1e-4

    def surplus(tax: float) -> np.ndarray:
        price, share = monopoly_price(appeal, response, cost + tax)
        return np.array([math.log1p(math.exp(appeal - response * price)) / response, (price - cost - tax) * share])

    _, share = monopoly_price(appeal, response, cost)
    slope = (surplus(step) - surplus(-step)) / (2 * step)
    assert incidence(logit_pass_through(share), share) == pytest.approx(slope, abs=1e-7)


def test_what_a_tax_takes_where_nobody_sets_prices():
    """Demand 100 - p, supply 3 (p - t): three quarters of a tax are passed on."""

    def surplus(tax: float) -> np.ndarray:
        price = (100 + 3 * tax) / 4
        return np.array([(100 - price) ** 2 / 2, 3 * (price - tax) ** 2 / 2])

    slope = (surplus(1e-5) - surplus(-1e-5)) / 2e-5
    assert incidence(0.75, 75, conduct=0) == pytest.approx(slope, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(appeal=st.floats(-2, 4), response=st.floats(0.02, 0.2), cost=st.floats(5, 80), fee=st.floats(-5, 20))
def test_where_sellers_reprice_the_side_does_not_matter_and_where_they_do_not_it_does(appeal, response, cost, fee):
    def search(on: str) -> float:
        added = fee if on == "buyers" else 0.0

        def minus_log_profit(price: float) -> float:
            utility = appeal - response * (price + added)
            return -(math.log(price - cost - fee + added) + utility - math.log1p(math.exp(utility)))

        least = cost + fee - added
        ends = (least + 1e-9, least + (12 + max(appeal, 0)) / response)
        return optimize.minimize_scalar(minus_log_profit, bounds=ends, method="bounded").x + added

    sellers, buyers = (buyer_pays(appeal, response, cost, fee, on) for on in ("sellers", "buyers"))
    assert sellers == pytest.approx(buyers, rel=1e-9)
    assert sellers == pytest.approx(search("buyers"), rel=1e-3)
    assert sellers == pytest.approx(search("sellers"), rel=1e-3)
    sellers, buyers = (buyer_pays(appeal, response, cost, fee, on, "list") for on in ("sellers", "buyers"))
    assert buyers - sellers == pytest.approx(fee, abs=1e-9)
    assert sellers == buyer_pays(appeal, response, cost, 0, "sellers")


# O9: a festival

hazards = st.floats(0.005, 0.3)


def day_by_day(hazard: float, lifted: float, days: int, lapse: float, until: int) -> tuple[float, float]:
    """Gross and net in baseline-days by living through them."""
    needs, orders = 1.0, []
    for day in range(until):
        bought = (lifted if day < days else hazard) * needs
        orders.append(bought / hazard - 1)
        needs += (hazard + lapse) - bought - lapse * needs
    return sum(orders[:days]), sum(orders)


@settings(max_examples=60, deadline=None)
@given(hazard=hazards, lifted=hazards, days=st.integers(0, 30), lapse=st.floats(0, 0.1), after=st.integers(0, 200))
def test_a_festival_lived_through_day_by_day(hazard, lifted, days, lapse, after):
    found = pull_forward(hazard, lifted, days, lapse, until=days + after)
    assert (found.gross, found.net) == pytest.approx(
        day_by_day(hazard, lifted, days, lapse, days + after), rel=1e-7, abs=1e-7
    )


@settings(max_examples=60, deadline=None)
@given(hazard=hazards, lifted=hazards, days=st.integers(0, 30), lapse=st.floats(0, 0.1))
def test_in_the_limit_a_festival_is_worth_the_losses_that_it_avoids(hazard, lifted, days, lapse):
    limit = pull_forward(hazard, lifted, days, lapse)
    assert limit.net == pytest.approx(net_of_losses(hazard, lifted, days, lapse), rel=1e-9, abs=1e-9)
    assert pull_forward(hazard, lifted, days, until=math.inf).net == pytest.approx(0, abs=1e-9)


def test_the_festival_of_the_worked_example():
    plain, leaky = ([pull_forward(0.05, 0.12, 13, lapse, until) for until in (math.inf, 61)] for lapse in (0, 0.01))
    assert (plain[0].gross, plain[0].net, plain[1].net) == pytest.approx((9.45, 0, 0.806), abs=5e-3)
    assert (leaky[0].gross, leaky[0].net, leaky[1].net) == pytest.approx((9.715, 2.208, 2.593), abs=5e-4)
    assert leaky[0].kept == pytest.approx(2.208 / 9.715, abs=1e-4)
    assert pull_forward(0.05, 0.05, 13).kept == 0


# O14: two sides


@pytest.mark.parametrize(
    "sides",
    [
        (Side(1, benefit=1), Side(1)),
        (Side(10, 0.3, 2, slope=2), Side(4, 0.6, 1, slope=0.5)),
        (Side(5, -0.2, 1), Side(8, 0.9, 0)),
    ],
)
def test_the_prices_of_two_sides_are_those_that_a_search_finds(sides):
    one, two = sides
    cross = np.array([[1, -one.slope * one.benefit], [-two.slope * two.benefit, 1]])

    def members(prices) -> np.ndarray:
        alone = [side.slope * (side.worth - price) for side, price in zip(sides, prices, strict=True)]
        return np.linalg.solve(cross, alone)

    def minus_profit(prices) -> float:
        return -(members(prices) @ (np.array(prices) - [one.cost, two.cost]))

    found = monopoly_prices(one, two)
    search = optimize.minimize(minus_profit, (one.worth / 2, two.worth / 2), tol=1e-12)
    assert found.prices == pytest.approx(search.x, abs=1e-4)
    assert found.members == pytest.approx(members(found.prices))
    assert found.profit == pytest.approx(-search.fun)
    # Armstrong's own form: cost, less what a member brings to the other side, plus the mark-up of demand.
    for side, other, n, m, price in (
        (one, two, *found.members, found.prices[0]),
        (two, one, *found.members[::-1], found.prices[1]),
    ):
        assert price == pytest.approx(side.cost - other.benefit * m + n / side.slope)


def test_who_is_worth_more_to_the_others_pays_less():
    prices = [monopoly_prices(Side(10), Side(10, benefit)).prices[0] for benefit in (0, 0.3, 0.6)]
    assert prices == sorted(prices, reverse=True)
    assert prices[0] > prices[-1] + 1


# O16: load


@pytest.mark.parametrize("aversion", [0, 0.5, 1.2, 4])
@pytest.mark.parametrize(("commerce", "content"), [(3, 1), (1, 0), (1, 2), (9, 8)])
def test_the_best_loads_are_those_of_a_grid(aversion, commerce, content):
    load = np.linspace(0, 1, 100_001)
    minutes = np.exp(-aversion * load)
    assert best_load_for_sales(aversion) == pytest.approx(load[np.argmax(minutes * load)], abs=1e-5)
    earned = minutes * (commerce * load + content * (1 - load))
    assert best_load_for_profit(aversion, commerce, content) == pytest.approx(load[np.argmax(earned)], abs=1e-5)


# O18: escrow


@pytest.mark.parametrize(("returned", "settle", "back"), [(0.0, 10, 7), (0.35, 10, 7), (0.35, 7, 15), (1.0, 10, 3)])
def test_escrow_is_what_a_queue_of_days_holds(returned, settle, back):
    paid, held = 100.0, 0.0
    for day in range(60):
        held += paid
        held -= paid * (1 - returned) * (day >= settle) + paid * returned * (day >= back)
    assert held == pytest.approx(steady_escrow(paid, returned, settle, back))


# O26: merit feedback


@pytest.mark.parametrize("feedback", [0, 0.3, 0.7])
def test_feedback_sizes_are_where_selling_and_being_seen_agree(feedback):
    quality = np.array([0.5, 1.0, 1.1, 3.0])
    sizes = np.full(4, 0.25)
    for _ in range(200):
        sizes = quality * sizes**feedback
        sizes /= sizes.sum()
    np.testing.assert_allclose(feedback_sizes(quality, feedback), sizes, rtol=1e-12)


@pytest.mark.parametrize(("feedback", "expected"), [(0, 0.276), (0.3, 0.386), (0.5, 0.5205), (0.7, 0.761)])
def test_the_gini_of_merit_feedback(feedback, expected):
    assert feedback_gini(0.5, feedback) == pytest.approx(expected, abs=5e-4)
    quality = np.exp(0.5 * ndtri((np.arange(200_000) + 0.5) / 200_000))
    assert gini(feedback_sizes(quality, feedback)) == pytest.approx(feedback_gini(0.5, feedback), abs=2e-3)


def test_sizes_stay_numbers_where_feedback_is_almost_whole():
    assert feedback_sizes([1e3, 1e4], 0.999).tolist() == [0.0, 1.0]


# What is refused

BAD = {
    "shares of more than all": lambda: elasticities([1, 1], [0.6, 0.6]),
    "a share for each": lambda: elasticities([1], [0.2, 0.2]),
    "shares that are no numbers": lambda: elasticities([1], [math.nan]),
    "everybody leaves": lambda: diversion(1, 0),
    "more than are left": lambda: diversion(0.5, 0.6),
    "inside is all": lambda: lift_of_all(0.1, 1),
    "no lift at all": lambda: lift_of_all(math.nan, 0.1),
    "naive of no number": lambda: naive_lift(math.inf),
    "treated in per cent": lambda: trial_effects(0.1, 0.1, 50),
    "trial where inside is all": lambda: trial_effects(0.1, 1, 0.5),
    "infra-marginal of a negative share": lambda: infra_marginal_share(0.1, -0.1),
    "bias of a share in per cent": lambda: bias_share(0.1, 20),
    "outside of nothing": lambda: outside_weight(10, 0),
    "weight of nothing": lambda: outside_weight(0, 0.1),
    "more orders than occasions": lambda: appeals([60, 60], [1, 1], 100, 6),
    "no attention": lambda: appeals([10, 10], [0, 1], 100, 6),
    "negative pass-through": lambda: incidence(-0.1, 10),
    "conduct beyond a monopoly": lambda: incidence(0.5, 10, conduct=2),
    "a third side": lambda: buyer_pays(1, 0.05, 40, 5, "platform"),
    "a third way of pricing": lambda: buyer_pays(1, 0.05, 40, 5, "buyers", "auction"),
    "a fee that is no number": lambda: buyer_pays(1, 0.05, 40, math.nan, "buyers"),
    "a hazard above one": lambda: pull_forward(0.05, 1.2, 13),
    "a hazard of nothing": lambda: pull_forward(0, 0.1, 13),
    "a negative lapse": lambda: pull_forward(0.05, 0.1, 13, lapse=-0.01),
    "an end before the end": lambda: pull_forward(0.05, 0.1, 13, until=5),
    "losses of a negative festival": lambda: net_of_losses(0.05, 0.1, -1, 0.01),
    "a side without slope": lambda: monopoly_prices(Side(1, slope=0), Side(1)),
    "sides without end": lambda: monopoly_prices(Side(1, benefit=1), Side(1, benefit=1)),
    "an empty side": lambda: monopoly_prices(Side(-5), Side(1)),
    "a side of no number": lambda: monopoly_prices(Side(1), Side(math.nan)),
    "a love of selling": lambda: best_load_for_sales(-1),
    "negative earnings": lambda: best_load_for_profit(1, -1, 1),
    "negative payments": lambda: steady_escrow(-1, 0.1, 10, 7),
    "returns in per cent": lambda: steady_escrow(100, 35, 10, 7),
    "feedback of all": lambda: feedback_gini(0.5, 1),
    "quality of nothing": lambda: feedback_sizes([0, 1], 0.5),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_input_is_refused(case):
    with pytest.raises(ValueError, match=r"\d|nan|inf"):
        BAD[case]()
