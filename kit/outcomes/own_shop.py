"""A shop in a few figures, as levers: what a merchant knows of their own business."""

from datetime import date
from typing import ClassVar

from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed, value


class Shop(Levers):
    """A new shop. At its defaults it is an illustration, not a fact.

    ``daily_sales`` is before returns, in yuan a day; ``price`` the order value in yuan; ``margin`` the gross margin
    before fees, a share of the price; ``return_rate`` a share of orders; ``days`` the horizon from the day of entry.
    """

    group: ClassVar[str] = "shop"

    entered: date = lever(date(2020, 8, 1), date(2020, 11, 30), "date", default=date(2020, 9, 15), step=1)
    daily_sales: float = lever(10.0, 1e5, "yuan", default=lambda: value("newcomer_daily_sales"), step=1, scale="log")
    price: float = lever(1.0, 5_000.0, "yuan", default=lambda: value("average_order_value"), step=1, scale="log")
    margin: float = assumed("shop.margin")
    return_rate: float = assumed("shop.return_rate")
    days: float = assumed("shop.days")

    @property
    def settled(self) -> float:
        """Sales that are kept by the buyers over all the days, in yuan: what fees and profit are computed from."""
        return self.daily_sales * (1 - self.return_rate) * self.days

    def contribution(self, return_cost: float) -> float:
        """What is left of a settled yuan before fees: the margin less the cost (yuan a parcel) of what comes back."""
        parcels_back = self.return_rate / (1 - self.return_rate)
        return self.margin - parcels_back * return_cost / self.price


def my_shop(**figures) -> Shop:
    """Return a shop with some of its figures given.

    >>> my_shop(daily_sales=500, return_rate="30 %").settled
    31500.0
    >>> my_shop(margin=40)
    Traceback (most recent call last):
    kit.text.Refusal: shop.margin = 40 is outside 0.05 to 0.8 (share); for 40 % write 0.4 or "40 %"
    """
    return Shop().but({f"shop.{name}": figure for name, figure in figures.items()})
