"""August 2020 by the scale of people, goods and venue: what the sources give, and what an average hides."""

import numpy as np
import pandas as pd

from kit.analysis.outcome import Outcome, curves, in_unit, outcome
from kit.economics.inequality import lognormal_below_mean, lognormal_gini, lognormal_lorenz, lognormal_top_share
from kit.parameters.levers import Levers
from kit.parameters.sourced import fact, value
from kit.paths import DATA

DIVISIONS = ("apparel", "premium", "home")


def days() -> int:
    """Return the days of the month of the known orders (August 2020).

    >>> days()
    31
    """
    return pd.Period(fact("A01").date).days_in_month


def visits(assume: Levers) -> float:
    """Return the visits to live rooms on a day: users x minutes x commerce's share of them / minutes per visit."""
    return value("A04") * value("U05") * assume.commerce_share / assume.minutes_per_visit


@outcome
def factors(assume: Levers) -> Outcome:
    """Return August taken apart: what must be multiplied, by people, goods and venue, to make its GMV.

    One row is a factor: its ``element`` (people, goods, venue), ``factor``, ``value`` in ``unit``, a ``tenth`` of it.
    GMV = users x orders_per_user x days x order_value = merchants x orders_per_merchant x order_value
    = visits x orders_per_visit x days x order_value: identities, none of which explains the orders.
    """
    orders, users, merchants, month = value("A01"), value("A04"), value("A05"), days()
    seen = visits(assume)
    gmv = orders * assume.order_value
    rows = [
        ("people", "users", users, "users"),
        ("people", "orders_per_user", orders / month / users, "orders"),
        ("goods", "order_value", assume.order_value, "yuan"),
        ("venue", "merchants", merchants, "merchants"),
        ("venue", "orders_per_merchant", orders / merchants, "orders"),
        ("venue", "visits", seen, "visits"),
        ("venue", "orders_per_visit", orders / month / seen, "share"),
    ]
    finding = in_unit("orders", orders=orders, orders_day=orders / month)
    finding |= in_unit("days", days_per_order=month * users / orders)
    finding |= in_unit("yuan", gmv=gmv, gmv_per_user=gmv / users, gmv_per_merchant=gmv / merchants, tenth=gmv / 10)
    table = pd.DataFrame(rows, columns=["element", "factor", "value", "unit"])
    return table.assign(tenth=table["value"] / 10), finding


def policy_factors() -> pd.DataFrame:
    """Return which factor each measure of the autumn works on: one row is (measure, factor).

    ``act`` is the measure, ``element`` and ``factor`` as in ``factors``, ``mover`` who must act, ``facts`` its ids.
    """
    return pd.read_csv(DATA / "tables" / "policy_factors.csv").rename(columns={"id": "act"})


@outcome
def users(assume: Levers) -> Outcome:
    """Return the number of users by source: one row is a ``fact`` by id, ``users``, orders ``per_user`` a day."""
    populations = ("A04", "U03a", "U01", "U04", "U02")
    counts = [value(key) for key in populations]
    per_day = value("A01") / days()
    rows = {"fact": list(populations), "users": counts, "per_user": [per_day / count for count in counts]}
    return rows, in_unit("share", part=counts[0] / value("U01"))


@outcome
def merchant_month(assume: Levers) -> Outcome:
    """Return what August's GMV leaves to the average merchant, step by step.

    One row is a ``step`` (gmv, returned, goods, fee, parcels, left) and ``money``, yuan a month; what is taken off
    is negative, and ``left`` is the sum of the others: before wages, promotion and commission.
    """
    orders = value("A01") / value("A05")
    gmv, goods = orders * assume.order_value, 1 - assume.merchant_margin
    fee, parcel = assume.standard_fee, assume.return_cost
    mix, gmv_mix = _mix(assume)
    returns = np.array([getattr(assume, f"return_{name}") for name in DIVISIONS])
    kept = gmv * float(1 - gmv_mix @ returns)
    steps = {
        "gmv": gmv,
        "returned": kept - gmv,
        "goods": -kept * goods,
        "fee": -kept * fee,
        "parcels": -orders * float(mix @ returns) * parcel,
    }
    steps["left"] = sum(steps.values())
    finding = in_unit("orders", orders_day=value("A01") / days(), per_day=orders / days(), per_month=orders)
    finding |= in_unit("yuan", gmv=gmv, settled=kept, left=steps["left"], left_per_order=steps["left"] / orders)
    return {"step": list(steps), "money": list(steps.values())}, finding


def _mix(assume: Levers) -> tuple[np.ndarray, np.ndarray]:
    """Each division's share of the orders and of the GMV."""
    first = (assume.orders_apparel, assume.orders_premium)
    orders = np.array([*first, 1 - sum(first)])
    money = orders * [getattr(assume, f"price_{name}") for name in DIVISIONS]
    return orders, money / money.sum()


@outcome
def divisions(assume: Levers) -> Outcome:
    """Return each division's ``share`` of August's orders and of its GMV: one row is (division, measure).

    ``measure`` in of_orders, of_gmv. The divisions' order values (finding, yuan) keep their ratios and have the order
    value of all as their mean.
    """
    orders, gmv = _mix(assume)
    finding = in_unit("yuan", mean=assume.order_value)
    of_each = {"orders": (orders, "share"), "gmv": (gmv, "share"), "price": (assume.order_value * gmv / orders, "yuan")}
    for measure, (amounts, unit) in of_each.items():
        finding |= in_unit(unit, **{f"{measure}_{name}": n for name, n in zip(DIVISIONS, amounts, strict=True)})
    return curves("division", DIVISIONS, "measure", "share", {"of_orders": orders, "of_gmv": gmv}), finding


@outcome
def needed(assume: Levers) -> Outcome:
    """Return the conversion that August's orders need, by the share of their time that users spend on commerce.

    One row is (commerce, curve): ``commerce`` over the range of its assumption; ``conversion`` in orders per visit;
    ``curve`` in required, assumed.
    """
    lever = assume.levers()["assume.commerce_share"]
    shares = np.geomspace(lever.low, lever.high, 39)
    seen, conversion = visits(assume), assume.viewer_conversion
    per_share, per_day = seen / assume.commerce_share, value("A01") / days()
    finding = in_unit("orders", orders=value("A01"), by_assumed=seen * conversion * days())
    finding |= in_unit("minutes", minutes=value("U05") * assume.commerce_share)
    finding |= in_unit("visits", visits=seen, visits_each=seen / value("A04"))
    finding |= in_unit("share", required=per_day / seen, assumed=conversion, commerce=assume.commerce_share)
    finding |= in_unit("share", commerce_needed=per_day / (per_share * conversion))
    both = {"required": per_day / (per_share * shares), "assumed": np.full(len(shares), conversion)}
    return curves("commerce", shares, "curve", "conversion", both), finding


@outcome
def routes(assume: Levers) -> Outcome:
    """Return every route by which the sources lead to a month's GMV: each as it is, none averaged away.

    One row is a ``route``; ``low`` and ``high`` in yuan a month (equal for a single number); ``bound`` says how it is
    meant (at_least, about, between, at_most), ``basis`` what its weakest number is (public, weak, assumed).
    """
    orders, month, price = value("A01"), days(), assume.order_value
    seen = visits(assume) * assume.viewer_conversion * month * price
    before, half = (value("K02") - value("K03")) / 6, value("K04") / 6
    market, least, most, best_day = value("L15b") / 12, value("L02c"), value("L02d"), value("E07d") * month
    over, august = orders * value("L20a") * value("L20c"), orders * price
    fees = value("U16") / 6 / assume.standard_fee
    rows = [
        ("second_half_2019", before, before, "about", "public"),
        ("first_half_2020", half, half, "about", "public"),
        ("market_share", market * least, market * most, "between", "weak"),
        ("orders_price", august, august, "at_least", "weak"),
        ("best_day", best_day, best_day, "about", "public"),
        ("orders_over_200", over, over, "at_least", "public"),
        ("visits", seen, seen, "about", "assumed"),
        ("fees", fees, fees, "at_most", "assumed"),
    ]
    table = pd.DataFrame(rows, columns=["route", "low", "high", "bound", "basis"])
    all_fee = half * assume.standard_fee / (value("U16") / 6)
    finding = in_unit("yuan", price=price, august=august, august_day=august / month, price_half=half / orders)
    finding |= in_unit("yuan", half=half, half_sum=value("K04"), least=table["low"].min(), most=table["high"].max())
    finding |= in_unit("orders", orders=orders, orders_half=half / price, orders_visits=seen / price)
    finding |= in_unit("orders", orders_market_low=market * least / price, orders_market_high=market * most / price)
    finding |= in_unit("times", ratio=august / half, growth=half / before, all_fee=all_fee)
    return table, finding | in_unit("share", share_needed=august / market)


GROUPS = {"top": 0.01, "next": 0.09, "middle": 0.40, "lower": 0.50}  # from the largest down, as shares of all


@outcome
def sizes(assume: Levers) -> Outcome:
    """Return who sells August's orders, if merchants' sizes are log-normal around their known mean.

    One row is (group, measure): ``group`` in GROUPS; ``measure`` in of_merchants, of_orders; ``share`` of all of them.
    """
    sd, mean = assume.merchant_size_sd, value("A01") / value("A05")
    upper = np.cumsum(list(GROUPS.values()))[:-1]
    held = [0.0, *(lognormal_top_share(sd, float(edge)) for edge in upper), 1.0]
    shares = np.diff(held)
    median = mean * float(np.exp(-(sd**2) / 2))
    mean_yuan, median_yuan, session = mean * assume.order_value, median * assume.order_value, value("A90")
    finding = in_unit("orders", mean=mean, median=median, median_day=median / days())
    finding |= in_unit("yuan", mean_yuan=mean_yuan, median_yuan=median_yuan)
    finding |= in_unit("share", below=lognormal_below_mean(sd), top=shares[0], lower=shares[-1])
    finding |= in_unit("share", hundred=lognormal_top_share(sd, 100 / value("A05")))
    finding |= in_unit("", gini=lognormal_gini(sd))
    finding |= in_unit("times", session=session / mean_yuan, session_typical=session / median_yuan)
    both = {"of_merchants": GROUPS.values(), "of_orders": shares}
    return curves("group", list(GROUPS), "measure", "share", both), finding


@outcome
def lorenz(assume: Levers) -> Outcome:
    """Return the Lorenz curve of merchants: which share of the orders the smallest sell.

    One row is (smallest, law): ``smallest`` a share of all merchants from the smallest up, ``held`` their share of
    all orders; ``law`` in equal, low, assumed, high (the log-sd at both ends of its range, and as assumed).
    """
    lever = assume.levers()["assume.merchant_size_sd"]
    sds = {"low": lever.low, "assumed": assume.merchant_size_sd, "high": lever.high}
    at = np.concatenate([np.linspace(0, 0.95, 39), np.linspace(0.96, 1, 21)])
    held = {"equal": at} | {law: lognormal_lorenz(sd, at) for law, sd in sds.items()}
    finding = in_unit("", gini=lognormal_gini(assume.merchant_size_sd))
    finding |= in_unit("share", nine_tenths=1 - lognormal_top_share(assume.merchant_size_sd, 0.1))
    return curves("smallest", at, "law", "held", held), finding
