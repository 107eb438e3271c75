"""Settlement of a whole table of orders, as int64 arrays."""

import pandas as pd

from kit.settlement.entitlements import ACCOUNTS, RATE_COLUMNS, Rates, position
from kit.settlement.import_tables import ImportedTable, orders


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
