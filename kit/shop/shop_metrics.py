"""Where a shop stands by its own orders: order value, returns, margin, who comes back, size, the day of the cap."""

import datetime
import math

import pandas as pd

from kit.analysis.outcome import Outcome, outcome
from kit.outcomes.own_shop import Shop
from kit.parameters.levers import Lever, Levers, Value
from kit.policies.programmes.fan_xing import FanXing
from kit.shop.orders import Reading
from kit.simulator.population import HEAD, WAIST, daily_orders
from kit.text import Refusal, words

DAYS = 1.0, 3_660.0  # over how many days orders may have come, where a merchant states it
MONTH = 30  # days within which a buyer who comes back is counted
WATCHED = 20  # buyers who can be followed for a month: fewer say too little
Z80 = 1.2815515655446004  # four in five of normal draws lie within so many standard deviations


@outcome
def standing(
    reading: Reading,
    assume: Levers,
    margin: Value | None = None,
    days: Value | None = None,
    plan: FanXing | None = None,
) -> Outcome:
    """Return what a shop's orders show: one row is a day with its ``orders``, ``sales`` and ``kept`` in yuan.

    The finding holds: ``orders``, ``days`` from the first to the last, ``sales`` and ``kept`` (after refunds) in yuan,
    ``mean`` and ``median`` order value, ``return_rate`` (by value), ``margin`` (from costs, else as stated, else as
    assumed: ``margin_from``), ``repeat`` (share of buyers with more than one order; nan: not known), ``retention``
    (share of the ``watched`` buyers who ordered again on a later day within 30 days of their first order; nan: fewer
    than 20 could be followed so long), ``above``
    (share of the platform's merchants that sell fewer orders a day)
    and ``tier``, and the day on which settled sales reach the cap.

    ``margin`` and ``days`` are what a merchant states where no column says it. Raises Refusal where nothing was sold,
    or where neither dates nor ``days`` tell the pace.
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
    retention, watched = _retention(orders)
    sales, back = float(orders["amount"].sum()), float(orders["refund"].sum())
    share, origin = _margin(orders, margin)
    pace = len(orders) / span
    above = _above(pace, assume)
    finding = {
        "orders": (float(len(orders)), "orders"),
        "days": (span, "days"),
        "sales": (sales, "yuan"),
        "kept": (sales - back, "yuan"),
        "daily_sales": (sales / span, "yuan"),
        "daily_orders": (pace, "orders"),
        "mean": (sales / len(orders), "yuan"),
        "median": (float(orders["amount"].median()), "yuan"),
        "return_rate": (back / sales, "share"),
        "margin": (share, "share"),
        "margin_from": (f"margin_from.{origin}", "words"),
        "repeat": (_repeat(orders), "share"),
        "retention": (retention, "share"),
        "watched": (float(watched), "buyers"),
        "above": (above, "share"),
        "tier": (f"tier.{'head' if above >= 1 - HEAD else 'waist' if above >= 1 - WAIST else 'tail'}", "words"),
        **_cap_days(daily, (plan or FanXing()).cap),
    }
    return daily, finding


def shop_of(found: pd.DataFrame, entered: datetime.date | None = None) -> Shop:
    """Return the shop that a finding describes, as the closed forms take it; it may be larger than sliders reach."""
    finding = found.attrs["finding"]
    figures = {name: finding[name][0] for name in ("daily_sales", "margin", "return_rate")}
    more = {"entered": entered} if entered else {}
    # The levers' ranges are those of a panel; the closed forms hold for a shop of any size.
    return Shop().model_copy(update=figures | {"price": finding["mean"][0]} | more)


def _daily(orders: pd.DataFrame) -> pd.DataFrame:
    """Each day from the first order to the last, days without orders too."""
    kept = orders.assign(kept=orders["amount"] - orders["refund"])
    by_day = kept.groupby("date").agg(orders=("amount", "size"), sales=("amount", "sum"), kept=("kept", "sum"))
    every = pd.date_range(by_day.index.min(), by_day.index.max(), name="date")
    return by_day.reindex(every, fill_value=0.0).reset_index()


def _margin(orders: pd.DataFrame, stated: Value | None) -> tuple[float, str]:
    """The gross margin as a share of what was paid, and where it comes from: stated, costs, assumed."""
    lever = Shop.levers()["shop.margin"]
    if stated is not None:
        return float(lever.check(stated)), "stated"
    known = orders[orders["cost"].notna()]
    if len(known) and known["amount"].sum() > 0 and known["cost"].sum() > 0:
        return float(1 - known["cost"].sum() / known["amount"].sum()), "costs"
    return Shop().margin, "assumed"


def _repeat(orders: pd.DataFrame) -> float:
    known = orders[orders["buyer"] >= 0]
    return float((known.groupby("buyer").size() > 1).mean()) if len(known) else math.nan


def _retention(orders: pd.DataFrame) -> tuple[float, int]:
    """The share of buyers who bought again within a month of their first order, and of how many that can be told."""
    known = orders[(orders["buyer"] >= 0) & orders["date"].notna()]
    if known.empty:
        return math.nan, 0
    first = known.groupby("buyer")["date"].transform("min")
    month = pd.Timedelta(days=MONTH)
    # Who came too late in the file to be followed for a month says nothing.
    followed = known[first + month <= orders["date"].max()]
    later = followed["date"] - first[followed.index]
    again = followed["buyer"][(later > pd.Timedelta(0)) & (later <= month)].nunique()
    watched = followed["buyer"].nunique()
    return (again / watched, watched) if watched >= WATCHED else (math.nan, watched)


def _above(pace: float, assume: Levers) -> float:
    """The share of merchants that sell fewer orders a day, by the market's law of sizes (log-normal)."""
    from scipy.special import ndtr

    from kit.parameters.sourced import value

    spread = assume.merchant_size_sd
    median = daily_orders() / value("active_merchants") * math.exp(-(spread**2) / 2)
    return float(ndtr(math.log(pace / median) / spread))


def _cap_days(daily: pd.DataFrame, cap: float) -> dict[str, tuple[Value, str]]:
    """The day on which kept sales, counted from the first day, reach the cap: as it was, or at the present pace.

    The band holds four in five: days differ by luck (variance of a sum), and their mean is known from few of them.
    """
    never = {"cap_day": (math.inf, "days"), "cap_early": (math.inf, "days"), "cap_late": (math.inf, "days")}
    if daily.empty:
        return never
    so_far = daily["kept"].cumsum()
    if so_far.iloc[-1] >= cap:
        day = daily["date"][int((so_far >= cap).idxmax())].date()
        return {"cap_day": (day, ""), "cap_early": (day, ""), "cap_late": (day, "")}
    mean, spread, seen = daily["kept"].mean(), daily["kept"].std(), len(daily)
    if mean <= 0:
        return never
    left = cap - so_far.iloc[-1]
    wait = left / mean
    deviation = math.sqrt(left * spread**2 / mean**3 + (wait * spread / mean) ** 2 / seen) if seen > 1 else math.inf
    last = daily["date"].iloc[-1].date()
    ends = {"cap_day": wait, "cap_early": max(wait - Z80 * deviation, 1.0), "cap_late": wait + Z80 * deviation}
    return {name: _after(last, ahead) for name, ahead in ends.items()}


def _after(last: datetime.date, ahead: float) -> tuple[Value, str]:
    """The day so many days ahead; beyond ten years it is none."""
    far = not math.isfinite(ahead) or ahead > 3650
    return (math.inf, "days") if far else (last + datetime.timedelta(math.ceil(ahead)), "")
