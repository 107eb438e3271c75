"""What follows from attention on one day: orders, returns, money, fans, trust; needs met and persons moved.

The equations are those of the lessons; the order of events is part of the model.
"""

import math

import numpy as np

from kit.numerics.compiled import inner
from kit.numerics.draws import poisson, uniform
from kit.numerics.random_numbers import KEPT, RETURNED
from kit.parameters.categories import Segment, ShopKind
from kit.simulator.day.demand import keep_odds, outside_weights, returned_share
from kit.simulator.recorded import GROUPS, TIERS, Flow, Metric


@inner
def trade(today, seed, sampled, m, start, s, scratch, steady, rates, terms, groups, flows):
    """Turn attention into orders and all that follows from them; add the day to ``groups`` and ``flows``.

    ``groups`` is (group, metric) and ``flows`` (flow, segment, category); both are zero before. Returns the platform's
    cost of coupons in yuan.
    """
    sold = _serve(today, seed, sampled, m, start, s, scratch, steady, rates, terms, groups)
    _build_trust(today, m, s, scratch, rates)
    _exit(today, m, s, rates)
    _move_buyers(today, sold, terms, s, steady, rates, flows)
    subsidy = 0.0
    for n in range(GROUPS):
        g = groups[n]
        g[Metric.CUT] = g[Metric.COMMISSION] * rates.cut
        g[Metric.DISPLACED] = g[Metric.CASH] * terms.displaced[n // TIERS]
        subsidy += g[Metric.SUBSIDY]
    return subsidy


@inner
def _serve(today, seed, sampled, m, start, s, scratch, steady, rates, terms, groups):
    """Serve each merchant's buyers: orders, money, merit and fans. Return all orders by price.

    One loop: each further one over the merchants costs some 3 % of a run, calls for each merchant far more (see
    kit.numerics.compiled).
    """
    prices, level = terms.prices, terms.level
    slot = today.day % s.pending.shape[0]
    sold, odds = np.zeros(level.size), np.empty(level.size)
    cheaper = today.cost_cut.size > 0 or today.saving[0] > 0.0
    for p in range(level.size):
        odds[p] = keep_odds(prices.discount[p] * terms.with_coupon[p], rates)
    if sampled:
        _draw(today, seed, m, s, scratch, terms, odds)
    for i in range(today.rows):
        w = s.weight[i]
        if w <= 0.0:
            continue
        # Orders, kept and returned.
        k, p = m.category[i], scratch.price_group[i]
        mean, short = level[p] * scratch.attention[i], 0.0
        if today.belt_share.size:
            short = max(today.belt_share[i] * mean - terms.most[k], 0.0)
            mean -= short
        back = returned_share(m.returns[i], odds[p])
        kept, returned = mean * (1.0 - back), mean * back
        if sampled:
            kept, returned = scratch.kept[i], scratch.returned[i]
        scratch.kept[i] = kept
        orders = kept + returned
        sold[p] += w * orders

        # Sales, and what is settled of earlier ones.
        listed, with_coupon = m.price[i], terms.with_coupon[p]
        off = prices.discount[p] * with_coupon  # of the list price, average over orders
        funded = today.funded[i] * with_coupon if today.discount.size else 0.0
        received = listed * (1.0 - off + funded)
        s.gmv[i] += orders * received
        # The ring holds money for all that a row stands for: merchants who leave are still paid.
        settled = s.pending[slot, i] / w
        s.pending[slot, i] = w * kept * received

        # Fee, commission and profit: merchants earn the commission on alliance goods, the margin on other goods.
        fee, commission = 0.0, 0.0
        if m.kind[i] == ShopKind.SELF_BUILT:
            before = s.sold[i]
            fee = rates.standard * settled
            if s.in_plan[i] or s.reregistered[i] > 0.0:
                reduced = cumulative_fee(before + settled, today, rates.standard)
                reduced -= cumulative_fee(before, today, rates.standard)
                new = 1.0 if s.in_plan[i] else s.reregistered[i]
                fee = new * reduced + (1.0 - new) * fee
            s.sold[i] = before + settled
        elif m.kind[i] == ShopKind.ALLIANCE:
            commission = rates.commission * settled
        if m.kind[i] == ShopKind.ALLIANCE:
            profit = commission * (1.0 - rates.cut)
        else:
            cost = (1.0 - rates.margin) * listed
            if cheaper:
                cut = today.cost_cut[i] if today.cost_cut.size else 0.0
                if today.belt_share.size:
                    cut += today.belt_share[i] * today.saving[k]
                cost *= 1.0 - min(cut, 1.0)
            profit = kept * (received - cost) - returned * rates.return_cost - fee
        profit -= start.cash[i]
        credit = min(s.credit[i], s.credit_a_day[i])
        s.credit[i] -= credit

        # Merit, fans, and the price that buyers expect.
        views = steady.visits[k] * today.load * scratch.reach[i]
        if scratch.attention[i] > 0.0:
            # Merit is orders a session: a day off does not count against it.
            live = m.live[i] if rates.shock else 1.0
            s.merit[i] += min(rates.merit_memory / live, 1.0) * (live * orders - s.merit[i])
        won = rates.follow_per_view * views + rates.follow_per_order * orders
        if today.fan_rate.size:
            won *= 1.0 + today.fan_rate[i]
        s.fans[i] = max(s.fans[i] * (1.0 - rates.fan_decay) + won - rates.unfollow * returned, 0.0)
        # Buyers learn the posted price, whether or not anyone buys at it today.
        posted = terms.coverage * prices.discount[p]
        if rates.reference_memory > 0.0 and (posted > 0.0 or s.reference[i] != 1.0):
            s.reference[i] += rates.reference_memory * (1.0 - posted - s.reference[i])

        g = groups[TIERS * k + m.tier[i]]
        g[Metric.ORDERS] += w * orders
        g[Metric.KEPT] += w * kept
        g[Metric.GMV] += w * orders * received
        g[Metric.RETURNED] += w * returned * received
        g[Metric.SETTLED] += w * settled
        if off > 0.0:
            # A discount that merchants pay themselves subsidises nothing.
            if funded > 0.0:
                g[Metric.SUBSIDISED] += w * orders * with_coupon
            g[Metric.SUBSIDY] += w * kept * listed * funded
        g[Metric.FEES] += w * fee
        g[Metric.COMMISSION] += w * commission
        g[Metric.CASH] += w * start.cash[i]
        g[Metric.CREDIT] += w * credit
        g[Metric.PROFIT] += w * profit
        g[Metric.VIEWS] += w * views
        g[Metric.MERCHANTS] += w
        g[Metric.SHORTAGE] += w * short
    return sold


@inner
def _draw(today, seed, m, s, scratch, terms, odds):
    """Write whole orders by merchant, kept and returned, drawn from their Poisson distributions."""
    for i in range(today.rows):
        w, p = s.weight[i], scratch.price_group[i]
        mean = terms.level[p] * scratch.attention[i]
        if today.belt_share.size:
            mean -= max(today.belt_share[i] * mean - terms.most[m.category[i]], 0.0)
        scratch.kept[i], scratch.returned[i] = 0.0, 0.0
        if w > 0.0 and mean > 0.0:
            back = returned_share(m.returns[i], odds[p])
            scratch.kept[i] = poisson(w * mean * (1.0 - back), uniform(seed, KEPT, m.id[i], today.day)) / w
            scratch.returned[i] = poisson(w * mean * back, uniform(seed, RETURNED, m.id[i], today.day)) / w


@inner
def _build_trust(today, m, s, scratch, rates):
    """Move buyers' trust in a merchant towards its signal, the faster the more orders they keep."""
    for i in range(today.rows):
        if s.trust[i] != m.signal[i] and s.weight[i] > 0.0:
            heard = 1.0 - math.exp(-scratch.kept[i] / rates.trust_orders)
            s.trust[i] += rates.trust_rate * (m.signal[i] - s.trust[i]) * heard


@inner
def _exit(today, m, s, rates):
    """Of those who entered some leave, the more the lower their usual profit."""
    if rates.exit_rate <= 0.0:
        return
    for i in range(today.rows):
        if m.entered[i] >= 0 and s.weight[i] > 0.0:
            back = m.returns[i]
            usual = s.merit[i] * ((1.0 - back) * rates.margin * m.price[i] - back * rates.return_cost)
            s.weight[i] *= 1.0 - rates.exit_rate * 2.0 / (1.0 + math.exp(min(usual / rates.exit_scale, 700.0)))


@inner
def cumulative_fee(sold, today, standard):
    """Return the fee on all sales since entry, in either reading of the scale."""
    if today.whole:
        return (today.fee if sold <= today.cap else standard) * sold
    return today.fee * min(sold, today.cap) + standard * max(sold - today.cap, 0.0)


@inner
def _move_buyers(today, sold, terms, s, steady, rates, flows):
    """Needs that were met leave the pool, new ones arrive; persons climb the ladder and lapse."""
    own, festival, level = flows[Flow.ORDERS], math.exp(today.festival), terms.level
    for p in range(level.size):
        for j in range(3):
            orders = sold[p] * terms.by_segment[p, j] / level[p] if level[p] > 0.0 else 0.0
            own[j, terms.prices.category[p]] += orders
    for k in range(3):
        outside, rival = outside_weights(today, steady, k), steady.rival[k] * math.exp(today.rival)
        for j in range(3):
            needing = terms.of_need[j, k] / terms.to_shop[j, k] if terms.to_shop[j, k] > 0 else 0.0
            bought = own[j, k] * needing
            elsewhere = terms.of_need[j, k] * rival / (outside + festival * terms.inside[j, k])
            lapsed = rates.need_lapse * s.needs[j, k]
            arrivals = steady.arrivals[j, k] * s.persons[j, k]
            if rates.pool_moves:
                s.needs[j, k] += arrivals - bought - elsewhere - lapsed
            flows[Flow.POOL_ORDERS, j, k], flows[Flow.POOL_RIVAL, j, k] = bought, elsewhere
            flows[Flow.LAPSED, j, k], flows[Flow.ARRIVALS, j, k] = lapsed, arrivals
            flows[Flow.NEEDS, j, k] = s.needs[j, k]
    if rates.ladder_moves:
        persons = s.persons
        for k in range(3):
            first = min(own[Segment.NEW, k], persons[Segment.NEW, k])
            again = min(rates.promotion * own[Segment.OCCASIONAL, k], persons[Segment.OCCASIONAL, k])
            from_occasional = steady.person_lapse[0, k] * persons[Segment.OCCASIONAL, k]
            from_regular = steady.person_lapse[1, k] * persons[Segment.REGULAR, k]
            persons[Segment.NEW, k] += from_occasional - first
            persons[Segment.OCCASIONAL, k] += first + from_regular - again - from_occasional
            persons[Segment.REGULAR, k] += again - from_regular
    for j in range(3):
        for k in range(3):
            flows[Flow.PERSONS, j, k] = s.persons[j, k]
