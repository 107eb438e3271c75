"""Newcomer deals: one small article a new buyer at a token price, and old buyers who pose as new."""

import math

from kit.numerics.compiled import inner
from kit.simulator.recorded import Flow


@inner
def serve_deals(day, load, s, rates, plan, flows):
    """Serve a day's deals of all programmes; return their cost to the platform in yuan.

    Demand exceeds the quota, which is given out at random: part of it goes to old accounts that pose as new. A deal
    uses up part of a need. Of the new buyers those who stay climb the ladder. Moves needs and persons.
    """
    paid, hazard = 0.0, 1.0 - math.exp(-rates.served * load)
    for p in range(plan.deals.shape[0]):
        if plan.deals[p, day] <= 0.0:
            continue
        for k in range(3):
            each = max(plan.deal_need * plan.deal_cost[k] - plan.deal_price[p, day], 0.0)
            first = 0.0
            for j in range(3):
                served = min(plan.deals[p, day] * plan.quota[j, k], s.needs[j, k] * hazard)
                paid += served * each
                if rates.pool_moves:
                    s.needs[j, k] -= plan.deal_need * served
                flows[Flow.DEALS, j, k] += served
                if j == 0:
                    first = served
            stay = min(plan.retention * first, s.persons[0, k])
            s.persons[0, k] -= stay
            s.persons[1, k] += stay
    return paid
