"""The ten-billion subsidy (百亿补贴): the platform pays a part of brand goods, and newcomers buy for one yuan."""

import datetime
from typing import ClassVar, Literal

from kit.facts import assumed, value
from kit.levers import lever
from kit.programmes.window import FIRST, LAST, Programme, first_day


class TenBillion(Programme):
    """The levers of the ten-billion subsidy; at their defaults it is as announced (A81 to A87).

    Brand goods at their regular price, paid for by the platform (A83); open to all hosts (A84); deals at one yuan
    for new buyers (A86). The article gives the name of ten billion (A82), but neither what is spent, nor how deep
    the subsidy is, nor how long it lasts.

    ``targeting``: whose sessions are subsidised: of all who apply (open), of small and mid-size hosts alone, or of
    applicants drawn by lot. ``pricing``: whether merchants keep their list prices or re-price under the subsidy.
    """

    group: ClassVar[str] = "ten_billion"

    start: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("ten_billion.since"), step=1)
    depth: float = assumed("ten_billion.depth")
    daily_budget: float = assumed("ten_billion.daily_budget")
    newcomer_price: float = lever(0.0, 30.0, "yuan", default=lambda: value("ten_billion.newcomer_price"), step=0.5)
    newcomer_quota: float = assumed("ten_billion.newcomer_quota")
    targeting: Literal["open", "small", "lot"] = "open"
    pricing: Literal["list", "pass_through"] = "list"


LEVERS = TenBillion
