"""Newcomer deals: one small article a new buyer at a token price, and old buyers who pose as new."""

import math
from functools import cached_property

import numpy as np

from kit.numerics.compiled import compiled
from kit.policies.effects import Effects
from kit.simulator.population import category_prices, shares
from kit.simulator.state import Rates, State
from kit.simulator.steady_state import Market


class NewcomerDeals:
    """The deals of a run. Their assumptions are read when the first one is offered."""

    def __init__(self, market: Market, rates: Rates, disabled: frozenset[str]):
        self._assume, self._rates, self._honest = market.assume, rates, "sybil" in disabled

    def serve(self, effect: Effects, load: float, state: State) -> tuple[np.ndarray, float]:
        """Serve a day's deals; return them by segment x category, and their cost to the platform in yuan.

        Demand exceeds the quota, which is given out at random: part of it goes to old accounts that pose as new. A
        deal uses up part of a need. Of the new buyers those who stay climb the ladder. Moves needs and persons of
        ``state``.
        """
        rates, hazard = self._rates, 1.0 - math.exp(-self._rates.served * load)
        need, stay = self._assume.deal_need, self._assume.retention if rates.ladder_moves else 0.0
        offer = effect.deals, effect.deal_price, need, stay, rates.pool_moves
        return _serve(offer, hazard, self._quota, self._prices, state.needs, state.persons)

    @cached_property
    def _quota(self) -> np.ndarray:
        """Share of the deals by segment x category: new buyers, and old ones who pose as new."""
        sybil = 0.0 if self._honest else self._assume.sybil_share
        return np.outer([1.0 - sybil, sybil, 0.0], shares(self._assume, "orders"))

    @cached_property
    def _prices(self) -> np.ndarray:
        return category_prices(self._assume)


@compiled
def _serve(offer, hazard, quota, prices, needs, persons):
    deals, price, need, retention, pool_moves = offer
    served, paid = np.empty((3, 3)), 0.0
    for k in range(3):
        each = max(need * prices[k] - price, 0.0)
        for j in range(3):
            served[j, k] = min(deals * quota[j, k], needs[j, k] * hazard)
            paid += served[j, k] * each
            if pool_moves:
                needs[j, k] -= need * served[j, k]
        stay = min(retention * served[0, k], persons[0, k])
        persons[0, k] -= stay
        persons[1, k] += stay
    return served, paid
