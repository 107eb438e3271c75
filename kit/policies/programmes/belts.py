"""Industrial belts (产业带): manufacturing regions, with bases, hosts and sessions."""

import datetime
from typing import ClassVar

import numpy as np

from kit.economics.supply import reach
from kit.parameters.calendar import FIRST, LAST, first_day
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed, value
from kit.policies.effects import Effects, Merchants, since
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


def schedule(plan: Belts, days: np.ndarray, merchants: Merchants, assume: Levers) -> Effects:
    """Return the effects of belts: cheaper goods that improve with sales, up to a capacity.

    Merchants with goods of their own get them from belts and bases, as far as these reach. Learning (C2M) lowers cost
    and raises appeal. Streamers with viewers and no goods (A42) begin to sell.

    >>> from kit.parameters.sourced import assumptions
    >>> shop = Merchants(np.zeros(1, "datetime64[D]"), np.ones(1, bool))
    >>> late = schedule(Belts(), np.array(["2021-01-29"], "datetime64[D]"), shop, assumptions())
    >>> late.belt_reach.round(3).tolist(), late.belt_saving, late.capacity
    ([0.169], 0.15, 1.5)
    """
    built = since(days, plan.start)
    done = np.clip((built + 1) / assume.belt_build_days, 0.0, 1.0)
    return Effects(
        belt_reach=reach((plan.count + plan.bases) * done, assume.belt_reach),
        belt_saving=assume.belt_cost_cut,
        belt_learning=assume.belt_learning,
        belt_fit=assume.belt_fit,
        capacity=assume.belt_capacity,
        lag=assume.belt_lag,
        equipped=np.where(built < assume.belt_build_days, equipped(plan, assume), 0.0),
    )


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
