"""Welcome: who begins to sell today, and what programmes give to merchants."""

import numpy as np

from kit.economics.coaching import coached_lift
from kit.market.population import KINDS, shares
from kit.market.rest import Market
from kit.model.state import State
from kit.model.supply import Makers
from kit.programmes.effects import Effects

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
        sourced, equipped = (sum(getattr(e, how) for e in effects) for how in ("sourced", "equipped"))
        if sourced + equipped > 0:
            mine = market.traits.kind[new] == _ALLIANCE
            place = shares(assume, "orders")[market.traits.category[new]]
            weight[new] += np.where(mine, (sourced + equipped) * place, 0.0)
            makers.equipped[new] = np.where(mine, equipped / (sourced + equipped), 0.0)


def give(effects: list[Effects], market: Market, state: State, rows: int, without: frozenset[str]) -> None:
    """Hand out what programmes give to merchants today: credit, a reduced fee, advice."""
    assume, there = market.assume, slice(rows)
    for effect in effects:
        if np.any(effect.credit) and "credits" not in without:
            state.credit[there] += effect.credit
            state.credit_a_day[there] = np.maximum(state.credit_a_day[there], effect.credit / assume.credit_days)
        if np.any(effect.reduced_fee) and "fee_scale" not in without:
            state.in_plan[there] |= effect.reduced_fee
        if np.any(effect.coaching) and "coaching" not in without:
            state.lift[there] *= 1 + coached_lift(effect.coaching, assume.coaching_lift, assume.coaching_half)
