"""Entry: who begins to sell today, and what programmes grant to merchants."""

import math

from kit.numerics.compiled import inner
from kit.parameters.categories import ShopKind
from kit.simulator.kernel_schedule import TOTALS, Field


@inner
def admit(day, first, last, m, s, plan):
    """Let today's cohort, rows from ``first`` to ``last``, begin to sell; return how many merchants it has.

    Some enter by themselves or in response to a plan; streamers with viewers and no goods are sent by programmes.
    These have rows of their own, with a weight of zero until then.
    """
    sent = plan.matched[day] + plan.equipped[day]
    for i in range(first, last):
        s.weight[i] *= plan.growth[day]
        if m.kind[i] == ShopKind.ALLIANCE and sent > 0.0:
            s.weight[i] += sent * plan.category_shares[m.category[i]]
            s.equipped[i] = plan.equipped[day] / sent
    for p in range(plan.brands.shape[0]):
        if plan.brands[p, day] > 0.0:
            _add_brands(plan.brands[p, day], plan.brand_appeal[p, day], first, last, m, s, plan)
    entered = 0.0
    for i in range(first, last):
        entered += s.weight[i]
    return entered


@inner
def _add_brands(brands, appeal, first, last, m, s, plan):
    """Add brands to the rows of today's new shops, whose appeal rises by the brands' share of the row."""
    for k in range(3):
        rows = 0
        for i in range(first, last):
            rows += m.category[i] == k and m.kind[i] != ShopKind.ALLIANCE and s.weight[i] > 0.0
        for i in range(first, last):
            if m.category[i] == k and m.kind[i] != ShopKind.ALLIANCE and s.weight[i] > 0.0:
                more = brands * plan.category_shares[k] / rows
                s.weight[i] += more
                s.lift[i] *= 1.0 + more / s.weight[i] * math.expm1(appeal)


@inner
def grant(day, first, rows, s, rates, plan):
    """Give merchants what programmes grant today: credit, a reduced fee, advice, registration as a new shop.

    Those who enter today are the rows from ``first`` on.
    """
    for n in range(plan.field.size):
        if plan.field[n] < TOTALS or plan.weight[n, day] == 0.0:
            continue
        for i in range(first if plan.entry[n] else 0, rows):
            v = plan.vector[n]
            amount = plan.weight[n, day] * (plan.vectors[v, i] if v >= 0 else 1.0)
            if amount <= 0.0:
                continue
            if plan.field[n] == Field.CREDIT:
                _add_credit(i, amount, s, plan)
            elif plan.field[n] == Field.REDUCED_FEE:
                s.in_plan[i] = True
            elif plan.field[n] == Field.COACHING:
                s.lift[i] *= 1.0 + amount
            else:
                _reregister(i, amount, plan.reregistered_credit[plan.programme[n], day], s, rates, plan)


@inner
def _reregister(i, share, credit, s, rates, plan):
    """Part of a row's shops register again as new ones; fans, merit and buyers' trust stay behind."""
    if rates.fans_move:
        s.fans[i] *= 1.0 - share
    if rates.merit_moves:
        s.merit[i] *= 1.0 - share
    if rates.trust_moves:
        s.trust[i] = 0.5 + (1.0 - share) * (s.trust[i] - 0.5)
    s.sold[i] = 0.0
    s.reregistered[i] = share
    _add_credit(i, share * credit, s, plan)


@inner
def _add_credit(i, amount, s, plan):
    if amount > 0.0:
        s.credit[i] += amount
        s.credit_a_day[i] = max(s.credit_a_day[i], amount / plan.credit_days)
