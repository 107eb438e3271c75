"""Providers against pencil and paper: the simulated reviews meet the closed forms (O19, O21 to O24)."""

import numpy as np
import pytest
from oracles.reference_providers import badge_errors, long_run
from scipy.special import ndtr, ndtri
from trial_programme import provider_run as run

from kit.analysis.provider_metrics import is_good, summary
from kit.economics.badges import keep_probability, ladder, tier_shares
from kit.economics.effort import critical_bar, threshold_effort
from kit.economics.trust import genuine_share, posterior_trust
from kit.numerics.random_numbers import BLAMED, PRAISED, poissons
from kit.parameters.categories import Role
from kit.parameters.sourced import value
from kit.simulator.providers.services import accepted, monthly_sales

MANY = {"count": 999, "admission_bar": 0.0}
# Scores that differ by ability and luck alone, and providers that stay as they are.
STILL = ("small_numbers", "mix_bias", "effort", "exit")
SEEDS = range(12)


def whole(of: list, name: str, review: int) -> np.ndarray:
    """Something of all providers at one review, of several runs together."""
    return np.concatenate([getattr(records.reviews[review], name) for records in of])


# O19: effort


@pytest.mark.parametrize("period", [3, 6])
def test_every_providers_effort_is_that_of_the_closed_form(period):
    plan = {"admission_bar": 0, "review_months": period}
    records = run(plan, period, disabled=("exit", "tiers", "trust", "listing"), fake_plaques=0)
    opened, after = records.reviews
    assume = records.market.assume
    noise = records.firms.noise * np.sqrt((1 / 0.6 - 1) * assume.provider_capacity / opened.caseload)
    more = assume.provider_acceptance * assume.badge_effect * assume.provider_calls
    pay = assume.provider_fee * monthly_sales(records.market)[records.firms.category]
    worth = period * more * np.maximum(pay - assume.client_cost, 0) / assume.client_loss
    bar = np.where(opened.badge, records.marks.keep, records.marks.gain) - records.firms.ability - records.firms.bias
    effort = threshold_effort(bar, worth, assume.effort_cost * period / 3, noise)
    belts = records.firms.role == Role.BELT  # whose work does not move what they are paid for
    assert (effort[belts] > 0.05).any()
    np.testing.assert_allclose(after.effort[belts], effort[belts], atol=1e-9)
    assert (after.effort[~belts] >= effort[~belts]).all()


def test_a_higher_bar_works_until_it_collapses():
    sharp = {"score_reliability": 0.95, "badge_effect": 0.5, "effort_cost": 80_000}
    efforts = []
    for gain in (0.5, 0.4, 0.3, 0.2, 0.1, 0.05):
        plan = MANY | {"gain_bar": gain}
        records = run(plan, months=3, disabled=("small_numbers", "mix_bias", "exit"), **sharp)
        able = (records.firms.ability > 0) & (records.firms.ability < 0.25) & ~records.reviews[0].badge
        efforts.append(records.reviews[1].effort[able].mean())
    print(np.round(efforts, 3))
    top = int(np.argmax(efforts))
    assert 0 < top < 5
    assert efforts[:top] == sorted(efforts[:top])
    assert efforts[-1] < 0.1 * efforts[top]


def test_in_the_simulation_effort_jumps_down_at_the_critical_bar():
    sharp = {"score_reliability": 0.95, "badge_effect": 0.5, "effort_cost": 80_000, "provider_fee": 0.2}
    steady = ("small_numbers", "mix_bias", "exit", "tiers", "trust")
    records = run(MANY, months=3, disabled=steady, **sharp)
    assume = records.market.assume
    mcn = (records.firms.role == 2) & (records.firms.category == 0) & ~records.reviews[0].plaque
    short = (records.marks.gain - records.firms.ability)[mcn]
    effort = records.reviews[1].effort[mcn]
    everyone = np.ones(1, bool)
    lookup, fake, fee = assume.badge_lookup, assume.fake_plaques, assume.provider_fee
    gain = [float(accepted(assume.provider_trust, b, b, lookup, fake, fee, assume)[0]) for b in (everyone, ~everyone)]
    client = (assume.provider_fee * monthly_sales(records.market)[0] - assume.client_cost) / assume.client_loss
    worth = 3 * assume.provider_calls * (gain[0] - gain[1]) * client
    critical = critical_bar(worth, assume.effort_cost, float(np.sqrt(1 / 0.95 - 1)))
    assert np.isfinite(critical)
    assert effort[short > critical].max() < 0.15
    assert effort[(short > 0.7 * critical) & (short < critical)].min() > 0.5 * critical


# O21: errors


def drawn(of: dict, review: int = 0, disabled=STILL, months: int = 1, **assume) -> tuple[np.ndarray, np.ndarray]:
    """Badges and who is good, over many providers and seeds."""
    runs = [run(MANY | of, months, seed, disabled, **assume) for seed in SEEDS]
    return whole(runs, "badge", review), np.concatenate([is_good(records) for records in runs])


@pytest.mark.parametrize("reliability", [0.3, 0.6, 0.95])
def test_badges_err_as_the_closed_form_says(reliability):
    badge, good = drawn({}, score_reliability=reliability)
    mark = float(-ndtri(value("providers.gain_bar")))
    errors = badge_errors(reliability, bar=mark / np.sqrt(reliability), good=mark)
    assert badge.mean() == pytest.approx(errors.badged, abs=0.012)
    assert good[badge].mean() == pytest.approx(1 - errors.false_discovery, abs=0.03)
    assert badge[good].mean() == pytest.approx(1 - errors.false_negative, abs=0.03)


@pytest.mark.parametrize("shrinkage", ["raw", "shrunk"])
def test_with_few_clients_badges_err_more_and_shrinking_helps(shrinkage):
    few = tuple(name for name in STILL if name != "small_numbers")
    badge, good = drawn({"shrinkage": shrinkage}, disabled=few)
    clients, usual = value("provider_clients"), value("provider_capacity")
    reliability = 1 / (1 + (1 / 0.6 - 1) * usual / clients)
    mark = float(-ndtri(value("providers.gain_bar")))
    bar = mark * 0.6 ** (0.5 if shrinkage == "shrunk" else -0.5)
    errors = badge_errors(reliability, bar, mark, shrink=shrinkage == "shrunk")
    assert badge.mean() == pytest.approx(errors.badged, abs=0.012)
    assert good[badge].mean() == pytest.approx(1 - errors.false_discovery, abs=0.03)


# O22: churn


@pytest.mark.parametrize("reliability", [0.4, 0.6, 0.8, 0.95])
def test_badges_change_hands_though_nobody_changed(reliability):
    runs = [run(MANY | {"marks": "equal"}, 3, s, STILL, score_reliability=reliability) for s in SEEDS]
    kept = whole(runs, "badge", 1)[whole(runs, "before", 1)].mean()
    assert kept == pytest.approx(keep_probability(reliability, value("providers.gain_bar")), abs=0.03)


@pytest.mark.parametrize("lost", [0.05, 0.10, 0.25])
def test_a_lower_mark_for_keeping_loses_as_many_as_it_says(lost):
    runs = [run(MANY | {"keep_bar": lost}, 3, seed, STILL) for seed in SEEDS]
    assert 1 - whole(runs, "badge", 1)[whole(runs, "before", 1)].mean() == pytest.approx(lost, abs=0.02)


@pytest.mark.parametrize("marks", ["equal", "apart"])
def test_in_the_long_run_churn_is_that_of_the_chain(marks):
    records = run(MANY | {"marks": marks}, 180, disabled=STILL)
    late = records.reviews[20:]
    held = np.mean([review.badge.mean() for review in late])
    kept = np.mean([review.badge[review.before].mean() for review in late])
    share = float(ndtr(-records.marks.keep * np.sqrt(0.6)))
    expected = long_run(0.6, value("providers.gain_bar"), share)
    assert (held, kept) == (pytest.approx(expected.held, abs=0.02), pytest.approx(expected.kept, abs=0.02))


# O23: tiers


def test_tier_shares_tend_to_those_of_the_chain():
    records = run(MANY, 300, disabled=STILL)
    found = np.mean([np.bincount(review.tier, minlength=3) / 999 for review in records.reviews[30:]], axis=0)
    ability, noise = records.firms.ability, np.sqrt(1 / 0.6 - 1)
    up, down = ndtr((ability - records.marks.gain) / noise), ndtr((records.marks.keep - ability) / noise)
    expected = np.mean([tier_shares(ladder(u, d, 3)) for u, d in zip(up, down, strict=True)], axis=0)
    np.testing.assert_allclose(found, expected, atol=0.01)


# O24: trust


def test_trust_is_the_posterior_of_what_was_heard():
    records = run({"review_months": 1}, 8, disabled=("exit", "tiers"))
    assume, ids = records.market.assume, records.firms.id
    heard, first = np.zeros((2, ids.size)), assume.provider_trust * assume.provider_trust_weight
    for month, review in enumerate(records.reviews[1:], start=1):
        odds = np.log(0.7 / 0.3) + assume.service_skill * (records.firms.ability + review.effort)
        said, content = assume.provider_word * review.caseload, 1 / (1 + np.exp(-odds))
        heard = heard * (1 - 1 / 6)
        heard[0] += poissons(records.market.seed, PRAISED, ids, month, said * content)
        heard[1] += poissons(records.market.seed, BLAMED, ids, month, said * (1 - content))
        expected = posterior_trust(first, assume.provider_trust_weight - first, *heard)
        np.testing.assert_allclose(review.trust, expected, rtol=1e-12)
    assert records.reviews[-1].trust.std() > 0.05


def test_what_a_plaque_tells_is_the_mix_of_its_owners():
    for listing in ("listed", "unlisted"):
        records = run({"listing": listing} | MANY, 3, fake_plaques=0.3)
        review, row = records.reviews[-1], summary(records).iloc[-1]
        seen, good = 1 - records.lookup, is_good(records)
        weight = np.where(review.badge, 1.0, np.where(review.plaque, seen, 0.0))
        assert row["genuine"] == pytest.approx(weight[review.badge].sum() / weight.sum())
        others = good[review.alive & ~review.badge].mean()
        told = (good[review.badge].sum() + weight[~review.badge].sum() * others) / weight.sum()
        assert row["good_if_plaque"] == pytest.approx(told)
        fakes = (review.plaque & ~review.badge).sum() / review.plaque.sum()
        assert fakes == pytest.approx(0.3, abs=0.05)
        assert row["genuine"] == pytest.approx(genuine_share(fakes, records.lookup))
