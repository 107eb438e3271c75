"""Demand and price: the best price of a logit seller, and the pass-through of a subsidy."""

import numpy as np

from kit.numerics.special import lambert_w


def monopoly_price(appeal: float, response: float, cost: float, fee: float = 0.0) -> tuple[float, float]:
    """Return the profit-maximising price in yuan and the share of buyers of a logit seller (O2).

    Utility is ``appeal - response * price`` against 0 for not buying; ``response`` is per yuan,
    ``cost`` in yuan a piece. A fee on sales makes the cost c/(1 - f). Closed form by Lambert's W.

    >>> price, share = monopoly_price(appeal=1, response=0.05, cost=40)
    >>> round(price, 7), round(share, 4)
    (62.4005648, 0.1072)
    """
    if response <= 0 or not 0 <= fee < 1:
        raise ValueError(f"response {response} must be positive and fee {fee} a share below 1")
    cost = cost / (1 - fee)
    w = float(lambert_w(np.exp(appeal - response * cost - 1)))
    return cost + (1 + w) / response, w / (1 + w)


def appeal_of_share(share: float, response: float, cost: float) -> float:
    """Return the appeal at which a seller of unit cost ``cost`` gets ``share`` of the buyers at its best price.

    The inverse of monopoly_price: W = share/(1 - share), appeal = ln W + W + 1 + response * cost.

    >>> round(appeal_of_share(0.1071654, response=0.05, cost=40), 4)
    1.0
    """
    if not 0 < share < 1:
        raise ValueError(f"share {share} must lie between 0 and 1")
    w = share / (1 - share)
    return float(np.log(w) + w + 1 + response * cost)


def logit_pass_through(share: float) -> float:
    """Return the part of a unit subsidy that a logit seller passes on to buyers: 1 - share (O3).

    The larger the seller in its own market, the more it keeps.

    >>> logit_pass_through(0.02), logit_pass_through(0.4)
    (0.98, 0.6)
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share {share} is outside 0 to 1")
    return 1 - share
