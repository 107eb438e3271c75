"""Settlement of a whole table of orders (int64 arrays), and reconciliation of sampled orders with a model's floats."""

import numpy as np
import pandas as pd

from kit.settlement.entitlements import ACCOUNTS, INVALID, RATE_COLUMNS, SETTLED, Rates, position
from kit.settlement.import_tables import ImportedTable, orders
from kit.text import Refusal


def settle(table: pd.DataFrame) -> tuple[pd.DataFrame, ImportedTable]:
    """Return the balances of every order, to the cent as the ledger posts them, and the table as it was read.

    The table has the columns of import_tables.orders. One row of the result is an order, a column an account (cents;
    received is positive); each row adds up to 0. An order refunded whole is 0 everywhere.
    """
    read = orders(table)
    column = {name: cells.to_numpy() for name, cells in read.good.items() if name != "order_id"}
    base = column["baseAmount"]
    rates = Rates(**{field: column[name] for name, field in RATE_COLUMNS.items()})
    balances = position(column["cpsOrderStatus"], base - column["refunded"], base, column["coupon"], rates)
    return pd.DataFrame({"order_id": read.good["order_id"], **dict(zip(ACCOUNTS, balances, strict=True))}), read


# Bounds in cents of posted minus exact, for one settled order: (least, most).
# Tech fee, commission, leader's share and the platform's cut are each rounded down, and the supply chain gets the
# remainder: three floors fall to it; the promoter can gain the cut's floor and lose the commission's.
BOUNDS = {"supply_chain": (0, 3), "promoter": (-1, 1), "leader": (-1, 1), "second_leader": (-2, 0)}
BOUNDS |= {"platform_fee": (-3, 0)}


def settle_sampled(price_cents, returned, rates: Rates) -> dict[str, int]:
    """Settle sampled orders and return the total of each party in cents.

    One element is an order: ``price_cents`` (int64), ``returned`` (bool: refunded whole), ``rates`` (per mille,
    one for all or arrays).

    >>> settle_sampled(np.array([9_900, 9_900]), np.array([False, True]), Rates(50, 200, 100, 10))["promoter"]
    1782
    """
    price = np.asarray(price_cents)
    if not np.issubdtype(price.dtype, np.integer):
        raise Refusal("cents", column="price_cents", value=price.dtype)
    if (price < 0).any():
        raise Refusal("base_amount", value=int(price.min()))
    states = np.where(np.asarray(returned, dtype=bool), INVALID, SETTLED)
    totals = zip(ACCOUNTS, position(states, price, np.maximum(price, 1), 0, rates), strict=True)
    return {account: int(np.sum(cents)) for account, cents in totals if account in BOUNDS}


def reconcile(posted: dict[str, int], floats: dict[str, float], orders: int, apart: float = 0.0) -> pd.DataFrame:
    """Compare posted cents with a model's float totals (yuan) of the same orders.

    One row is an account: ``posted`` and ``model`` in yuan, ``least`` and ``most`` the bounds in yuan of their
    difference by rounding over ``orders`` settled orders, and whether it ``holds`` (with a tolerance of a millionth
    of the model's total for float arithmetic, and of ``apart`` yuan for prices that are not whole cents).
    """
    rows = []
    for account, model in floats.items():
        low, high = (orders * bound / 100 for bound in BOUNDS[account])
        gap, slack = posted[account] / 100 - model, 1e-6 * abs(model) + 1e-9 + apart
        holds = low - slack <= gap <= high + slack
        rows.append((account, posted[account] / 100, model, low, high, holds))
    return pd.DataFrame(rows, columns=["account", "posted", "model", "least", "most", "holds"])
