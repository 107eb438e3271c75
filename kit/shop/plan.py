"""A shop's plan in one piece: the orders as read, where the shop stands, the offers, and what the answer turns on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kit.analysis.sensitivity import by_assumption
from kit.outcomes.own_shop import Shop
from kit.parameters.levers import Levers, Value
from kit.parameters.sourced import assumptions
from kit.policies.policy import Policy, policy
from kit.shop.offers import PROGRAMMES, Offer, offers
from kit.shop.orders import Reading, read_orders
from kit.shop.shop_metrics import shop_of, standing
from kit.shop.tipping_points import tipping_points


@dataclass(frozen=True)
class ShopPlan:
    """Everything that a workbook or a page says: ``found`` is the standing, ``table`` the offers.

    ``known`` are the assumptions that the shop's own orders took the place of; ``entered`` says (stated, assumed) where
    the day of entry comes from.
    """

    reading: Reading
    found: pd.DataFrame
    policy: Policy
    shop: Shop
    offer: Offer
    assume: Levers
    table: pd.DataFrame
    known: tuple[str, ...] = ()
    entered: str = "assumed"

    def best(self) -> str:
        """Return the programme that adds most."""
        return self.table["offered"][self.table["gain"].idxmax()]

    def weighed(self, programme: str = "") -> pd.DataFrame:
        """Return what the assumptions that move one programme's worth (the best's) do to it, the ten widest."""
        subjects = self.policy, self.shop, self.offer, self.assume
        weighed = by_assumption(offers, *subjects, result=programme or self.best())
        measured = weighed["lever"].isin([f"assume.{name}" for name in self.known])
        return weighed[(weighed["span"] > 0) & ~measured].head(10)

    def pivots(self) -> pd.DataFrame:
        """Return where programmes turn from a gain to a loss or back, the least move of one number first."""
        return tipping_points(self.policy, self.shop, self.offer, self.assume, self.known)

    def turning(self) -> pd.DataFrame:
        """Return what each answer turns on: one row is a programme (``offered``) and the assumption that moves it most.

        ``low`` and ``high`` are its worth in yuan at the ends of that ``lever``; ``flips`` says (yes, no) whether some
        assumption alone turns it from a gain to a loss or back.
        """
        rows = []
        for programme in PROGRAMMES:
            weighed = self.weighed(programme)
            start = weighed.attrs["finding"]["start"][0]
            # Nothing moves what a programme does not give: Fan Xing to a shop outside its window.
            widest = {"lever": "—", "low": start, "high": start} if weighed.empty else weighed.iloc[0]
            ends = weighed[["low", "high"]].to_numpy()
            turns = "yes" if ((ends < 0) != (start < 0)).any() else "no"
            now = {"offered": programme, "gain": start, "lever": widest["lever"]}
            rows.append(now | {"low": widest["low"], "high": widest["high"], "flips": turns})
        return pd.DataFrame(rows)


def plan_shop(
    file: Path | str | bytes | Reading,
    columns: Mapping[str, str] | None = None,
    margin: Value | None = None,
    days: Value | None = None,
    offer: Offer | None = None,
    entered: Value | None = None,
) -> ShopPlan:
    """Return the plan of a shop from its orders (a path, what is in the file, or a reading of it).

    ``margin`` (0 to 1, or "35 %") and ``days`` are what the merchant states where no column says it, ``entered`` the
    day on which the shop entered (without it the illustration's). Whoever's buyers can be followed for a month is
    reckoned with their own retention.
    Raises Refusal as reading and standing do.
    """
    reading = file if isinstance(file, Reading) else read_orders(file, columns)
    autumn, assume, offer = policy("announced_autumn"), assumptions(), offer or Offer()
    found = standing(reading, assume, margin, days, autumn.programme("fan_xing"))
    day = None if entered is None else Shop.levers()["shop.entered"].check(entered)
    shop, retention = shop_of(found, day), found.attrs["finding"]["retention"][0]
    known = () if math.isnan(retention) else ("retention",)
    if known:
        # Measured, so the range of the assumption does not hold it.
        assume = assume.model_copy(update={"retention": retention})
    table = offers(autumn, shop, offer, assume)
    return ShopPlan(reading, found, autumn, shop, offer, assume, table, known, "stated" if day else "assumed")
