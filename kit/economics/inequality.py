"""Inequality: Gini coefficients and top shares of samples and of log-normal distributions."""

import math

import numpy as np

from kit.numerics.special import normal_cdf, normal_quantile


def gini(sizes, weights=None) -> float:
    """Return the Gini coefficient of sizes (0: all equal; 1 - 1/n: one of n has everything) (O25).

    ``weights`` are the number of units of each size. By the trapezoids under the Lorenz curve.

    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 1]), gini([1, 3], weights=[3, 1])
    (0.0, 0.75, 0.25)
    """
    sizes = np.asarray(sizes, dtype=float)
    weights = np.ones_like(sizes) if weights is None else np.asarray(weights, dtype=float)
    if sizes.size == 0 or (sizes < 0).any() or (weights < 0).any() or not (sizes * weights).sum() > 0:
        raise ValueError("sizes and weights must not be negative, and something must be there to share")
    order = np.argsort(sizes, kind="stable")
    people = np.concatenate([[0], np.cumsum(weights[order])]) / weights.sum()
    goods = np.concatenate([[0], np.cumsum((sizes * weights)[order])]) / (sizes * weights).sum()
    return float(1 - np.sum(np.diff(people) * (goods[1:] + goods[:-1])))


def top_share(sizes, weights, top: float = 0.01) -> float:
    """Return the share of the total held by the largest ``top`` of the units, 0 to 1; a size has ``weights`` units.

    >>> top_share(np.array([1.0, 9.0]), np.array([9.0, 1.0]), top=0.1)
    0.5
    """
    order = np.argsort(-sizes)
    held = np.cumsum((sizes * weights)[order]) / (sizes @ weights)
    return float(np.interp(top, np.cumsum(weights[order]) / weights.sum(), held))


def lognormal_gini(log_sd: float) -> float:
    """Return the Gini coefficient of a log-normal distribution: erf(sd / 2).

    >>> round(lognormal_gini(0.5), 3), round(lognormal_gini(2.2), 2)
    (0.276, 0.88)
    """
    return float(math.erf(log_sd / 2))


def lognormal_top_share(log_sd: float, top: float) -> float:
    """Return the share of the total held by the largest ``top`` (a share of the units) if sizes are log-normal.

    >>> round(lognormal_top_share(2.2, 0.01), 2), round(lognormal_top_share(0.0, 0.01), 9)
    (0.45, 0.01)
    """
    if not 0 < top < 1:
        raise ValueError(f"top {top} must lie between 0 and 1")
    return float(normal_cdf(log_sd + normal_quantile(top)))


def lognormal_below_mean(log_sd: float) -> float:
    """Return the share of a log-normal population below its mean: Phi(sd / 2).

    >>> round(lognormal_below_mean(2.2), 3)
    0.864
    """
    return float(normal_cdf(log_sd / 2))


def lognormal_lorenz(log_sd: float, smallest):
    """Return the Lorenz curve of a log-normal distribution: Phi(Phi^-1(p) - sd).

    ``smallest`` are shares of the population from the smallest up (0 to 1), a number or an array.

    >>> lognormal_lorenz(2.2, [0, 1]).tolist(), round(float(lognormal_lorenz(2.2, 0.99)), 2)
    ([0.0, 1.0], 0.55)
    """
    smallest = np.asarray(smallest, dtype=float)
    if not ((smallest >= 0) & (smallest <= 1)).all():
        raise ValueError(f"shares {smallest} must lie between 0 and 1")
    return normal_cdf(normal_quantile(smallest) - log_sd)
