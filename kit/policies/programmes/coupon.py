"""A coupon: a discount at a share of the merchants. Not in the article: a tool for experiments."""

import datetime
from math import inf
from typing import ClassVar

import numpy as np

from kit.numerics.random_numbers import TREATED, uniforms
from kit.parameters.calendar import FIRST, LAST
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import value
from kit.policies.effects import Effects, Merchants, Term, since, within
from kit.policies.programme import Programme


class Coupon(Programme):
    """The levers of a coupon. ``reach``: share of merchants with the coupon, drawn once; ``budget``: yuan in total.

    There is an event ``every`` so many days, from the first day on, that ``lasts`` so many; with equal numbers the
    coupon is permanent. The article counts one activity in thirty days before (A93) and thirty a day now (A94): buyers
    come to expect a permanent discount, which then has no effect.
    """

    group: ClassVar[str] = "coupon"
    announced: ClassVar[bool] = False
    order: ClassVar = (("start", "end"),)

    start: datetime.date = lever(FIRST, LAST, "date", default=FIRST, step=1)
    end: datetime.date = lever(FIRST, LAST, "date", default=LAST, step=1)
    every: float = lever(1.0, 60.0, "days", default=1.0, step=1)
    lasts: float = lever(1.0, 60.0, "days", default=1.0, step=1)
    depth: float = lever(0.0, 0.9, "share", default=lambda: value("ten_billion.depth"), step=0.01)
    reach: float = lever(0.0, 1.0, "share", default=1.0, step=0.05)
    platform_part: float = lever(0.0, 1.0, "share", default=1.0, step=0.05)
    budget: float = lever(0.0, 1e12, "yuan", default=1e12, step=1e6, scale="log")


LEVERS = Coupon


def schedule(plan: Coupon, days: np.ndarray, merchants: Merchants, assume: Levers) -> Effects:
    """Return the discount at merchants with the coupon, on days with an event, until the budget is spent.

    >>> from kit.parameters.sourced import assumptions
    >>> some = Merchants(np.zeros(2, "datetime64[D]"), np.ones(2, bool), id=np.arange(2))
    >>> days = np.arange("2020-08-01", "2020-09-01", dtype="datetime64[D]")
    >>> rare = schedule(Coupon(every=30, lasts=2), days, some, assumptions())
    >>> rare.discount.days[[0, 1, 2, 29, 30]].tolist(), rare.discount.merchants
    ([0.15, 0.15, 0.0, 0.0, 0.15], 1.0)
    """
    event = within(days, plan.start, plan.end) & (since(days, plan.start) % plan.every < plan.lasts)
    has_it = uniforms(0, TREATED, merchants.id) < plan.reach if plan.reach < 1 else 1.0
    return Effects(
        discount=Term(np.where(event, plan.depth, 0.0), has_it) if plan.depth else 0.0,
        platform_part=plan.platform_part,
        total_budget=plan.budget if plan.budget < 1e12 else inf,
    )
