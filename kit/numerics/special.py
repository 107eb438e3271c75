"""The normal distribution, Lambert's W and roots, without SciPy, which takes 30 MB in a learner's kernel."""

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np

_quantile = NormalDist().inv_cdf


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


def root(function: Callable[[float], float], low: float, high: float, tolerance: float = 1e-13) -> float:
    """Return where a function is zero between two points; ValueError unless it has different signs there.

    The bracket is cut by inverse interpolation, kept from slowing down as in the Illinois rule, and halved where that
    does not help.

    >>> round(root(lambda x: x**3 - 2, 0, 2), 9)
    1.25992105
    """
    at_low, at_high = function(low), function(high)
    if not (at_low <= 0 <= at_high or at_high <= 0 <= at_low):
        raise ValueError(f"no change of sign between {low} and {high}: {at_low} and {at_high}")
    for n in range(200):
        width = high - low
        if at_low == 0 or at_high == 0 or abs(width) <= tolerance * max(abs(low), abs(high), 1.0):
            break
        middle = (low + high) / 2 if n % 3 == 2 or at_high == at_low else high - at_high * width / (at_high - at_low)
        at_middle = function(middle)
        if (at_middle > 0) != (at_high > 0):
            low, at_low = high, at_high
        else:
            at_low /= 2
        high, at_high = middle, at_middle
    return float(low if at_low == 0 else high)
