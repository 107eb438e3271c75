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
def orders_per_weight(today, to_shop, inside, rest):
    """Return the orders of a unit of weight in the choice today, by segment x category, out of so many occasions."""
    festival, orders = math.exp(today.festival), np.empty((3, 3))
    for j in range(3):
        for k in range(3):
            orders[j, k] = to_shop[j, k] * festival / (whole_choice(today, rest, k) + festival * inside[j, k])
    return orders


@compiled
def affordable(today, allowed, guess, m, s, rest, rates):
    """Return which part of the occasions can find a coupon, 0 to 1, if the day's coupons may cost so much (yuan).

    The search begins at a ``guess``.
    """
    rows, full, cheap, plain = _with_coupon(today, m, s, rates)
    low, high, below = 0.0, 1.0, -allowed
    above = _bill(today, 1.0, rows, full, cheap, plain, m, s, rest, rates) - allowed
    if above <= 0.0:
        return 1.0
    # Regula falsi; an end that has stayed weighs half (Illinois). The first tries fence the root in.
    middle, stayed = 0.0, 0
    for n in range(100):
        middle = high - above * (high - low) / (above - below)
        if n < 2 and low < (0.99 if n else 1.01) * guess < high:
            middle = (0.99 if n else 1.01) * guess
        missed = _bill(today, middle, rows, full, cheap, plain, m, s, rest, rates) - allowed
        if abs(missed) <= 1e-11 * allowed:
            break
        if missed > 0.0:
            high, above = middle, missed
            below *= 0.5 if stayed == 1 else 1.0
            stayed = 1
        else:
            low, below = middle, missed
            above *= 0.5 if stayed == -1 else 1.0
            stayed = -1
    return middle * (1.0 - 1e-10)


@compiled
def _with_coupon(today, m, s, rates):
    """Return what a day's bill hangs on, whoever finds a coupon.

    The rows that have one; by row and segment how the price moves buyers without it (full) and with it (cheap); and
    what all other rows weigh, by segment x category.
    """
    rows, n = np.empty(today.rows, np.int64), 0
    full, cheap, plain = np.empty((today.rows, 3)), np.empty((today.rows, 3)), np.zeros((3, 3))
    factor, taken, seen, alike = np.ones((3, 3)), np.zeros(3), np.full(3, -1.0), np.zeros(3)
    last = np.full((3, 3), -1.0)  # by category: discount, reference and place of its last coupon
    for i in range(today.rows):
        k, d = m.category[i], today.discount[i]
        if d <= 0.0:
            if s.reference[i] != seen[k]:
                plain[:, k] += alike[k] * factor[k]
                alike[k], seen[k] = 0.0, s.reference[i]
                price_factors(factor[k], taken, 0.0, s.reference[i], 1.0, rates)
            alike[k] += s.weight[i] * s.attention[i]
            continue
        if d == last[k, 0] and s.reference[i] == last[k, 1]:
            full[n], cheap[n] = full[int(last[k, 2])], cheap[int(last[k, 2])]
        else:
            price_factors(full[n], taken, 0.0, s.reference[i], 1.0, rates)
            price_factors(cheap[n], taken, d, s.reference[i], 1.0, rates)
            last[k, 0], last[k, 1], last[k, 2] = d, s.reference[i], n
        rows[n] = i
        n += 1
    for k in range(3):
        plain[:, k] += alike[k] * factor[k]
    return rows[:n], full, cheap, plain


@compiled
def _bill(today, coverage, rows, full, cheap, plain, m, s, rest, rates):
    """Return what a day's coupons would cost the platform, in yuan, before anything happens: kept orders only.

    Where makers run short it is the most that they could cost.
    """
    inside = plain.copy()
    for n in range(rows.size):
        i = rows[n]
        k, weighs = m.category[i], s.weight[i] * s.attention[i]
        for j in range(3):
            inside[j, k] += weighs * (coverage * cheap[n, j] + (1.0 - coverage) * full[n, j])
    of_need, on_impulse = occasions(today.load, s.needs, rest, rates)
    per_weight = orders_per_weight(today, of_need + on_impulse, inside, rest)
    total = 0.0
    for n in range(rows.size):
        i = rows[n]
        k, d = m.category[i], today.discount[i]
        carried, others = 0.0, 1e-300
        for j in range(3):
            carried += per_weight[j, k] * coverage * cheap[n, j]
            others += per_weight[j, k] * (1.0 - coverage) * full[n, j]
        kept = 1.0 - returned_share(m.returns[i], keeping(d * carried / (carried + others), rates))
        total += s.weight[i] * s.attention[i] * carried * kept * m.price[i] * today.funded[i]
    return total


@compiled
def keeping(discount, rates):
    """The odds that an order is kept, as a factor: what is bought for its discount comes back more."""
    return math.exp(-rates.return_impulse * discount) if discount > 0.0 else 1.0


@compiled
def returned_share(usual, kept):
    """The share of orders that come back, where the odds of keeping them are ``kept`` times the usual ones."""
    return usual if kept == 1.0 else usual / (usual + (1.0 - usual) * kept)
