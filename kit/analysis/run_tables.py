"""One run as tidy tables: its days and weeks, the platform's account, inequality of sales, survival."""

import math

import numpy as np
import pandas as pd

from kit.economics.inequality import gini, top_share
from kit.parameters.calendar import FIRST
from kit.parameters.categories import Segment
from kit.simulator.recorded import METRICS, SURVIVAL
from kit.simulator.records import Records

# The lines of the platform's account: its money is of four kinds and must not be added up.
ACCOUNT = ("cash_revenue", "subsidy", "credit", "displaced", "content")


def daily(records: Records) -> pd.DataFrame:
    """Return the days of a run: one row is a day.

    Columns: ``date``; METRICS over all merchants (orders, kept, subsidised and shortage in orders, views in visits, the
    others in yuan); ``first_orders`` by buyers who had none before; ``users``, ``minutes`` (a user and day);
    ``cash_revenue`` (fees, the cut of commissions, cash for exposure) and ``content`` revenue in yuan.
    """
    columns = {name: records.metric(name) for name in METRICS}
    users, minutes, share, promotion = records.platform.T
    deals = records.flow("deals")
    columns["first_orders"] = (records.flow("orders") + deals)[:, Segment.NEW].sum(axis=1)
    columns |= {"users": users, "minutes": minutes, "deals": deals.sum(axis=(1, 2))}
    columns["subsidy"] = columns["subsidy"] + promotion
    columns["cash_revenue"] = columns["fees"] + columns["cut"] + columns["cash"]
    columns["content"] = users * minutes * (1 - share) * records.market.assume.content_revenue
    # Made at once: a table that grows column by column takes longer than the run of a small market.
    return pd.DataFrame({"date": pd.date_range(FIRST, periods=records.days), **columns})


def weekly(records: Records) -> pd.DataFrame:
    """Return the weeks of a run: one row is a week of seven days (the last may have fewer), by its first ``date``.

    Amounts are summed; users and minutes are the week's means, merchants those of its last day.
    """
    table = daily(records)
    ways = {"date": "first", "users": "mean", "minutes": "mean", "merchants": "last"}
    return table.groupby(table.index // 7).agg(dict.fromkeys(table.columns, "sum") | ways)


def inequality(records: Records) -> dict[str, float]:
    """Return the Gini coefficient of sales among merchants and the share of the largest hundredth, 0 to 1."""
    there = records.state.gmv > 0
    sales, weight = records.state.gmv[there], records.market.traits.weight[there]
    return {"gini": gini(sales, weight), "top_share": top_share(sales, weight)}


def survival(records: Records) -> float:
    """Return which share of newcomers are still there after 90 days, 0 to 1; nan where none entered so long ago."""
    entered, alive = records.cohorts[:, 0], records.cohorts[:, 1]
    whole = np.arange(len(entered)) + SURVIVAL < records.days
    return float(alive[whole].sum() / entered[whole].sum()) if entered[whole].sum() else math.nan
