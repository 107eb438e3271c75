"""Coupon budgets: daily limits, how programmes share the cost, when a budget runs out."""

import math

from kit.numerics.compiled import inner

_SAME = 1.0 + 1e-9
_NOTHING_LEFT = 1e-9  # of a budget


@inner
def share_cost(day, s, plan, cost_share):
    """Write each programme's share of today's coupons; return the most that all of them may cost (yuan, or infinite).

    Shares are by mean discount on steady-state sales. Buyers find the coupons of all programmes together, so that the
    tightest budget binds.
    """
    total, least = 0.0, math.inf
    for p in range(cost_share.size):
        cost_share[p] = plan.coupon_weight[p, day] if has_left(p, s, plan) else 0.0
        total += cost_share[p]
    for p in range(cost_share.size):
        if total > 0.0:
            cost_share[p] /= total
        least = min(least, _limit(p, day, s, plan, cost_share))
    return least


@inner
def book(day, coverage, subsidy, limit, s, plan, cost_share):
    """Charge a day's subsidy to the programmes that pay it; record which budgets were binding."""
    if limit < math.inf:
        s.coverage[0] = coverage
    for p in range(cost_share.size):
        if coverage < 1.0 and s.spent_out[p] < 0 and _limit(p, day, s, plan, cost_share) <= limit * _SAME:
            s.spent_out[p] = day
    for p in range(cost_share.size):
        s.spent[p] += subsidy * cost_share[p]


@inner
def _limit(p, day, s, plan, cost_share):
    """The most that all coupons together may cost by a programme's budget."""
    budget = min(plan.budget[p, day], plan.total_budget[p] - s.spent[p])
    return budget / cost_share[p] if cost_share[p] > 0.0 and budget < math.inf else math.inf


@inner
def has_left(p, s, plan):
    """Return whether a programme's budget is not spent."""
    budget = plan.total_budget[p]
    return not (budget < math.inf and budget - s.spent[p] <= _NOTHING_LEFT * budget)
