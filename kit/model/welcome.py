"""Welcome: who begins to sell today, and what programmes give to merchants."""

import math

import numpy as np

from kit.compiled import compiled
from kit.economics.coaching import coached_lift
from kit.market.population import KINDS
from kit.market.rest import Market
from kit.model.state import State
from kit.programmes.effects import Effects, some

_ALLIANCE = KINDS.index("alliance")


def enter(effects: list[Effects], of: Effects, market: Market, state: State, new: slice, place: np.ndarray) -> float:
    """Let today's cohort begin to sell: those who come by themselves or for what is promised, and those who are sent.

    ``of``: the same effects by part; ``new``: the rows of the cohort; ``place``: the categories' shares of those who
    are sent. Streamers with viewers and no goods stand on rows of their own, which weigh nothing until somebody gives
    them goods. Returns how many merchants there are in the cohort.
    """
    growth = math.exp(market.assume.entry_response * sum(of.entry_gain)) * (1 + sum(of.entrants))
    matched, equipped = float(sum(of.sourced) - sum(stayed_away(of))), float(sum(of.equipped))
    _begin(new.start, new.stop, growth, matched, equipped, place, market.traits, state)
    for effect in effects:
        if effect.brands:
            _open_brands(new.start, new.stop, effect.brands, effect.brand_appeal, place, market.traits, state)
    return float(state.weight[new].sum())


def stayed_away(of: Effects) -> list[float]:
    """Return by programme how many of the matched streamers do not come to their first session today."""
    return [sourced * missing for sourced, missing in zip(of.sourced, of.no_show, strict=True)]


@compiled
def _begin(first, end, growth, matched, equipped, place, m, s):
    """The cohort grows by its answer to what is promised; streamers are sent to their own rows."""
    for i in range(first, end):
        s.weight[i] *= growth
        if m.kind[i] == _ALLIANCE and matched + equipped > 0.0:
            s.weight[i] += (matched + equipped) * place[m.category[i]]
            s.equipped[i] = equipped / (matched + equipped)


@compiled
def _open_brands(first, end, brands, appeal, place, m, s):
    """Brands join the rows of those who open a shop today, and make them as much more appealing as they are many."""
    rows = np.zeros(3)
    for i in range(first, end):
        rows[m.category[i]] += m.kind[i] != _ALLIANCE and s.weight[i] > 0.0
    for i in range(first, end):
        if m.kind[i] != _ALLIANCE and s.weight[i] > 0.0:
            more = brands * place[m.category[i]] / rows[m.category[i]]
            s.weight[i] += more
            s.lift[i] *= 1.0 + more / s.weight[i] * math.expm1(appeal)


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
