"""The effects of all programmes on one day, added up by merchant."""

import numpy as np

from kit.numerics.compiled import inner
from kit.numerics.elementary import exp
from kit.parameters.categories import ShopKind
from kit.simulator.day.budgets import has_left
from kit.simulator.kernel_schedule import TOTALS, Field

_MAX_DISCOUNT = 0.99  # of a list price


@inner
def weigh(day, s, plan, factors, some, changed):
    """Write the factor of each term today to ``factors``, and which totals there are and have changed by field.

    A programme whose budget is spent has no effects.
    """
    for field in range(TOTALS):
        some[field] = False
    for n in range(plan.field.size):
        p, field = plan.programme[n], plan.field[n]
        weight = plan.weight[n, day] if has_left(p, s, plan) else 0.0
        if field < TOTALS:
            some[field] |= weight != 0.0
            changed[field] |= weight != factors[n]
            changed[field] |= day > 0 and plan.platform_part[p, day] != plan.platform_part[p, day - 1]
        factors[n] = weight
    # A price cut ends with each merchant's cap, and belts' reach grows: both are added up every day.
    cut, reach = plan.pass_through[day], plan.belt_reach[day]
    some[Field.DISCOUNT] |= cut > 0.0
    changed[Field.DISCOUNT] |= cut > 0.0 or (day > 0 and plan.pass_through[day - 1] > 0.0)
    some[Field.BELT_SHARE] |= reach > 0.0
    changed[Field.BELT_SHARE] |= reach > 0.0


@inner
def combine(day, m, s, scratch, plan, factors, some, changed):
    """Write to ``scratch`` what programmes do to merchants today, where it is not what they did the day before."""
    if some[Field.DISCOUNT] and changed[Field.DISCOUNT]:
        _prices(day, s, scratch, plan, factors)
    for field, total in ((Field.BOOST, scratch.boost), (Field.APPEAL, scratch.appeal)):
        if some[field] and changed[field]:
            _add_up(field, factors, plan, total)
            for i in range(total.size):
                total[i] = exp(total[i])
    if some[Field.FAN_RATE] and changed[Field.FAN_RATE]:
        _add_up(Field.FAN_RATE, factors, plan, scratch.fan_rate)
    if some[Field.COST_CUT] and changed[Field.COST_CUT]:
        _add_up(Field.COST_CUT, factors, plan, scratch.cost_cut)
    if some[Field.BELT_SHARE] and changed[Field.BELT_SHARE]:
        share, reach = scratch.belt_share, plan.belt_reach[day]
        _add_up(Field.BELT_SHARE, factors, plan, share)
        for i in range(share.size):
            if reach > 0.0:
                share[i] += reach if m.kind[i] != ShopKind.ALLIANCE else s.equipped[i]
            share[i] = min(share[i], 1.0)


@inner
def _prices(day, s, scratch, plan, factors):
    """Write each merchant's discount and the part of it that the platform pays."""
    discount, funded, cut = scratch.discount, scratch.funded, plan.pass_through[day]
    paid = np.empty(factors.size)
    for n in range(factors.size):
        paid[n] = factors[n] * plan.platform_part[plan.programme[n], day]
    _add_up(Field.DISCOUNT, factors, plan, discount)
    _add_up(Field.DISCOUNT, paid, plan, funded)
    for i in range(discount.size):
        if s.in_plan[i] and s.sold[i] < plan.cap[day]:
            discount[i] += cut
        discount[i] = min(discount[i], _MAX_DISCOUNT)
        funded[i] = min(funded[i], discount[i])


@inner
def _add_up(field, factors, plan, total):
    """Write the sum of a field's terms by merchant."""
    constant = 0.0
    for i in range(total.size):
        total[i] = 0.0
    for n in range(factors.size):
        if plan.field[n] == field and factors[n] != 0.0:
            if plan.vector[n] < 0:
                constant += factors[n]
            else:
                row = plan.vectors[plan.vector[n]]
                for i in range(total.size):
                    total[i] += factors[n] * row[i]
    if constant != 0.0:
        for i in range(total.size):
            total[i] += constant
