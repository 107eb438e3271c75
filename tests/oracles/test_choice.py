"""The simulator against pencil and paper: choice, experiments, festivals (O1, O7, O8, O9, O32).

Each closed form is met by the simulator's own functions. Where it is a limiting case, the default market's gap to it
is held within a band too, so that a reader knows what the short form is worth.
"""

import math

import numpy as np
import pytest
from oracles.reference_choice import (
    appeals,
    bias_share,
    diversion,
    elasticities,
    naive_lift,
    outside_weight,
    trial_effects,
)
from trial_programme import NOTHING, ONE_BUYER, coupon, market, orders, size_share, trial

from kit.economics.choice import infra_marginal_share, lift_of_all
from kit.economics.festival import pull_forward
from kit.parameters.calendar import FIRST
from kit.parameters.sourced import value
from kit.policies.effects import Effects
from kit.policies.policy import Policy, policy
from kit.policies.programmes.fan_xing import FanXing
from kit.simulator.run import simulate

ALONE = ("entry",)  # nobody enters: the day is that of the merchants at rest
# The needs of the pool move, and nothing else.
STILL = ("entry", "ladder", "merit_feedback", "fans", "reference_price")


def first_day(of, policy=NOTHING, **how) -> np.ndarray:
    return orders(simulate(of, policy, days=1, disabled=ALONE, **how))[: of.incumbents]


# O32: the choice turned round


@pytest.mark.parametrize("merchants", [30, 300, 2_000])
@pytest.mark.parametrize("changes", [{}, {"inside_share": 0.5, "merit_feedback": 0.8, "impulse_share": 0}])
def test_orders_and_the_inside_share_are_met_merchant_by_merchant(merchants, changes):
    at_rest = market(merchants, **changes)
    records = simulate(at_rest, NOTHING, days=1, disabled=ALONE)
    np.testing.assert_allclose(
        orders(records)[: at_rest.incumbents], at_rest.traits.size[: at_rest.incumbents], rtol=1e-12
    )
    inside = records.flow("orders")[0] / at_rest.steady.occasions
    np.testing.assert_allclose(inside, at_rest.assume.inside_share, rtol=1e-12)


def test_who_buys_here_elsewhere_or_nothing_adds_up_to_the_occasions():
    """Also where only some find a coupon and the price that buyers expect has fallen."""
    at_rest, days = market(), 60
    subsidy = policy("ten_billion").but({"ten_billion.newcomer_quota": 0})
    records = simulate(at_rest, subsidy, days=days)
    rest, assume, last = at_rest.steady, at_rest.assume, days - 1
    users, minutes, share, _ = records.platform[last]
    load = users * minutes * share / (value("daily_users") * value("minutes_per_user") * assume.commerce_share)
    of_need = (1 - np.exp(-rest.served * load)) * records.flow("needs")[last - 1]
    to_shop = of_need + assume.impulse_share * rest.occasions * load
    # The rival's part of those who need something says what everything together weighs.
    everything = of_need * rest.rival / records.flow("pool_rival")[last]
    here = to_shop * (1 - (rest.no_purchase + rest.rival) / everything)
    assert 0 < records.metric("subsidised")[last] < 0.5 * records.metric("orders")[last]
    assert records.state.reference.min() < 0.99
    np.testing.assert_allclose(records.flow("orders")[last], here, rtol=1e-9)


def test_the_appeals_and_the_outside_weight_are_those_of_the_inversion():
    at_rest = market()
    traits, there = at_rest.traits, at_rest.incumbents
    weight = simulate(at_rest, NOTHING, days=1, disabled=ALONE).scratch.attention
    for k in range(3):
        here = np.flatnonzero(traits.category[:there] == k)
        attention = weight[here] / at_rest.start.appeal[here]
        outside = at_rest.steady.no_purchase[k] + at_rest.steady.rival[k]
        inside = traits.weight[here] @ weight[here]
        assert outside_weight(inside, at_rest.assume.inside_share) == pytest.approx(outside, rel=1e-12)
        found = appeals(
            traits.size[here], attention, at_rest.steady.occasions[:, k].sum(), outside, traits.weight[here]
        )
        np.testing.assert_allclose(found, at_rest.start.appeal[here], rtol=1e-12)


# O1: elasticities


@pytest.mark.parametrize("changes", [{}, {"inside_share": 0.5}, ONE_BUYER])
@pytest.mark.parametrize("row", [0, 20, 119])
def test_the_elasticities_of_the_choice_are_those_of_the_logit(monkeypatch, changes, row):
    at_rest = market(**changes)

    def slope(depth: float) -> np.ndarray:
        def one(merchants, _):
            return Effects(discount=np.where(np.arange(merchants.id.size) == row, depth, 0.0))

        # Returns and merit follow a day later: the first day is the choice alone.
        return np.log(first_day(at_rest, trial(monkeypatch, one)) / before) / math.log1p(-depth)

    before = first_day(at_rest)
    found = 2 * slope(1e-5) - slope(2e-5)
    here = at_rest.traits.category[: at_rest.incumbents] == at_rest.traits.category[row]
    strengths = np.full(here.sum(), at_rest.assume.price_elasticity)
    expected = elasticities(strengths, size_share(at_rest)[here])[:, row]
    np.testing.assert_allclose(found[here], expected, atol=1e-7)
    np.testing.assert_allclose(found[~here], 0, atol=1e-9)


def test_who_leaves_a_merchant_goes_to_the_others_by_their_shares(monkeypatch):
    at_rest, row = market(inside_share=0.5, **ONE_BUYER), 0
    dearer = Effects(festival=0.0)
    before = first_day(at_rest, trial(monkeypatch, dearer))

    def one(merchants, _):
        return Effects(discount=np.where(np.arange(merchants.id.size) == row, 0.3, 0.0))

    weight = at_rest.traits.weight[: at_rest.incumbents]
    moved = weight * (first_day(at_rest, trial(monkeypatch, one)) - before)
    shares = size_share(at_rest)
    here = np.flatnonzero(at_rest.traits.category[: at_rest.incumbents] == at_rest.traits.category[row])
    expected = [diversion(shares[row], shares[j]) for j in here[1:]]
    np.testing.assert_allclose(-moved[here[1:]] / moved[row], expected, rtol=1e-9)


# The infra-marginal share, and O7: interference


@pytest.mark.parametrize("inside", [0.06, 0.1, 0.5])
@pytest.mark.parametrize("depth", [0.05, 0.15, 0.4])
def test_most_orders_under_a_coupon_for_everybody_would_have_come_anyway(inside, depth):
    at_rest = market(inside_share=inside, **ONE_BUYER)
    share = first_day(at_rest).sum() / first_day(at_rest, coupon(depth=depth)).sum()
    assert share == pytest.approx(infra_marginal_share(2.8 * depth, inside), abs=1e-12)


def test_the_short_form_of_the_infra_marginal_share_is_good_to_two_thousandths():
    at_rest = market()
    weight = at_rest.traits.weight[: at_rest.incumbents]
    share = weight @ first_day(at_rest) / (weight @ first_day(at_rest, coupon(depth=0.15)))
    gap = share - infra_marginal_share(2.8 * 0.15, 0.1)
    print(f"infra-marginal share: {share:.4f}, gap to one elasticity {gap:+.4f}")
    assert -0.002 < gap < 0, "who reacts more buys more of what the coupon adds"


def lifts(at_rest, depth: float, reach: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """By category: what a trial does to orders of treated and of untreated merchants; the treated's share of sales."""
    plan = coupon(depth=depth, reach=reach)
    there, traits = at_rest.incumbents, at_rest.traits
    found = first_day(at_rest, plan)
    seen = simulate(at_rest, plan, days=1, disabled=ALONE)
    treated = seen.state.reference[:there] < 1
    rows = []
    for k in range(3):
        here = traits.category[:there] == k
        weight, size = traits.weight[:there], traits.size[:there]

        def lift(group, weight=weight, size=size):
            return (weight * found)[group].sum() / (weight * size)[group].sum() - 1

        share = (weight * size)[here & treated].sum() / (weight * size)[here].sum()
        rows.append((lift(here & treated), lift(here & ~treated), share))
    return tuple(np.array(column) for column in zip(*rows, strict=True))


@pytest.mark.parametrize("inside", [0.1, 0.5])
@pytest.mark.parametrize("reach", [0.2, 0.5])
def test_a_trial_at_some_merchants_overstates_the_lift_of_all_by_the_inside_share(inside, reach):
    depth, lift = 0.15, 2.8 * 0.15
    at_rest = market(inside_share=inside, **ONE_BUYER)
    on, off, share = lifts(at_rest, depth, reach)
    for k in range(3):
        assert (on[k], off[k]) == pytest.approx(trial_effects(lift, inside, share[k]), abs=1e-12)
    naive = (1 + on) / (1 + off) - 1
    assert naive == pytest.approx(np.full(3, naive_lift(lift)), abs=1e-12)
    everybody = first_day(at_rest, coupon(depth=depth)) / first_day(at_rest) - 1
    np.testing.assert_allclose(everybody, lift_of_all(lift, inside), rtol=1e-11)
    assert 1 - everybody[0] / naive[0] == pytest.approx(bias_share(lift, inside), abs=1e-11)


def test_the_short_form_of_the_trial_is_good_to_a_hundredth_with_three_kinds_of_buyers():
    on, off, _ = lifts(market(), 0.15, 0.5)
    gap = ((1 + on) / (1 + off) - 1) / naive_lift(2.8 * 0.15) - 1
    print(f"naive lift: gap to one elasticity {gap.round(4)}")
    assert (gap > 0).all()
    assert (gap < 0.01).all()


def test_a_boost_of_some_shows_a_lift_though_a_boost_of_all_does_nothing(monkeypatch):
    at_rest = market()
    before = first_day(at_rest)
    np.testing.assert_allclose(first_day(at_rest, trial(monkeypatch, Effects(boost=0.7))), before, rtol=1e-12)

    def some(merchants, _):
        return Effects(boost=np.where(merchants.id % 2 == 0, 0.7, 0.0))

    moved = first_day(at_rest, trial(monkeypatch, some)) / before - 1
    even = at_rest.traits.id[: at_rest.incumbents] % 2 == 0
    assert moved[even].min() > 0.01
    assert moved[~even].max() < -0.01


def test_a_boost_of_everybody_does_nothing_in_a_whole_run_either(monkeypatch):
    boosted = simulate(market(), trial(monkeypatch, Effects(boost=0.7)), days=60)
    np.testing.assert_allclose(boosted.groups, simulate(market(), NOTHING, days=60).groups, rtol=1e-11, atol=1e-9)


# O9: what a festival brings, and what it takes from later days

POOL = {"impulse_share": 0}


def balance(at_rest, policy, days: int, without) -> tuple[np.ndarray, np.ndarray]:
    """Net orders by segment and category, and what the pool's books say they must be."""
    run, twin = (simulate(at_rest, plan, days=days, disabled=without) for plan in (policy, NOTHING))
    net, rival, lapsed = ((run.flow(name) - twin.flow(name)).sum(axis=0) for name in ("orders", "pool_rival", "lapsed"))
    return net, twin.flow("needs")[-1] - run.flow("needs")[-1] - rival - lapsed


@pytest.mark.parametrize("days", [13, 40, 182])
@pytest.mark.parametrize("changes", [{}, {"rival_part": 0}, {"rival_part": 0.5, "leak": 0.04}, {"leak": 0}])
def test_net_orders_are_those_that_the_rival_loses_and_lapse_avoided_and_what_the_pool_still_lacks(days, changes):
    at_rest = market(**POOL, **changes)
    plan = coupon(depth=0.15, end=FIRST.replace(day=13))
    net, books = balance(at_rest, plan, days, ("ladder", "entry"))
    assert abs(net).min() > 0
    np.testing.assert_allclose(net, books, rtol=1e-9)


def test_without_a_leak_a_festival_is_all_loan():
    at_rest = market(**POOL, leak=0)
    plan = coupon(depth=0.15, end=FIRST.replace(day=13))
    grosses = balance(at_rest, plan, 13, STILL)[0].sum()
    kept = [balance(at_rest, plan, days, STILL)[0].sum() / grosses for days in (13, 61, 182)]
    assert kept == sorted(kept, reverse=True)
    assert 0 < kept[-1] < 1e-3


def depth_for(lifted: float) -> float:
    """The coupon that lifts the hazard from .05 to ``lifted`` at an inside share of .1 (o = .5) and one elasticity."""
    share = lifted / 0.5
    return math.log(share * 0.9 / (0.1 * (1 - share))) / 2.8


@pytest.mark.parametrize("leak", [0, 0.01])
@pytest.mark.parametrize("days", [13, 61, 182])
def test_the_festival_of_the_closed_form_is_met_day_by_day(leak, days):
    at_rest = market(**POOL, **ONE_BUYER, leak=leak, rival_part=0)
    plan = coupon(depth=depth_for(0.12), end=FIRST.replace(day=13))
    run = simulate(at_rest, plan, days=days, disabled=STILL)
    hazard = run.flow("pool_orders")[0] / at_rest.start.needs
    np.testing.assert_allclose(hazard, 0.12, rtol=1e-12)
    a_day = at_rest.assume.need_hazard * at_rest.start.needs.sum()
    extra = run.flow("orders").sum(axis=(1, 2)) / a_day - 1
    expected = pull_forward(0.05, hazard[0, 0], days=13, lapse=leak, until=days)
    assert extra[:13].sum() == pytest.approx(expected.gross, abs=1e-9)
    assert extra.sum() == pytest.approx(expected.net, abs=1e-9)


@pytest.mark.parametrize(
    ("without", "low", "high"), [(("reference_price",), 0.0, 0.02), ((), -3.2, -2.8)], ids=["merit and fans", "prices"]
)
def test_what_the_closed_form_of_the_festival_leaves_out(without, low, high):
    at_rest = market(**POOL, **ONE_BUYER, rival_part=0)
    plan = coupon(depth=depth_for(0.12), end=FIRST.replace(day=13))
    run, twin = (simulate(at_rest, it, days=61, disabled=("ladder", "entry", *without)) for it in (plan, NOTHING))
    a_day = at_rest.assume.need_hazard * at_rest.start.needs.sum()
    net = (run.flow("orders") - twin.flow("orders")).sum() / a_day
    gap = net - pull_forward(0.05, 0.12, days=13, lapse=0.01, until=61).net
    print(f"festival after 61 days: {net:.3f} baseline-days, gap to the pool alone {gap:+.3f}")
    assert low < gap < high, "merit and fans hardly move it; that buyers get used to low prices turns its sign"


# O8: common luck


def test_the_same_seed_gives_the_same_bits():
    runs = [simulate(market(), coupon(), days=20, draws="sampled", seed=7) for _ in range(2)]
    for name in ("groups", "flows", "platform"):
        assert getattr(runs[0], name).tobytes() == getattr(runs[1], name).tobytes()
    for name in runs[0].state._fields:
        assert getattr(runs[0].state, name).tobytes() == getattr(runs[1].state, name).tobytes()
    other = simulate(market(), coupon(), days=20, draws="sampled", seed=8)
    assert other.groups.tobytes() != runs[0].groups.tobytes()


def cut(at_rest, rows: int):
    """The market without the merchants from ``rows`` on."""
    traits = type(at_rest.traits)(*(trait[:rows] for trait in at_rest.traits))
    named = ("appeal", "cash", "fans")
    start = at_rest.start._replace(**{name: getattr(at_rest.start, name)[:rows] for name in named})
    return at_rest._replace(traits=traits, start=start)


@pytest.mark.parametrize("draws", ["expected", "sampled"])
def test_merchants_who_have_not_entered_change_nobody(draws):
    whole = market()
    known = int(np.searchsorted(whole.traits.entered, 10, side="left"))
    assert known < whole.traits.id.size
    some = simulate(cut(whole, known), coupon(), days=10, draws=draws)
    all_of_them = simulate(whole, coupon(), days=10, draws=draws)
    assert some.groups.tobytes() == all_of_them.groups.tobytes()
    assert some.flows.tobytes() == all_of_them.flows.tobytes()


@pytest.mark.parametrize("draws", ["expected", "sampled"])
def test_merchants_who_stand_for_nobody_change_nobody(draws):
    at_rest = market()
    # So little that no sum of doubles feels it.
    weight = np.where(at_rest.traits.entered < 0, at_rest.traits.weight, 1e-300)
    idle = at_rest._replace(traits=at_rest.traits._replace(weight=weight))
    found = simulate(idle, coupon(), days=30, draws=draws)
    without = simulate(at_rest, coupon(), days=30, draws=draws, disabled=ALONE)
    assert found.flows.tobytes() == without.flows.tobytes()
    # Newcomers are a tier of their own; the others' records are the same bits.
    tiers = np.arange(12) % 4 < 3
    assert found.groups[:, tiers].tobytes() == without.groups[:, tiers].tobytes()


LUCK = {
    "a small coupon": (coupon(depth=0.02), 10, 100),
    "Fan Xing": (Policy("fan_xing", {"fan_xing": FanXing()}), 50, 100),
    # What half as much again adds is no small difference: its own luck is as large as the twin's.
    "a large coupon": (coupon(depth=0.15), 10, 20),
}


@pytest.mark.parametrize("name", LUCK)
def test_common_luck_makes_the_difference_of_two_policies_sure(name):
    policy, days, times = LUCK[name]

    def total(plan, seed: int) -> float:
        return simulate(market(), plan, days=days, draws="sampled", seed=seed).metric("gmv").sum()

    lifted, plain = (np.array([total(plan, seed) for seed in range(1, 31)]) for plan in (policy, NOTHING))
    common, independent = (lifted - plain).var(), (lifted - np.roll(plain, 1)).var()
    print(f"{name}: the variance under common luck is {independent / common:,.0f} times smaller")
    assert independent > times * common
