"""Demand: a logit choice among merchants, buying nothing and buying elsewhere; how many buyers the coupons reach."""

import math
from typing import NamedTuple

import numpy as np

from kit.numerics.compiled import inner


class Prices(NamedTuple):
    """The distinct prices of a day: one element is one price in one category, asked by one or many merchants.

    ``discount``: share of the list price off, for buyers who find the coupon; ``reference``: the price that buyers
    expect, as a share of list; ``weight``: of all its merchants in the choice, before buyers see their price;
    ``at_list`` and ``at_discount`` (price, segment): the effect of the price on buyers without and with a coupon, as a
    factor.
    """

    category: np.ndarray
    discount: np.ndarray
    reference: np.ndarray
    weight: np.ndarray
    at_list: np.ndarray
    at_discount: np.ndarray


@inner
def group_prices(today, m, s, scratch, rates):
    """Return the day's prices, and write each merchant's position among them (``scratch.price_group``)."""
    many = today.rows
    category, discount, reference = np.empty(many, np.int64), np.empty(many), np.empty(many)
    weight, at_list, at_discount = np.empty(many), np.empty((many, 3)), np.empty((many, 3))
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
            category[p], discount[p], reference[p], weight[p] = k, d, expected, 0.0
            for j in range(3):
                e = rates.elasticities[j]
                at_list[p, j] = math.exp(-e * (1.0 / expected - 1.0))
                at_discount[p, j] = math.exp(-e * ((1.0 - d) / expected - 1.0)) if c else at_list[p, j]
        scratch.price_group[i] = p
        weight[p] += s.weight[i] * scratch.attention[i]
    return Prices(category[:n], discount[:n], reference[:n], weight[:n], at_list[:n], at_discount[:n])


@inner
def inside_weights(prices, coverage):
    """Return the weight of all merchants in the choice (segment x category), if a share ``coverage`` finds coupons."""
    inside = np.zeros((3, 3))
    for p in range(prices.category.size):
        for j in range(3):
            factor = coverage * prices.at_discount[p, j] + (1.0 - coverage) * prices.at_list[p, j]
            inside[j, prices.category[p]] += prices.weight[p] * factor
    return inside


@inner
def occasions(load, needs, steady, rates):
    """Return the occasions to shop (segment x category): those out of needs, and all, with those on impulse."""
    of_need, to_shop, hazard = np.empty((3, 3)), np.empty((3, 3)), 1.0 - math.exp(-rates.served * load)
    for j in range(3):
        for k in range(3):
            of_need[j, k] = hazard * needs[j, k]
            to_shop[j, k] = of_need[j, k] + rates.impulse * steady.occasions[j, k] * load
    return of_need, to_shop


@inner
def outside_weights(today, steady, k):
    """Return the weight of buying nothing and of buying elsewhere in today's choice."""
    return steady.no_purchase[k] * math.exp(today.waiting) + steady.rival[k] * math.exp(today.rival)


@inner
def orders_per_weight(today, to_shop, inside, steady):
    """Return today's orders for a unit of weight in the choice, by segment x category."""
    festival, orders = math.exp(today.festival), np.empty((3, 3))
    for k in range(3):
        outside = outside_weights(today, steady, k)
        for j in range(3):
            orders[j, k] = to_shop[j, k] * festival / (outside + festival * inside[j, k])
    return orders


@inner
def orders_at(prices, per_weight, coverage):
    """Return the orders for a unit of attention at each price: all, by segment, and the share with a coupon."""
    many = prices.category.size
    level, by_segment, with_coupon = np.zeros(many), np.empty((many, 3)), np.zeros(many)
    for p in range(many):
        k, found = prices.category[p], coverage if prices.discount[p] > 0.0 else 0.0
        carried = 0.0
        for j in range(3):
            cheap = per_weight[j, k] * found * prices.at_discount[p, j]
            by_segment[p, j] = cheap + per_weight[j, k] * (1.0 - found) * prices.at_list[p, j]
            carried += cheap
            level[p] += by_segment[p, j]
        with_coupon[p] = carried / level[p] if carried > 0.0 else 0.0
    return level, by_segment, with_coupon


@inner
def affordable_coverage(today, prices, to_shop, m, s, scratch, steady, rates):
    """Return the share of occasions that find a coupon, 0 to 1, at which the day's coupons cost ``today.coupon_limit``.

    The search begins at ``today.coverage_guess``. Shortages at belts are left out: coupons count at their highest cost.
    """
    bill = _coupon_bill(today, m, s, scratch)
    limit, low, high, all_tried = today.coupon_limit, 0.0, 1.0, False
    share, before, missed_before = today.coverage_guess, 0.0, -limit  # without coupons nothing is spent
    for _ in range(100):
        missed = _coupon_cost(today, share, to_shop, bill, prices, steady, rates) - limit
        if missed <= 0.0 and share == 1.0:
            return 1.0
        if abs(missed) <= 1e-11 * limit:
            break
        low, high = (low, share) if missed > 0.0 else (share, high)
        all_tried |= share == 1.0
        # Secant through the last two tries; outside the bracket, full coverage once, then bisection.
        slope = (missed - missed_before) / (share - before)
        before, missed_before = share, missed
        share -= missed / slope
        if not low < share < high:
            share = 1.0 if share >= 1.0 and not all_tried else 0.5 * (low + high)
    return share * (1.0 - 1e-10)


@inner
def _coupon_bill(today, m, s, scratch):
    """Return by merchant with a coupon: price group, return rate, and coupon cost for a unit of orders (yuan)."""
    of, back, paid, n = np.empty(today.rows, np.int64), np.empty(today.rows), np.empty(today.rows), 0
    for i in range(today.rows):
        if today.funded[i] > 0.0 and s.weight[i] > 0.0:
            of[n], back[n] = scratch.price_group[i], m.returns[i]
            paid[n] = s.weight[i] * scratch.attention[i] * m.price[i] * today.funded[i]
            n += 1
    return of[:n], back[:n], paid[:n]


@inner
def _coupon_cost(today, coverage, to_shop, bill, prices, steady, rates):
    """Return the expected cost of a day's coupons to the platform, in yuan: orders that are kept only."""
    per_weight = orders_per_weight(today, to_shop, inside_weights(prices, coverage), steady)
    level, _, with_coupon = orders_at(prices, per_weight, coverage)
    odds = np.empty(level.size)
    for p in range(level.size):
        odds[p] = keep_odds(prices.discount[p] * with_coupon[p], rates)
        level[p] *= with_coupon[p]
    of, back, paid = bill
    total = 0.0
    for n in range(of.size):
        total += paid[n] * level[of[n]] * (1.0 - returned_share(back[n], odds[of[n]]))
    return total


@inner
def keep_odds(discount, rates):
    """Return a factor on the odds of keeping an order: purchases for the discount come back more often."""
    return math.exp(-rates.return_impulse * discount) if discount > 0.0 else 1.0


@inner
def returned_share(usual, kept):
    """Return the share of orders that come back, if the odds of keeping them are ``kept`` times the usual ones."""
    return usual if kept == 1.0 else usual / (usual + (1.0 - usual) * kept)
