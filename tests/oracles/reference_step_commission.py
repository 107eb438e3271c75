"""Step commission order by order: the rate that each order of a table bears."""

import numpy as np
import pandas as pd

from kit.settlement.step_commission import Step


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
