"""Newcomer deals: an article of its own at a token price, one a new buyer, and old buyers who pose as new."""

import math
from functools import cached_property

import numpy as np

from kit.compiled import compiled
from kit.market.population import category_prices, shares
from kit.market.rest import Market
from kit.model.state import Rates, State
from kit.programmes.effects import Effects


class Deals:
    """The deals of a run. What they rest on is read when the first one is offered."""

    def __init__(self, market: Market, rates: Rates, without: frozenset[str]):
        self._market, self._rates = market, rates
        self._assume, self._honest = market.assume, "sybil" in without

    def serve(self, effect: Effects, load: float, state: State) -> tuple[np.ndarray, float]:
        """Serve a day's deals; return them by segment x category, and what the platform pays for them, in yuan.

        The quota is asked for more than once and given out at random: a part goes to old accounts that pose as new. A
        deal uses up the part of a need that so small an article serves. Of the new buyers only those who stay climb
        the ladder. Moves needs and persons of ``state``.
        """
        rates, need, quota = self._rates, self._assume.deal_need, effect.deals * self._quota
        hazard = 1.0 - math.exp(-rates.served * load)
        stay = self._assume.retention if rates.ladder_moves else 0.0
        served = _serve(quota, hazard, need if rates.pool_moves else 0.0, stay, state.needs, state.persons)
        each = np.maximum(need * self._prices - effect.deal_price, 0.0)
        return served, float((served @ each).sum())

    @cached_property
    def _quota(self) -> np.ndarray:
        """The share of the deals that each segment and category can get: new buyers, and old ones who pose as new."""
        sybil = 0.0 if self._honest else self._assume.sybil_share
        return np.outer([1.0 - sybil, sybil, 0.0], shares(self._assume, "orders"))

    @cached_property
    def _prices(self) -> np.ndarray:
        return category_prices(self._assume)


@compiled
def _serve(quota, hazard, need, retention, needs, persons):
    served = np.empty((3, 3))
    for j in range(3):
        for k in range(3):
            served[j, k] = min(quota[j, k], needs[j, k] * hazard)
            needs[j, k] -= need * served[j, k]
    for k in range(3):
        stay = min(retention * served[0, k], persons[0, k])
        persons[0, k] -= stay
        persons[1, k] += stay
    return served
