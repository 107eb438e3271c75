"""Fan Xing (凡星): credit, a reduced fee and an official contact for shops that enter in its window."""

import datetime
from typing import ClassVar, Literal

import numpy as np

from kit.economics.attention import PaidVenue, paid_venue
from kit.economics.coaching import coached_lift
from kit.economics.fees import Scale, expected_savings
from kit.facts import assumed, value
from kit.levers import Levers, lever
from kit.programmes.effects import Effects, Merchants
from kit.programmes.window import LAST, Programme, first_day

_FIRST = datetime.date(2020, 9, 1)


class FanXing(Programme):
    """The levers of Fan Xing; at their defaults it is the plan as announced (A35 to A41)."""

    group: ClassVar[str] = "fan_xing"
    order: ClassVar = (("start", "end"),)

    start: datetime.date = lever(_FIRST, LAST, "date", default=lambda: first_day("fan_xing.start"), step=1)
    end: datetime.date = lever(_FIRST, LAST, "date", default=lambda: first_day("fan_xing.end"), step=1)
    credit: float = lever(0.0, 2000.0, "yuan", default=lambda: value("fan_xing.credit"), step=10)
    fee: float = lever(0.0, 0.08, "share", default=lambda: value("fan_xing.fee"), step=0.001)
    cap: float = lever(0.0, 500_000.0, "yuan", default=lambda: value("fan_xing.cap"), step=1_000)
    reading: Literal["marginal", "whole"] = "marginal"
    coaching: float = assumed("fan_xing.coaching")

    def scale(self, standard: float) -> Scale:
        """Return the fee scale of a shop in the plan; ``standard`` is the ordinary rate (share of sales)."""
        return Scale(self.fee, self.cap, standard, self.reading)


LEVERS = FanXing


def effects(plan: FanXing, day: datetime.date, merchants: Merchants, assume: Levers, spent: float = 0.0) -> Effects:
    """Return what the plan gives on ``day``: to self-built shops that enter in its window.

    Credit, coaching and the reduced fee come on the day of entry; the fee then lasts until the cap.

    >>> from kit.facts import assumptions
    >>> new = Merchants(np.array(["2020-09-15", "2020-08-15"], "datetime64[D]"), np.array([True, True]))
    >>> effects(FanXing(), datetime.date(2020, 9, 15), new, assumptions()).credit.tolist()
    [200.0, 0.0]
    """
    if not plan.start <= day <= plan.end:
        return Effects(scale=plan.scale(assume.standard_fee))
    today = merchants.self_built & (merchants.entered == np.datetime64(day))
    return Effects(
        credit=np.where(today, plan.credit, 0.0),
        reduced_fee=today,
        coaching=np.where(today, coaching_each(plan, assume), 0.0),
        scale=plan.scale(assume.standard_fee),
        entry_gain=entry_gain(plan, assume),
    )


def entry_gain(plan: FanXing, assume: Levers) -> float:
    """Return what a shop that thinks of entering expects of the plan, as a share of its profit without it.

    The mean over the sizes of newcomers: fee saved (O13), orders from the credit, sales from coaching.

    >>> from kit.facts import assumptions
    >>> 0 < entry_gain(FanXing(), assumptions()) < 0.2
    True
    """
    settled = assume.newcomer_daily_sales * (1 - assume.newcomer_return_rate) * value("shop.days")
    saved = expected_savings(settled, assume.newcomer_size_sd, plan.scale(assume.standard_fee)).saving
    views = plan.credit * assume.views_per_yuan / credit_venue(plan, assume).price_ratio
    won = views * assume.entry_rate * assume.viewer_conversion * assume.order_value
    lifted = settled * coached_lift(coaching_each(plan, assume), assume.coaching_lift, assume.coaching_half)
    margin = assume.merchant_margin - assume.standard_fee
    gained = saved + margin * (won * (1 - assume.newcomer_return_rate) + lifted)
    return assume.self_built_newcomers * gained / (margin * settled)


def credit_venue(plan: FanXing, assume: Levers) -> PaidVenue:
    """Return the paid venue on a day on which newcomers spend the plan's credits beside cash advertisers.

    The cash budget is what the impressions behind the paid share of visits to rooms cost without credits.
    """
    minutes = value("daily_users") * value("minutes_per_user") * assume.commerce_share
    impressions = minutes / assume.minutes_per_visit / assume.entry_rate
    cash = impressions * assume.paid_share / assume.views_per_yuan
    credits = assume.newcomers_per_day * plan.credit
    return paid_venue(cash, credits, assume.views_per_yuan, assume.supply_fixity)


def coaching_each(plan: FanXing, assume: Levers) -> float:
    """Return the hours of advice that a newcomer gets: as granted, or less where the staff has not so many."""
    return min(plan.coaching, assume.coaching_staff / assume.newcomers_per_day)
