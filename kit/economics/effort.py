"""Effort: moral hazard under a badge with a bar and under linear pay."""

import math

import numpy as np

from kit.numerics.special import lambert_w, normal_cdf, root

_PEAK = 1 / math.sqrt(2 * math.pi)  # phi(0)


def is_concave(worth: float, cost: float, noise: float) -> bool:
    """Return whether effort is continuous in the bar: worth phi(1)/noise^2 <= cost (O19).

    Otherwise there is a critical bar past which effort jumps down.

    >>> is_concave(worth=1, cost=1, noise=0.5), is_concave(worth=1, cost=1, noise=0.3)
    (True, False)
    """
    _check(worth, cost, noise)
    return bool(worth * _density(1.0) / noise**2 <= cost)


def threshold_effort(bar, worth, cost, noise, slope=0.0) -> np.ndarray:
    """Return the optimal effort for a badge with a bar (O19), as an array (numbers or arrays in).

    The badge is worth ``worth`` yuan and is won if effort + noise >= ``bar``; effort e costs ``cost`` e^2 / 2 yuan and
    earns ``slope`` yuan a unit besides, badge or not; ``bar`` and ``noise`` (a standard deviation) are in units of
    effort. The best e solves worth phi((bar - e)/noise)/noise + slope = cost e; of two local maxima it is the higher.
    The condition and its failure are those of Lazear and Rosen's (1981) prizes.

    >>> threshold_effort([0.3, 0.6, 1.0, 1.5], worth=1, cost=1, noise=0.5).round(3).tolist()
    [0.636, 0.759, 0.297, 0.009]
    """
    bar, worth, cost, noise, slope = np.array(np.broadcast_arrays(bar, worth, cost, noise, slope), float)
    _check(worth, cost, noise)
    if not (np.isfinite(bar).all() and np.isfinite(slope).all() and (slope >= 0).all()):
        raise ValueError(f"the bar {bar} must be a number, the slope {slope} must not be negative")
    most = (slope + worth * _PEAK / noise) / cost
    first, second = _bends(worth, cost, noise)
    below = np.clip(bar + noise * first, 0, most)
    above = np.clip(bar + noise * second, 0, most)
    # On either side of the bends the marginal gain falls: a local maximum lies where it is zero.
    sides = (np.zeros(bar.shape), below), (above, most)
    low, high = (_top(bar, worth, cost, noise, slope, *ends) for ends in sides)
    low_worth, high_worth = (payoff(e, bar, worth, cost, noise, slope) for e in (low, high))
    return np.where(low_worth > high_worth, low, high)


def payoff(effort, bar, worth, cost, noise, slope=0.0):
    """Return the payoff of effort in yuan: worth P(badge) + slope e - cost e^2 / 2.

    >>> payoff(0.0, bar=0.0, worth=1, cost=1, noise=0.5)
    0.5
    """
    effort = np.asarray(effort, float)
    left = worth * normal_cdf((effort - bar) / noise) + slope * effort - cost * effort**2 / 2
    return left if left.ndim else float(left)


def critical_bar(worth: float, cost: float, noise: float) -> float:
    """Return the bar past which effort jumps down (O19); infinite where it falls smoothly.

    At this bar the high and the low local maximum have the same payoff.

    >>> round(critical_bar(worth=1, cost=1, noise=0.3), 3), critical_bar(1, 1, noise=0.5)
    (1.026, inf)
    """
    if is_concave(worth, cost, noise):
        return math.inf
    bends = [float(bend) for bend in _bends(worth, cost, noise)]
    # Between these two bars there are two local maxima; at either end one of them vanishes.
    ends = [worth * _density(u) / (noise * cost) - noise * u for u in bends]

    def better(bar: float) -> float:
        low = _top(bar, worth, cost, noise, 0.0, 0.0, bar + noise * bends[0])
        high = _top(bar, worth, cost, noise, 0.0, bar + noise * bends[1], worth * _PEAK / (noise * cost))
        return payoff(high, bar, worth, cost, noise) - payoff(low, bar, worth, cost, noise)

    return root(better, ends[0], ends[1], 1e-12)


def best_bar(worth: float, cost: float, noise: float) -> float:
    """Return the bar with the highest effort: where bar and effort are equal, or the last bar before the jump.

    >>> round(best_bar(1, 1, noise=0.5), 3), round(best_bar(1, 1, noise=0.3), 3)
    (0.798, 1.026)
    """
    return min(worth * _PEAK / (noise * cost), critical_bar(worth, cost, noise))


def linear_contract(risk: float, cost: float, noise: float) -> float:
    """Return the optimal share of output that a provider is paid: b = 1 / (1 + r c s^2) (O20).

    ``risk`` is its absolute risk aversion (per yuan), ``cost`` that of effort, ``noise`` the sd of measurement error.
    After Holmstrom and Milgrom (1987): the better the measure, the stronger the incentive.

    >>> linear_contract(risk=1, cost=1, noise=0), linear_contract(risk=1, cost=1, noise=1)
    (1.0, 0.5)
    """
    if not (risk >= 0 and cost > 0 and noise >= 0):
        raise ValueError(f"risk {risk} and noise {noise} must not be negative, cost {cost} must be positive")
    return 1 / (1 + risk * cost * noise**2)


def _density(score):
    return _PEAK * np.exp(-np.square(score) / 2)


def _bends(worth, cost, noise) -> tuple:
    """Scores u short of the bar, low and high, with worth u phi(u) = -cost noise^2; both -1 where effort is concave."""
    with np.errstate(divide="ignore", over="ignore"):
        flat = cost * noise**2 / worth
        # Just inside the branch point, where rounding leaves it.
        known = np.maximum(-2 * math.pi * flat**2, -math.exp(-1) * (1 - 1e-12))
    return tuple(-np.sqrt(-lambert_w(known, branch)) for branch in (-1, 0))


def _top(bar, worth, cost, noise, slope, left, right):
    """Return the zero of the marginal gain, which falls between two ends, or the end that is nearest to it."""
    effort, found = (left + right) / 2, False
    for _ in range(100):
        short = (bar - effort) / noise
        pull = worth * _density(short) / noise
        gain = slope + pull - cost * effort
        left, right = np.where(gain > 0, effort, left), np.where(gain > 0, right, effort)
        # A Newton step where it stays between the ends, else bisection.
        with np.errstate(divide="ignore", invalid="ignore"):
            step = effort - gain / (pull * short / noise - cost)
        step = np.where((left < step) & (step < right), step, (left + right) / 2)
        before, effort = effort, np.where(found, effort, step)
        found |= np.abs(effort - before) <= 1e-12 * np.abs(before)  # the next step would be lost in rounding
        if np.all(found):
            break
    return effort


def _check(worth, cost, noise) -> None:
    if not (np.all(np.asarray(worth) >= 0) and np.all(np.asarray(cost) > 0) and np.all(np.asarray(noise) > 0)):
        raise ValueError(f"worth {worth} must not be negative, cost {cost} and noise {noise} must be positive")
