"""Newcomer deals: an article of its own at a token price, one a new buyer, and old buyers who pose as new."""

import numpy as np

from kit.market.population import category_prices, shares
from kit.market.rest import Market
from kit.model.state import Rates, State
from kit.programmes.effects import Effects


def serve_deals(
    market: Market, state: State, rates: Rates, load: float, effect: Effects, sybil: float
) -> tuple[np.ndarray, float]:
    """Serve the day's deals, and return the deals by segment x category and what the platform pays for them, in yuan.

    The quota is asked for more than once and given out at random: the part ``sybil`` goes to old accounts that
    pose as new. A deal uses up the part of a need that so small an article serves. Of the new buyers only those
    who stay climb the ladder. Moves needs and persons of ``state``.
    """
    assume = market.assume
    quota = effect.deals * shares(assume, "orders")
    asking = state.needs * (1.0 - np.exp(-rates.served * load))
    served = np.zeros((3, 3))
    served[0] = np.minimum((1.0 - sybil) * quota, asking[0])
    served[1] = np.minimum(sybil * quota, asking[1])
    used = assume.deal_need * served
    if rates.pool_moves:
        state.needs[:] -= used
    if rates.ladder_moves:
        stay = np.minimum(assume.retention * served[0], state.persons[0])
        state.persons[0] -= stay
        state.persons[1] += stay
    each = np.maximum(assume.deal_need * category_prices(assume) - effect.deal_price, 0.0)
    return served, float((served * each).sum())
