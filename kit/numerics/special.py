"""The normal distribution, Lambert's W and roots, without SciPy, which takes 30 MB in a learner's kernel."""

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np

_quantile = NormalDist().inv_cdf
_ROUNDING = 4 * np.finfo(float).eps


def normal_cdf(x) -> np.ndarray:
    """Return the standard normal distribution function (numbers or arrays).

    >>> normal_cdf([0.0, 1.96]).round(4).tolist()
    [0.5, 0.975]
    """
    x = np.asarray(x, float)
    return np.reshape([0.5 * math.erfc(-one / math.sqrt(2)) for one in x.ravel()], x.shape)


def normal_quantile(p) -> np.ndarray:
    """Return the standard normal quantile (numbers or arrays); infinite at 0 and 1.

    >>> normal_quantile([0.0, 0.5, 0.975]).round(4).tolist()
    [-inf, 0.0, 1.96]
    """
    p = np.asarray(p, float)
    found = [_quantile(one) if 0 < one < 1 else math.inf * (2 * one - 1) for one in p.ravel()]
    return np.reshape(found, p.shape)


def lambert_w(x, branch: int = 0) -> np.ndarray:
    """Return the real w with w e^w = x (numbers or arrays): above -1 on ``branch`` 0 (x >= -1/e), below on -1 (x < 0).

    >>> lambert_w(1.0).round(6).item(), lambert_w(-0.2, -1).round(6).item()
    (0.567143, -2.542641)
    """
    x = np.asarray(x, float)
    near = np.sqrt(np.maximum(2 * (math.e * x + 1), 0.0))  # from the branch point, where w is -1
    with np.errstate(divide="ignore", invalid="ignore"):
        if branch == 0:
            w = np.where(x < 1, -1 + near - near**2 / 3, np.log(np.maximum(x, 1.0)) / 1.3 + 0.4)
        else:
            far = np.log(-x)
            w = np.where(x < -0.25, -1 - near - near**2 / 3, far - np.log(-far))
        for _ in range(50):  # Halley's steps
            excess = w - x * np.exp(-w)
            step = excess / (w + 1 - excess * (w + 2) / (2 * (w + 1)))
            step = np.where(np.isfinite(step), step, 0.0)
            w = w - step
            if np.all(np.abs(step) <= 1e-15 * np.abs(w)):
                break
    return w


def root(function: Callable[[float], float], low: float, high: float, tolerance: float = 2e-12) -> float:
    """Return where a function is zero between two points; ValueError unless it has different signs there.

    Brent's (1973) method, with the iterates of SciPy's ``brentq``: ``tolerance`` is in units of the argument.

    >>> round(root(lambda x: x**3 - 2, 0, 2), 9)
    1.25992105
    """
    before, now = float(low), float(high)
    at_before, at_now = function(before), function(now)
    if not (at_before <= 0 <= at_now or at_now <= 0 <= at_before):
        raise ValueError(f"no change of sign between {low} and {high}: {at_before} and {at_now}")
    if at_before == 0:
        return before
    other, at_other, step, step_before = before, at_before, now - before, now - before
    for _ in range(1_000):
        if (at_before < 0) != (at_now < 0):  # the root lies between this point and the one before
            other, at_other, step, step_before = before, at_before, now - before, now - before
        if abs(at_other) < abs(at_now):
            before, now, other = now, other, now
            at_before, at_now, at_other = at_now, at_other, at_now
        least, half = (tolerance + _ROUNDING * abs(now)) / 2, (other - now) / 2
        if at_now == 0 or abs(half) < least:
            break
        tried = math.inf
        if abs(step_before) > least and abs(at_now) < abs(at_before):
            if before == other:
                tried = -at_now * (now - before) / (at_now - at_before)
            else:
                one, two = (at_before - at_now) / (before - now), (at_other - at_now) / (other - now)
                tried = -at_now * (at_other * two - at_before * one) / (two * one * (at_other - at_before))
        good = 2 * abs(tried) < min(abs(step_before), 3 * abs(half) - least)
        step_before, step = (step, tried) if good else (half, half)
        before, at_before = now, at_now
        now += step if abs(step) > least else math.copysign(least, half)
        at_now = function(now)
    return float(now)
