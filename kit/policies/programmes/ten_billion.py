"""The ten-billion subsidy (百亿补贴): subsidised brand goods, and one-yuan deals for new buyers."""

import datetime
from typing import ClassVar, Literal

import numpy as np

from kit.economics.demand import logit_pass_through
from kit.numerics.random_numbers import JOIN, uniforms
from kit.parameters.calendar import FIRST, LAST, first_day
from kit.parameters.categories import Tier
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed, value
from kit.policies.effects import Effects, Merchants
from kit.policies.programme import Programme


class TenBillion(Programme):
    """The levers of the ten-billion subsidy; at their defaults it is as announced (A81 to A87).

    Subsidised brand goods (A83), open to all hosts (A84), and deals at one yuan for new buyers (A86). Apart from its
    name (A82) the article gives no budget, depth or duration. ``brands``: known brands that open a shop each day, in
    addition to goods from the source (A69).

    ``targeting``: subsidised sessions are those of all applicants (open), of small and mid-size hosts, or of applicants
    drawn by lot. ``pricing``: whether merchants keep their list prices or re-price under the subsidy.
    """

    group: ClassVar[str] = "ten_billion"

    start: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("ten_billion.since"), step=1)
    depth: float = assumed("ten_billion.depth")
    daily_budget: float = assumed("ten_billion.daily_budget")
    newcomer_price: float = lever(0.0, 30.0, "yuan", default=lambda: value("ten_billion.newcomer_price"), step=0.5)
    newcomer_quota: float = assumed("ten_billion.newcomer_quota")
    brands: float = assumed("ten_billion.brands")
    targeting: Literal["open", "small", "lot"] = "open"
    pricing: Literal["list", "pass_through"] = "list"


LEVERS = TenBillion


def schedule(plan: TenBillion, days: np.ndarray, merchants: Merchants, assume: Levers) -> Effects:
    """Return the subsidy: a discount at participants, and deals for new buyers.

    Participation rises with the share of days on which a host is live, so that large hosts participate more; drawn by
    lot, it is equally likely for all. Brands pay a part. Merchants who re-price pass on one minus their choice share
    (O3).

    >>> from kit.parameters.sourced import assumptions
    >>> days, ones = np.zeros(2, "datetime64[D]"), np.ones(2)
    >>> two = Merchants(days, ones > 0, np.arange(2), ones, tier=np.array([0, 2]), live=ones)
    >>> made = schedule(TenBillion(targeting="small"), days, two, assumptions())
    >>> made.discount.tolist(), made.deals
    ([0.0, 0.15], 100000.0)
    """
    return Effects(
        discount=discounts(plan, merchants, assume),
        platform_part=1.0 - assume.brand_funding,
        budget=plan.daily_budget,
        deals=plan.newcomer_quota,
        deal_price=plan.newcomer_price,
        brands=plan.brands,
        brand_appeal=assume.brand_appeal,
    )


def discounts(plan: TenBillion, merchants: Merchants, assume: Levers) -> np.ndarray:
    """Return each merchant's share of the list price off: zero for those who do not participate."""
    depth = plan.depth
    if plan.pricing == "pass_through":
        depth *= logit_pass_through(assume.inside_share)
    chance = assume.live_frequency if plan.targeting == "lot" else merchants.live
    joins = uniforms(0, JOIN, merchants.id) < chance
    if plan.targeting == "small":
        joins &= merchants.tier >= Tier.TAIL
    return np.where(joins, depth, 0.0)
