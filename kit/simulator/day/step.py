"""One day once the programmes' effects are known: attention, prices, coupons, supply, trade."""

import math
from typing import NamedTuple

import numpy as np

from kit.numerics.compiled import inner
from kit.simulator.day.attention import attract
from kit.simulator.day.demand import (
    Prices,
    affordable_coverage,
    group_prices,
    inside_weights,
    occasions,
    orders_at,
    orders_per_weight,
)
from kit.simulator.day.supply import supply
from kit.simulator.day.trade import trade


class Terms(NamedTuple):
    """What buyers find on a day, once every merchant's attention and price are known.

    ``coverage``: share of occasions that find the coupons; ``level``, ``by_segment`` and ``with_coupon``: orders for a
    unit of attention at each price (``orders_at``); ``inside``: weight of all merchants in the choice; ``of_need`` and
    ``to_shop``: occasions out of needs, and all (segment x category); ``displaced``: share of its exposure that cash
    loses to credits; ``most``: orders of belts' goods that one merchant can get (both by category).
    """

    prices: Prices
    coverage: float
    level: np.ndarray
    by_segment: np.ndarray
    with_coupon: np.ndarray
    inside: np.ndarray
    of_need: np.ndarray
    to_shop: np.ndarray
    displaced: np.ndarray
    most: np.ndarray


@inner
def step(today, seed, sampled, m, start, s, scratch, steady, rates, groups, flows):
    """Simulate a day, once the programmes' effects are known, and add it to ``groups`` and ``flows``.

    Returns the share of occasions that found a coupon, and the platform's cost of coupons in yuan.
    """
    credits = attract(today, seed, m, start, s, scratch, steady, rates)
    prices = group_prices(today, m, s, scratch, rates)
    of_need, to_shop = occasions(today.load, s.needs, steady, rates)
    coverage = 1.0
    if today.coupon_limit < math.inf:
        coverage = affordable_coverage(today, prices, to_shop, m, s, scratch, steady, rates)
    inside = inside_weights(prices, coverage)
    per_weight = orders_per_weight(today, to_shop, inside, steady)
    level, by_segment, with_coupon = orders_at(prices, per_weight, coverage)
    most = supply(today, level, m, s, scratch) if today.belt_share.size else np.zeros(3)
    displaced = _displaced(credits, steady, rates)
    terms = Terms(prices, coverage, level, by_segment, with_coupon, inside, of_need, to_shop, displaced, most)
    return coverage, trade(today, seed, sampled, m, start, s, scratch, steady, rates, terms, groups, flows)


@inner
def _displaced(credits, steady, rates):
    """Return the share of its exposure that cash loses in each category because credits bid too (O17)."""
    lost = np.zeros(3)
    for k in range(3):
        if credits[k] > 0.0 and steady.cash[k] > 0.0:
            lost[k] = 1.0 - (steady.cash[k] / (steady.cash[k] + credits[k])) ** rates.fixity
    return lost
