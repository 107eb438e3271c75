"""Attention: who is seen today, and how much that weighs in what buyers choose."""

import math

import numpy as np

from kit.compiled import compiled, inner
from kit.draws import LIVE, SHOCK, normal, uniform

PUBLIC, PRIVATE, PAID, HALL = range(4)


def raise_powers(rows, s, rates):
    """Write merit^gamma and fans^psi where ``attract`` reads them: NumPy's powers are several times as fast."""
    merit, fans = s.attention[:rows], s.reach[:rows]
    np.power(np.add(s.merit[:rows], rates.merit_floor, out=merit), rates.merit_feedback, out=merit)
    np.power(s.fans[:rows], rates.fan_concentration, out=fans)


@inner
def attract(today, seed, m, start, s, rest, rates):
    """Write each merchant's attention (what it weighs in the choice) and reach (its share of visits).

    There stand its merit and fans, raised to their powers. Returns the yuan of credit spent today, by category.
    """
    merit, fans, spent, credits = np.zeros(3), np.zeros(3), np.zeros(3), np.zeros(3)
    there, eligible = np.zeros(3), np.zeros(3)
    for i in range(today.rows):
        k, w = m.category[i], s.weight[i]
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

    shares, floors, scale = np.empty((3, 4)), np.zeros(3), np.empty(3)
    for k in range(3):
        _share_venues(shares[k], spent[k] / rest.cash[k] if rest.cash[k] > 0 else 1.0, today.hall_share, rates)
        if eligible[k] > 0:
            # The floor is per head: the first day's newcomers would else get the exposure meant for 60 days of them.
            floors[k] = today.floor * min(1.0, eligible[k] / (0.06 * rest.merchants[k]))
        scale[k] = rest.merchants[k] * (there[k] / rest.merchants[k]) ** rates.attention_made

    per_merit, per_fan, per_yuan = np.empty(3), np.zeros(3), np.zeros(3)
    for k in range(3):
        per_merit[k] = 1.0 / merit[k]
        per_fan[k] = 1.0 / fans[k] if fans[k] > 0.0 else 0.0
        per_yuan[k] = 1.0 / spent[k] if spent[k] > 0.0 else 0.0
    for i in range(today.rows):
        k = m.category[i]
        public = (1.0 - floors[k]) * s.attention[i] * per_merit[k]
        if floors[k] > 0.0 and _eligible(today.day, m.entered[i], rates.eligible_days):
            public += floors[k] / eligible[k]
        private = s.reach[i] * per_fan[k]
        bought = (start.cash[i] + min(s.credit[i], s.credit_a_day[i])) * per_yuan[k]
        v = shares[k]
        seen = (v[PUBLIC] + v[HALL]) * public
        reach = seen + v[PRIVATE] * private + v[PAID] * bought
        felt = v[PUBLIC] * rates.intents[PUBLIC] * public + v[HALL] * rates.intents[HALL] * public
        felt += v[PRIVATE] * rates.intents[PRIVATE] * private + v[PAID] * rates.intents[PAID] * bought
        if rates.shock:
            luck = _luck(seed, m.id[i], today.day, m.live[i], m.spread[i])
            felt *= luck
            reach *= luck
        a = scale[k] * felt * start.appeal[i] * s.lift[i]
        if today.appeal.size:
            a *= today.appeal[i]
        if s.trust[i] != m.signal[i]:
            a *= math.exp(rates.appeal_trust * (s.trust[i] - m.signal[i]))
        s.attention[i], s.reach[i] = a, reach
    return credits


@inner
def _eligible(day, entered, days):
    return entered >= 0 and day - entered < days


@inner
def _share_venues(shares, spent, hall, rates):
    """Venue shares of a day: money moves the paid one, a festival opens the hall, the others make room."""
    paid = min(rates.venues[PAID] * spent ** (1.0 - rates.fixity), 0.95)
    free = rates.venues[PUBLIC] + rates.venues[PRIVATE]
    for v in (PUBLIC, PRIVATE):
        shares[v] = (1.0 - hall) * (1.0 - paid) * rates.venues[v] / free
    shares[PAID] = (1.0 - hall) * paid
    shares[HALL] = hall


@compiled
def _luck(seed, merchant, day, live, spread):
    """A session's luck, 1 on average: live or not, and how many come. A representative has the mean of its rooms."""
    if live < 1.0 and uniform(seed, LIVE, merchant, day) >= live:
        return 0.0
    return math.exp(spread * normal(uniform(seed, SHOCK, merchant, day)) - 0.5 * spread * spread) / live
