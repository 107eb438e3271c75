"""What a policy did: a run against its baseline, gross and net, what it cost and when it paid back."""

import math
from collections.abc import Callable

import numpy as np

from kit.analysis.outcome import Finding, in_unit
from kit.analysis.run_tables import ACCOUNT, daily, inequality, survival
from kit.simulator.records import Records


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
