"""Providers: who applies to be one and who is admitted, and what each is and stays."""

import math
from typing import NamedTuple

import numpy as np

from kit.numerics.random_numbers import ABILITY, APPLIED, normals
from kit.parameters.levers import Levers
from kit.policies.programmes.providers import Providers
from kit.simulator.population import category_prices, shares

ROLES = ("training", "mcn", "belt", "supply_chain")  # A18
RECRUITING = np.array([True, False, False, True])  # by role: new sellers (A19), distributors (A21)
INCUBATING = np.array([False, True, True, False])  # live bases and hosts (A20)
_GOLDEN = (5**0.5 - 1) / 2  # spreads a sequence evenly over 0 to 1


class Firms(NamedTuple):
    """What a provider is and stays: one element is one provider.

    ``ability`` in standard scores; ``role`` and ``category`` as indices; ``bias``: what its category's prices add to
    its score; ``luck``: how much luck is in its score beside that of the announced weights.
    """

    id: np.ndarray
    role: np.ndarray
    category: np.ndarray
    ability: np.ndarray
    bias: np.ndarray
    luck: np.ndarray


def admitted(plan: Providers, assume: Levers, seed: int, disabled: frozenset[str]) -> Firms:
    """Return the providers that the platform admits: of each role those that look best, ability and luck together.

    Roles are of equal number; the categories have their shares of orders. A provider's luck hangs on its number among
    the applicants: another bar then meets the same applicants.
    """
    count = int(plan.count)
    turned_away = 0.0 if "admission" in disabled else plan.admission_bar
    ids = np.arange(math.ceil(count / (1 - turned_away)))
    ability = assume.provider_ability_sd * normals(seed, ABILITY, ids)
    seen = ability + usual_noise(assume) * normals(seed, APPLIED, ids)
    role = ids % len(ROLES)
    best = np.lexsort((-seen, role))
    taken = [best[role[best] == r][: (count - r + len(ROLES) - 1) // len(ROLES)] for r in range(len(ROLES))]
    ids = np.sort(np.concatenate(taken))
    role = role[ids]
    place = (0.5 + (ids // len(ROLES)) * _GOLDEN) % 1
    category = np.searchsorted(np.cumsum(shares(assume, "orders")), place).clip(max=2)
    weights = duty_weights(plan)
    bias = (
        np.zeros(ids.size)
        if "mix_bias" in disabled
        else weights[role, 2] * assume.mix_bias * _dearness(assume)[category]
    )
    usual = duty_weights(Providers())
    luck = np.sqrt((weights**2).sum(axis=1) / (usual**2).sum(axis=1))[role]
    return Firms(ids, role, category, ability[ids], bias, luck)


def usual_noise(assume: Levers) -> float:
    """Return the luck in the score of a provider with a usual caseload, as a standard deviation in standard scores.

    >>> from kit.parameters.sourced import assumptions
    >>> round(usual_noise(assumptions()), 4)
    0.8165
    """
    return assume.provider_ability_sd * math.sqrt(1 / assume.score_reliability - 1)


def duty_weights(plan: Providers) -> np.ndarray:
    """Return how the four parts of the score count, by role: recruiting, incubating, GMV, service; each row adds to 1.

    A provider is judged by its own role's duties alone (A19 to A21), and by GMV and service.

    >>> duty_weights(Providers()).round(2).tolist()[0]
    [0.29, 0.0, 0.43, 0.29]
    """
    weights = np.tile(
        [plan.weight_recruit, plan.weight_incubate, plan.weight_gmv, plan.weight_service], (len(ROLES), 1)
    )
    weights[~RECRUITING, 0] = 0.0
    weights[~INCUBATING, 1] = 0.0
    whole = weights.sum(axis=1, keepdims=True)
    # Where nothing of what a role does is weighed, all counts alike.
    return np.where(whole > 0, weights / np.where(whole > 0, whole, 1), 0.25)


def _dearness(assume: Levers) -> np.ndarray:
    """How dear each category is, as a standard score over the categories' orders."""
    prices, weight = np.log(category_prices(assume)), shares(assume, "orders")
    spread = prices - weight @ prices
    return spread / math.sqrt(weight @ spread**2)
