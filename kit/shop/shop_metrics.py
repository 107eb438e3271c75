"""Metrics of a shop by its own orders: order value, returns, margin, retention, size, the day of the cap."""

import datetime
import math

import pandas as pd

from kit.analysis.outcome import Outcome, in_unit, outcome
from kit.numerics.special import normal_cdf
from kit.outcomes.own_shop import Shop
from kit.parameters.levers import Lever, Levers, Value
from kit.parameters.sourced import value
from kit.policies.programmes.fan_xing import FanXing
from kit.shop.orders import Reading
from kit.simulator.population import HEAD, WAIST, daily_orders
from kit.text import Refusal, words

DAYS = 1.0, 3_660.0  # range of the days that a merchant may state
MONTH = 30  # days within which a second order counts as retention
WATCHED = 20  # buyers observed for a month: with fewer no retention is computed
TEN_YEARS = 3_650  # days; a day beyond is none
Z80 = 1.2815515655446004  # 80 % of normal draws lie within this number of standard deviations


@outcome
def measure_shop(
    reading: Reading,
    assume: Levers,
    margin: Value | None = None,
    days: Value | None = None,
    plan: FanXing | None = None,
) -> Outcome:
    """Return the metrics of a shop's orders: one row is a day with its ``orders``, ``sales`` and ``kept`` in yuan.

    The finding holds: ``orders``, ``days`` from the first to the last, ``sales`` and ``kept`` (after refunds) in yuan,
    ``mean`` and ``median`` order value, ``return_rate`` (by value), ``margin`` (stated, else from costs, else assumed:
    ``margin_from``), ``repeat`` (share of buyers with more than one order; nan: not known), ``retention`` (share of the
    ``watched`` buyers who ordered again on a later day within 30 days of their first order; nan: fewer than 20 were
    observed that long), ``above`` (share of the platform's merchants with fewer orders a day), ``tier``, and the day on
    which settled sales reach the cap. Raises Refusal where nothing was sold, or with neither dates nor ``days``.
    """
    days = None if days is None else float(Lever(words("panel.days"), "days", "number", *DAYS).check(days))
    orders = reading.orders()
    orders = orders[orders["amount"] > 0]
    if orders.empty:
        raise Refusal("orders_nothing_sold", n=reading.read)
    dated = orders["date"].notna().any()
    if not dated and days is None:
        raise Refusal("orders_no_days")
    daily = _daily(orders) if dated else pd.DataFrame({"date": [], "orders": [], "sales": [], "kept": []})
    span = float(len(daily)) if dated else days
    by_buyer = orders[orders["buyer"] >= 0].groupby("buyer").size()
    retention, watched = _retention(orders)
    sales, back = float(orders["amount"].sum()), float(orders["refund"].sum())
    share, origin = _margin(orders, margin)
    pace = len(orders) / span
    above = _above(pace, assume)
    tier = "head" if above >= 1 - HEAD else "waist" if above >= 1 - WAIST else "tail"
    finding = in_unit("orders", orders=len(orders), daily_orders=pace)
    finding |= in_unit("yuan", sales=sales, kept=sales - back, daily_sales=sales / span)
    finding |= in_unit("yuan", mean=sales / len(orders), median=orders["amount"].median())
    finding |= in_unit("share", return_rate=back / sales, margin=share, repeat=(by_buyer > 1).mean())
    finding |= in_unit("share", retention=retention, above=above)
    finding |= in_unit("days", days=span) | in_unit("buyers", watched=watched)
    finding |= {"margin_from": (f"margin_from.{origin}", "words"), "tier": (f"tier.{tier}", "words")}
    return daily, finding | _cap_days(daily, (plan or FanXing()).cap)


def shop_of(metrics: Outcome, entered: datetime.date | None = None) -> Shop:
    """Return the Shop of measure_shop's metrics; it may be larger than the sliders allow."""
    figures = {name: metrics.finding[name][0] for name in ("daily_sales", "margin", "return_rate")}
    more = {"entered": entered} if entered else {}
    # The levers' ranges are a panel's; the closed forms hold for a shop of any size.
    return Shop().model_copy(update=figures | {"price": metrics.finding["mean"][0]} | more)


def _daily(orders: pd.DataFrame) -> pd.DataFrame:
    """All days from the first order to the last, days without orders too."""
    kept = orders.assign(kept=orders["amount"] - orders["refund"])
    by_day = kept.groupby("date").agg(orders=("amount", "size"), sales=("amount", "sum"), kept=("kept", "sum"))
    every = pd.date_range(by_day.index.min(), by_day.index.max(), name="date")
    return by_day.reindex(every, fill_value=0.0).reset_index()


def _margin(orders: pd.DataFrame, stated: Value | None) -> tuple[float, str]:
    """The gross margin as a share of sales, and its origin: stated, costs, assumed."""
    lever = Shop.levers()["shop.margin"]
    if stated is not None:
        return float(lever.check(stated)), "stated"
    known = orders[orders["cost"].notna()]
    if len(known) and known["amount"].sum() > 0 and known["cost"].sum() > 0:
        return float(1 - known["cost"].sum() / known["amount"].sum()), "costs"
    return Shop().margin, "assumed"


def _retention(orders: pd.DataFrame) -> tuple[float, int]:
    """The share of buyers who bought again within a month of their first order, and the number observed that long."""
    known = orders[(orders["buyer"] >= 0) & orders["date"].notna()]
    if known.empty:
        return math.nan, 0
    first = known.groupby("buyer")["date"].transform("min")
    month = pd.Timedelta(days=MONTH)
    # Buyers whose first order is less than a month before the end are left out.
    followed = known[first + month <= orders["date"].max()]
    later = followed["date"] - first[followed.index]
    again = followed["buyer"][(later > pd.Timedelta(0)) & (later <= month)].nunique()
    watched = followed["buyer"].nunique()
    return (again / watched, watched) if watched >= WATCHED else (math.nan, watched)


def _above(pace: float, assume: Levers) -> float:
    """The share of merchants with fewer orders a day, by the market's log-normal distribution of sizes."""
    spread = assume.merchant_size_sd
    median = daily_orders() / value("active_merchants") * math.exp(-(spread**2) / 2)
    return float(normal_cdf(math.log(pace / median) / spread))


def _cap_days(daily: pd.DataFrame, cap: float) -> dict[str, tuple[Value, str]]:
    """The day on which kept sales, counted from the first day, reach the cap: observed, or at the present pace.

    The band covers 80 %: days vary at random (variance of a sum), and their mean is estimated from few of them.
    """
    names = ("cap_day", "cap_early", "cap_late")
    never = dict.fromkeys(names, (math.inf, "days"))
    if daily.empty:
        return never
    so_far = daily["kept"].cumsum()
    if so_far.iloc[-1] >= cap:
        day = daily["date"][int((so_far >= cap).idxmax())].date()
        return dict.fromkeys(names, (day, ""))
    mean, spread, seen = daily["kept"].mean(), daily["kept"].std(), len(daily)
    if mean <= 0:
        return never
    left = cap - so_far.iloc[-1]
    wait = left / mean
    deviation = math.sqrt(left * spread**2 / mean**3 + (wait * spread / mean) ** 2 / seen) if seen > 1 else math.inf
    last = daily["date"].iloc[-1].date()
    ends = (wait, max(wait - Z80 * deviation, 1.0), wait + Z80 * deviation)
    near = {name: ahead for name, ahead in zip(names, ends, strict=True) if ahead <= TEN_YEARS}
    return never | {name: (last + datetime.timedelta(math.ceil(ahead)), "") for name, ahead in near.items()}
