"""Badges and tiers: reliability of scores, and turnover by chance alone."""

import math
from functools import cache, lru_cache

import numpy as np

from kit.numerics.special import normal_cdf, normal_quantile, root


def reliability_of(ability_sd, noise_sd, count):
    """Return the reliability of a mean score over ``count`` merchants: the part of its variance that is ability.

    >>> reliability_of(1, 10, count=100), reliability_of(1, 10, count=25)
    (0.5, 0.2)
    """
    if not (np.all(np.asarray(ability_sd) > 0) and np.all(np.asarray(noise_sd) >= 0) and np.all(np.asarray(count) > 0)):
        raise ValueError(f"ability_sd {ability_sd}, count {count} must be positive, noise_sd {noise_sd} not negative")
    return ability_sd**2 / (ability_sd**2 + noise_sd**2 / count)


def keep_probability(reliability: float, gained: float, kept: float | None = None) -> float:
    """Return the probability that a new badge is kept at the next review if abilities do not change (O22).

    The best ``gained`` (a share of all) win the badge and those among the best ``kept`` keep it; without ``kept``
    the two bars are equal.

    >>> round(keep_probability(0.6, 0.20), 2), round(keep_probability(0.6, 0.20, kept=0.35), 2)
    (0.5, 0.7)
    """
    kept = gained if kept is None else kept
    if not 0 < reliability <= 1:
        raise ValueError(f"reliability {reliability} must be above 0 and at most 1")
    _check_share(gained=gained, kept=kept)
    return both_above(float(-normal_quantile(gained)), float(-normal_quantile(kept)), reliability) / gained


@lru_cache(maxsize=256)
def kept_share(reliability: float, gained: float, lost: float) -> float:
    """Return the bar for keeping a badge, as a share of all, at which the share ``lost`` of new badges is lost (O22).

    The inverse of keep_probability.

    >>> round(kept_share(0.6, gained=0.20, lost=0.10), 2)
    0.6
    """
    _check_share(lost=lost)
    return root(lambda kept: keep_probability(reliability, gained, kept) - 1 + lost, 1e-9, 1 - 1e-9)


def ladder(up: float, down: float, tiers: int) -> np.ndarray:
    """Return the transition matrix of tiers at a review (row from, column to): one step up or down.

    >>> ladder(up=0.2, down=0.1, tiers=3).round(3).tolist()
    [[0.8, 0.2, 0.0], [0.1, 0.7, 0.2], [0.0, 0.1, 0.9]]
    """
    if not (up >= 0 and down >= 0 and up + down <= 1 and tiers >= 1):
        raise ValueError(f"up {up} and down {down} must be shares that add up to at most 1, tiers {tiers} at least 1")
    chances = np.diag(np.full(tiers - 1, float(up)), 1) + np.diag(np.full(tiers - 1, float(down)), -1)
    return chances + np.diag(1 - chances.sum(axis=1))


def tier_shares(chances) -> np.ndarray:
    """Return the stationary distribution of a Markov chain of tiers (O23): pi P = pi.

    ``chances`` is square, row from, column to; each row adds up to 1. Raises ValueError for any other table and
    where the distribution depends on the start.

    >>> tier_shares(ladder(up=0.2, down=0.1, tiers=3)).round(4).tolist()
    [0.1429, 0.2857, 0.5714]
    """
    chances = np.asarray(chances, dtype=float)
    square = chances.ndim == 2 and chances.shape[0] == chances.shape[1]
    if not (square and (chances >= 0).all() and np.allclose(chances.sum(axis=1), 1, atol=1e-12)):
        raise ValueError(f"chances {chances.tolist()} must be a square matrix whose rows each add up to 1")
    tiers = len(chances)
    equations = np.vstack([chances.T - np.eye(tiers), np.ones(tiers)])
    if np.linalg.matrix_rank(equations[:-1]) < tiers - 1:
        raise ValueError("the tiers fall apart: the shares depend on the start")
    return np.linalg.lstsq(equations, np.append(np.zeros(tiers), 1.0), rcond=None)[0]


def both_above(first: float, second: float, correlation: float) -> float:
    """Return the probability that two standard normal scores of positive correlation both exceed their bars.

    >>> round(both_above(0, 0, correlation=0.5), 4)
    0.3333
    """
    if correlation >= 1:
        return float(normal_cdf(-max(first, second)))
    # Sheppard's integral over the correlation (Drezner and Wesolowsky 1990), by its angle.
    nodes, weights = _gauss()
    angle = math.asin(correlation)
    at = angle * (nodes + 1) / 2
    bars = first**2 + second**2 - 2 * first * second * np.sin(at)
    shared = angle / 2 * float(weights @ np.exp(-bars / (2 * np.cos(at) ** 2))) / (2 * math.pi)
    return float(normal_cdf(-first) * normal_cdf(-second)) + shared


@cache
def _gauss() -> tuple[np.ndarray, np.ndarray]:
    return np.polynomial.legendre.leggauss(120)


def _check_share(**shares: float) -> None:
    for name, share in shares.items():
        if not 0 < share < 1:
            raise ValueError(f"{name} {share} must lie between 0 and 1")
