"""What is recorded of a day: metrics by group of merchants, flows by segment of buyers, and the platform's own.

Compiled code reads these positions: see ``kit.numerics.compiled``.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from kit.parameters.categories import Category, Tier, names

# By group of merchants (category x tier), and by segment of buyers and category.
_GROUP = "ORDERS KEPT GMV RETURNED SETTLED SUBSIDISED SUBSIDY FEES COMMISSION CUT CASH"
Metric = IntEnum("Metric", f"{_GROUP} CREDIT DISPLACED PROFIT VIEWS MERCHANTS SHORTAGE", start=0)
Flow = IntEnum("Flow", "ORDERS POOL_ORDERS POOL_RIVAL LAPSED ARRIVALS NEEDS PERSONS DEALS", start=0)
METRICS, FLOWS = names(Metric), names(Flow)
TIERS = len(Tier)
GROUPS = len(Category) * TIERS
PLATFORM = ("users", "minutes", "share", "promotion")  # of the platform itself, by day
SURVIVAL = 90  # days after which a newcomer counts as having stayed


class Days(NamedTuple):
    """What happened, day by day.

    ``groups`` is (day, group, metric), ``flows`` (day, flow, segment, category), ``platform`` (day, [users, minutes a
    user, commerce share, promotion]), ``cohorts`` (day of entry, [merchants who entered, those who stayed 90 days]).
    """

    groups: np.ndarray
    flows: np.ndarray
    platform: np.ndarray
    cohorts: np.ndarray

    @classmethod
    def zeros(cls, days: int) -> "Days":
        """Return the arrays for so many days, before anything happened."""
        groups, flows = (days, GROUPS, len(METRICS)), (days, len(FLOWS), 3, 3)
        return cls(np.zeros(groups), np.zeros(flows), np.zeros((days, len(PLATFORM))), np.zeros((days, 2)))
