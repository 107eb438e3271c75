"""Badges: whom they name wrongly, and how they and tiers change hands by luck alone."""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np


class BadgeErrors(NamedTuple):
    """What a badge says wrongly, as shares.

    ``badged`` of all; ``false_discovery``: of the badged, those who are not good; ``false_negative``: of the good,
    those without a badge.
    """

    badged: float
    false_discovery: float
    false_negative: float


class LongRun(NamedTuple):
    """Badges after many reviews: the share who hold one, and of these the share who keep it at a review."""

    held: float
    kept: float


def reliability_of(ability_sd, noise_sd, count):
    """Return which part of a score's variance is true ability, if it is the mean over ``count`` merchants.

    >>> reliability_of(1, 10, count=100), reliability_of(1, 10, count=25)
    (0.5, 0.2)
    """
    if not (np.all(np.asarray(ability_sd) > 0) and np.all(np.asarray(noise_sd) >= 0) and np.all(np.asarray(count) > 0)):
        raise ValueError(f"ability_sd {ability_sd}, count {count} must be positive, noise_sd {noise_sd} not negative")
    return ability_sd**2 / (ability_sd**2 + noise_sd**2 / count)


def shrunk(score, reliability, mean=0.0):
    """Return the best guess of ability behind a score: mean + reliability (score - mean) (Kelley 1947).

    >>> shrunk(2.0, reliability=0.6), shrunk(2.0, reliability=0.2)
    (1.2, 0.4)
    """
    return mean + reliability * (score - mean)


def badge_errors(reliability: float, bar: float, good: float | None = None, shrink: bool = False) -> BadgeErrors:
    """Return how a badge errs that is given for a score at or above a bar (O21).

    Ability and luck are normal; ``bar`` and ``good`` (the ability from which one is good; without it the bar) are in
    standard deviations of ability from its mean. ``reliability`` (0 to 1) is the part of the score's variance that is
    ability; with ``shrink`` the bar is set to the shrunk score.

    >>> BadgeErrors(*(round(share, 3) for share in badge_errors(0.6, bar=1)))
    BadgeErrors(badged=0.219, false_discovery=0.486, false_negative=0.29)
    >>> round(badge_errors(0.6, bar=1, shrink=True).false_discovery, 3)
    0.306
    """
    from scipy.special import ndtr

    _check_reliability(reliability)
    good = bar if good is None else good
    asked = bar / reliability if shrink else bar
    asked *= math.sqrt(reliability)  # the score's own sd is 1/sqrt(reliability)
    badged, able = float(ndtr(-asked)), float(ndtr(-good))
    both = _both_above(asked, good, math.sqrt(reliability))
    return BadgeErrors(badged, 1 - both / badged, 1 - both / able)


def pass_rate(rate: float, bar: float, count: int) -> float:
    """Return how likely ``count`` cases that each go well with chance ``rate`` show a share of at least ``bar`` (O21).

    >>> [round(pass_rate(0.92, bar=0.95, count=n), 3) for n in (20, 50, 200)]
    [0.517, 0.226, 0.069]
    """
    from scipy.special import bdtrc

    if not (0 <= rate <= 1 and 0 <= bar <= 1 and count >= 1):
        raise ValueError(f"rate {rate} and bar {bar} must be shares, count {count} at least 1")
    needed = math.ceil(round(bar * count, 9))
    return float(bdtrc(needed - 1, count, rate)) if needed else 1.0


def keep_probability(reliability: float, gained: float, kept: float | None = None) -> float:
    """Return how likely who has just won a badge keeps it at the next review, though nobody changes (O22).

    The badge is won by the best ``gained`` (a share of all) and kept by who is among the best ``kept``; without it
    the two bars are equal.

    >>> [round(keep_probability(reliability, 0.20), 2) for reliability in (0.4, 0.6, 0.8, 0.95)]
    [0.38, 0.5, 0.65, 0.82]
    >>> [round(keep_probability(reliability, 0.20, kept=0.35), 2) for reliability in (0.4, 0.6, 0.8, 0.95)]
    [0.57, 0.7, 0.85, 0.98]
    """
    from scipy.special import ndtri

    kept = gained if kept is None else kept
    _check_reliability(reliability)
    _check_share(gained=gained, kept=kept)
    return _both_above(float(-ndtri(gained)), float(-ndtri(kept)), reliability) / gained


@lru_cache(maxsize=256)
def kept_share(reliability: float, gained: float, lost: float) -> float:
    """Return among the best how many one must be to keep a badge, if a share ``lost`` of new badges is to go (O22).

    The inverse of keep_probability: the bar at which luck alone takes so many.

    >>> round(kept_share(0.6, gained=0.20, lost=0.10), 2)
    0.6
    """
    from scipy.optimize import brentq

    _check_share(lost=lost)
    return float(brentq(lambda kept: keep_probability(reliability, gained, kept) - 1 + lost, 1e-9, 1 - 1e-9))


def long_run(reliability: float, gained: float, kept: float | None = None) -> LongRun:
    """Return the badges after many reviews of the same people (O22 in the long run).

    Whoever has no badge wins it among the best ``gained``, whoever has one keeps it among the best ``kept``. For one
    ability this is a chain of two states; the mean over abilities is the answer.

    >>> LongRun(*(round(share, 3) for share in long_run(0.6, gained=0.20, kept=0.35)))
    LongRun(held=0.254, kept=0.696)
    """
    from scipy.special import ndtr, ndtri

    kept = gained if kept is None else kept
    _check_reliability(reliability)
    _check_share(gained=gained, kept=kept)
    ability = np.linspace(-9, 9, 20_001)
    weight = np.exp(-(ability**2) / 2)
    weight /= weight.sum()
    bars = -ndtri(np.array([gained, kept]))[:, None]
    if reliability == 1:
        wins, keeps = (ability >= bars).astype(float)
    else:
        wins, keeps = ndtr((math.sqrt(reliability) * ability - bars) / math.sqrt(1 - reliability))
    holds = wins / np.maximum(wins + 1 - keeps, 1e-300)
    return LongRun(float(weight @ holds), float(weight @ (holds * keeps) / (weight @ holds)))


def ladder(up: float, down: float, tiers: int) -> np.ndarray:
    """Return the chances of moving between tiers at a review, row from, column to: one step up or down.

    >>> ladder(up=0.2, down=0.1, tiers=3).round(3).tolist()
    [[0.8, 0.2, 0.0], [0.1, 0.7, 0.2], [0.0, 0.1, 0.9]]
    """
    if not (up >= 0 and down >= 0 and up + down <= 1 and tiers >= 1):
        raise ValueError(f"up {up} and down {down} must be shares that add up to at most 1, tiers {tiers} at least 1")
    chances = np.diag(np.full(tiers - 1, float(up)), 1) + np.diag(np.full(tiers - 1, float(down)), -1)
    return chances + np.diag(1 - chances.sum(axis=1))


def tier_shares(chances) -> np.ndarray:
    """Return the shares of the tiers to which a Markov chain tends (O23): pi P = pi.

    ``chances`` is square, row from, column to; each row adds up to 1. Raises ValueError for what is no such table
    and for one in which the shares depend on where one starts.

    >>> tier_shares(ladder(up=0.2, down=0.1, tiers=3)).round(4).tolist()
    [0.1429, 0.2857, 0.5714]
    """
    chances = np.asarray(chances, dtype=float)
    square = chances.ndim == 2 and chances.shape[0] == chances.shape[1]
    if not (square and (chances >= 0).all() and np.allclose(chances.sum(axis=1), 1, atol=1e-12)):
        raise ValueError(f"chances {chances.tolist()} must be a square of rows that each add up to 1")
    tiers = len(chances)
    equations = np.vstack([chances.T - np.eye(tiers), np.ones(tiers)])
    if np.linalg.matrix_rank(equations[:-1]) < tiers - 1:
        raise ValueError("the tiers fall apart: where one ends depends on where one starts")
    return np.linalg.lstsq(equations, np.append(np.zeros(tiers), 1.0), rcond=None)[0]


def _both_above(first: float, second: float, correlation: float) -> float:
    """How likely two standard normal scores both exceed their bars."""
    from scipy.integrate import quad
    from scipy.special import ndtr

    if correlation >= 1:
        return float(ndtr(-max(first, second)))
    rest = math.sqrt(1 - correlation**2)

    def both(x: float) -> float:
        return math.exp(-x * x / 2) / math.sqrt(2 * math.pi) * float(ndtr((correlation * x - second) / rest))

    # Past 40 sd there is nothing; the other bar is a kink that the integration must see.
    kink = [second / correlation] if first < second / correlation < 40 else None
    return quad(both, first, 40, limit=400, epsabs=1e-13, points=kink)[0]


def _check_reliability(reliability: float) -> None:
    if not 0 < reliability <= 1:
        raise ValueError(f"reliability {reliability} must be above 0 and at most 1")


def _check_share(**shares: float) -> None:
    for name, share in shares.items():
        if not 0 < share < 1:
            raise ValueError(f"{name} {share} must lie between 0 and 1")
