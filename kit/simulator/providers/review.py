"""The quarterly review: scores, the marks that they are held against, badges, tiers and failures."""

import math
from typing import NamedTuple

import numpy as np

from kit.economics.badges import kept_share, reliability_of
from kit.numerics.random_numbers import PLAQUE, SCORED, normals, uniforms
from kit.parameters.levers import Levers
from kit.policies.programmes.providers import Providers
from kit.simulator.providers.admission import Firms, usual_noise


class Marks(NamedTuple):
    """Marks in standard scores as they are read: who reaches ``gain`` wins a badge, who falls below ``keep`` loses it.

    Below ``stay`` one fails; who fails twice in a row must go.
    """

    gain: float
    keep: float
    stay: float


class Standing(NamedTuple):
    """Where providers stand after a review: badge, tier (0 is the lowest) and failures in a row."""

    badge: np.ndarray
    tier: np.ndarray
    failed: np.ndarray


def is_shrunk(plan: Providers, disabled: frozenset[str]) -> bool:
    """Return whether scores are shrunk to the mean before they are read."""
    return plan.shrinkage == "shrunk" and "shrinkage" not in disabled


def marks(plan: Providers, assume: Levers, disabled: frozenset[str]) -> Marks:
    """Return the marks, set beforehand: quantiles of the scores of all, as they are without effort.

    They do not move with what providers do: by effort all may reach them.
    """
    from scipy.special import ndtri

    spread = _spread(plan, assume, disabled)
    stay = spread * float(ndtri(plan.admission_bar)) if plan.admission_bar > 0 else -math.inf
    return Marks(gain_mark(plan, assume, disabled), keep_mark(plan, assume, disabled), stay)


def gain_mark(plan: Providers, assume: Levers, disabled: frozenset[str]) -> float:
    """Return the mark for winning a badge, in standard scores."""
    from scipy.special import ndtri

    return _spread(plan, assume, disabled) * float(-ndtri(plan.gain_bar))


def keep_mark(plan: Providers, assume: Levers, disabled: frozenset[str]) -> float:
    """Return the mark for keeping a badge, in standard scores."""
    from scipy.special import ndtri

    apart = plan.marks != "equal"
    kept = kept_share(assume.score_reliability, plan.gain_bar, plan.keep_bar) if apart else plan.gain_bar
    return _spread(plan, assume, disabled) * float(-ndtri(kept))


def _spread(plan: Providers, assume: Levers, disabled: frozenset[str]) -> float:
    """The standard deviation of the scores of all."""
    power = 0.5 if is_shrunk(plan, disabled) else -0.5
    return assume.provider_ability_sd * assume.score_reliability**power


def noise(firms: Firms, caseload: np.ndarray, assume: Levers, disabled: frozenset[str]) -> np.ndarray:
    """Return the luck in each provider's score as a standard deviation: it falls with the root of the caseload."""
    many = assume.provider_capacity if "small_numbers" in disabled else np.maximum(caseload, 1.0)
    return firms.luck * usual_noise(assume) * np.sqrt(assume.provider_capacity / many)


def reading(firms: Firms, luck: np.ndarray, plan: Providers, assume: Levers, disabled: frozenset[str]) -> np.ndarray:
    """Return by what each score is multiplied before it is read: its reliability where scores are shrunk, else 1."""
    if not is_shrunk(plan, disabled):
        return np.ones(firms.id.size)
    return reliability_of(assume.provider_ability_sd, luck, 1)


def scores(firms: Firms, effort: np.ndarray, luck: np.ndarray, read: np.ndarray, seed: int, when: int) -> np.ndarray:
    """Return the scores as they are read: ability, effort, what the category flatters, and luck."""
    return read * (firms.ability + effort + firms.bias + luck * normals(seed, SCORED, firms.id, when))


def reviewed(
    score: np.ndarray, before: Standing, at: Marks, judged: np.ndarray, tiers: int, disabled: frozenset[str]
) -> Standing:
    """Return where providers stand after a review; who is not ``judged`` stands as before.

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


def false_plaques(firms: Firms, badge: np.ndarray, there: np.ndarray, share: float, seed: int, when: int) -> np.ndarray:
    """Return who shows a plaque without holding a badge: so many that ``share`` of all plaques is fake."""
    honest, others = (badge & there).sum(), (~badge & there).sum()
    chance = min(honest * share / (1 - share) / others, 1.0) if others else 0.0
    return there & ~badge & (uniforms(seed, PLAQUE, firms.id, when) < chance)
