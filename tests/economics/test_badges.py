"""Effort, badges, tiers and trust: each closed form against its numbers, and against another way of finding it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.reference_providers import badge_errors, good_if_badged, long_run, pass_rate
from scipy import optimize, stats

from kit.economics.badges import keep_probability, kept_share, ladder, reliability_of, tier_shares
from kit.economics.effort import (
    best_bar,
    critical_bar,
    is_concave,
    linear_contract,
    payoff,
    threshold_effort,
)
from kit.economics.trust import genuine_share, good_if_plaque, posterior_trust

# O19: effort for a badge


@pytest.mark.parametrize(("bar", "effort"), [(0.3, 0.64), (0.6, 0.76), (1.0, 0.30), (1.5, 0.009)])
def test_effort_of_the_worked_example(bar, effort):
    assert float(threshold_effort(bar, 1, 1, 0.5)) == pytest.approx(effort, abs=0.005)


def test_effort_jumps_from_the_top_to_almost_nothing():
    critical = critical_bar(1, 1, 0.3)
    before, after = threshold_effort([critical - 1e-6, critical + 1e-6], 1, 1, 0.3)
    assert critical == pytest.approx(1.025, abs=0.001)
    assert before == pytest.approx(1.17, abs=0.005)
    assert after == pytest.approx(0.004, abs=0.0005)


@settings(max_examples=60)
@given(
    bar=st.floats(-2, 4),
    worth=st.floats(0, 5),
    cost=st.floats(0.2, 5),
    noise=st.floats(0.1, 2),
    slope=st.floats(0, 2),
)
def test_no_other_effort_leaves_more(bar, worth, cost, noise, slope):
    best = float(threshold_effort(bar, worth, cost, noise, slope))
    tried = np.linspace(0, (slope + worth / noise) / cost + 1e-9, 4_001)
    reached = payoff(tried, bar, worth, cost, noise, slope).max()
    assert payoff(best, bar, worth, cost, noise, slope) >= reached - 1e-9


@given(worth=st.floats(0.1, 5), cost=st.floats(0.2, 5), noise=st.floats(0.1, 2))
def test_effort_is_concave_where_no_bar_makes_it_jump(worth, cost, noise):
    # By the second derivative of the payoff, over a grid of standard scores.
    u = np.linspace(-6, 6, 2_001)
    bends_up = (-u * stats.norm.pdf(u) * worth / noise**2 - cost).max() > 1e-4
    if abs(worth * stats.norm.pdf(1) / noise**2 - cost) > 2e-4:
        assert is_concave(worth, cost, noise) != bends_up
        assert math.isinf(critical_bar(worth, cost, noise)) != bends_up


@pytest.mark.parametrize("noise", [0.3, 0.5, 1.0])
def test_the_best_bar_calls_forth_the_most_effort(noise):
    bars = np.linspace(0, 4, 4_001)
    efforts = threshold_effort(bars, 1, 1, noise)
    assert bars[efforts.argmax()] == pytest.approx(best_bar(1, 1, noise), abs=2e-3)


def test_pay_by_the_score_comes_on_top_and_without_a_badge_alone():
    assert float(threshold_effort(1.0, 0, 2, 0.5, slope=0.6)) == pytest.approx(0.3)
    assert (threshold_effort([0.3, 1.0, 2.0], 1, 1, 0.5, slope=0.2) > threshold_effort([0.3, 1, 2], 1, 1, 0.5)).all()


# O20: pay by what is measured


@pytest.mark.parametrize(("risk", "cost", "noise"), [(0.5, 1.0, 1.0), (2.0, 0.7, 0.4), (0.1, 3.0, 2.0)])
def test_the_linear_contract_leaves_both_together_the_most(risk, cost, noise):
    def together(part: float) -> float:
        effort = part / cost
        return effort - cost * effort**2 / 2 - risk * part**2 * noise**2 / 2

    best = optimize.minimize_scalar(lambda part: -together(part), bounds=(0, 1), method="bounded").x
    assert linear_contract(risk, cost, noise) == pytest.approx(best, abs=1e-5)


def test_the_better_the_measure_the_more_may_hang_on_it():
    parts = [linear_contract(1, 1, noise) for noise in (0, 0.5, 1, 5)]
    assert parts[0] == 1
    assert parts == sorted(parts, reverse=True)


# O21: errors


def test_the_errors_of_the_worked_example():
    assert badge_errors(0.6, bar=1) == pytest.approx((0.219, 0.486, 0.290), abs=5e-4)


@pytest.mark.parametrize("reliability", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("shrink", [False, True])
def test_errors_are_those_of_the_bivariate_normal_law(reliability, shrink):
    bar, good = 0.8, 1.1
    found = badge_errors(reliability, bar, good, shrink)
    law = stats.multivariate_normal([0, 0], [[1, 1], [1, 1 / reliability]])
    asked = bar / reliability if shrink else bar
    both = law.cdf([-good, -asked])
    badged = stats.norm.sf(asked * math.sqrt(reliability))
    assert found == pytest.approx((badged, 1 - both / badged, 1 - both / stats.norm.sf(good)), abs=1e-5)


def test_a_perfect_score_errs_nowhere():
    assert badge_errors(1.0, bar=1) == pytest.approx((stats.norm.sf(1), 0, 0), abs=1e-12)


def test_shrinking_makes_fewer_badges_and_better_ones():
    raw, shrink = badge_errors(0.6, 1), badge_errors(0.6, 1, shrink=True)
    assert shrink.badged < raw.badged
    assert shrink.false_discovery < raw.false_discovery
    assert shrink.false_negative > raw.false_negative


@pytest.mark.parametrize(("count", "rate"), [(20, 0.517), (50, 0.226), (200, 0.069)])
def test_with_few_cases_who_is_below_the_bar_passes_often(count, rate):
    assert pass_rate(0.92, 0.95, count) == pytest.approx(rate, abs=5e-4)
    needed = next(n for n in range(count + 1) if n / count >= 0.95)
    by_hand = sum(math.comb(count, n) * 0.92**n * 0.08 ** (count - n) for n in range(needed, count + 1))
    assert pass_rate(0.92, 0.95, count) == pytest.approx(by_hand, rel=1e-12)


def test_the_ends_of_a_pass_rate():
    assert pass_rate(0.1, 0.0, 7) == 1
    assert pass_rate(1.0, 1.0, 7) == 1
    assert pass_rate(0.5, 1.0, 3) == pytest.approx(0.125)


def test_shrinking_is_the_regression_of_ability_on_score():
    rng = np.random.default_rng(116)
    ability = rng.normal(size=400_000)
    score = ability + rng.normal(scale=10 / math.sqrt(25), size=ability.size)
    reliability = reliability_of(1, 10, 25)
    slope = np.cov(ability, score)[0, 1] / score.var()
    assert reliability == pytest.approx(slope, abs=0.005)
    assert np.mean((reliability * score - ability) ** 2) < np.mean((score - ability) ** 2)


# O22: churn


@pytest.mark.parametrize(
    ("reliability", "equal", "lower"), [(0.4, 0.38, 0.57), (0.6, 0.50, 0.70), (0.8, 0.65, 0.85), (0.95, 0.82, 0.98)]
)
def test_badges_change_hands_though_nobody_changed(reliability, equal, lower):
    assert keep_probability(reliability, 0.20) == pytest.approx(equal, abs=0.005)
    assert keep_probability(reliability, 0.20, kept=0.35) == pytest.approx(lower, abs=0.005)
    law = stats.multivariate_normal([0, 0], [[1, reliability], [reliability, 1]])
    assert keep_probability(reliability, 0.20, 0.35) == pytest.approx(
        law.cdf(stats.norm.ppf([0.20, 0.35])) / 0.20, abs=1e-5
    )


def test_the_ends_of_keeping():
    assert keep_probability(1.0, 0.20) == pytest.approx(1)
    assert keep_probability(1e-9, 0.20) == pytest.approx(0.20, abs=1e-6)


@given(reliability=st.floats(0.1, 0.95), gained=st.floats(0.05, 0.5), lost=st.floats(0.05, 0.4))
def test_the_bar_for_a_given_loss_loses_so_many(reliability, gained, lost):
    kept = kept_share(reliability, gained, lost)
    assert keep_probability(reliability, gained, kept) == pytest.approx(1 - lost, abs=1e-8)


@pytest.mark.parametrize(("gained", "kept"), [(0.20, 0.20), (0.20, 0.35), (0.10, 0.60)])
def test_the_long_run_is_where_many_reviews_lead(gained, kept):
    rng = np.random.default_rng(116)
    ability, badge = rng.normal(size=60_000), np.zeros(60_000, bool)
    shares = []
    for review in range(60):
        score = math.sqrt(0.6) * ability + math.sqrt(0.4) * rng.normal(size=ability.size)
        before = badge
        badge = score >= -stats.norm.ppf(np.where(badge, kept, gained))
        if review >= 30:
            shares.append((badge.mean(), (badge & before).sum() / before.sum()))
    assert long_run(0.6, gained, kept) == pytest.approx(np.mean(shares, axis=0), abs=0.003)


def test_with_equal_bars_the_long_run_is_the_first_run():
    assert long_run(0.6, 0.20).held == pytest.approx(0.20, abs=1e-6)
    assert long_run(0.6, 0.20).kept == pytest.approx(keep_probability(0.6, 0.20), abs=1e-6)


# O23: tiers


@given(up=st.floats(0.01, 0.5), down=st.floats(0.01, 0.5), tiers=st.integers(1, 6))
def test_tiers_on_a_ladder_are_a_geometric_row(up, down, tiers):
    row = (up / down) ** np.arange(tiers)
    np.testing.assert_allclose(tier_shares(ladder(up, down, tiers)), row / row.sum(), rtol=1e-7, atol=1e-12)


def test_the_shares_of_tiers_are_those_after_many_reviews():
    chances = np.array([[0.7, 0.2, 0.1], [0.3, 0.4, 0.3], [0.05, 0.15, 0.8]])
    many = np.linalg.matrix_power(chances, 500)
    np.testing.assert_allclose(np.broadcast_to(tier_shares(chances), (3, 3)), many, atol=1e-12)


# O24: trust


def test_trust_is_bayes_on_a_grid():
    rate = np.linspace(0, 1, 200_001)
    weight = stats.beta.pdf(rate, 3, 5) * stats.binom.pmf(11, 14, rate)
    assert posterior_trust(3, 5, good=11, bad=3) == pytest.approx((rate @ weight) / weight.sum(), abs=1e-7)
    assert posterior_trust(3, 5, 0, 0) == 3 / 8


def test_good_given_a_badge_agrees_with_the_errors_of_the_badge():
    errors = badge_errors(0.6, bar=1)
    good = float(stats.norm.sf(1))
    hit = 1 - errors.false_negative
    false_alarm = errors.badged * errors.false_discovery / (1 - good)
    assert good_if_badged(good, hit, false_alarm) == pytest.approx(1 - errors.false_discovery, abs=1e-12)


def test_fakes_counted_one_by_one():
    # 900 genuine plaques, 100 fake; of the merchants before each, 8 of 10 look it up and believe no fake.
    believed_genuine, believed_fake = 900 * 10, 100 * 2
    assert genuine_share(0.10, looked_up=0.8) == pytest.approx(believed_genuine / (believed_genuine + believed_fake))
    assert good_if_plaque(0.6, 0.1, genuine_share(0.0)) == 0.6
    assert good_if_plaque(0.6, 0.1, genuine_share(0.3)) < good_if_plaque(0.6, 0.1, genuine_share(0.3, 0.5)) < 0.6


def test_a_badge_that_says_nothing_leaves_the_prior():
    assert good_if_badged(0.2, hit=0.3, false_alarm=0.3) == pytest.approx(0.2)


BAD = {
    "effort: no noise": lambda: threshold_effort(1, 1, 1, 0),
    "effort: no cost": lambda: threshold_effort(1, 1, 0, 1),
    "effort: worth below zero": lambda: threshold_effort(1, -1, 1, 1),
    "effort: slope below zero": lambda: threshold_effort(1, 1, 1, 1, slope=-1),
    "effort: bar is no number": lambda: threshold_effort(math.nan, 1, 1, 1),
    "concave: no noise": lambda: is_concave(1, 1, 0),
    "contract: risk": lambda: linear_contract(-1, 1, 1),
    "contract: cost": lambda: linear_contract(1, 0, 1),
    "errors: reliability 0": lambda: badge_errors(0, 1),
    "errors: reliability": lambda: badge_errors(1.1, 1),
    "reliability: count": lambda: reliability_of(1, 1, 0),
    "pass: rate": lambda: pass_rate(1.2, 0.5, 10),
    "pass: count": lambda: pass_rate(0.5, 0.5, 0),
    "keep: gained": lambda: keep_probability(0.6, 0),
    "keep: kept": lambda: keep_probability(0.6, 0.2, 1),
    "kept: lost": lambda: kept_share(0.6, 0.2, 0),
    "long run: gained": lambda: long_run(0.6, 1.2),
    "ladder: more than all": lambda: ladder(0.7, 0.7, 3),
    "ladder: no tier": lambda: ladder(0.1, 0.1, 0),
    "tiers: no square": lambda: tier_shares([[0.5, 0.5]]),
    "tiers: no chances": lambda: tier_shares([[0.5, 0.6], [0.5, 0.5]]),
    "tiers: fall apart": lambda: tier_shares(np.eye(2)),
    "trust: counts": lambda: posterior_trust(1, 1, -1, 0),
    "trust: no prior": lambda: posterior_trust(0, 0, 1, 0),
    "badged: share": lambda: good_if_badged(1.2, 0.5, 0.5),
    "badged: nobody": lambda: good_if_badged(0.2, 0, 0),
    "genuine: share": lambda: genuine_share(-0.1),
    "genuine: nothing": lambda: genuine_share(1, 1),
    "plaque: share": lambda: good_if_plaque(0.5, 2, 0.5),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_input_is_refused(case):
    with pytest.raises(ValueError, match=r"must|nobody|none|apart"):
        BAD[case]()
