"""Traffic resources: exposure reserved for newcomers or tilted to small merchants."""

import datetime
from typing import ClassVar

import numpy as np

from kit.parameters.calendar import FIRST, LAST, first_day
from kit.parameters.categories import Tier
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed, value
from kit.policies.effects import Effects, Merchants
from kit.policies.programme import Programme


class Traffic(Programme):
    """The levers of everyday traffic; at their defaults, what was announced on the Open Day (A06 to A08).

    The article promises resources for people, goods and venue, also to small and mid-size merchants (A07 A08), without
    a size: the floor is an assumption. A tilt is announced for the festival's main day only (A79, a lever of the
    festival), so that the everyday ``tilt`` (log points of exposure) is zero. ``commerce_share`` of users' time is as
    before: whether commerce crowds out the community (A96 A97) is for the learner to try.
    """

    group: ClassVar[str] = "traffic"

    start: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("open_day"), step=1)
    floor: float = assumed("traffic.floor")
    tilt: float = assumed("traffic.tilt")
    commerce_share: float = lever(0.02, 0.4, "share", default=lambda: value("commerce_share"), step=0.01)


LEVERS = Traffic


def schedule(plan: Traffic, days: np.ndarray, merchants: Merchants, assume: Levers) -> Effects:
    """Return the floor for newcomers, the tilt to small merchants and the share of commerce in users' time.

    >>> from kit.parameters.sourced import assumptions
    >>> two = Merchants(np.zeros(2, "datetime64[D]"), np.ones(2, bool), tier=np.array([0, 2]))
    >>> schedule(Traffic(tilt=0.5), np.array([Traffic().start]), two, assumptions()).boost.tolist()
    [0.0, 0.5]
    """
    # At its default the lever has no effect: the market's own share applies.
    moved = plan.commerce_share != value("commerce_share")
    return Effects(
        floor=plan.floor,
        boost=plan.tilt * (merchants.tier >= Tier.TAIL) if plan.tilt else 0.0,
        commerce_share=plan.commerce_share if moved else None,
    )
