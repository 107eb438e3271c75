"""Attention: each merchant's share of visits, and its weight in what buyers choose."""

import math

import numpy as np

from kit.numerics.compiled import compiled, inner
from kit.numerics.draws import normal, uniform
from kit.numerics.elementary import exp, log
from kit.numerics.random_numbers import LIVE, SHOCK
from kit.parameters.categories import Venue


@inner
def raise_powers(rows, s, scratch, rates):
    """Write merit^gamma and fans^psi to ``scratch``, where ``attract`` reads them."""
    merit, fans = scratch.attention, scratch.reach
    for i in range(rows):
        merit[i] = exp(rates.merit_feedback * log(s.merit[i] + rates.merit_floor))
    for i in range(rows):
        fans[i] = exp(rates.fan_concentration * log(s.fans[i])) if s.fans[i] > 0.0 else 0.0


@inner
def attract(today, seed, m, start, s, scratch, steady, rates):
    """Write each merchant's attention (weight in the choice) and reach (share of visits), from its merit and fans.

    Returns the credit spent today in yuan, by category.
    """
    merit, fans, spent, credits = np.zeros(3), np.zeros(3), np.zeros(3), np.zeros(3)
    there, eligible = np.zeros(3), np.zeros(3)
    for i in range(today.rows):
        k, w = m.category[i], s.weight[i]
        if w <= 0.0:
            continue
        if today.boost.size:
            scratch.attention[i] *= today.boost[i]
        merit[k] += w * scratch.attention[i]
        fans[k] += w * scratch.reach[i]
        credit = min(s.credit[i], s.credit_a_day[i])
        spent[k] += w * (start.cash[i] + credit)
        credits[k] += w * credit
        there[k] += w
        if _eligible(today.day, m.entered[i], rates.eligible_days):
            eligible[k] += w

    # Visits and weight in the choice for a unit each of merit, fans and money; and the floor for a newcomer.
    reach, felt, floor = np.zeros((3, 3)), np.zeros((3, 3)), np.zeros((3, 2))
    shares, intents = np.empty(4), rates.intents
    for k in range(3):
        spending = spent[k] / steady.cash[k] if steady.cash[k] > 0 else 1.0
        _share_venues(shares, spending, today.festival_venue_share, rates)
        kept = 0.0
        if eligible[k] > 0:
            # Per head: otherwise the first day's newcomers would get the exposure meant for 60 days of them.
            kept = today.floor * min(1.0, eligible[k] / (0.06 * steady.merchants[k]))
        scale = steady.merchants[k] * (there[k] / steady.merchants[k]) ** rates.attention_made
        public, meant = (
            shares[Venue.PUBLIC] + shares[Venue.FESTIVAL],
            shares[Venue.PUBLIC] * intents[Venue.PUBLIC] + shares[Venue.FESTIVAL] * intents[Venue.FESTIVAL],
        )
        reach[k, 0], felt[k, 0] = (1.0 - kept) * public / merit[k], scale * (1.0 - kept) * meant / merit[k]
        if kept > 0.0:
            floor[k, 0], floor[k, 1] = kept * public / eligible[k], scale * kept * meant / eligible[k]
        for n, v, whole in ((1, Venue.PRIVATE, fans[k]), (2, Venue.PAID, spent[k])):
            if whole > 0.0:
                reach[k, n], felt[k, n] = shares[v] / whole, scale * shares[v] * intents[v] / whole

    for i in range(today.rows):
        if s.weight[i] <= 0.0:
            continue
        k, liked, followers = m.category[i], scratch.attention[i], scratch.reach[i]
        money = start.cash[i] + min(s.credit[i], s.credit_a_day[i])
        seen = reach[k, 0] * liked + reach[k, 1] * followers + reach[k, 2] * money
        a = felt[k, 0] * liked + felt[k, 1] * followers + felt[k, 2] * money
        if floor[k, 0] > 0.0 and _eligible(today.day, m.entered[i], rates.eligible_days):
            seen += floor[k, 0]
            a += floor[k, 1]
        a *= start.appeal[i] * s.lift[i]
        if today.appeal.size:
            a *= today.appeal[i]
        if today.belt_share.size:
            a *= 1.0 + today.belt_share[i] * today.fit[k]
        scratch.attention[i], scratch.reach[i] = a, seen
    # Exponentials and random numbers have loops of their own: a call would empty the registers of the loop above.
    for i in range(today.rows):
        if s.trust[i] != m.signal[i] and s.weight[i] > 0.0:
            scratch.attention[i] *= math.exp(rates.appeal_trust * (s.trust[i] - m.signal[i]))
    if rates.shock:
        for i in range(today.rows):
            shock = session_shock(seed, m.id[i], today.day, m.live[i], m.spread[i])
            scratch.attention[i] *= shock
            scratch.reach[i] *= shock
    return credits


@inner
def _eligible(day, entered, days):
    return entered >= 0 and day - entered < days


@inner
def _share_venues(shares, spending, festival_venue, rates):
    """Write the day's venue shares: ``spending`` (1 as usual) moves the paid one, a festival opens its own."""
    paid = min(rates.venues[Venue.PAID] * spending ** (1.0 - rates.fixity), 0.95)
    free = rates.venues[Venue.PUBLIC] + rates.venues[Venue.PRIVATE]
    for v in (Venue.PUBLIC, Venue.PRIVATE):
        shares[v] = (1.0 - festival_venue) * (1.0 - paid) * rates.venues[v] / free
    shares[Venue.PAID] = (1.0 - festival_venue) * paid
    shares[Venue.FESTIVAL] = festival_venue


@compiled
def session_shock(seed, merchant, day, live, spread):
    """A factor on a merchant's day, 1 on average: live or not, and how many viewers come."""
    if live < 1.0 and uniform(seed, LIVE, merchant, day) >= live:
        return 0.0
    return math.exp(spread * normal(uniform(seed, SHOCK, merchant, day)) - 0.5 * spread * spread) / live
