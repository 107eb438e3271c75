"""Fan Xing (凡星): credit, a reduced fee and an official contact for shops that enter within its period."""

import datetime
from typing import ClassVar, Literal

import numpy as np

from kit.economics.coaching import coached_lift
from kit.economics.demand import logit_pass_through
from kit.economics.fees import Scale, expected_savings, fee_total
from kit.economics.paid_venue import PaidVenue, paid_venue
from kit.economics.retention import lost_days
from kit.parameters.calendar import LAST, first_day
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed, value
from kit.policies.credit_value import credit_worth
from kit.policies.effects import Effects, Entry, Merchants, Term, within
from kit.policies.programme import Programme

_FIRST = datetime.date(2020, 9, 1)


class FanXing(Programme):
    """The levers of Fan Xing; at their defaults it is the plan as announced (A35 to A41).

    ``pricing``: whether shops in the plan keep their list prices or pass the lower fee on to buyers.
    """

    group: ClassVar[str] = "fan_xing"
    order: ClassVar = (("start", "end"),)

    start: datetime.date = lever(_FIRST, LAST, "date", default=lambda: first_day("fan_xing.start"), step=1)
    end: datetime.date = lever(_FIRST, LAST, "date", default=lambda: first_day("fan_xing.end"), step=1)
    credit: float = lever(0.0, 2000.0, "yuan", default=lambda: value("fan_xing.credit"), step=10)
    fee: float = lever(0.0, 0.08, "share", default=lambda: value("fan_xing.fee"), step=0.001)
    cap: float = lever(0.0, 500_000.0, "yuan", default=lambda: value("fan_xing.cap"), step=1_000)
    reading: Literal["marginal", "whole"] = "marginal"
    coaching: float = assumed("fan_xing.coaching")
    pricing: Literal["list", "pass_through"] = "list"

    def scale(self, standard: float) -> Scale:
        """Return the fee scale of a shop in the plan; ``standard`` is the usual rate (share of sales)."""
        return Scale(self.fee, self.cap, standard, self.reading)


LEVERS = FanXing


def schedule(plan: FanXing, days: np.ndarray, merchants: Merchants, assume: Levers) -> Effects:
    """Return what the plan grants to self-built shops that enter within its period.

    Credit, coaching and the reduced fee start on the day of entry; the fee lasts until the cap. On the plan's first day
    old shops register again as new ones if that pays.

    >>> from kit.parameters.sourced import assumptions
    >>> new = Merchants(np.array(["2020-09-15", "2020-08-15"], "datetime64[D]"), np.array([True, True]))
    >>> schedule(FanXing(), new.entered, new, assumptions()).credit.merchants.tolist()
    [200.0, 0.0]
    """
    open_now = within(days, plan.start, plan.end)
    member = merchants.self_built & within(merchants.entered, plan.start, plan.end)
    return Effects(
        credit=Entry(plan.credit * member),
        reduced_fee=Entry(member),
        coaching=Entry(coaching_each(plan, assume) * member),
        scale=plan.scale(assume.standard_fee),
        entry_gain=np.where(open_now, entry_gain(plan, assume), 0.0),
        pass_through=price_cut(plan, assume),
        platform_part=0.0,
        reregistered=Term(days == np.datetime64(plan.start), reregistered_share(plan, merchants, assume)),
        reregistered_credit=plan.credit,
    )


def price_cut(plan: FanXing, assume: Levers) -> float:
    """Return the price cut of shops in the plan that pass the lower fee on, as a share of the list price.

    A fee f raises a unit cost c to c/(1 - f) (O2); a shop passes on one minus its choice share (O3) of the reduction,
    and a newcomer's share is close to zero. The cut ends with the reduced fee, at the cap.

    >>> from kit.parameters.sourced import assumptions
    >>> round(price_cut(FanXing(pricing="pass_through"), assumptions()), 4)
    0.0255
    """
    if plan.pricing == "list":
        return 0.0
    standard = assume.standard_fee
    cheaper = (1 - assume.merchant_margin) * (1 / (1 - standard) - 1 / (1 - min(plan.fee, standard)))
    share = assume.newcomer_daily_sales / assume.order_value / (value("orders_a_day") / assume.inside_share)
    return logit_pass_through(share) * cheaper


def reregistered_share(plan: FanXing, merchants: Merchants, assume: Levers) -> np.ndarray | float:
    """Return the share of each merchant's shops that register again as new ones on the first day.

    Older self-built shops do so if their gain exceeds their cost, which is exponentially distributed with mean
    ``re_registration_cost``.

    >>> from kit.parameters.sourced import assumptions
    >>> old, ones = np.full(3, np.datetime64("2020-07-31")), np.ones(3, bool)
    >>> three = Merchants(old, ones, sales_within=lambda of: np.array([[0.1, 5.0, 1_000.0]]))
    >>> reregistered_share(FanXing(), three, assumptions()).round(2).tolist()
    [0.1, 0.03, 0.0]
    """
    if merchants.sales_within is None:
        return 0.0
    old = merchants.self_built & (merchants.entered < np.datetime64(plan.start))
    gain = np.maximum(reregistration_gain(plan, merchants.sales_within(old), assume), 0.0)
    cost = assume.re_registration_cost
    willing = -np.expm1(-gain / cost) if cost > 0 else gain > 0
    share = np.zeros(old.size)
    share[old] = willing.mean(axis=0)
    return share


def reregistration_gain(plan: FanXing, sales, assume: Levers) -> np.ndarray:
    """Return an old shop's gain from registering again, in yuan over ``shop.days``, before its cost.

    It gains the lower fee up to the cap and the credit, and loses the sales due to fans and merit. Fee and fans are
    proportional to sales, and fans matter more; the credit is the same for all, so that the smallest shops move.
    ``sales``: net of returns, in yuan a day.

    >>> from kit.parameters.sourced import assumptions
    >>> reregistration_gain(FanXing(), np.array([0.0, 100.0]), assumptions()).round().tolist()
    [103.0, -1309.0]
    """
    days, standard = value("shop.days"), assume.standard_fee
    public = 1 - assume.private_share - assume.paid_share
    gone = lost_days(days, (assume.private_share, assume.fan_decay), (public, assume.merit_memory))
    kept = (days - gone) * sales
    saved = standard * kept - fee_total(kept, plan.scale(standard))
    return saved + plan.credit * credit_worth(assume) - (assume.merchant_margin - standard) * gone * sales


def entry_gain(plan: FanXing, assume: Levers) -> float:
    """Return an entrant's expected gain from the plan, as a share of its profit without it.

    The mean over sizes of newcomers: fee saved (O13), orders from the credit, sales from coaching.

    >>> from kit.parameters.sourced import assumptions
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
    """Return the paid venue on a day when newcomers spend the plan's credits next to cash advertisers.

    The cash budget is the cost, without credits, of the impressions behind the paid share of visits to rooms.
    """
    minutes = value("daily_users") * value("minutes_per_user") * assume.commerce_share
    impressions = minutes / assume.minutes_per_visit / assume.entry_rate
    cash = impressions * assume.paid_share / assume.views_per_yuan
    credits = assume.newcomers_per_day * plan.credit
    return paid_venue(cash, credits, assume.views_per_yuan, assume.supply_fixity)


def coaching_each(plan: FanXing, assume: Levers) -> float:
    """Return the hours of advice for each newcomer: as granted, or fewer if the staff does not suffice."""
    return min(plan.coaching, assume.coaching_staff / assume.newcomers_per_day)
