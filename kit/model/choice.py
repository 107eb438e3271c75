"""Choice: what each merchant weighs beside the others, buying nothing and buying elsewhere; what coupons would cost."""

import math

import numpy as np

from kit.compiled import compiled


@compiled
def price_factors(factor, taken, discount, reference, coverage, rates):
    """How a price moves each segment against the one it expects, and which part of its orders carry the coupon.

    Where the money does not suffice, only a part of the occasions (``coverage``) find the coupon.
    """
    for j in range(3):
        listed = math.exp(-rates.elasticities[j] * (1.0 / reference - 1.0))
        factor[j], taken[j] = listed, 0.0
        if discount > 0.0:
            cheaper = coverage * math.exp(-rates.elasticities[j] * ((1.0 - discount) / reference - 1.0))
            factor[j] = cheaper + (1.0 - coverage) * listed
            taken[j] = cheaper / factor[j]


@compiled
def denominators(today, coverage, m, s, rates):
    """Return what everything inside weighs, by segment x category, from attention as it stands."""
    inside = np.zeros((3, 3))
    # Merchants alike in category and price share their factors: kept by category, without and with a coupon.
    factor, taken = np.ones((3, 2, 3)), np.zeros((3, 2, 3))
    seen, alike = np.full((3, 2, 2), -1.0), np.zeros((3, 2))
    for i in range(today.rows):
        k, d = m.category[i], today.discount[i] if today.discount.size else 0.0
        c = 1 if d > 0.0 else 0
        if d != seen[k, c, 0] or s.reference[i] != seen[k, c, 1]:
            inside[:, k] += alike[k, c] * factor[k, c]
            alike[k, c], seen[k, c, 0], seen[k, c, 1] = 0.0, d, s.reference[i]
            price_factors(factor[k, c], taken[k, c], d, s.reference[i], coverage, rates)
        alike[k, c] += s.weight[i] * s.attention[i]
    for k in range(3):
        for c in range(2):
            inside[:, k] += alike[k, c] * factor[k, c]
    return inside


@compiled
def occasions(load, needs, rest, rates):
    """Return the occasions to shop, by segment x category: out of needs, and on impulse."""
    of_need = needs * (1.0 - math.exp(-rates.served * load))
    return of_need, rates.impulse * rest.occasions * load


@compiled
def whole_choice(today, rest, k):
    """What buying nothing and buying elsewhere weigh in the choice today."""
    return rest.none[k] * math.exp(today.waiting) + rest.rival[k] * math.exp(today.rival)


@compiled
def affordable(today, allowed, guess, m, s, rest, rates):
    """Return which part of the occasions can find a coupon, 0 to 1, if the day's coupons may cost so much (yuan).

    The search begins at a ``guess``.
    """
    low, high, below = 0.0, 1.0, -allowed
    above = bill(today, 1.0, m, s, rest, rates) - allowed
    if above <= 0.0:
        return 1.0
    # Regula falsi; an end that has stayed weighs half (Illinois). The first tries fence the root in.
    middle, stayed = 0.0, 0
    for n in range(100):
        middle = high - above * (high - low) / (above - below)
        if n < 2 and low < (0.99 if n else 1.01) * guess < high:
            middle = (0.99 if n else 1.01) * guess
        missed = bill(today, middle, m, s, rest, rates) - allowed
        if abs(missed) <= 1e-12 * allowed:
            break
        if missed > 0.0:
            high, above = middle, missed
            below *= 0.5 if stayed == 1 else 1.0
            stayed = 1
        else:
            low, below = middle, missed
            above *= 0.5 if stayed == -1 else 1.0
            stayed = -1
    return middle * (1.0 - 1e-11)


@compiled
def bill(today, coverage, m, s, rest, rates):
    """Return what a day's coupons would cost the platform, in yuan, before anything happens: kept orders only.

    Where makers run short it is the most that they could cost.
    """
    inside = denominators(today, coverage, m, s, rates)
    of_need, on_impulse = occasions(today.load, s.needs, rest, rates)
    per_weight = (of_need + on_impulse) * math.exp(today.festival)
    for k in range(3):
        per_weight[:, k] /= whole_choice(today, rest, k) + math.exp(today.festival) * inside[:, k]
    factor, taken, total = np.ones(3), np.zeros(3), 0.0
    # By category: discount and reference of its last coupon; orders that carry it, and odds of keeping them.
    seen, carrying, odds = np.full((3, 2), -1.0), np.zeros(3), np.ones(3)
    for i in range(today.rows):
        k, d = m.category[i], today.discount[i]
        if d <= 0.0:
            continue
        if d != seen[k, 0] or s.reference[i] != seen[k, 1]:
            seen[k, 0], seen[k, 1] = d, s.reference[i]
            price_factors(factor, taken, d, s.reference[i], coverage, rates)
            orders = per_weight[:, k] * factor
            carrying[k] = (orders * taken).sum()
            odds[k] = keeping(d * carrying[k] / (orders.sum() + 1e-300), rates)
        kept = 1.0 - returned_share(m.returns[i], odds[k])
        total += s.weight[i] * s.attention[i] * carrying[k] * kept * m.price[i] * today.funded[i]
    return total


@compiled
def keeping(discount, rates):
    """The odds that an order is kept, as a factor: what is bought for its discount comes back more."""
    return math.exp(-rates.return_impulse * discount) if discount > 0.0 else 1.0


@compiled
def returned_share(usual, kept):
    """The share of orders that come back, where the odds of keeping them are ``kept`` times the usual ones."""
    return usual if kept == 1.0 else usual / (usual + (1.0 - usual) * kept)
