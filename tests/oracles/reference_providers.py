"""Reference closed forms of providers: errors of badges (O21), Bayes for a badge (O24), a tournament of two."""

import math
from typing import NamedTuple

import numpy as np

from kit.economics.badges import both_above


class BadgeErrors(NamedTuple):
    """Error rates of a badge, as shares.

    ``badged`` of all; ``false_discovery``: of the badged, those who are not good; ``false_negative``: of the good,
    those without a badge.
    """

    badged: float
    false_discovery: float
    false_negative: float


def badge_errors(reliability: float, bar: float, good: float | None = None, shrink: bool = False) -> BadgeErrors:
    """Return the error rates of a badge that is given for a score at or above a bar (O21).

    Ability and noise are normal; ``bar`` and ``good`` (the ability from which one is good; without it the bar) are in
    standard deviations of ability from its mean. ``reliability`` (0 to 1) is the part of the score's variance that is
    ability; with ``shrink`` the bar is set to the shrunk score.

    >>> BadgeErrors(*(round(share, 3) for share in badge_errors(0.6, bar=1)))
    BadgeErrors(badged=0.219, false_discovery=0.486, false_negative=0.29)
    >>> round(badge_errors(0.6, bar=1, shrink=True).false_discovery, 3)
    0.306
    """
    from scipy.special import ndtr

    if not 0 < reliability <= 1:
        raise ValueError(f"reliability {reliability} must be above 0 and at most 1")
    good = bar if good is None else good
    asked = bar / reliability if shrink else bar
    asked *= math.sqrt(reliability)  # the score's own sd is 1/sqrt(reliability)
    badged, able = float(ndtr(-asked)), float(ndtr(-good))
    both = both_above(asked, good, math.sqrt(reliability))
    return BadgeErrors(badged, 1 - both / badged, 1 - both / able)


class LongRun(NamedTuple):
    """Badges in steady state: the share who hold one, and of these the share who keep it at a review."""

    held: float
    kept: float


def long_run(reliability: float, gained: float, kept: float | None = None) -> LongRun:
    """Return the steady state of badges over many reviews of the same people (O22 in the long run).

    A badge is won among the best ``gained`` and kept among the best ``kept``. For one ability this is a Markov chain
    of two states; the result is the mean over abilities.

    >>> LongRun(*(round(share, 3) for share in long_run(0.6, gained=0.20, kept=0.35)))
    LongRun(held=0.254, kept=0.696)
    """
    from scipy.special import ndtr, ndtri

    kept = gained if kept is None else kept
    if not (0 < reliability <= 1 and 0 < gained < 1 and 0 < kept < 1):
        raise ValueError(f"reliability {reliability}, gained {gained} and kept {kept} must be shares above 0")
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


def pass_rate(rate: float, bar: float, count: int) -> float:
    """Return P(share of successes >= ``bar``) in ``count`` cases that each succeed with probability ``rate`` (O21).

    >>> [round(pass_rate(0.92, bar=0.95, count=n), 3) for n in (20, 50, 200)]
    [0.517, 0.226, 0.069]
    """
    from scipy.special import bdtrc

    if not (0 <= rate <= 1 and 0 <= bar <= 1 and count >= 1):
        raise ValueError(f"rate {rate} and bar {bar} must be shares, count {count} at least 1")
    needed = math.ceil(round(bar * count, 9))
    return float(bdtrc(needed - 1, count, rate)) if needed else 1.0


def good_if_badged(good: float, hit: float, false_alarm: float) -> float:
    """Return P(good | badge) by Bayes (O24).

    ``good`` is the share of good ones among all, ``hit`` the share of these with a badge, ``false_alarm`` the share of
    the others with one. All 0 to 1.

    >>> round(good_if_badged(good=0.2, hit=0.6, false_alarm=0.1), 3)
    0.6
    """
    if not all(0 <= share <= 1 for share in (good, hit, false_alarm)):
        raise ValueError(f"good {good}, hit {hit}, false alarm {false_alarm} must lie within 0 to 1")
    shown = good * hit + (1 - good) * false_alarm
    if shown == 0:
        raise ValueError("nobody holds a badge")
    return good * hit / shown


def pair_effort(prize: float, cost: float, noise: float) -> float:
    """Return each one's effort where two compete for one prize: W/(2 sqrt(pi) c s), Lazear and Rosen (1981).

    Effort e costs c e^2/2, the result is effort plus normal noise with standard deviation s, the better result wins W.
    The marginal gain is W times the density at 0 of the difference of two noises; it equals the marginal cost.

    >>> round(pair_effort(prize=1, cost=1, noise=0.5), 4)
    0.5642
    """
    if not (prize >= 0 and cost > 0 and noise > 0):
        raise ValueError(f"prize {prize} must be 0 or more, cost {cost} and noise {noise} positive")
    return prize / (2 * math.sqrt(math.pi) * cost * noise)
