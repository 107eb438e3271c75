"""What follows from attention on one day: orders, returns, money, fans, trust; needs met and persons moved.

The equations are those of the lessons; the order of the events is part of the model.
"""

import math

import numpy as np

from kit.numerics.compiled import inner
from kit.numerics.random_numbers import KEPT, RETURNED, poisson, uniform
from kit.simulator.day.demand import keeping, returned_share, whole_choice

# What is recorded of a day, by group of merchants.
METRICS = (
    *("orders", "kept", "gmv", "returned", "settled", "subsidised", "subsidy", "fees", "commission", "cut", "cash"),
    *("credit", "displaced", "profit", "views", "merchants", "shortage"),
)
_ORDERS, _KEPT, _GMV, _RETURNED, _SETTLED, _SUBSIDISED, _SUBSIDY, _FEES, _COMMISSION, _CUT, _CASH = range(11)
_CREDIT, _DISPLACED, _PROFIT, _VIEWS, _MERCHANTS, _SHORTAGE = range(11, len(METRICS))
# What is recorded of a day, by segment of buyers and category.
FLOWS = ("orders", "pool_orders", "pool_rival", "lapsed", "arrivals", "needs", "persons", "deals")
GROUPS = 12  # three categories x four tiers


@inner
def trade(today, seed, sampled, m, start, s, rest, rates, terms, groups, flows):
    """Turn attention into orders and all that follows from them; add the day to ``groups`` and ``flows``.

    ``groups`` is (group, metric) and ``flows`` (flow, segment, category); both are zero before. Returns what the
    coupons cost the platform, in yuan.
    """
    prices, level, by_segment, with_coupons = terms.prices, terms.level, terms.by_segment, terms.with_coupon
    slot = today.day % s.pending.shape[0]
    sold, odds = np.zeros(level.size), np.empty(level.size)
    for p in range(level.size):
        odds[p] = keeping(prices.discount[p] * with_coupons[p], rates)
    drawn = _drawn(today, seed, m, s, terms, odds) if sampled else np.empty((0, 2))
    for i in range(today.rows):
        w = s.weight[i]
        if w <= 0.0:
            continue
        k, p = m.category[i], s.price_group[i]
        kept, returned, short = _bought(i, today, m, s, terms, odds, drawn)
        with_coupon = with_coupons[p]
        d = prices.discount[p] * with_coupon  # off the list price of a mean order

        orders = kept + returned
        sold[p] += w * orders

        listed = m.price[i]
        funded = today.funded[i] * with_coupon if today.discount.size else 0.0
        received = listed * (1.0 - d + funded)
        s.gmv[i] += orders * received
        # Money under way is kept for all that a row stands for: who leaves is paid for what was sold.
        settled = s.pending[slot, i] / w
        s.pending[slot, i] = w * kept * received
        fee, commission = 0.0, 0.0
        if m.kind[i] == 1:
            before = s.sold[i]
            fee = rates.standard * settled
            if s.in_plan[i] or s.anew[i] > 0.0:
                reduced = phi(before + settled, today, rates.standard) - phi(before, today, rates.standard)
                new = 1.0 if s.in_plan[i] else s.anew[i]
                fee = new * reduced + (1.0 - new) * fee
            s.sold[i] = before + settled
        elif m.kind[i] == 2:
            commission = rates.commission * settled
        # Goods on commission leave their streamer the commission, other goods their margin.
        if m.kind[i] == 2:
            profit = commission * (1.0 - rates.cut)
        else:
            cost = (1.0 - rates.margin) * listed
            if today.cost_cut.size:
                cost *= 1.0 - today.cost_cut[i]
            profit = kept * (received - cost) - returned * rates.return_cost - fee
        profit -= start.cash[i]

        views = rest.visits[k] * today.load * s.reach[i]
        if s.attention[i] > 0.0:
            # A room is judged by its sessions: a day off does not count against it.
            live = m.live[i] if rates.shock else 1.0
            s.merit[i] += min(rates.merit_memory / live, 1.0) * (live * orders - s.merit[i])
        won = rates.follow_per_view * views + rates.follow_per_order * orders
        if today.fan_rate.size:
            won *= 1.0 + today.fan_rate[i]
        s.fans[i] = max(s.fans[i] * (1.0 - rates.fan_decay) + won - rates.unfollow * returned, 0.0)
        # Buyers learn the price that is posted, whether or not somebody buys at it today.
        posted = terms.coverage * prices.discount[p]
        if rates.reference_memory > 0.0 and (posted > 0.0 or s.reference[i] != 1.0):
            s.reference[i] += rates.reference_memory * (1.0 - posted - s.reference[i])
        credit = min(s.credit[i], s.credit_a_day[i])
        s.credit[i] -= credit

        g = groups[4 * k + m.tier[i]]
        g[_ORDERS] += w * orders
        g[_KEPT] += w * kept
        g[_GMV] += w * orders * received
        g[_RETURNED] += w * returned * received
        g[_SETTLED] += w * settled
        if d > 0.0:
            # Where merchants themselves sell cheaper, nobody is subsidised.
            if funded > 0.0:
                g[_SUBSIDISED] += w * orders * with_coupon
            g[_SUBSIDY] += w * kept * listed * funded
        g[_FEES] += w * fee
        g[_COMMISSION] += w * commission
        g[_CASH] += w * start.cash[i]
        g[_CREDIT] += w * credit
        g[_PROFIT] += w * profit
        g[_VIEWS] += w * views
        g[_MERCHANTS] += w
        g[_SHORTAGE] += w * short
    _trust(today, m, s, rates, terms, odds, drawn)
    _leave(today, m, s, rates)

    for p in range(level.size):
        for j in range(3):
            flows[0, j, prices.category[p]] += sold[p] * by_segment[p, j] / level[p] if level[p] > 0.0 else 0.0
    _buyers(today, terms, s, rest, rates, flows)
    subsidy = 0.0
    for n in range(GROUPS):
        g = groups[n]
        g[_CUT], g[_DISPLACED] = g[_COMMISSION] * rates.cut, g[_CASH] * terms.displaced[n // 4]
        subsidy += g[_SUBSIDY]
    return subsidy


@inner
def _wanted(i, k, p, today, s, terms):
    """Return the mean orders that a merchant gets today, and those that it would get if belts did not run short."""
    mean = terms.level[p] * s.attention[i]
    if not today.made.size:
        return mean, 0.0
    short = max(today.made[i] * mean - terms.most[k], 0.0)
    return mean - short, short


@inner
def _bought(i, today, m, s, terms, odds, drawn):
    """Return a merchant's orders that are kept and returned, and those that it misses because belts run short."""
    mean, short = _wanted(i, m.category[i], s.price_group[i], today, s, terms)
    if drawn.size:
        return drawn[i, 0], drawn[i, 1], short
    back = returned_share(m.returns[i], odds[s.price_group[i]])
    return mean * (1.0 - back), mean * back, short


@inner
def _drawn(today, seed, m, s, terms, odds):
    """Return whole orders by merchant, drawn by luck: those kept and those returned."""
    drawn = np.zeros((today.rows, 2))
    for i in range(today.rows):
        w, p = s.weight[i], s.price_group[i]
        if w <= 0.0:
            continue
        mean, _ = _wanted(i, m.category[i], p, today, s, terms)
        if mean > 0.0:
            back = returned_share(m.returns[i], odds[p])
            drawn[i, 0] = poisson(w * mean * (1.0 - back), uniform(seed, KEPT, m.id[i], today.day)) / w
            drawn[i, 1] = poisson(w * mean * back, uniform(seed, RETURNED, m.id[i], today.day)) / w
    return drawn


@inner
def _trust(today, m, s, rates, terms, odds, drawn):
    """Buyers come to know those of whom they keep orders."""
    for i in range(today.rows):
        if s.trust[i] != m.signal[i] and s.weight[i] > 0.0:
            kept, _, _ = _bought(i, today, m, s, terms, odds, drawn)
            heard = 1.0 - math.exp(-kept / rates.trust_orders)
            s.trust[i] += rates.trust_rate * (m.signal[i] - s.trust[i]) * heard


@inner
def _leave(today, m, s, rates):
    """Of those who entered some leave: the more, the less they usually earn."""
    if rates.exit_rate <= 0.0:
        return
    for i in range(today.rows):
        if m.entered[i] >= 0 and s.weight[i] > 0.0:
            back = m.returns[i]
            usual = s.merit[i] * ((1.0 - back) * rates.margin * m.price[i] - back * rates.return_cost)
            s.weight[i] *= 1.0 - rates.exit_rate * 2.0 / (1.0 + math.exp(min(usual / rates.exit_scale, 700.0)))


@inner
def phi(sold, today, standard):
    """The fee on all that was sold since entry, in either reading of the scale."""
    if today.whole:
        return (today.fee if sold <= today.cap else standard) * sold
    return today.fee * min(sold, today.cap) + standard * max(sold - today.cap, 0.0)


@inner
def _buyers(today, terms, s, rest, rates, flows):
    """Needs that were met leave the pool, new ones arrive; persons climb the ladder and lapse."""
    own, festival = flows[0], math.exp(today.festival)
    for k in range(3):
        outside, rival = whole_choice(today, rest, k), rest.rival[k] * math.exp(today.rival)
        for j in range(3):
            needing = terms.of_need[j, k] / terms.to_shop[j, k] if terms.to_shop[j, k] > 0 else 0.0
            flows[1, j, k] = own[j, k] * needing
            flows[2, j, k] = terms.of_need[j, k] * rival / (outside + festival * terms.inside[j, k])
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
    for j in range(3):
        for k in range(3):
            flows[6, j, k] = s.persons[j, k]
