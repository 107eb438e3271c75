"""What Fan Xing is worth to one shop, in closed form."""

import datetime
import math

import numpy as np
import pandas as pd

from kit.analysis.outcome import Outcome, curves, in_unit, outcome
from kit.economics.coaching import coached_lift
from kit.economics.fees import Scale, bunching, dominated_interval, fee_total
from kit.economics.retention import lifetime_value
from kit.outcomes.own_shop import Shop
from kit.parameters.levers import Levers
from kit.policies.policy import Policy
from kit.policies.policy import policy as shipped
from kit.policies.programmes.fan_xing import FanXing, coaching_each, credit_venue


def readings(plan: FanXing, standard: float) -> dict[str, Scale]:
    """Return the plan's fee scale in both readings, whichever the plan has."""
    return {rule: Scale(plan.fee, plan.cap, standard, rule) for rule in ("marginal", "whole")}


@outcome
def fee_by_sales(policy: Policy, assume: Levers) -> Outcome:
    """Return the ``fee`` on cumulative settled ``sales`` (yuan), up to 1.5 caps: one row is (sales, rule).

    ``rule`` is none (no plan), marginal or whole (both readings of the plan).
    """
    plan = policy.programme("fan_xing")
    sales = _around_cap(plan.cap, 0.0, 1.5)
    scales = {"none": Scale(assume.standard_fee, plan.cap, assume.standard_fee)}
    scales |= readings(plan, assume.standard_fee)
    at_cap, past_cap = plan.fee * plan.cap, assume.standard_fee * plan.cap
    most = (assume.standard_fee - plan.fee) * plan.cap
    finding = in_unit("yuan", cap=plan.cap, at_cap=at_cap, past_cap=past_cap, most=most)
    finding |= in_unit("share", bunching=bunching(scales["marginal"], assume.sales_elasticity))
    fees = {rule: fee_total(sales, scale) for rule, scale in scales.items()}
    return curves("sales", sales, "rule", "fee", fees), finding


@outcome
def kept_by_sales(policy: Policy, shop: Shop, assume: Levers) -> Outcome:
    """Return what a shop keeps (gross margin less fee) around the cap, in both readings.

    One row is (sales, rule): ``sales`` settled and ``kept``, in yuan, from 0.9 caps until the shop is even again.
    """
    plan = policy.programme("fan_xing")
    scales = readings(plan, assume.standard_fee)
    low, high = dominated_interval(scales["whole"], shop.margin)
    sales = _around_cap(plan.cap, 0.9, max(1.2, min(1.05 * high / plan.cap, 6.0)) if plan.cap else 1.2)
    kept = {rule: shop.margin * sales - fee_total(sales, scale) for rule, scale in scales.items()}
    return curves("sales", sales, "rule", "kept", kept), in_unit("yuan", cap=low, back=high, gap=high - low)


def _around_cap(cap: float, low: float, high: float) -> np.ndarray:
    """Sales from ``low`` to ``high`` caps, with the cap itself and the next amount: there a whole-base fee jumps."""
    return np.unique(np.append(np.linspace(low, high, 31), [1, 1 + 1e-9]) * max(cap, 1.0))


@outcome
def worth(policy: Policy, shop: Shop, assume: Levers) -> Outcome:
    """Return what the plan adds to a shop's profit, part by part.

    One row is a part: ``part`` in fee, credit, coaching, cliff, later; ``yuan`` its worth (negative: it costs). The
    first four add up to the plan's effect on the profit over the shop's days (the finding's ``total``). ``cliff``: what
    added sales cost by carrying the shop past the cap, in the whole-base reading; ``later``: the present value of
    further orders from buyers whom the credit won.
    """
    plan, credit, in_plan, hours = granted(policy, shop, assume)
    standard = assume.standard_fee
    scale = plan.scale(standard) if in_plan else Scale(standard, 0.0, standard)
    left = shop.contribution(assume.return_cost)

    # Promotion buys exposure, some of the exposed enter the room, some who enter buy.
    views = credit * assume.views_per_yuan / credit_venue(plan, assume).price_ratio
    orders = views * assume.entry_rate * assume.viewer_conversion
    kept_orders = orders * (1 - shop.return_rate)

    sales = shop.settled
    won = kept_orders * shop.price
    lifted = sales * coached_lift(hours, assume.coaching_lift, assume.coaching_half)
    won_fee, lifted_fee, cliff = _added_fees(sales, won, lifted, scale)
    again = lifetime_value(shop.price * (left - standard), assume.retention, assume.monthly_discount)
    parts = {
        "fee": standard * sales - fee_total(sales, scale),
        "credit": won * left - won_fee,
        "coaching": lifted * left - lifted_fee,
        "cliff": 0.0 - cliff,
        "later": kept_orders * again,
    }
    total = parts["fee"] + parts["credit"] + parts["coaching"] + parts["cliff"]
    before = sales * (left - standard)
    finding = in_unit("yuan", **parts, total=total, before=before, after=before + total, settled=sales, face=credit)
    finding |= in_unit("days", days=shop.days) | in_unit("orders", orders=orders, kept_orders=kept_orders)
    # A steady shop reaches the cap after so many days; the day of entry is the first.
    days = max(math.ceil(scale.cap / (sales / shop.days)), 1) if in_plan else math.inf
    reached = days <= shop.days
    finding["cap_day"] = (shop.entered + datetime.timedelta(days - 1), "") if reached else (math.inf, "days")
    return {"part": list(parts), "yuan": list(parts.values())}, finding


def _added_fees(sales: float, won: float, lifted: float, scale: Scale) -> tuple[float, float, float]:
    """The fee on sales won by the credit, on those added by coaching, and what passing the cap costs beyond both."""
    before, between, after = (fee_total(step, scale) for step in (sales, sales + won, sales + won + lifted))
    if scale.reading == "marginal":
        return between - before, after - between, 0.0
    rate = scale.fee if sales <= scale.cap else scale.standard
    return rate * won, rate * lifted, after - before - rate * (won + lifted)


def granted(policy: Policy, shop: Shop, assume: Levers) -> tuple[FanXing, float, bool, float]:
    """The plan, and what it gives this shop on its day of entry: credit, the reduced fee or not, hours of advice."""
    plan = policy.programmes.get("fan_xing")
    if plan is None or not plan.start <= shop.entered <= plan.end:
        return plan or FanXing(), 0.0, False, 0.0
    return plan, plan.credit, True, coaching_each(plan, assume)


def by_policy(names: list[str], shop: Shop, assume: Levers) -> pd.DataFrame:
    """Return what each policy is worth to a shop: one row is a ``policy`` by name, its parts in yuan."""
    findings = {name: worth(shipped(name), shop, assume).finding for name in names}
    parts = ("fee", "credit", "coaching", "total")
    rows = [(name, *(finding[part][0] for part in parts)) for name, finding in findings.items()]
    return pd.DataFrame(rows, columns=["policy", "saved", *parts[1:]])
