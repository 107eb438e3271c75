"""Choice: what each merchant weighs beside the others, buying nothing and buying elsewhere; what coupons would cost."""

import math
from typing import NamedTuple

import numpy as np

from kit.numerics.compiled import inner


class Prices(NamedTuple):
    """The prices of a day: one element is one price in one category, which all who ask it share.

    ``category``; ``discount``: the share of the list price off, for those who find the coupon; ``reference``: the price
    that buyers expect, as a share of list; ``weighs``: what all who ask it weigh in the choice before their price is
    seen; ``listed`` and ``cheap`` (price, segment): how it moves buyers without the coupon and with it, as factors.
    """

    category: np.ndarray
    discount: np.ndarray
    reference: np.ndarray
    weighs: np.ndarray
    listed: np.ndarray
    cheap: np.ndarray


@inner
def priced(today, m, s, rates):
    """Return the day's prices, and write which of them each merchant asks (``s.price_group``)."""
    many = today.rows
    category, discount, reference = np.empty(many, np.int64), np.empty(many), np.empty(many)
    weighs, listed, cheap = np.empty(many), np.empty((many, 3)), np.empty((many, 3))
    n, last = 0, np.full((3, 2), -1)  # by category, without and with a coupon
    for i in range(many):
        if s.weight[i] <= 0.0:
            continue
        k, d, expected = m.category[i], today.discount[i] if today.discount.size else 0.0, s.reference[i]
        c = 1 if d > 0.0 else 0
        p = last[k, c]
        if p < 0 or d != discount[p] or expected != reference[p]:
            p = last[k, c] = n
            n += 1
            category[p], discount[p], reference[p], weighs[p] = k, d, expected, 0.0
            for j in range(3):
                listed[p, j] = math.exp(-rates.elasticities[j] * (1.0 / expected - 1.0))
                cheap[p, j] = math.exp(-rates.elasticities[j] * ((1.0 - d) / expected - 1.0)) if c else listed[p, j]
        s.price_group[i] = p
        weighs[p] += s.weight[i] * s.attention[i]
    return Prices(category[:n], discount[:n], reference[:n], weighs[:n], listed[:n], cheap[:n])


@inner
def denominators(prices, coverage):
    """Return what everything inside weighs, by segment x category, where the part ``coverage`` finds the coupons."""
    inside = np.zeros((3, 3))
    for p in range(prices.category.size):
        for j in range(3):
            factor = coverage * prices.cheap[p, j] + (1.0 - coverage) * prices.listed[p, j]
            inside[j, prices.category[p]] += prices.weighs[p] * factor
    return inside


@inner
def occasions(load, needs, rest, rates):
    """Return the occasions to shop, by segment x category: out of needs, and in all, with those on impulse."""
    of_need, to_shop, hazard = np.empty((3, 3)), np.empty((3, 3)), 1.0 - math.exp(-rates.served * load)
    for j in range(3):
        for k in range(3):
            of_need[j, k] = hazard * needs[j, k]
            to_shop[j, k] = of_need[j, k] + rates.impulse * rest.occasions[j, k] * load
    return of_need, to_shop


@inner
def whole_choice(today, rest, k):
    """What buying nothing and buying elsewhere weigh in the choice today."""
    return rest.no_purchase[k] * math.exp(today.waiting) + rest.rival[k] * math.exp(today.rival)


@inner
def orders_per_weight(today, to_shop, inside, rest):
    """Return the orders of a unit of weight in the choice today, by segment x category, out of so many occasions."""
    festival, orders = math.exp(today.festival), np.empty((3, 3))
    for k in range(3):
        outside = whole_choice(today, rest, k)
        for j in range(3):
            orders[j, k] = to_shop[j, k] * festival / (outside + festival * inside[j, k])
    return orders


@inner
def orders_at(prices, per_weight, coverage):
    """Return the orders of a unit of attention at each price: all, by segment, and the part that carries the coupon."""
    many = prices.category.size
    level, by_segment, with_coupon = np.zeros(many), np.empty((many, 3)), np.zeros(many)
    for p in range(many):
        k, found = prices.category[p], coverage if prices.discount[p] > 0.0 else 0.0
        carried = 0.0
        for j in range(3):
            cheap = per_weight[j, k] * found * prices.cheap[p, j]
            by_segment[p, j] = cheap + per_weight[j, k] * (1.0 - found) * prices.listed[p, j]
            carried += cheap
            level[p] += by_segment[p, j]
        with_coupon[p] = carried / level[p] if carried > 0.0 else 0.0
    return level, by_segment, with_coupon


@inner
def affordable(today, prices, to_shop, m, s, rest, rates):
    """Return which part of the occasions to shop can find a coupon, 0 to 1, if the day's coupons may cost so much.

    The search begins at ``today.guess``. Where makers run short the coupons are reckoned at the most that they could
    cost.
    """
    bill = _bill(today, m, s)
    allowed, low, high, all_tried = today.allowed, 0.0, 1.0, False
    share, before, missed_before = today.guess, 0.0, -today.allowed  # without coupons nothing is spent
    for _ in range(100):
        missed = _cost(today, share, to_shop, bill, prices, rest, rates) - allowed
        if missed <= 0.0 and share == 1.0:
            return 1.0
        if abs(missed) <= 1e-11 * allowed:
            break
        low, high = (low, share) if missed > 0.0 else (share, high)
        all_tried |= share == 1.0
        # The secant through the last two tries; where it leaves what is left, all occasions or half of the way.
        slope = (missed - missed_before) / (share - before)
        before, missed_before = share, missed
        share -= missed / slope
        if not low < share < high:
            share = 1.0 if share >= 1.0 and not all_tried else 0.5 * (low + high)
    return share * (1.0 - 1e-10)


@inner
def _bill(today, m, s):
    """Of each merchant who has a coupon: its price, the share that comes back, what a unit of orders costs in yuan."""
    of, back, paid, n = np.empty(today.rows, np.int64), np.empty(today.rows), np.empty(today.rows), 0
    for i in range(today.rows):
        if today.funded[i] > 0.0 and s.weight[i] > 0.0:
            of[n], back[n] = s.price_group[i], m.returns[i]
            paid[n] = s.weight[i] * s.attention[i] * m.price[i] * today.funded[i]
            n += 1
    return of[:n], back[:n], paid[:n]


@inner
def _cost(today, coverage, to_shop, bill, prices, rest, rates):
    """Return what a day's coupons would cost the platform, in yuan, before anything happens: kept orders only."""
    per_weight = orders_per_weight(today, to_shop, denominators(prices, coverage), rest)
    level, _, with_coupon = orders_at(prices, per_weight, coverage)
    odds = np.empty(level.size)
    for p in range(level.size):
        odds[p] = keeping(prices.discount[p] * with_coupon[p], rates)
        level[p] *= with_coupon[p]
    of, back, paid = bill
    total = 0.0
    for n in range(of.size):
        total += paid[n] * level[of[n]] * (1.0 - returned_share(back[n], odds[of[n]]))
    return total


@inner
def keeping(discount, rates):
    """The odds that an order is kept, as a factor: what is bought for its discount comes back more."""
    return math.exp(-rates.return_impulse * discount) if discount > 0.0 else 1.0


@inner
def returned_share(usual, kept):
    """The share of orders that come back, where the odds of keeping them are ``kept`` times the usual ones."""
    return usual if kept == 1.0 else usual / (usual + (1.0 - usual) * kept)
