"""Industrial belts (产业带): places that make goods in quantity, and the bases, hosts and sessions built on them."""

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

    The targets of bases (A14), mid-tier hosts (A16) and sessions (A17) are the article's, each "more than" and
    without a deadline; it speaks of dozens of belts opened so far (A09). What a belt does to cost, capacity and
    the goods themselves are assumptions (``belt_cost_cut`` and others), and so is how long the plan takes
    (``belt_build_days``): of the belts joined to merchants, the bases, hosts and sessions an equal part comes each day.
    What merchants had from belts before, is part of the market at rest.
    """

    group: ClassVar[str] = "belts"

    start: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("open_day"), step=1)
    count: float = assumed("belts.count")
    bases: float = lever(0.0, 400.0, "bases", default=lambda: value("providers.bases"), step=5)
    streamers: float = lever(0.0, 40_000.0, "streamers", default=lambda: value("providers.streamers"), step=500)
    sessions: float = lever(0.0, 4e6, "sessions", default=lambda: value("providers.sessions"), step=50_000)


LEVERS = Belts


def effects(plan: Belts, day: datetime.date, merchants: Merchants, assume: Levers, spent: float = 0.0) -> Effects:
    """Return what belts do on ``day``: goods that cost less and fit better with sales, of which there are only so many.

    Merchants who look for goods themselves find them at belts and bases, as far as these reach. What belts have
    learned (C2M) lowers cost and raises appeal. Streamers with viewers and no goods (A42) begin to sell.

    >>> from kit.parameters.sourced import assumptions
    >>> shop = Merchants(np.zeros(1, "datetime64[D]"), np.ones(1, bool), own_goods=np.ones(1), equipped=np.zeros(1))
    >>> late = effects(Belts(), datetime.date(2021, 1, 29), shop, assumptions())
    >>> late.made.round(3).tolist(), (late.cost_cut / late.made).round(3).tolist(), late.appeal.tolist(), late.making
    ([0.169], [0.15], [0.0], 1.5)
    """
    days = (day - plan.start).days
    if days < 0:
        return Effects()
    done = min((days + 1) / assume.belt_build_days, 1.0)
    reached = reach((plan.count + plan.bases) * done, assume.belt_reach)
    saved = learned_cost(merchants.learned, assume.belt_cost_cut, assume.belt_learning)
    more = np.expm1(assume.belt_fit * merchants.learned)
    made, cost_cut, appeal = _goods(merchants.own_goods, merchants.equipped, merchants.categories, reached, saved, more)
    return Effects(
        made=made,
        making=assume.belt_capacity,
        lag=assume.belt_lag,
        cost_cut=cost_cut,
        appeal=appeal,
        equipped=merchants.once(equipped, plan, assume) if days < assume.belt_build_days else 0.0,
    )


@compiled
def _goods(own_goods, equipped, category, reached, saved, more):
    """Return by merchant the share of its goods that come from belts, the cost that they save and their appeal.

    Of goods that belts make for the streamers they equipped, all; of the others', as far as belts reach.
    """
    made, cost_cut, appeal = np.empty(own_goods.size), np.empty(own_goods.size), np.empty(own_goods.size)
    alike = np.log1p(reached * more)
    for i in range(own_goods.size):
        k = category[i]
        made[i] = reached if own_goods[i] else equipped[i]
        cost_cut[i] = made[i] * saved[k]
        appeal[i] = alike[k] if own_goods[i] else math.log1p(made[i] * more[k]) if made[i] > 0.0 else 0.0
    return made, cost_cut, appeal


def equipped(plan: Belts, assume: Levers) -> float:
    """Return how many streamers who had viewers and no goods begin to sell each day while the plan is carried out.

    Of the hosts to be incubated, the share without goods; the others sold before. The sessions of the plan bound them:
    there are only so many hosts as can be live as often as is usual.

    >>> from kit.parameters.sourced import assumptions
    >>> [round(equipped(Belts(sessions=sessions), assumptions()), 2) for sessions in (1e6, 1e5)]
    [11.26, 1.13]
    """
    usual = assume.live_frequency * assume.belt_build_days
    return assume.goods_missing * min(plan.streamers, plan.sessions / usual) / assume.belt_build_days
