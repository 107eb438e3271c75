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
def denominators(today, m, s, rates):
    """Return what everything inside weighs, by segment x category, from attention as it stands."""
    inside = np.zeros((3, 3))
    factor, taken = np.ones(3), np.zeros(3)
    last_k, last_d, last_reference, alike = 0, 0.0, 1.0, 0.0
    for i in range(today.rows):
        k, d = m.category[i], today.discount[i] if today.discount.size else 0.0
        if k != last_k or d != last_d or s.reference[i] != last_reference:
            inside[:, last_k] += alike * factor
            last_k, last_d, last_reference, alike = k, d, s.reference[i], 0.0
            price_factors(factor, taken, d, last_reference, today.coverage, rates)
        alike += s.weight[i] * s.attention[i]
    inside[:, last_k] += alike * factor
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
def bill(today, m, s, rest, rates, inside):
    """Return what a day's coupons would cost the platform, in yuan, before anything happens: kept orders only.

    Where makers run short it is the most that they could cost.
    """
    of_need, on_impulse = occasions(today.load, s.needs, rest, rates)
    festival, total = math.exp(today.festival), 0.0
    factor, taken = np.ones(3), np.zeros(3)
    for i in range(today.rows):
        k, d = m.category[i], today.discount[i]
        if d <= 0.0:
            continue
        price_factors(factor, taken, d, s.reference[i], today.coverage, rates)
        mean, with_coupon = 1e-300, 0.0
        for j in range(3):
            whole = whole_choice(today, rest, k) + festival * inside[j, k]
            orders = (of_need[j, k] + on_impulse[j, k]) * festival / whole * s.attention[i] * factor[j]
            mean += orders
            with_coupon += orders * taken[j]
        kept = with_coupon * (1.0 - returned_share(m.returns[i], d * with_coupon / mean, rates))
        total += s.weight[i] * kept * m.price[i] * today.funded[i]
    return total


@compiled
def returned_share(usual, discount, rates):
    """The share of orders that come back: what is bought for its discount comes back more often."""
    if discount <= 0.0 or rates.return_impulse == 0.0:
        return usual
    return usual / (usual + (1.0 - usual) * math.exp(-rates.return_impulse * discount))
