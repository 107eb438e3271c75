"""Welcome: who begins to sell today, and what programmes give to merchants."""

import math

import numpy as np

from kit.economics.coaching import coached_lift
from kit.market.population import CATEGORIES, KINDS, shares
from kit.market.rest import Market
from kit.model.state import State
from kit.programmes.effects import Effects, some

_ALLIANCE = KINDS.index("alliance")


def enter(effects: list[Effects], of: Effects, market: Market, state: State, new: slice) -> None:
    """Let today's cohort begin to sell: those who come by themselves or for what is promised, and those who are sent.

    ``of``: the same effects by part. Streamers with viewers and no goods stand on rows of their own, which weigh
    nothing until somebody gives them goods.
    """
    assume, weight = market.assume, state.weight
    weight[new] *= math.exp(assume.entry_response * sum(of.entry_gain)) * (1 + sum(of.entrants))
    sourced, equipped = sum(of.sourced) - sum(stayed_away(of)), sum(of.equipped)
    if sourced + equipped > 0:
        mine = market.traits.kind[new] == _ALLIANCE
        place = shares(assume, "orders")[market.traits.category[new]]
        weight[new] += mine * (sourced + equipped) * place
        state.equipped[new] = mine * (equipped / (sourced + equipped))
    for effect in effects:
        if effect.brands:
            _open_brands(effect, market, state, new)


def stayed_away(of: Effects) -> list[float]:
    """Return by programme how many of the matched streamers do not come to their first session today."""
    return [sourced * missing for sourced, missing in zip(of.sourced, of.no_show, strict=True)]


def _open_brands(effect: Effects, market: Market, state: State, new: slice) -> None:
    """Brands join the rows of those who open a shop today, and make them as much more appealing as they are many."""
    of = market.traits.category[new]
    mine = (market.traits.kind[new] != _ALLIANCE) & (state.weight[new] > 0)
    rows = np.bincount(of, mine, minlength=len(CATEGORIES))
    more = mine * (effect.brands * shares(market.assume, "orders") / np.maximum(rows, 1))[of]
    state.weight[new] += more
    part = np.divide(more, state.weight[new], out=np.zeros(more.size), where=mine)
    state.lift[new] *= 1 + part * math.expm1(effect.brand_appeal)


def _open_anew(effect: Effects, market: Market, state: State, rows: int, without: frozenset[str]) -> None:
    """Of those for whom a row stands a part opens again as new shops; fans, merit and buyers' trust stay behind."""
    there = slice(rows)
    old = 1 - effect.anew
    if "fans" not in without:
        state.fans[there] *= old
    if "merit_feedback" not in without:
        state.merit[there] *= old
    if "trust" not in without:
        state.trust[there] = 0.5 + old * (state.trust[there] - 0.5)
    state.sold[there] *= effect.anew == 0
    state.anew[there] = effect.anew
    _credit(effect.anew * effect.anew_credit, market, state, there)


def _credit(amount: np.ndarray | float, market: Market, state: State, there: slice) -> None:
    state.credit[there] += amount
    state.credit_a_day[there] = np.maximum(state.credit_a_day[there], amount / market.assume.credit_days)


def give(effects: list[Effects], market: Market, state: State, rows: int, without: frozenset[str]) -> None:
    """Hand out what programmes give to merchants today: credit, a reduced fee, advice, a fresh start."""
    assume, there = market.assume, slice(rows)
    for effect in effects:
        for amount in (effect.credit, effect.prizes):
            if some(amount):
                _credit(amount, market, state, there)
        if some(effect.anew):
            _open_anew(effect, market, state, rows, without)
        if some(effect.reduced_fee):
            state.in_plan[there] |= effect.reduced_fee
        if some(effect.coaching):
            state.lift[there] *= 1 + coached_lift(effect.coaching, assume.coaching_lift, assume.coaching_half)
