"""Supply: industrial belts as makers. What they make is bounded; what is asked of them teaches them, after a lag."""

import math

import numpy as np

from kit.numerics.compiled import compiled, inner


@inner
def supply(today, level, m, s):
    """Return the most that one merchant can get from the belts today, by category, and move what belts have learned.

    ``level``: the orders of a unit of attention at each price. Belts make at most ``today.making`` times what these
    merchants sell of their goods at rest. Where more is asked, everybody gets what it asks for up to the same most
    (the uniform rule). What belts sell above the usual, they learn from: in doublings, late by the lag.
    """
    usual, total, most = np.zeros(3), np.zeros(3), np.full(3, math.inf)
    for i in range(today.rows):
        k = m.category[i]
        total[k] += s.weight[i] * asked_by(i, today, level, s)
        if m.entered[i] < 0:
            usual[k] += m.weight[i] * m.size[i] * today.made[i]
    made = today.making * usual if today.making < math.inf else most
    if (total > made).any():
        asked = np.empty(today.rows)
        for i in range(today.rows):
            asked[i] = asked_by(i, today, level, s)
        share_out(today.rows, m.category, s.weight, asked, total, made, most)
    for k in range(3):
        above = math.log2(max(min(total[k], made[k]) / usual[k], 1.0)) if usual[k] > 0.0 else 0.0
        s.learned[k] += today.learning * (above - s.learned[k])
    return most


@inner
def asked_by(i, today, level, s):
    """Return the orders that a merchant asks of the belts today."""
    return today.made[i] * level[s.price_group[i]] * s.attention[i] if s.weight[i] > 0.0 else 0.0


@compiled
def share_out(rows, category, weight, asked, total, supply, most):
    """Write the most that one merchant gets, in the categories in which more is asked than there is.

    Begins with equal parts and divides again what the small leave: the uniform rule without sorting.
    """
    short = total > supply
    most[short] = 0.0
    for _ in range(rows):
        left, others = supply.copy(), np.zeros(3)
        for i in range(rows):
            k = category[i]
            if not short[k]:
                continue
            if asked[i] <= most[k]:
                left[k] -= weight[i] * asked[i]
            else:
                others[k] += weight[i]
        moved = False
        for k in range(3):
            if short[k] and others[k] > 0.0 and left[k] / others[k] > most[k] * (1.0 + 1e-14):
                most[k] = left[k] / others[k]
                moved = True
        if not moved:
            break
