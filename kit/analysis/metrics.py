"""Metrics: records in, tidy tables out; what a policy did against its baseline, gross and net."""

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from kit.analysis.outcome import Finding, in_unit
from kit.economics.inequality import gini, top_share
from kit.parameters.calendar import FIRST
from kit.parameters.categories import Segment
from kit.simulator.recorded import METRICS, SURVIVAL
from kit.simulator.records import Records
from kit.text import Refusal, words

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


def effect(records: Records, baseline: Records) -> Finding:
    """Return what a policy did against its baseline, the same market without it, as pairs (value, unit).

    ``gross`` is what a platform would report: day by day what was sold with a subsidy or above the baseline, whichever
    is more; ``net`` is policy less baseline over all the days. ``more_per_subsidised``: all orders more for each
    subsidised one; ``payback`` in days (infinite: not within the run). ``<name>_twin`` is the baseline's.
    """
    with_it, without_it = daily(records), daily(baseline)
    more = (with_it - without_it).drop(columns="date")
    subsidised = _subsidised_orders(records)
    sold_with_it = with_it["gmv"] / with_it["orders"] * with_it["subsidised"]
    above = more["gmv"].clip(lower=0)
    gross = float((np.maximum(sold_with_it, above) if subsidised else above).sum())
    cash = (more["cash_revenue"] - with_it["subsidy"] + without_it["subsidy"]).cumsum()
    spent = more["subsidy"].sum()
    buyers = more["first_orders"].sum()
    orders = more["orders"].sum()
    found = in_unit("yuan", gmv=with_it["gmv"].sum(), gmv_twin=without_it["gmv"].sum())
    found |= in_unit("yuan", gross=gross, net=more["gmv"].sum())
    found |= in_unit("orders", net_orders=orders, first_orders_more=buyers)
    found |= in_unit("share", more_per_subsidised=orders / subsidised if subsidised else math.nan)
    found |= in_unit("yuan", cost_per_buyer=spent / buyers if buyers > 0 and spent else math.nan)
    found |= in_unit("days", payback=payback_day(cash.to_numpy()))
    found |= in_unit("share", survival=survival(records), survival_twin=survival(baseline))
    found |= in_unit("yuan", **{f"{line}_more": more[line].sum() for line in ACCOUNT})
    for name, unequal in inequality(records).items():
        both = {name: unequal, f"{name}_twin": inequality(baseline)[name]}
        found |= in_unit("share" if name == "top_share" else "coefficient", **both)
    return found


def _subsidised_orders(records: Records) -> float:
    """Return how many orders the platform paid a part of; zero where there are next to none."""
    subsidised, orders = (float(records.metric(name).sum()) for name in ("subsidised", "orders"))
    return subsidised if subsidised > 1e-6 * orders else 0.0


def infra_marginal_share(records: Records, bare: Callable[[], Records]) -> Finding:
    """Return the share of the subsidised orders that would have come without the subsidy, sooner or later.

    ``bare`` runs the same policy in the same market without its discounts (mechanism "coupon"). Nothing is run or
    returned where nothing is subsidised.
    """
    subsidised = _subsidised_orders(records)
    if not subsidised:
        return {}
    brought = records.metric("orders").sum() - bare().metric("orders").sum()
    return in_unit("share", infra_marginal=1 - brought / subsidised)


def payback_day(cash: np.ndarray) -> float:
    """The day, from 1, from which cumulated cash is never below zero again; 0: it never was, inf: it still is."""
    below = np.flatnonzero(cash < -1e-6 * max(np.abs(cash).max(), 1.0))
    if not below.size:
        return 0.0
    return float(below[-1] + 2) if below[-1] + 1 < cash.size else math.inf


def export(table: pd.DataFrame, path: Path | str) -> Path:
    """Write a table as CSV, Parquet or Excel, by the ending of the path, and return the path."""
    path, rows = Path(path), table.copy(deep=False)
    rows.attrs = {}  # Parquet has no place for a finding
    writers = {".csv": partial(rows.to_csv, encoding="utf-8-sig"), ".parquet": rows.to_parquet, ".xlsx": rows.to_excel}
    if path.suffix not in writers:
        raise Refusal("unknown", what=words("what.file_kind"), name=path.suffix, names=list(writers))
    writers[path.suffix](path, index=False)
    return path
