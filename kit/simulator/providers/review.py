"""The quarterly review: scores, marks, badges, tiers and failures."""

import math
from typing import NamedTuple

import numpy as np

from kit.economics.badges import kept_share, reliability_of
from kit.numerics.random_numbers import PLAQUE, SCORED, normals, uniforms
from kit.numerics.special import normal_quantile
from kit.parameters.levers import Levers
from kit.policies.programmes.providers import Providers
from kit.simulator.providers.admission import Firms, usual_noise


class Marks(NamedTuple):
    """Thresholds of the score, in standard scores: to win a badge, to keep it, and to pass.

    A provider that fails twice in a row must leave.
    """

    gain: float
    keep: float
    stay: float


class Standing(NamedTuple):
    """Providers after a review: badge, tier (0 is the lowest) and failures in a row."""

    badge: np.ndarray
    tier: np.ndarray
    failed: np.ndarray


def is_shrunk(plan: Providers, disabled: frozenset[str]) -> bool:
    """Return whether scores are shrunk to the mean."""
    return plan.shrinkage == "shrunk" and "shrinkage" not in disabled


def marks(plan: Providers, assume: Levers, disabled: frozenset[str]) -> Marks:
    """Return the marks: quantiles of the scores without effort, set beforehand.

    They do not move with effort: all providers may reach them.
    """
    spread = _spread(plan, assume, disabled)
    stay = spread * float(normal_quantile(plan.admission_bar)) if plan.admission_bar > 0 else -math.inf
    return Marks(gain_mark(plan, assume, disabled), keep_mark(plan, assume, disabled), stay)


def gain_mark(plan: Providers, assume: Levers, disabled: frozenset[str]) -> float:
    """Return the mark for winning a badge, in standard scores."""
    return _spread(plan, assume, disabled) * float(-normal_quantile(plan.gain_bar))


def keep_mark(plan: Providers, assume: Levers, disabled: frozenset[str]) -> float:
    """Return the mark for keeping a badge, in standard scores."""
    apart = plan.marks != "equal"
    kept = kept_share(assume.score_reliability, plan.gain_bar, plan.keep_bar) if apart else plan.gain_bar
    return _spread(plan, assume, disabled) * float(-normal_quantile(kept))


def _spread(plan: Providers, assume: Levers, disabled: frozenset[str]) -> float:
    """The standard deviation of the scores of all."""
    power = 0.5 if is_shrunk(plan, disabled) else -0.5
    return assume.provider_ability_sd * assume.score_reliability**power


def noise(firms: Firms, caseload: np.ndarray, assume: Levers, disabled: frozenset[str]) -> np.ndarray:
    """Return the standard deviation of the noise in each score: it falls with the root of the caseload."""
    many = assume.provider_capacity if "small_numbers" in disabled else np.maximum(caseload, 1.0)
    return firms.noise * usual_noise(assume) * np.sqrt(assume.provider_capacity / many)


def reading(
    firms: Firms, noise_sd: np.ndarray, plan: Providers, assume: Levers, disabled: frozenset[str]
) -> np.ndarray:
    """Return the factor on each score: its reliability where scores are shrunk, else 1."""
    if not is_shrunk(plan, disabled):
        return np.ones(firms.id.size)
    return reliability_of(assume.provider_ability_sd, noise_sd, 1)


def scores(
    firms: Firms, effort: np.ndarray, noise_sd: np.ndarray, factor: np.ndarray, seed: int, month: int
) -> np.ndarray:
    """Return the scores: ability, effort, the category's bias and noise, times the factor of shrinkage."""
    return factor * (firms.ability + effort + firms.bias + noise_sd * normals(seed, SCORED, firms.id, month))


def reviewed(
    score: np.ndarray, before: Standing, at: Marks, judged: np.ndarray, tiers: int, disabled: frozenset[str]
) -> Standing:
    """Return the standing after a review; providers that are not ``judged`` keep theirs.

    >>> old = Standing(np.array([True, True, False]), np.array([1, 0, 0]), np.array([0, 1, 0]))
    >>> new = reviewed(np.array([0.0, -2.0, 1.5]), old, Marks(1.0, -0.5, -1.0), np.ones(3, bool), 3, frozenset())
    >>> new.badge.tolist(), new.tier.tolist(), new.failed.tolist()
    ([True, False, True], [1, 0, 1], [0, 2, 0])
    """
    badge = score >= np.where(before.badge, at.keep, at.gain)
    tier = np.clip(before.tier + (score >= at.gain) - (score < at.keep), 0, tiers - 1)
    failed = np.where(score < at.stay, before.failed + 1, 0)
    return Standing(
        np.where(judged, badge & ("badges" not in disabled), before.badge),
        np.where(judged & ("tiers" not in disabled), tier, before.tier),
        np.where(judged, failed, before.failed),
    )


def false_plaques(
    firms: Firms, badge: np.ndarray, there: np.ndarray, share: float, seed: int, month: int
) -> np.ndarray:
    """Return who shows a plaque without a badge, so that on average ``share`` of all plaques is fake."""
    honest, others = (badge & there).sum(), (~badge & there).sum()
    chance = min(honest * share / (1 - share) / others, 1.0) if others else 0.0
    return there & ~badge & (uniforms(seed, PLAQUE, firms.id, month) < chance)
