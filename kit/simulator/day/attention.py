"""Attention: who is seen today, and how much that weighs in what buyers choose."""

import math

import numpy as np

from kit.numerics.compiled import compiled, inner
from kit.numerics.random_numbers import LIVE, SHOCK, normal, uniform

PUBLIC, PRIVATE, PAID, FESTIVAL_VENUE = range(4)


def raise_powers(rows, s, rates):
    """Write merit^gamma and fans^psi where ``attract`` reads them: NumPy's vectors are several times as fast.

    Its logarithm and exponential together take half as long as its power.
    """
    merit, fans = s.attention[:rows], s.reach[:rows]
    np.add(s.merit[:rows], rates.merit_floor, out=merit)
    with np.errstate(divide="ignore"):  # who has no fans yet
        np.log(merit, out=merit)
        np.log(s.fans[:rows], out=fans)
    merit *= rates.merit_feedback
    fans *= rates.fan_concentration
    np.exp(merit, out=merit)
    np.exp(fans, out=fans)


@inner
def attract(today, seed, m, start, s, rest, rates):
    """Write each merchant's attention (what it weighs in the choice) and reach (its share of visits).

    There stand its merit and fans, raised to their powers. Returns the yuan of credit spent today, by category.
    """
    merit, fans, spent, credits = np.zeros(3), np.zeros(3), np.zeros(3), np.zeros(3)
    there, eligible = np.zeros(3), np.zeros(3)
    for i in range(today.rows):
        k, w = m.category[i], s.weight[i]
        if w <= 0.0:
            continue
        if today.boost.size:
            s.attention[i] *= today.boost[i]
        merit[k] += w * s.attention[i]
        fans[k] += w * s.reach[i]
        credit = min(s.credit[i], s.credit_a_day[i])
        spent[k] += w * (start.cash[i] + credit)
        credits[k] += w * credit
        there[k] += w
        if _eligible(today.day, m.entered[i], rates.eligible_days):
            eligible[k] += w

    # What a unit of merit, of fans and of money brings, and the floor each newcomer: visits, and weight in the choice.
    reach, felt, floor = np.zeros((3, 3)), np.zeros((3, 3)), np.zeros((3, 2))
    shares, intents = np.empty(4), rates.intents
    for k in range(3):
        _share_venues(shares, spent[k] / rest.cash[k] if rest.cash[k] > 0 else 1.0, today.festival_venue_share, rates)
        kept = 0.0
        if eligible[k] > 0:
            # The floor is per head: the first day's newcomers would else get the exposure meant for 60 days of them.
            kept = today.floor * min(1.0, eligible[k] / (0.06 * rest.merchants[k]))
        scale = rest.merchants[k] * (there[k] / rest.merchants[k]) ** rates.attention_made
        public, meant = (
            shares[PUBLIC] + shares[FESTIVAL_VENUE],
            shares[PUBLIC] * intents[PUBLIC] + shares[FESTIVAL_VENUE] * intents[FESTIVAL_VENUE],
        )
        reach[k, 0], felt[k, 0] = (1.0 - kept) * public / merit[k], scale * (1.0 - kept) * meant / merit[k]
        if kept > 0.0:
            floor[k, 0], floor[k, 1] = kept * public / eligible[k], scale * kept * meant / eligible[k]
        for n, v, whole in ((1, PRIVATE, fans[k]), (2, PAID, spent[k])):
            if whole > 0.0:
                reach[k, n], felt[k, n] = shares[v] / whole, scale * shares[v] * intents[v] / whole

    for i in range(today.rows):
        if s.weight[i] <= 0.0:
            continue
        k, liked, followers = m.category[i], s.attention[i], s.reach[i]
        money = start.cash[i] + min(s.credit[i], s.credit_a_day[i])
        seen = reach[k, 0] * liked + reach[k, 1] * followers + reach[k, 2] * money
        a = felt[k, 0] * liked + felt[k, 1] * followers + felt[k, 2] * money
        if floor[k, 0] > 0.0 and _eligible(today.day, m.entered[i], rates.eligible_days):
            seen += floor[k, 0]
            a += floor[k, 1]
        a *= start.appeal[i] * s.lift[i]
        if today.appeal.size:
            a *= today.appeal[i]
        s.attention[i], s.reach[i] = a, seen
    # Exponentials and draws have loops of their own: a call takes all that the others hold in registers.
    for i in range(today.rows):
        if s.trust[i] != m.signal[i] and s.weight[i] > 0.0:
            s.attention[i] *= math.exp(rates.appeal_trust * (s.trust[i] - m.signal[i]))
    if rates.shock:
        for i in range(today.rows):
            luck = _luck(seed, m.id[i], today.day, m.live[i], m.spread[i])
            s.attention[i] *= luck
            s.reach[i] *= luck
    return credits


@inner
def _eligible(day, entered, days):
    return entered >= 0 and day - entered < days


@inner
def _share_venues(shares, spent, festival_venue, rates):
    """Venue shares of a day: money moves the paid one, a festival opens the hall, the others make room."""
    paid = min(rates.venues[PAID] * spent ** (1.0 - rates.fixity), 0.95)
    free = rates.venues[PUBLIC] + rates.venues[PRIVATE]
    for v in (PUBLIC, PRIVATE):
        shares[v] = (1.0 - festival_venue) * (1.0 - paid) * rates.venues[v] / free
    shares[PAID] = (1.0 - festival_venue) * paid
    shares[FESTIVAL_VENUE] = festival_venue


@compiled
def _luck(seed, merchant, day, live, spread):
    """A session's luck, 1 on average: live or not, and how many come. A representative has the mean of its rooms."""
    if live < 1.0 and uniform(seed, LIVE, merchant, day) >= live:
        return 0.0
    return math.exp(spread * normal(uniform(seed, SHOCK, merchant, day)) - 0.5 * spread * spread) / live
