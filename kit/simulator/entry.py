"""Entry: who begins to sell today, and what programmes grant to merchants."""

import math

import numpy as np

from kit.economics.coaching import coached_lift
from kit.numerics.compiled import compiled
from kit.parameters.categories import ShopKind
from kit.policies.effects import Effects, by_merchant, is_active
from kit.simulator.state import State
from kit.simulator.steady_state import Market


def admit_entrants(
    effects: list[Effects], parts: Effects, market: Market, state: State, cohort: slice, shares: np.ndarray
) -> float:
    """Let today's cohort begin to sell; return how many merchants it has.

    Some enter by themselves or in response to a plan; streamers with viewers and no goods are sent by programmes.
    These have rows of their own, with a weight of zero until then. ``parts``: the same effects by part; ``cohort``: its
    rows; ``shares``: the categories' shares of those who are sent.
    """
    growth = math.exp(market.assume.entry_response * sum(parts.entry_gain)) * (1 + sum(parts.entrants))
    matched, equipped = float(sum(parts.sourced) - sum(no_shows(parts))), float(sum(parts.equipped))
    weight, kind, category = state.weight[cohort], market.traits.kind[cohort], market.traits.category[cohort]
    _set_weights(growth, matched, equipped, shares, kind, category, weight, state.equipped[cohort])
    for effect in effects:
        if effect.brands:
            _add_brands(effect.brands, effect.brand_appeal, shares, kind, category, weight, state.lift[cohort])
    return float(weight.sum())


def no_shows(parts: Effects) -> list[float]:
    """Return by programme how many of the matched streamers miss their first session today."""
    return [sourced * missing for sourced, missing in zip(parts.sourced, parts.no_show, strict=True)]


@compiled
def _set_weights(growth, matched, equipped, shares, kind, category, weight, by_belts):
    for i in range(weight.size):
        weight[i] *= growth
        if kind[i] == ShopKind.ALLIANCE and matched + equipped > 0.0:
            weight[i] += (matched + equipped) * shares[category[i]]
            by_belts[i] = equipped / (matched + equipped)


@compiled
def _add_brands(brands, appeal, shares, kind, category, weight, lift):
    """Add brands to the rows of today's new shops, whose appeal rises by the brands' share of the row."""
    rows = np.zeros(3)
    for i in range(weight.size):
        rows[category[i]] += kind[i] != ShopKind.ALLIANCE and weight[i] > 0.0
    for i in range(weight.size):
        if kind[i] != ShopKind.ALLIANCE and weight[i] > 0.0:
            more = brands * shares[category[i]] / rows[category[i]]
            weight[i] += more
            lift[i] *= 1.0 + more / weight[i] * math.expm1(appeal)


def grant(effects: list[Effects], market: Market, state: State, rows: int, disabled: frozenset[str]) -> None:
    """Give merchants what programmes grant today: credit, a reduced fee, advice, registration as a new shop."""
    assume = market.assume
    for effect in effects:
        for amount in (effect.credit, effect.prizes):
            if is_active(amount):
                _add_credit(by_merchant(amount, rows), assume.credit_days, state.credit, state.credit_a_day)
        if is_active(effect.reregistered):
            _reregister(effect, market, state, rows, disabled)
        if is_active(effect.reduced_fee):
            state.in_plan[:rows] |= by_merchant(effect.reduced_fee, rows) > 0
        if is_active(effect.coaching):
            hours = by_merchant(effect.coaching, rows)
            coached = np.flatnonzero(hours > 0)
            state.lift[coached] *= 1 + coached_lift(hours[coached], assume.coaching_lift, assume.coaching_half)


def _reregister(effect: Effects, market: Market, state: State, rows: int, disabled: frozenset[str]) -> None:
    """Part of a row's shops register again as new ones; fans, merit and buyers' trust stay behind."""
    there, share = slice(rows), by_merchant(effect.reregistered, rows)
    old = 1 - share
    if "fans" not in disabled:
        state.fans[there] *= old
    if "merit_feedback" not in disabled:
        state.merit[there] *= old
    if "trust" not in disabled:
        state.trust[there] = 0.5 + old * (state.trust[there] - 0.5)
    state.sold[there] *= share == 0
    state.reregistered[there] = share
    credit = share * effect.reregistered_credit
    _add_credit(credit, market.assume.credit_days, state.credit, state.credit_a_day)


@compiled
def _add_credit(amount, days, credit, a_day):
    for i in range(amount.size):
        if amount[i] > 0.0:
            credit[i] += amount[i]
            a_day[i] = max(a_day[i], amount[i] / days)
