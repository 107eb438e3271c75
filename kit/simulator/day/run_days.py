"""The days of a run in one compiled call."""

import math

import numpy as np

from kit.numerics.compiled import compiled, inner
from kit.simulator.day.attention import raise_powers
from kit.simulator.day.budgets import book, share_cost
from kit.simulator.day.combine import combine, weigh
from kit.simulator.day.deals import serve_deals
from kit.simulator.day.entry import admit, grant
from kit.simulator.day.step import step
from kit.simulator.kernel_schedule import TOTALS, Field
from kit.simulator.recorded import SURVIVAL
from kit.simulator.state import Today


@compiled
def run_days(first, last, seed, sampled, m, start, s, scratch, steady, rates, plan, days):
    """Simulate the days from ``first`` to before ``last``: move the state, and write the records ``days``."""
    terms, programmes = plan.field.size, plan.total_budget.size
    factors, cost_share = np.zeros(terms), np.zeros(programmes)
    some, changed = np.zeros(TOTALS, np.bool_), np.zeros(TOTALS, np.bool_)
    for day in range(first, last):
        rows = plan.rows[day]
        entering = _first_of(day, plan)
        # What programmes do is as merchants stand in the morning, before today's cohort.
        for field in range(TOTALS):
            changed[field] = day == first
        weigh(day, s, plan, factors, some, changed)
        combine(day, m, s, scratch, plan, factors, some, changed)
        saving, fit = _belts(day, s, plan)
        days.cohorts[day, 0] = admit(day, entering, rows, m, s, plan)
        grant(day, entering, rows, s, rates, plan)
        platform = days.platform[day]
        load = _attend(day, s, rates, plan, platform)
        platform[3] = plan.promotion[day] + serve_deals(day, load, s, rates, plan, days.flows[day])
        limit = share_cost(day, s, plan, cost_share)
        today = Today(
            day,
            rows,
            load,
            scratch.discount[: rows if some[Field.DISCOUNT] else 0],
            scratch.funded[: rows if some[Field.DISCOUNT] else 0],
            scratch.boost[: rows if some[Field.BOOST] else 0],
            scratch.appeal[: rows if some[Field.APPEAL] else 0],
            scratch.fan_rate[: rows if some[Field.FAN_RATE] else 0],
            scratch.cost_cut[: rows if some[Field.COST_CUT] else 0],
            limit,
            s.coverage[0],
            plan.floor[day],
            plan.festival_venue_share[day],
            plan.festival[day],
            plan.rival[day],
            plan.waiting[day],
            plan.fee[day],
            plan.cap[day],
            plan.whole[day],
            scratch.belt_share[: rows if some[Field.BELT_SHARE] else 0],
            plan.capacity[day],
            plan.learning[day],
            saving,
            fit,
        )
        raise_powers(rows, s, scratch, rates)
        groups, flows = days.groups[day], days.flows[day]
        coverage, subsidy = step(today, seed, sampled, m, start, s, scratch, steady, rates, groups, flows)
        book(day, coverage, subsidy, limit, s, plan, cost_share)
        if day >= SURVIVAL:
            stayed = 0.0
            for i in range(_first_of(day - SURVIVAL, plan), plan.rows[day - SURVIVAL]):
                stayed += s.weight[i]
            days.cohorts[day - SURVIVAL, 1] = stayed


@inner
def _first_of(day, plan):
    """The first row of those who enter on a day."""
    return plan.rows[day - 1] if day > 0 else plan.incumbents


@inner
def _belts(day, s, plan):
    """The share of unit cost saved on goods from belts, and the relative increase in their appeal, by category."""
    saving, fit = np.zeros(3), np.zeros(3)
    if plan.belt_reach[day] > 0.0:
        for k in range(3):
            dearer = (1.0 - plan.belt_saving[day]) * (1.0 - plan.belt_learning[day]) ** s.learned[k]
            saving[k] = 1.0 - dearer
            fit[k] = math.expm1(plan.belt_fit[day] * s.learned[k])
    return saving, fit


@inner
def _attend(day, s, rates, plan, platform):
    """Move users and their time; return today's visits as a multiple of the steady state."""
    share, audience = plan.share[day], s.audience
    if rates.audience_moves:
        aim = rates.usual_minutes * math.exp(-rates.load_aversion * (share - rates.usual_share))
        audience[1] += rates.time_adjustment * (aim - audience[1])
        audience[0] *= 1.0 + rates.user_growth - rates.load_churn * max(share - rates.usual_share, 0.0)
    platform[0], platform[1], platform[2] = audience[0], audience[1], share
    return audience[0] * audience[1] * share / rates.usual_audience + plan.visits[day] / rates.usual_visits
