"""Supply: industrial belts have a capacity, and learn by doing, after a lag."""

import math

import numpy as np

from kit.numerics.compiled import compiled, inner


@inner
def supply(today, level, m, s, scratch):
    """Return the most that one merchant can get from the belts today, by category, and update what belts have learned.

    ``level``: orders for a unit of attention at each price. Capacity is ``today.capacity`` times the steady-state sales
    of belts' goods. When demand exceeds it, each merchant gets its demand up to a common maximum (the uniform rule).
    Belts learn from sales above the usual, in doublings.
    """
    usual, total, made, most = np.zeros(3), np.zeros(3), np.empty(3), np.empty(3)
    asked = scratch.returned  # orders of belts' goods that a merchant could sell; written again by ``trade``
    for i in range(today.rows):
        k = m.category[i]
        asked[i] = 0.0
        if s.weight[i] > 0.0:
            asked[i] = today.belt_share[i] * level[scratch.price_group[i]] * scratch.attention[i]
        total[k] += s.weight[i] * asked[i]
        if m.entered[i] < 0:
            usual[k] += m.weight[i] * m.size[i] * today.belt_share[i]
    scarce = False
    for k in range(3):
        most[k], made[k] = math.inf, today.capacity * usual[k] if today.capacity < math.inf else math.inf
        scarce = scarce or total[k] > made[k]
    if scarce:
        share_out(today.rows, m.category, s.weight, asked, total, made, most)
    for k in range(3):
        above = math.log2(max(min(total[k], made[k]) / usual[k], 1.0)) if usual[k] > 0.0 else 0.0
        s.learned[k] += today.learning * (above - s.learned[k])
    return most


@compiled
def share_out(rows, category, weight, asked, total, supply, most):
    """Write the most that one merchant gets, in the categories where demand exceeds supply.

    Starts from equal parts and divides again what small merchants leave: the uniform rule without sorting.
    """
    short, left, others = np.empty(3, np.bool_), np.empty(3), np.empty(3)
    for k in range(3):
        short[k] = total[k] > supply[k]
        if short[k]:
            most[k] = 0.0
    for _ in range(rows):
        for k in range(3):
            left[k], others[k] = supply[k], 0.0
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
