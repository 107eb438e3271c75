"""Welcome: who begins to sell today, and what programmes give to merchants."""

import numpy as np

from kit.economics.coaching import coached_lift
from kit.market.population import CATEGORIES, KINDS, shares
from kit.market.rest import Market
from kit.model.state import State
from kit.model.supply import Makers
from kit.programmes.effects import Effects, some

_ALLIANCE = KINDS.index("alliance")


def enter(
    effects: list[Effects], market: Market, state: State, makers: Makers, new: slice, without: frozenset[str]
) -> None:
    """Let today's cohort begin to sell: those who come by themselves or for what is promised, and those who are sent.

    Streamers with viewers and no goods stand on rows of their own, which weigh nothing until somebody gives them goods.
    """
    assume, weight = market.assume, state.weight
    if "entry_response" not in without:
        weight[new] *= np.exp(assume.entry_response * sum(effect.entry_gain for effect in effects))
    weight[new] *= 1 + sum(effect.entrants for effect in effects)
    if "sourcing" not in without:
        sourced = sum(effect.sourced - stayed_away(effect, without) for effect in effects)
        equipped = sum(effect.equipped for effect in effects)
        if sourced + equipped > 0:
            mine = market.traits.kind[new] == _ALLIANCE
            place = shares(assume, "orders")[market.traits.category[new]]
            weight[new] += np.where(mine, (sourced + equipped) * place, 0.0)
            makers.equipped[new] = np.where(mine, equipped / (sourced + equipped), 0.0)
    if "brands" not in without:
        for effect in effects:
            if effect.brands:
                _open_brands(effect, market, state, new)


def _open_brands(effect: Effects, market: Market, state: State, new: slice) -> None:
    """Brands join the rows of those who open a shop today, and make them as much more appealing as they are many."""
    of = market.traits.category[new]
    mine = (market.traits.kind[new] != _ALLIANCE) & (state.weight[new] > 0)
    rows = np.bincount(of, mine, minlength=len(CATEGORIES))
    more = np.where(mine, effect.brands * (shares(market.assume, "orders") / np.maximum(rows, 1))[of], 0.0)
    state.weight[new] += more
    part = np.divide(more, state.weight[new], out=np.zeros(more.size), where=mine)
    state.lift[new] *= 1 + part * np.expm1(effect.brand_appeal)


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
    if "fee_scale" not in without:
        state.anew[there] = effect.anew
    if "credits" not in without:
        _credit(effect.anew * effect.anew_credit, market, state, there)


def _credit(amount: np.ndarray, market: Market, state: State, there: slice) -> None:
    state.credit[there] += amount
    state.credit_a_day[there] = np.maximum(state.credit_a_day[there], amount / market.assume.credit_days)


def stayed_away(effect: Effects, without: frozenset[str]) -> float:
    """Return how many of the matched streamers do not come to their first session today."""
    return 0.0 if "no_show" in without else effect.sourced * effect.no_show


def give(effects: list[Effects], market: Market, state: State, rows: int, without: frozenset[str]) -> None:
    """Hand out what programmes give to merchants today: credit, a reduced fee, advice."""
    assume, there = market.assume, slice(rows)
    for effect in effects:
        if some(effect.credit) and "credits" not in without:
            _credit(effect.credit, market, state, there)
        if some(effect.prizes) and "tournament" not in without:
            _credit(effect.prizes, market, state, there)
        if some(effect.anew) and "re_registration" not in without:
            _open_anew(effect, market, state, rows, without)
        if some(effect.reduced_fee) and "fee_scale" not in without:
            state.in_plan[there] |= effect.reduced_fee
        if some(effect.coaching) and "coaching" not in without:
            state.lift[there] *= 1 + coached_lift(effect.coaching, assume.coaching_lift, assume.coaching_half)
