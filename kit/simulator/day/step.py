"""One day in one compiled step: attention, prices, money, supply, trade.

It is one call, as a call from Python costs as much as the day of a small market.
"""

import math
from typing import NamedTuple

import numpy as np

from kit.numerics.compiled import compiled, inner
from kit.simulator.day.attention import attract
from kit.simulator.day.demand import Prices, affordable, denominators, occasions, orders_at, orders_per_weight, priced
from kit.simulator.day.supply import supply
from kit.simulator.day.trade import trade


class Terms(NamedTuple):
    """What buyers find on a day, once everybody's attention and price are known.

    ``coverage``: the part of the occasions that find the coupons; ``level``, ``by_segment`` and ``with_coupon``: orders
    of a unit of attention at each price (``orders_at``); ``inside``: what everything inside weighs; ``of_need`` and
    ``to_shop``: occasions out of needs, and all (segment x category); ``displaced``: the part of its exposure that cash
    buys less of; ``most``: orders of belts' goods that one merchant can get (both by category).
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


@compiled
def step(today, seed, sampled, m, start, s, rest, rates, groups, flows):
    """Live through a day once it is known what programmes do, and add it to ``groups`` and ``flows``.

    Returns the part of the occasions that found a coupon, and what coupons cost the platform, in yuan.
    """
    credits = attract(today, seed, m, start, s, rest, rates)
    prices = priced(today, m, s, rates)
    of_need, to_shop = occasions(today.load, s.needs, rest, rates)
    coverage = affordable(today, prices, to_shop, m, s, rest, rates) if today.allowed < math.inf else 1.0
    inside = denominators(prices, coverage)
    per_weight = orders_per_weight(today, to_shop, inside, rest)
    level, by_segment, with_coupon = orders_at(prices, per_weight, coverage)
    most = supply(today, level, m, s) if today.made.size else np.full(3, math.inf)
    displaced = _displaced(credits, rest, rates)
    terms = Terms(prices, coverage, level, by_segment, with_coupon, inside, of_need, to_shop, displaced, most)
    return coverage, trade(today, seed, sampled, m, start, s, rest, rates, terms, groups, flows)


@inner
def _displaced(credits, rest, rates):
    """The part of its exposure that cash buys less of in each category, because credits bid too (O17)."""
    lost = np.zeros(3)
    for k in range(3):
        if credits[k] > 0.0 and rest.cash[k] > 0.0:
            lost[k] = 1.0 - (rest.cash[k] / (rest.cash[k] + credits[k])) ** rates.fixity
    return lost
