"""One day of the platform, as compiled loops over the merchants: who is seen, who is chosen, what follows.

``attract`` gives every merchant its attention and reach; ``trade`` turns them into orders, returns, money, fans and trust.
The equations are those of the lessons; the order of the events is part of the model.
"""

import math

import numpy as np

from kit.compiled import compiled
from kit.draws import KEPT, LIVE, RETURNED, SHOCK, normal, poisson, uniform

# What is recorded of a day, by group of merchants.
METRICS = (
    *("orders", "kept", "gmv", "returned", "settled", "subsidised", "subsidy", "fees", "commission", "cut", "cash"),
    *("credit", "displaced", "profit", "views", "merchants"),
)
# What is recorded of a day, by segment of buyers and category.
FLOWS = ("orders", "pool_orders", "pool_rival", "lapsed", "arrivals", "needs", "persons")
GROUPS = 12  # three categories x four tiers
PUBLIC, PRIVATE, PAID, HALL = range(4)


@compiled
def attract(today, seed, m, start, spread, s, rest, rates):
    """Write each merchant's attention (what it weighs in the choice) and reach (its share of visits)."""
    merit, fans, spent = np.zeros(3), np.zeros(3), np.zeros(3)
    there, eligible = np.zeros(3), np.zeros(3)
    for i in range(today.rows):
        k, w = m.category[i], s.weight[i]
        s.attention[i] = (s.merit[i] + rates.merit_floor) ** rates.merit_feedback
        if today.boost.size:
            s.attention[i] *= math.exp(today.boost[i])
        s.reach[i] = s.fans[i] ** rates.fan_concentration
        merit[k] += w * s.attention[i]
        fans[k] += w * s.reach[i]
        spent[k] += w * (start.cash[i] + min(s.credit[i], s.credit_a_day[i]))
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

    per_merit, per_fan, per_yuan = 1.0 / merit, np.zeros(3), np.zeros(3)
    for k in range(3):
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
            luck = _luck(seed, m.id[i], today.day, m.live[i], spread[i])
            felt *= luck
            reach *= luck
        a = scale[k] * felt * start.appeal[i] * s.lift[i]
        if s.trust[i] != m.signal[i]:
            a *= math.exp(rates.appeal_trust * (s.trust[i] - m.signal[i]))
        s.attention[i], s.reach[i] = a, reach


@compiled
def _eligible(day, entered, days):
    return 0 <= entered and day - entered < days


@compiled
def _price_factors(factor, taken, discount, reference, coverage, rates):
    """How a price moves each segment against the one it expects, and which part of its orders carry the coupon.

    Where the money does not suffice, only a part of the occasions (``coverage``) find the coupon.
    """
    for j in range(3):
        listed = math.exp(-rates.elasticities[j] * (1.0 / reference - 1.0))
        factor[j], taken[j] = listed, 0.0
        if discount > 0.0:
            cheaper = coverage * math.exp(-rates.elasticities[j] * ((1.0 - discount) / reference - 1.0))
            factor[j] = cheaper + (1.0 - coverage) * listed
            taken[j] = cheaper / factor[j]


@compiled
def denominators(today, m, s, rates):
    """Return what everything inside weighs, by segment x category, from attention as it stands."""
    inside = np.zeros((3, 3))
    factor, taken = np.ones(3), np.zeros(3)
    last_d, last_reference = 0.0, 1.0
    for i in range(today.rows):
        d = today.discount[i] if today.discount.size else 0.0
        if d != last_d or s.reference[i] != last_reference:
            last_d, last_reference = d, s.reference[i]
            _price_factors(factor, taken, d, last_reference, today.coverage, rates)
        for j in range(3):
            inside[j, m.category[i]] += s.weight[i] * s.attention[i] * factor[j]
    return inside


@compiled
def _share_venues(shares, spent, hall, rates):
    """Venue shares of a day: money moves the paid one, a festival opens the hall; the others make room in proportion."""
    paid = min(rates.venues[PAID] * spent ** (1.0 - rates.fixity), 0.95)
    free = rates.venues[PUBLIC] + rates.venues[PRIVATE]
    for v in (PUBLIC, PRIVATE):
        shares[v] = (1.0 - hall) * (1.0 - paid) * rates.venues[v] / free
    shares[PAID] = (1.0 - hall) * paid
    shares[HALL] = hall


@compiled
def _luck(seed, merchant, day, live, spread):
    """A session's luck, 1 on average: live or not, and how many come. A representative has the mean of its rooms."""
    luck = math.exp(spread * normal(uniform(seed, SHOCK, merchant, day)) - 0.5 * spread * spread)
    if live >= 1.0:
        return luck
    return luck / live if uniform(seed, LIVE, merchant, day) < live else 0.0


@compiled
def occasions(load, needs, rest, rates):
    """Return the occasions to shop, by segment x category: out of needs, and on impulse."""
    of_need = needs * (1.0 - math.exp(-rates.served * load))
    return of_need, rates.impulse * rest.occasions * load


@compiled
def trade(today, seed, sampled, m, start, s, rest, rates, inside, groups, flows):
    """Turn attention into orders and all that follows from them; add the day to ``groups`` and ``flows``.

    ``groups`` is (group, metric) and ``flows`` (flow, segment, category); both are zero before.
    """
    of_need, on_impulse = occasions(today.load, s.needs, rest, rates)
    to_shop = of_need + on_impulse
    per_weight, rival = np.empty((3, 3)), np.empty((3, 3))
    festival = math.exp(today.festival)
    for j in range(3):
        for k in range(3):
            whole = _whole(today, rest, k) + festival * inside[j, k]
            per_weight[j, k] = to_shop[j, k] * festival / whole
            rival[j, k] = rest.rival[k] * math.exp(today.rival) / whole

    own = flows[0]
    slot = today.day % s.pending.shape[0]
    factor, taken = np.ones(3), np.zeros(3)
    last_d, last_reference = 0.0, 1.0
    displaced = _displaced(today.rows, m, start, s, rest, rates)
    for i in range(today.rows):
        k, w = m.category[i], s.weight[i]
        d = today.discount[i] if today.discount.size else 0.0
        if d != last_d or s.reference[i] != last_reference:
            last_d, last_reference = d, s.reference[i]
            _price_factors(factor, taken, d, last_reference, today.coverage, rates)
        a = s.attention[i]
        mean, with_coupon = 0.0, 0.0
        for j in range(3):
            mean += per_weight[j, k] * a * factor[j]
            with_coupon += per_weight[j, k] * a * factor[j] * taken[j]
        with_coupon = with_coupon / mean if mean > 0.0 else 0.0
        d *= with_coupon  # off the list price of a mean order

        back = _returned(m.returns[i], d, rates)
        if sampled:
            kept = poisson(w * mean * (1.0 - back), uniform(seed, KEPT, m.id[i], today.day)) / w
            returned = poisson(w * mean * back, uniform(seed, RETURNED, m.id[i], today.day)) / w
        else:
            kept, returned = mean * (1.0 - back), mean * back
        orders = kept + returned
        if mean > 0.0:
            for j in range(3):
                own[j, k] += w * orders * per_weight[j, k] * a * factor[j] / mean

        listed = m.price[i]
        received = listed * (1.0 - d * (1.0 - today.platform_part))
        s.gmv[i] += orders * received
        settled = s.pending[slot, i]
        s.pending[slot, i] = kept * received
        fee, commission = 0.0, 0.0
        if m.kind[i] == 1:
            sold = s.sold[i]
            if s.in_plan[i]:
                fee = phi(sold + settled, today, rates.standard) - phi(sold, today, rates.standard)
            else:
                fee = rates.standard * settled
            s.sold[i] = sold + settled
        elif m.kind[i] == 2:
            commission = rates.commission * settled
        # Goods on commission leave their streamer the commission, other goods their margin.
        if m.kind[i] == 2:
            profit = commission * (1.0 - rates.cut)
        else:
            profit = kept * (received - (1.0 - rates.margin) * listed) - returned * rates.return_cost - fee
        profit -= start.cash[i]

        views = rest.visits[k] * today.load * s.reach[i]
        if a > 0.0:
            # A room is judged by its sessions: a day off does not count against it.
            live = m.live[i] if rates.shock else 1.0
            s.merit[i] += min(rates.merit_memory / live, 1.0) * (live * orders - s.merit[i])
        won = rates.follow_per_view * views + rates.follow_per_order * orders
        s.fans[i] = max(s.fans[i] * (1.0 - rates.fan_decay) + won - rates.unfollow * returned, 0.0)
        if s.trust[i] != m.signal[i]:
            heard = 1.0 - math.exp(-kept / rates.trust_orders)
            s.trust[i] += rates.trust_rate * (m.signal[i] - s.trust[i]) * heard
        if rates.reference_memory > 0.0 and (d > 0.0 or s.reference[i] != 1.0):
            s.reference[i] += rates.reference_memory * (1.0 - d - s.reference[i])
        credit = min(s.credit[i], s.credit_a_day[i])
        s.credit[i] -= credit

        g = groups[4 * k + m.tier[i]]
        g[0] += w * orders
        g[1] += w * kept
        g[2] += w * orders * received
        g[3] += w * returned * received
        g[4] += w * settled
        if d > 0.0:
            g[5] += w * orders * with_coupon
            g[6] += w * kept * listed * d * today.platform_part
        g[7] += w * fee
        g[8] += w * commission
        g[9] += w * commission * rates.cut
        g[10] += w * start.cash[i]
        g[11] += w * credit
        g[12] += w * start.cash[i] * displaced[k]
        g[13] += w * profit
        g[14] += w * views
        g[15] += w
        if rates.exit_rate > 0.0 and m.entered[i] >= 0:
            usual = s.merit[i] * ((1.0 - m.returns[i]) * rates.margin * listed - m.returns[i] * rates.return_cost)
            s.weight[i] *= 1.0 - rates.exit_rate * 2.0 / (1.0 + math.exp(min(usual / rates.exit_scale, 700.0)))

    _buyers(s, of_need, to_shop, rival, rest, rates, flows)


@compiled
def _returned(usual, discount, rates):
    """The share of orders that come back: what is bought for its discount comes back more often."""
    if discount <= 0.0 or rates.return_impulse == 0.0:
        return usual
    return usual / (usual + (1.0 - usual) * math.exp(-rates.return_impulse * discount))


@compiled
def _displaced(rows, m, start, s, rest, rates):
    """The part of its exposure that cash buys less of in each category, because credits bid too (O17)."""
    spent, lost = np.zeros(3), np.zeros(3)
    for i in range(rows):
        spent[m.category[i]] += s.weight[i] * min(s.credit[i], s.credit_a_day[i])
    for k in range(3):
        if spent[k] > 0.0 and rest.cash[k] > 0.0:
            lost[k] = 1.0 - (rest.cash[k] / (rest.cash[k] + spent[k])) ** rates.fixity
    return lost


@compiled
def bill(today, m, s, rest, rates, inside):
    """Return what a day's coupons would cost the platform, in yuan, before anything happens: kept orders only."""
    of_need, on_impulse = occasions(today.load, s.needs, rest, rates)
    festival, total = math.exp(today.festival), 0.0
    factor, taken = np.ones(3), np.zeros(3)
    for i in range(today.rows):
        k, d = m.category[i], today.discount[i]
        if d <= 0.0:
            continue
        _price_factors(factor, taken, d, s.reference[i], today.coverage, rates)
        mean, with_coupon = 1e-300, 0.0
        for j in range(3):
            whole = _whole(today, rest, k) + festival * inside[j, k]
            orders = (of_need[j, k] + on_impulse[j, k]) * festival / whole * s.attention[i] * factor[j]
            mean += orders
            with_coupon += orders * taken[j]
        kept = with_coupon * (1.0 - _returned(m.returns[i], d * with_coupon / mean, rates))
        total += s.weight[i] * kept * m.price[i] * d * today.platform_part
    return total


@compiled
def _whole(today, rest, k):
    """What buying nothing and buying elsewhere weigh in the choice today."""
    return rest.none[k] * math.exp(today.waiting) + rest.rival[k] * math.exp(today.rival)


@compiled
def phi(sold, today, standard):
    """The fee on all that was sold since entry, in either reading of the scale."""
    if today.whole:
        return (today.fee if sold <= today.cap else standard) * sold
    return today.fee * min(sold, today.cap) + standard * max(sold - today.cap, 0.0)


@compiled
def _buyers(s, of_need, to_shop, rival, rest, rates, flows):
    """Needs that were met leave the pool, new ones arrive; persons climb the ladder and lapse."""
    own = flows[0]
    for j in range(3):
        for k in range(3):
            needing = of_need[j, k] / to_shop[j, k] if to_shop[j, k] > 0 else 0.0
            flows[1, j, k] = own[j, k] * needing
            flows[2, j, k] = of_need[j, k] * rival[j, k]
            flows[3, j, k] = rates.need_lapse * s.needs[j, k]
            flows[4, j, k] = rest.arrivals[j, k] * s.persons[j, k]
            if rates.pool_moves:
                s.needs[j, k] += flows[4, j, k] - flows[1, j, k] - flows[2, j, k] - flows[3, j, k]
            flows[5, j, k] = s.needs[j, k]
    if rates.ladder_moves:
        for k in range(3):
            first = min(own[0, k], s.persons[0, k])
            again = min(rates.promotion * own[1, k], s.persons[1, k])
            from_occasional = rest.person_lapse[0, k] * s.persons[1, k]
            from_regular = rest.person_lapse[1, k] * s.persons[2, k]
            s.persons[0, k] += from_occasional - first
            s.persons[1, k] += first + from_regular - again - from_occasional
            s.persons[2, k] += again - from_regular
    flows[6, :, :] = s.persons
