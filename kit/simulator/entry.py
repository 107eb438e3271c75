"""Welcome: who begins to sell today, and what programmes give to merchants."""

import math

import numpy as np

from kit.economics.coaching import coached_lift
from kit.numerics.compiled import compiled
from kit.policies.effects import Effects, by_merchant, some
from kit.simulator.population import KINDS
from kit.simulator.state import State
from kit.simulator.steady_state import Market

_ALLIANCE = KINDS.index("alliance")


def enter(effects: list[Effects], of: Effects, market: Market, state: State, new: slice, place: np.ndarray) -> float:
    """Let today's cohort begin to sell: those who come by themselves or for what is promised, and those who are sent.

    ``of``: the same effects by part; ``new``: the rows of the cohort; ``place``: the categories' shares of those who
    are sent. Streamers with viewers and no goods stand on rows of their own, which weigh nothing until somebody gives
    them goods. Returns how many merchants there are in the cohort.
    """
    growth = math.exp(market.assume.entry_response * sum(of.entry_gain)) * (1 + sum(of.entrants))
    matched, equipped = float(sum(of.sourced) - sum(stayed_away(of))), float(sum(of.equipped))
    weight, kind, category = state.weight[new], market.traits.kind[new], market.traits.category[new]
    _begin(growth, matched, equipped, place, kind, category, weight, state.equipped[new])
    for effect in effects:
        if effect.brands:
            _open_brands(effect.brands, effect.brand_appeal, place, kind, category, weight, state.lift[new])
    return float(weight.sum())


def stayed_away(of: Effects) -> list[float]:
    """Return by programme how many of the matched streamers do not come to their first session today."""
    return [sourced * missing for sourced, missing in zip(of.sourced, of.no_show, strict=True)]


@compiled
def _begin(growth, matched, equipped, place, kind, category, weight, by_belts):
    """The cohort grows by its answer to what is promised; streamers are sent to their own rows."""
    for i in range(weight.size):
        weight[i] *= growth
        if kind[i] == _ALLIANCE and matched + equipped > 0.0:
            weight[i] += (matched + equipped) * place[category[i]]
            by_belts[i] = equipped / (matched + equipped)


@compiled
def _open_brands(brands, appeal, place, kind, category, weight, lift):
    """Brands join the rows of those who open a shop today, and make them as much more appealing as they are many."""
    rows = np.zeros(3)
    for i in range(weight.size):
        rows[category[i]] += kind[i] != _ALLIANCE and weight[i] > 0.0
    for i in range(weight.size):
        if kind[i] != _ALLIANCE and weight[i] > 0.0:
            more = brands * place[category[i]] / rows[category[i]]
            weight[i] += more
            lift[i] *= 1.0 + more / weight[i] * math.expm1(appeal)


def _open_anew(effect: Effects, market: Market, state: State, rows: int, disabled: frozenset[str]) -> None:
    """Of those for whom a row stands a part opens again as new shops; fans, merit and buyers' trust stay behind."""
    there, anew = slice(rows), by_merchant(effect.anew, rows)
    old = 1 - anew
    if "fans" not in disabled:
        state.fans[there] *= old
    if "merit_feedback" not in disabled:
        state.merit[there] *= old
    if "trust" not in disabled:
        state.trust[there] = 0.5 + old * (state.trust[there] - 0.5)
    state.sold[there] *= anew == 0
    state.anew[there] = anew
    _credit(anew * effect.anew_credit, market.assume.credit_days, state.credit, state.credit_a_day)


@compiled
def _credit(amount, days, credit, a_day):
    for i in range(amount.size):
        if amount[i] > 0.0:
            credit[i] += amount[i]
            a_day[i] = max(a_day[i], amount[i] / days)


def give(effects: list[Effects], market: Market, state: State, rows: int, disabled: frozenset[str]) -> None:
    """Hand out what programmes give to merchants today: credit, a reduced fee, advice, a fresh start."""
    assume = market.assume
    for effect in effects:
        for amount in (effect.credit, effect.prizes):
            if some(amount):
                _credit(by_merchant(amount, rows), assume.credit_days, state.credit, state.credit_a_day)
        if some(effect.anew):
            _open_anew(effect, market, state, rows, disabled)
        if some(effect.reduced_fee):
            state.in_plan[:rows] |= by_merchant(effect.reduced_fee, rows) > 0
        if some(effect.coaching):
            hours = by_merchant(effect.coaching, rows)
            coached = np.flatnonzero(hours > 0)
            state.lift[coached] *= 1 + coached_lift(hours[coached], assume.coaching_lift, assume.coaching_half)
