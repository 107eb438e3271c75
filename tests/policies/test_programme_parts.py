"""Parts of programmes: the origin challenge, the pool of the cards, brands that enter, no-shows."""

import math

import numpy as np
import pytest
from oracles.reference_providers import pair_effort
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.stats import beta, norm
from trial_programme import market

from kit.economics.festival import finishers, mean_card_cost
from kit.economics.matching import outside_offer
from kit.economics.tournament import field_effort, paid_effort
from kit.parameters.categories import ShopKind
from kit.parameters.sourced import assumptions, value
from kit.policies.credit_value import credit_worth
from kit.policies.effects import Merchants
from kit.policies.policy import Policy, policy
from kit.policies.programmes.alliance import Alliance
from kit.policies.programmes.alliance import schedule as of_alliance
from kit.policies.programmes.festival import Festival, origin_challenge
from kit.simulator.recorded import Metric
from kit.simulator.run import simulate

ASSUME = assumptions()
FESTIVAL = policy("festival")
FIRST, AFTER = 90, 103  # the festival's first day, and the first after it
NOBODY = Merchants(np.zeros(0, "datetime64[D]"), np.zeros(0, bool))
DAY = np.array([Alliance().start], "datetime64[D]")


def best_reply(others: float, wins, prize: float, cost: float) -> float:
    """The effort that pays best where the others make theirs; ``wins`` is the chance at a lead in effort."""
    found = minimize_scalar(
        lambda e: cost * e**2 / 2 - prize * wins(e - others), bounds=(0, 3), method="bounded", options={"xatol": 1e-10}
    )
    return found.x


# The tournament


@pytest.mark.parametrize(("prize", "cost", "noise"), [(1, 1, 0.5), (0.2, 2, 0.7), (5, 10, 1)])
def test_in_a_pair_each_one_s_effort_is_the_best_reply_to_the_other_s(prize, cost, noise):
    effort = pair_effort(prize, cost, noise)
    found = best_reply(effort, lambda lead: norm.cdf(lead / noise / math.sqrt(2)), prize, cost)
    assert found == pytest.approx(effort, abs=1e-4)


@pytest.mark.parametrize("winners", [0.05, 0.1, 0.5])
def test_in_a_large_field_each_one_s_effort_is_the_best_reply_to_the_others(winners):
    prize, cost, noise = 1.0, 1.0, 1.0
    effort = field_effort(prize, cost, noise, winners)
    mark = norm.ppf(1 - winners)
    found = best_reply(effort, lambda lead: norm.cdf(lead / noise - mark), prize, cost)
    assert found == pytest.approx(effort, abs=1e-4)


def exact_effort(field: int, winners: int) -> float:
    """Effort for a prize of 1 at cost and luck of 1, by the law of the rival whom one must beat."""
    rival = beta(field - winners, winners)
    return quad(lambda t: norm.pdf(t) ** 2 * rival.pdf(norm.cdf(t)), -8, 8, limit=400, points=(0, 1, 1.5, 2))[0]


def test_both_closed_forms_are_the_same_tournament_at_its_ends():
    assert exact_effort(2, 1) == pytest.approx(pair_effort(1, 1, 1), rel=1e-6)
    assert exact_effort(2_000, 200) == pytest.approx(field_effort(1, 1, 1, 0.1), rel=2e-3)
    assert abs(exact_effort(20, 2) / field_effort(1, 1, 1, 0.1) - 1) > 0.01


def test_nobody_spends_more_than_is_won():
    for noise in (0.01, 0.1, 1):
        effort = paid_effort(1, 1, noise, 0.1)
        assert effort**2 / 2 <= 0.1 + 1e-12
    assert paid_effort(1, 1, 1, 0.1) == field_effort(1, 1, 1, 0.1)
    assert paid_effort(0, 1, 1, 0.1) == 0
    for wrong in ((-1, 1, 1, 0.1), (1, 0, 1, 0.1), (1, 1, 0, 0.1), (1, 1, 1, 1)):
        with pytest.raises(ValueError, match="winners"):
            field_effort(*wrong)


# The origin challenge


def test_the_challenge_hands_out_its_prize_whole_and_after_the_festival():
    at_rest = market()
    with_it, without_it = (simulate(at_rest, FESTIVAL, 125, disabled=["exit", *off]) for off in ((), ("tournament",)))
    more = with_it.metric("credit") - without_it.metric("credit")
    np.testing.assert_allclose(more[:AFTER], 0, atol=1e-6)
    assert more.sum() == pytest.approx(value("festival.challenge_prize"))
    assert (more[AFTER : AFTER + int(ASSUME.credit_days)] > 0).all()


def test_contestants_try_harder_during_the_festival_and_not_after_it():
    runs = [
        simulate(market(), FESTIVAL, days=115, disabled=["credits", "merit_feedback", *off])
        for off in ((), ("tournament",))
    ]
    sold = [run.groups[:, :, Metric.ORDERS].reshape(115, 3, 4).sum(axis=1) for run in runs]
    tail = sold[0][:, 2] / sold[1][:, 2] - 1
    assert (tail[FIRST:AFTER] > 1e-4).all()
    assert np.abs(tail[:FIRST]).max() == 0
    head = sold[0][:, 0] / sold[1][:, 0] - 1
    assert (head[FIRST:AFTER] < 0).all()  # who does not take part loses to those who do


def test_the_effort_is_that_of_the_closed_form():
    traits = market().traits
    seen = Merchants(
        np.zeros(traits.id.size, "datetime64[D]"),
        traits.kind == 1,
        weight=traits.weight,
        tier=traits.tier,
        own_goods=traits.kind != 2,
    )
    days = np.datetime64(Festival().end) + np.arange(2)
    terms = origin_challenge(Festival(), days, seen, ASSUME)
    (effort, none), (before, prizes) = ([factor * term.merchants for factor in term.days] for term in terms)
    assert not none.any()
    assert not before.any()
    may = (traits.tier > 0) & (traits.kind != 2)
    contestants = ASSUME.challenge_entrants * traits.weight[may].sum()
    prize = value("festival.challenge_prize") / contestants / ASSUME.challenge_winners * credit_worth(ASSUME)
    tried = field_effort(prize, ASSUME.challenge_effort_cost, ASSUME.challenge_noise, ASSUME.challenge_winners)
    assert np.expm1(effort[may]) == pytest.approx(ASSUME.challenge_entrants * np.expm1(tried))
    assert (effort[~may] == 0).all()
    assert traits.weight @ prizes == pytest.approx(value("festival.challenge_prize"))


def test_without_prizes_nobody_tries():
    bare = FESTIVAL.but({"festival.challenge_prize": 0})
    off = simulate(market(), FESTIVAL, days=110, disabled=["tournament"])
    np.testing.assert_array_equal(simulate(market(), bare, days=110).groups, off.groups)


# The cards


def test_who_finishes_shares_with_all_who_finish():
    cost = mean_card_cost(1e8, 1e8, 0.2)
    for pool in (1e6, 1e8, 1e9):
        f = finishers(pool, 1e8, cost)
        assert f == pytest.approx(1 - math.exp(-pool / (f * 1e8) / cost), rel=1e-9)
    assert finishers(4e4, 1e8, cost) / finishers(1e4, 1e8, cost) == pytest.approx(2, rel=0.01)
    with pytest.raises(ValueError, match="pool"):
        finishers(-1, 1e8, cost)


def test_a_pool_twice_as_large_brings_less_than_twice_the_visits_and_costs_twice_as_much():
    def run(pool: float, *without: str):
        return simulate(market(), FESTIVAL.but({"festival.card_pool": pool}), days=104, disabled=without)

    no_purchase, once, twice = run(0), run(1e8), run(2e8)
    cost = [records.platform[:, 3].sum() for records in (no_purchase, once, twice)]
    assert np.diff(cost) == pytest.approx([1e8, 1e8])
    first, second = (r.metric("views").sum() - no_purchase.metric("views").sum() for r in (once, twice))
    days, visits = AFTER - FIRST, ASSUME.card_finishers * value("daily_users")
    assert first == pytest.approx(days * visits)
    assert first < second < 1.5 * first
    np.testing.assert_array_equal(run(1e8, "card_pool").groups, no_purchase.groups)


# Brands


def test_brands_open_as_many_shops_as_set_and_appeal_more():
    plan, without = policy("ten_billion"), ["exit", "entry_response"]
    runs = {n: simulate(market(), plan.but({"ten_billion.brands": n}), 60, disabled=without) for n in (0, 50)}
    more = runs[50].metric("merchants") - runs[0].metric("merchants")
    np.testing.assert_allclose(more, 50 * np.arange(1, 61))
    lift = runs[50].state.lift
    traits = market().traits
    came = (traits.entered >= 0) & (traits.entered < 60) & (traits.kind != ShopKind.ALLIANCE)
    part = 50 / (ASSUME.newcomers_per_day + 50)
    np.testing.assert_allclose(lift[came], 1 + part * math.expm1(ASSUME.brand_appeal))
    assert (lift[~came] == 1).all()
    off = simulate(market(), plan, 60, disabled=[*without, "brands"])
    np.testing.assert_array_equal(off.groups, runs[0].groups)


# No-shows


def test_a_deposit_brings_more_streamers_and_cover_alone_does_not():
    def begin(**terms) -> float:
        records = simulate(market(), Policy("alliance", {"alliance": Alliance(**terms)}), 90, disabled=["exit"])
        return records.metric("merchants")[-1]

    bare = begin(deposit=0, no_show_cover=0)
    assert begin(deposit=0, no_show_cover=1) == bare
    assert begin(deposit=5_000, no_show_cover=0) > bare


def test_the_platform_pays_the_cover_of_those_who_do_not_come():
    plan = Alliance(deposit=0, no_show_cover=0.5)
    day = of_alliance(plan, DAY, NOBODY, ASSUME)
    assert day.no_show == pytest.approx(ASSUME.no_show_rate)
    assert day.cover == 0.5 * ASSUME.no_show_loss
    records = simulate(market(), Policy("alliance", {"alliance": plan}), 60)
    paid = ASSUME.alliance_matches * ASSUME.no_show_rate * 0.5 * ASSUME.no_show_loss
    assert records.platform[52:, 3] == pytest.approx(paid)
    assert (records.platform[:52, 3] == 0).all()
    without = simulate(market(), Policy("alliance", {"alliance": plan}), 60, disabled=["no_show"])
    assert (without.platform[:, 3] == 0).all()
    deposit = of_alliance(Alliance(deposit=2_000), DAY, NOBODY, ASSUME)
    earning = ASSUME.session_sales * plan.commission * (1 - plan.platform_cut)
    outside = outside_offer(earning, ASSUME.no_show_rate)
    assert deposit.no_show == pytest.approx(math.exp(-(earning + 2_000) / outside))
