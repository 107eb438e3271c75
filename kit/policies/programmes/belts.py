"""Industrial belts (产业带): manufacturing regions, with bases, hosts and sessions."""

import datetime
import math
from typing import ClassVar

import numpy as np

from kit.economics.supply import learned_cost, reach
from kit.numerics.compiled import compiled
from kit.parameters.calendar import FIRST, LAST, first_day
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed, value
from kit.policies.effects import Effects, Merchants
from kit.policies.programme import Programme


class Belts(Programme):
    """The levers of the industrial belts; at their defaults they are as announced (A09 to A17).

    The targets of bases (A14), mid-tier hosts (A16) and sessions (A17) are the article's, each "more than" and without
    a deadline; it mentions dozens of belts opened so far (A09). The effects on cost, capacity and goods
    (``belt_cost_cut`` and others) are assumptions, and so is the duration of the plan (``belt_build_days``), which is
    carried out in equal daily parts. Earlier goods from belts are part of the steady state.
    """

    group: ClassVar[str] = "belts"

    start: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("open_day"), step=1)
    count: float = assumed("belts.count")
    bases: float = lever(0.0, 400.0, "bases", default=lambda: value("providers.bases"), step=5)
    streamers: float = lever(0.0, 40_000.0, "streamers", default=lambda: value("providers.streamers"), step=500)
    sessions: float = lever(0.0, 4e6, "sessions", default=lambda: value("providers.sessions"), step=50_000)


LEVERS = Belts


def effects(plan: Belts, day: datetime.date, merchants: Merchants, assume: Levers, spent: float = 0.0) -> Effects:
    """Return the effects of belts on ``day``: cheaper goods that improve with sales, up to a capacity.

    Merchants with goods of their own get them from belts and bases, as far as these reach. Learning (C2M) lowers cost
    and raises appeal. Streamers with viewers and no goods (A42) begin to sell.

    >>> from kit.parameters.sourced import assumptions
    >>> shop = Merchants(np.zeros(1, "datetime64[D]"), np.ones(1, bool), own_goods=np.ones(1), equipped=np.zeros(1))
    >>> late = effects(Belts(), datetime.date(2021, 1, 29), shop, assumptions())
    >>> late.belt_share.round(3), (late.cost_cut / late.belt_share).round(3), late.appeal, late.capacity
    (array([0.169]), array([0.15]), array([0.]), 1.5)
    """
    days = (day - plan.start).days
    if days < 0:
        return Effects()
    done = min((days + 1) / assume.belt_build_days, 1.0)
    reached = reach((plan.count + plan.bases) * done, assume.belt_reach)
    saved = learned_cost(merchants.learned, assume.belt_cost_cut, assume.belt_learning)
    more = np.expm1(assume.belt_fit * merchants.learned)
    belt_share, cost_cut, appeal = _goods(
        merchants.own_goods, merchants.equipped, merchants.categories, reached, saved, more
    )
    return Effects(
        belt_share=belt_share,
        capacity=assume.belt_capacity,
        lag=assume.belt_lag,
        cost_cut=cost_cut,
        appeal=appeal,
        equipped=merchants.once(equipped, plan, assume) if days < assume.belt_build_days else 0.0,
    )


@compiled
def _goods(own_goods, equipped, category, reached, saved, more):
    """Return by merchant the share of its goods that come from belts, the cost saved, and the appeal added.

    The share is 1 for streamers whom a belt equipped, and the belts' reach for merchants with goods of their own.
    """
    belt_share, cost_cut, appeal = np.empty(own_goods.size), np.empty(own_goods.size), np.empty(own_goods.size)
    own_appeal = np.log1p(reached * more)
    for i in range(own_goods.size):
        k = category[i]
        share = belt_share[i] = reached if own_goods[i] else equipped[i]
        cost_cut[i] = share * saved[k]
        appeal[i] = own_appeal[k] if own_goods[i] else math.log1p(share * more[k]) if share > 0.0 else 0.0
    return belt_share, cost_cut, appeal


def equipped(plan: Belts, assume: Levers) -> float:
    """Return how many streamers without goods begin to sell each day of the plan.

    They are the share without goods of the hosts to be incubated; the others sold before. The plan's sessions limit the
    number of hosts, at the usual frequency of sessions.

    >>> from kit.parameters.sourced import assumptions
    >>> [round(equipped(Belts(sessions=sessions), assumptions()), 2) for sessions in (1e6, 1e5)]
    [11.26, 1.13]
    """
    usual = assume.live_frequency * assume.belt_build_days
    return assume.goods_missing * min(plan.streamers, plan.sessions / usual) / assume.belt_build_days
