"""A shop's plan in one piece: the orders as read, where the shop stands, the offers, and what the answer turns on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kit.facts import assumptions
from kit.levers import Levers, Value
from kit.policies import Policy, policy
from kit.shop.offers import PROGRAMMES, Offer, offers
from kit.shop.orders import Reading, read_orders
from kit.shop.profile import Shop
from kit.shop.standing import shop_of, standing
from kit.weighing import by_assumption


@dataclass(frozen=True)
class ShopPlan:
    """Everything that a workbook or a page says: ``found`` is the standing, ``table`` the offers."""

    reading: Reading
    found: pd.DataFrame
    policy: Policy
    shop: Shop
    offer: Offer
    assume: Levers
    table: pd.DataFrame

    def best(self) -> str:
        """Return the programme that adds most."""
        return self.table["offered"][self.table["gain"].idxmax()]

    def weighed(self, programme: str = "") -> pd.DataFrame:
        """Return what the assumptions that move one programme's worth (the best's) do to it, the ten widest."""
        subjects = self.policy, self.shop, self.offer, self.assume
        weighed = by_assumption(offers, *subjects, result=programme or self.best())
        return weighed[weighed["span"] > 0].head(10)

    def turning(self) -> pd.DataFrame:
        """Return what each answer turns on: one row is a programme (``offered``) and the assumption that moves it most.

        ``low`` and ``high`` are its worth in yuan at the ends of that ``lever``; ``flips`` says (yes, no) whether
        some assumption alone turns it from a gain to a loss or back.
        """
        rows = []
        for programme in PROGRAMMES:
            weighed = self.weighed(programme)
            widest, start = weighed.iloc[0], weighed.attrs["finding"]["start"][0]
            ends = weighed[["low", "high"]].to_numpy()
            flips = "yes" if ((ends < 0) != (start < 0)).any() else "no"
            now = {"offered": programme, "gain": start, "lever": widest["lever"]}
            rows.append(now | {"low": widest["low"], "high": widest["high"], "flips": flips})
        return pd.DataFrame(rows)


def plan_shop(
    file: Path | str | bytes | Reading,
    columns: Mapping[str, str] | None = None,
    margin: Value | None = None,
    days: float | None = None,
    offer: Offer | None = None,
) -> ShopPlan:
    """Return the plan of a shop from its orders (a path, what is in the file, or a reading of it).

    ``margin`` (0 to 1, or "35 %") and ``days`` are what the merchant states where no column says it.
    Raises Refusal as reading and standing do.
    """
    reading = file if isinstance(file, Reading) else read_orders(file, columns)
    autumn, assume, offer = policy("announced_autumn"), assumptions(), offer or Offer()
    found = standing(reading, assume, margin, days, autumn.programme("fan_xing"))
    shop = shop_of(found)
    return ShopPlan(reading, found, autumn, shop, offer, assume, offers(autumn, shop, offer, assume))
