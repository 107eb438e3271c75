"""Step commission (阶梯佣金): a higher rate past a number of orders.

In the reading "after" the higher rate applies to the orders past the step; in the reading "all" to every order of
the period once the step is passed, which makes the step a notch.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from kit.settlement.entitlements import Rates


@dataclass(frozen=True)
class Step:
    """After ``after`` orders the commission is ``rate`` (per mille)."""

    after: int
    rate: int
    reading: Literal["after", "all"] = "after"

    def __post_init__(self):
        Rates(commission=self.rate)


def stepped_rates(commission, number, total, step: Step):
    """Return the commission (per mille) of a promoter's order by its number in the period, from 1.

    ``total`` is the number of orders that count in the period. Numbers or int64 arrays.

    >>> stepped_rates(200, np.array([1, 100, 101]), 101, Step(100, 250)).tolist()
    [200, 200, 250]
    >>> stepped_rates(200, np.array([1, 100, 101]), 101, Step(100, 250, "all")).tolist()
    [250, 250, 250]
    """
    reached = np.asarray(number if step.reading == "after" else total) > step.after
    return np.where(np.broadcast_to(reached, np.shape(number)), step.rate, commission)


def step_commission(base: int, commission: int, orders, step: Step):
    """Return the commission in cents on ``orders`` orders (a number or an array) of the same net base (cents).

    >>> [int(step_commission(9_900, 200, n, Step(100, 250))) for n in (100, 101)]
    [198000, 200475]
    >>> [int(step_commission(9_900, 200, n, Step(100, 250, "all"))) for n in (100, 101)]
    [198000, 249975]
    """
    orders = np.asarray(orders)
    low, high = base * commission // 1000, base * step.rate // 1000
    past = np.maximum(orders - step.after, 0)
    if step.reading == "all":
        past = np.where(past > 0, orders, 0)
    return low * (orders - past) + high * past


def step_rates(table: pd.DataFrame, step: Step) -> pd.DataFrame:
    """Return an order table with the stepped commission of each order, counted per promoter in row order.

    Orders refunded whole (``refunded`` = ``baseAmount``) do not count, so a late refund can take a promoter
    below the step again: compute again, and post the difference as events ``rated``.
    """
    back = table["refunded"] >= table["baseAmount"] if "refunded" in table else pd.Series(False, index=table.index)
    number = (~back).groupby(table["promoter"]).cumsum()
    total = (~back).groupby(table["promoter"]).transform("sum")
    rates = stepped_rates(table["commissionRate"].to_numpy(), number.to_numpy(), total.to_numpy(), step)
    return table.assign(commissionRate=np.where(back, table["commissionRate"], rates))
