"""A shop's plan: the orders as read, the shop's metrics, the offers, and the sensitivity of the answer."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from kit.analysis.sensitivity import by_assumption
from kit.outcomes.own_shop import Shop
from kit.parameters.levers import Levers, Value
from kit.parameters.sourced import assumptions
from kit.policies.policy import Policy, policy
from kit.shop.offers import PROGRAMMES, Offer, offers
from kit.shop.orders import Reading, read_orders
from kit.shop.shop_metrics import measure_shop, shop_of
from kit.shop.tipping_points import tipping_points


@dataclass(frozen=True)
class ShopPlan:
    """The content of a workbook or a page: ``metrics`` is measure_shop's table, ``table`` the offers.

    ``known``: the assumptions replaced by the shop's own orders; ``entered``: the day of entry is stated or assumed.
    """

    reading: Reading
    metrics: pd.DataFrame
    policy: Policy
    shop: Shop
    offer: Offer
    assume: Levers
    table: pd.DataFrame
    known: tuple[str, ...] = ()
    entered: str = "assumed"

    @property
    def subjects(self) -> tuple[Policy, Shop, Offer, Levers]:
        return self.policy, self.shop, self.offer, self.assume

    def best(self) -> str:
        """Return the programme with the largest gain."""
        return self.table["offered"][self.table["gain"].idxmax()]

    def weighed(self, programme: str = "") -> pd.DataFrame:
        """Return the ten assumptions with the widest effect on one programme's gain (by default the best's)."""
        weighed = by_assumption(offers, *self.subjects, result=programme or self.best())
        measured = weighed["lever"].isin([f"assume.{name}" for name in self.known])
        return weighed[(weighed["span"] > 0) & ~measured].head(10)

    def tipping_points(self) -> pd.DataFrame:
        """Return where programmes turn from a gain to a loss or back, the smallest change of one number first."""
        return self._tipping_points.copy()

    def sensitivity(self) -> pd.DataFrame:
        """Return the most influential assumption of each programme: one row is a programme (``offered``).

        ``low`` and ``high`` are its gain in yuan at the ends of that ``lever``; ``flips``: whether (yes, no) some
        assumption alone turns it from a gain to a loss or back.
        """
        rows = []
        for programme in PROGRAMMES:
            weighed = self.weighed(programme)
            start = weighed.attrs["finding"]["start"][0]
            # No assumption changes a gain of zero: Fan Xing for a shop outside its window.
            widest = {"lever": "—", "low": start, "high": start} if weighed.empty else weighed.iloc[0]
            ends = weighed[["low", "high"]].to_numpy()
            flips = "yes" if ((ends < 0) != (start < 0)).any() else "no"
            rows.append((programme, start, widest["lever"], widest["low"], widest["high"], flips))
        return pd.DataFrame(rows, columns=["offered", "gain", "lever", "low", "high", "flips"])

    @cached_property
    def _tipping_points(self) -> pd.DataFrame:
        # Half a second, and a page or workbook shows it more than once.
        return tipping_points(*self.subjects, self.known)


def plan_shop(
    file: Path | str | bytes | Reading,
    columns: Mapping[str, str] | None = None,
    margin: Value | None = None,
    days: Value | None = None,
    offer: Offer | None = None,
    entered: Value | None = None,
) -> ShopPlan:
    """Return the plan of a shop from its orders (a path, the content of the file, or a reading of it).

    ``margin`` (0 to 1, or "35 %") and ``days`` are stated by the merchant where no column has them, ``entered`` is the
    day of entry (default: the illustration's). A shop with enough buyers observed for a month gets their retention.
    Raises Refusal as read_orders and measure_shop do.
    """
    reading = file if isinstance(file, Reading) else read_orders(file, columns)
    autumn, assume, offer = policy("announced_autumn"), assumptions(), offer or Offer()
    metrics = measure_shop(reading, assume, margin, days, autumn.programme("fan_xing"))
    day = None if entered is None else Shop.levers()["shop.entered"].check(entered)
    shop, retention = shop_of(metrics, day), metrics.attrs["finding"]["retention"][0]
    known = () if math.isnan(retention) else ("retention",)
    if known:
        # Measured, so that the assumption's range does not apply.
        assume = assume.model_copy(update={"retention": retention})
    table = offers(autumn, shop, offer, assume)
    return ShopPlan(reading, metrics, autumn, shop, offer, assume, table, known, "stated" if day else "assumed")
