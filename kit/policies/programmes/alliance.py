"""The Good-Goods Alliance (好物联盟): promoters, supply chains and the recruiting leaders who match them."""

import datetime
from typing import ClassVar, Literal

import numpy as np

from kit.economics.matching import outside_offer, showing_up
from kit.parameters.calendar import FIRST, LAST, first_day
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed, value
from kit.policies.effects import Effects, Merchants
from kit.policies.programme import Programme


class Alliance(Programme):
    """The levers of the alliance; at their defaults it is as announced (A43 to A57).

    A leader has six rights: online settlement (A49), data (A50), recommendations (A51), no fee (A52), cover for
    no-shows (A53) and joint marketing (A54); there are ten gold and fifty silver supply chains (A55 A56). Rates of
    commission and fees, the deposit and the terms of the cover are not in the article.

    ``commission`` and ``leader_fee`` are shares of the net price, ``platform_cut`` of the commission,
    ``leader_platform_fee`` of the leader's fee, ``no_show_cover`` of the loss from a missed session.
    """

    group: ClassVar[str] = "alliance"

    start: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("open_day"), step=1)
    gold: float = lever(0.0, 100.0, "firms", default=lambda: value("alliance.gold_chains"), step=1)
    silver: float = lever(0.0, 500.0, "firms", default=lambda: value("alliance.silver_chains"), step=5)
    commission: float = assumed("alliance.commission")
    platform_cut: float = assumed("alliance.platform_cut")
    leader_fee: float = assumed("alliance.leader_fee")
    leader_platform_fee: float = lever(
        0.0, 0.5, "share", default=lambda: value("alliance.leader_platform_fee"), step=0.01
    )
    deposit: float = assumed("alliance.deposit")
    no_show_cover: float = assumed("alliance.no_show_cover")
    settlement: Literal["granted", "withheld"] = "granted"
    data: Literal["granted", "withheld"] = "granted"
    recommendations: Literal["granted", "withheld"] = "granted"
    marketing: Literal["granted", "withheld"] = "granted"


LEVERS = Alliance


def schedule(plan: Alliance, days: np.ndarray, merchants: Merchants, assume: Levers) -> Effects:
    """Return the streamers without goods who begin to sell each day with goods from the alliance.

    The four rights that help to match the two sides each bring a quarter of them. Some of those matched do not show up,
    fewer with a deposit (O29). The platform's cover adds to the deposit up to its part of the loss, and does not change
    behaviour.

    >>> from kit.parameters.sourced import assumptions
    >>> nobody, days = Merchants(np.zeros(0, "datetime64[D]"), np.zeros(0, bool)), np.array([Alliance().start])
    >>> [schedule(plan, days, nobody, assumptions()).sourced for plan in (Alliance(), Alliance(data="withheld"))]
    [200.0, 150.0]
    """
    rights = (plan.settlement, plan.data, plan.recommendations, plan.marketing)
    earning = assume.session_sales * plan.commission * (1 - plan.platform_cut)
    outside = outside_offer(earning, assume.no_show_rate)
    return Effects(
        sourced=assume.alliance_matches * rights.count("granted") / len(rights),
        no_show=1 - showing_up(earning, plan.deposit, outside),
        cover=max(plan.no_show_cover * assume.no_show_loss - min(plan.deposit, assume.no_show_loss), 0.0),
    )
