"""Luck: uniform, independent between purposes, and counts that rise with their mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kit.numerics.draws import normal, poisson, uniform
from kit.numerics.random_numbers import KEPT, LIVE, normals, uniforms

MANY = np.arange(200_000)


def test_draws_are_uniform_for_merchants_and_for_days():
    assert stats.kstest(uniforms(1, KEPT, MANY, 3), "uniform").pvalue > 1e-3
    by_day = np.array([uniform(1, KEPT, 5, day) for day in range(20_000)])
    assert stats.kstest(by_day, "uniform").pvalue > 1e-3


@pytest.mark.parametrize("other", [(2, KEPT, 3), (1, LIVE, 3), (1, KEPT, 4)], ids=["seed", "purpose", "day"])
def test_another_seed_purpose_or_day_is_other_luck(other):
    first, second = uniforms(1, KEPT, MANY, 3), uniforms(other[0], other[1], MANY, other[2])
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.012
    assert not np.isin(first, second).any()


def test_neighbours_have_nothing_to_do_with_each_other():
    drawn = uniforms(1, KEPT, MANY, 3)
    assert abs(np.corrcoef(drawn[1:], drawn[:-1])[0, 1]) < 0.012


def test_the_same_counters_give_the_same_bits():
    assert (uniforms(7, LIVE, MANY[:100], 9) == uniforms(7, LIVE, MANY[:100], 9)).all()


def test_a_draw_asks_nothing_of_its_place():
    assert uniforms(7, LIVE, MANY[50:60], 9).tolist() == uniforms(7, LIVE, MANY[:100], 9)[50:60].tolist()


def test_the_normal_quantile_is_that_of_the_tables():
    at = np.array([1e-12, 1e-6, 0.01, 0.3, 0.5, 0.9, 0.999, 1 - 1e-9])
    assert [normal(u) for u in at] == pytest.approx(stats.norm.ppf(at), abs=2e-6)
    drawn = normals(1, KEPT, MANY)
    assert stats.kstest(drawn, "norm").pvalue > 1e-3


@given(mean=st.floats(0.0, 15.99), u=st.floats(1e-9, 1 - 1e-9))
def test_small_counts_are_exact_quantiles(mean, u):
    exact = stats.poisson.ppf(u, mean)
    # At a step of the distribution function the last bit decides.
    assert poisson(mean, u) == exact or abs(stats.poisson.cdf(min(exact, poisson(mean, u)), mean) - u) < 1e-12


@given(mean=st.floats(16.0, 1e6), u=st.floats(1e-6, 1 - 1e-6))
def test_large_counts_are_within_one_of_the_quantile(mean, u):
    assert abs(poisson(mean, u) - stats.poisson.ppf(u, mean)) <= 1


@given(mean=st.floats(0.0, 1e4), more=st.floats(0.0, 100.0), u=st.floats(1e-9, 1 - 1e-9))
def test_a_higher_mean_never_gives_a_lower_count(mean, more, u):
    below, above = poisson(mean, u), poisson(mean + more, u)
    assert above >= below or (mean < 16 <= mean + more and above >= below - 1)


@pytest.mark.parametrize("mean", [0.3, 4.0, 15.9, 16.0, 40.0, 1000.0])
def test_counts_have_the_mean_and_the_variance_of_the_law(mean):
    drawn = np.array([poisson(mean, u) for u in uniforms(3, KEPT, MANY)])
    error = np.sqrt(mean / MANY.size)
    assert drawn.mean() == pytest.approx(mean, abs=4 * error)
    assert drawn.var() == pytest.approx(mean, rel=0.015)


def test_nothing_comes_of_a_mean_of_nothing():
    assert poisson(0.0, 0.999999) == 0
