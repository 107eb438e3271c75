"""Admission: which applicants become service providers, and their constant traits."""

import math
from typing import NamedTuple

import numpy as np

from kit.numerics.random_numbers import ABILITY, APPLIED, normals
from kit.parameters.categories import Category, Role, names
from kit.parameters.levers import Levers
from kit.policies.programmes.providers import Providers
from kit.simulator.population import category_prices, shares

ROLES = names(Role)
RECRUITING = np.array([True, False, False, True])  # by role: new sellers (A19), distributors (A21)
INCUBATING = np.array([False, True, True, False])  # live bases and hosts (A20)
_GOLDEN = (5**0.5 - 1) / 2  # multiples of it, modulo 1, spread evenly over 0 to 1


class Firms(NamedTuple):
    """Constant traits: one element is one provider.

    ``role`` and ``category`` are positions; ``ability`` in standard scores; ``bias``: what its category's prices add to
    its score; ``noise``: the noise in its score, relative to that under the announced weights.
    """

    id: np.ndarray
    role: np.ndarray
    category: np.ndarray
    ability: np.ndarray
    bias: np.ndarray
    noise: np.ndarray


def admitted(plan: Providers, assume: Levers, seed: int, disabled: frozenset[str]) -> Firms:
    """Return the providers that the platform admits: in each role those with the best score, ability plus noise.

    Roles have equal numbers, categories their shares of orders. An applicant's noise depends on its number only, so
    that different bars meet the same applicants.
    """
    count = int(plan.count)
    turned_away = 0.0 if "admission" in disabled else plan.admission_bar
    ids = np.arange(math.ceil(count / (1 - turned_away)))
    ability = assume.provider_ability_sd * normals(seed, ABILITY, ids)
    seen = ability + usual_noise(assume) * normals(seed, APPLIED, ids)
    role, roles = ids % len(Role), len(Role)
    best = np.lexsort((-seen, role))
    taken = [best[role[best] == r][: (count - r + roles - 1) // roles] for r in Role]
    ids = np.sort(np.concatenate(taken))
    role = role[ids]
    place = (0.5 + (ids // roles) * _GOLDEN) % 1
    category = np.searchsorted(np.cumsum(shares(assume, "orders")), place).clip(max=len(Category) - 1)
    weights = duty_weights(plan)
    bias = weights[role, 2] * assume.mix_bias * _price_scores(assume)[category]
    if "mix_bias" in disabled:
        bias = np.zeros(ids.size)
    usual = duty_weights(Providers())
    noise = np.sqrt((weights**2).sum(axis=1) / (usual**2).sum(axis=1))[role]
    return Firms(ids, role, category, ability[ids], bias, noise)


def usual_noise(assume: Levers) -> float:
    """Return the standard deviation of the noise in a score at a usual caseload, in standard scores.

    >>> from kit.parameters.sourced import assumptions
    >>> round(usual_noise(assumptions()), 4)
    0.8165
    """
    return assume.provider_ability_sd * math.sqrt(1 / assume.score_reliability - 1)


def duty_weights(plan: Providers) -> np.ndarray:
    """Return the weights of the score by role: recruiting, incubating, GMV, service; each row adds up to 1.

    A provider is scored on its own role's duties (A19 to A21), on GMV and on service.

    >>> duty_weights(Providers()).round(2).tolist()[0]
    [0.29, 0.0, 0.43, 0.29]
    """
    parts = (plan.weight_recruit, plan.weight_incubate, plan.weight_gmv, plan.weight_service)
    weights = np.tile(parts, (len(Role), 1))
    weights[~RECRUITING, 0] = 0.0
    weights[~INCUBATING, 1] = 0.0
    whole = weights.sum(axis=1, keepdims=True)
    # A role whose duties all have weight zero is scored on the four parts equally.
    return np.where(whole > 0, weights / np.where(whole > 0, whole, 1), 0.25)


def _price_scores(assume: Levers) -> np.ndarray:
    """The standard score of each category's log price, over the categories' orders."""
    prices, weight = np.log(category_prices(assume)), shares(assume, "orders")
    spread = prices - weight @ prices
    return spread / math.sqrt(weight @ spread**2)
