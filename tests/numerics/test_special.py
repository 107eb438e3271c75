"""Special functions and roots against SciPy's."""

import math

import numpy as np
import pytest
import scipy

from kit.economics.badges import both_above
from kit.numerics.special import lambert_w, normal_cdf, normal_quantile, root


def test_the_normal_distribution_function_holds_far_out():
    x = np.linspace(-9, 9, 2_001)
    np.testing.assert_allclose(normal_cdf(x), scipy.special.ndtr(x), rtol=1e-13)
    assert normal_cdf(np.zeros((2, 3))).shape == (2, 3)


def test_the_quantile_is_its_inverse_and_infinite_at_the_ends():
    p = np.concatenate([np.linspace(1e-9, 1 - 1e-9, 5_001), 10.0 ** -np.arange(1, 18)])
    np.testing.assert_allclose(normal_quantile(p), scipy.special.ndtri(p), rtol=1e-13, atol=1e-15)
    assert normal_quantile([0, 1]).tolist() == [-math.inf, math.inf]


@pytest.mark.parametrize(
    ("branch", "x"),
    [
        (0, np.append(np.linspace(-0.3678, 5, 3_001), np.geomspace(1, 1e8, 500))),
        (-1, -np.geomspace(1e-12, 0.3678, 999)),
    ],
)
def test_lambert_s_w_on_either_branch(branch, x):
    found = lambert_w(x, branch)
    np.testing.assert_allclose(found, scipy.special.lambertw(x, branch).real, rtol=1e-11)
    assert ((found >= -1) if branch == 0 else (found <= -1)).all()


@pytest.mark.parametrize(
    ("function", "low", "high"),
    [
        (lambda x: x**3 - 2, 0, 2),
        (lambda x: math.exp(x) - 1e4, -50, 50),
        (lambda x: math.atan(x - 1), -1e6, 1e6),
        (lambda x: -math.log1p(-x) - 30, 0, 1 - 1e-15),
        (lambda x: x**9, -1, 2),
        (lambda x: x, 0, 5),
    ],
)
def test_roots_are_those_of_brent(function, low, high):
    assert root(function, low, high) == pytest.approx(
        scipy.optimize.brentq(function, low, high, xtol=1e-14, maxiter=999), abs=1e-9
    )


def test_without_a_change_of_sign_there_is_no_root():
    with pytest.raises(ValueError, match="sign"):
        root(lambda x: x**2 + 1, -1, 1)


@pytest.mark.parametrize("correlation", [0.01, 0.3, 0.6, 0.9, 0.99, 0.999])
def test_both_above_is_the_bivariate_normal(correlation):
    for first in (-2, 0, 1.3, 3):
        for second in (-1, 0.5, 2.5):
            rest = math.sqrt(1 - correlation**2)

            def both(x, second=second, rest=rest):
                return scipy.stats.norm.pdf(x) * scipy.special.ndtr((correlation * x - second) / rest)

            kink = [second / correlation] if first < second / correlation < 40 else None
            counted = scipy.integrate.quad(both, first, 40, limit=800, epsabs=1e-13, points=kink)[0]
            assert both_above(first, second, correlation) == pytest.approx(counted, abs=1e-12)
