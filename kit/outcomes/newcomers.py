"""What Fan Xing does to newcomers of all sizes, and who pays for it, in closed form."""

import numpy as np
import pandas as pd

from kit.analysis.outcome import Outcome, curves, in_unit, outcome
from kit.economics.coaching import best_hours, coached_lift, hours_for
from kit.economics.demand import appeal_of_share, logit_pass_through, monopoly_price
from kit.economics.fees import Scale, expected_savings, fee_total, savings_by_size
from kit.economics.paid_venue import paid_venue
from kit.outcomes.own_shop import Shop
from kit.parameters.levers import Levers
from kit.policies.policy import Policy
from kit.policies.programmes.fan_xing import coaching_each, credit_venue


@outcome
def credit_market(policy: Policy, assume: Levers) -> Outcome:
    """Return whose exposure the credits make and whose they take, in an idle, the assumed and a full paid venue.

    One row is (market, who): ``market`` in idle, assumed, full; ``who`` in newcomers (what they gain), cash (what those
    who pay cash lose); ``impressions`` a day, not negative.
    """
    plan = policy.programme("fan_xing")
    face = assume.newcomers_per_day * plan.credit
    assumed, per_yuan = credit_venue(plan, assume), assume.views_per_yuan
    budget = assumed.cash_impressions * assumed.price_ratio / per_yuan
    idle, full = (paid_venue(budget, face, per_yuan, crowding) for crowding in (0.0, 1.0))
    bought, views = budget * per_yuan, plan.credit * per_yuan
    lost, lost_full = (1 - 1 / venue.price_ratio for venue in (assumed, full))
    finding = in_unit("yuan", face=face, budget=budget)
    finding |= in_unit("share", lost=lost, lost_full=lost_full, taken=assumed.crowding_out)
    finding |= in_unit("impressions", bought=bought, views_idle=views)
    finding |= in_unit("impressions", views=views / assumed.price_ratio, views_full=views / full.price_ratio)
    rows = []
    for name, venue in {"idle": idle, "assumed": assumed, "full": full}.items():
        rows += [(name, "newcomers", venue.credit_impressions), (name, "cash", bought - venue.cash_impressions)]
    return pd.DataFrame(rows, columns=["market", "who", "impressions"]), finding


SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000)  # upper ends of the size classes but the last, in yuan


@outcome
def savings(policy: Policy, assume: Levers) -> Outcome:
    """Return the ``share`` of newcomers, and of the fee that they save, by size: one row is (size, measure).

    ``size`` is a class of settled sales over the horizon (s1 to s7, by SIZES), ``measure`` in shops, saving.
    """
    plan = policy.programme("fan_xing")
    scale = plan.scale(assume.standard_fee)
    mean = _mean_sales(assume)
    classes = savings_by_size(mean, assume.newcomer_size_sd, scale, SIZES)
    saving = sum(saved for _, saved in classes)
    whole = expected_savings(mean, assume.newcomer_size_sd, scale)
    median = mean * float(np.exp(-(assume.newcomer_size_sd**2) / 2))
    by_median, by_large = (assume.standard_fee * size - fee_total(size, scale) for size in (median, SIZES[-1]))
    finding = in_unit("share", crossing=whole.crossing, to_crossers=whole.to_crossers)
    finding |= in_unit("yuan", saving=saving, mean=mean, median=median, cap=plan.cap)
    finding |= in_unit("yuan", by_median=by_median, by_large=by_large)
    names = [f"s{n}" for n in range(1, len(classes) + 1)]
    shops, saved = zip(*classes, strict=True)
    both = {"shops": shops, "saving": [part / saving if saving else 0.0 for part in saved]}
    return curves("size", names, "measure", "share", both), finding


def _mean_sales(assume: Levers) -> float:
    """Mean settled sales of a newcomer over the horizon, in yuan."""
    return assume.newcomer_daily_sales * (1 - assume.newcomer_return_rate) * Shop().days


@outcome
def coaching(policy: Policy, shop: Shop, assume: Levers) -> Outcome:
    """Return the worth of hours of advice, ``yuan`` over the shop's days: one row is (hours, who).

    ``hours`` from 0 to 10, ``who`` in shop, platform (the fee on the added sales less the adviser's wage).
    """
    plan = policy.programme("fan_xing")
    scale = plan.scale(assume.standard_fee)
    hours = np.linspace(0, 10, 41)
    left = shop.contribution(assume.return_cost)
    lifted = shop.settled * coached_lift(hours, assume.coaching_lift, assume.coaching_half)
    fee = _fee_on(lifted, shop, scale)
    given = coaching_each(plan, assume)
    gained = shop.settled * coached_lift(given, assume.coaching_lift, assume.coaching_half)
    fees = _fee_on(gained, shop, scale)
    finding = in_unit("hours", given=given, granted=plan.coaching)
    finding |= in_unit("yuan", gained=gained * left - fees, fees=fees, wages=given * assume.coaching_wage)
    finding |= in_unit("hours", best=_best_for_platform(scale, shop, assume))
    gains = {"shop": lifted * left - fee, "platform": fee - assume.coaching_wage * hours}
    return curves("hours", hours, "who", "yuan", gains), finding


def _fee_on(more, shop: Shop, scale: Scale):
    """The fee on sales that come on top of what the shop settles (a number or an array, in yuan)."""
    return fee_total(shop.settled + more, scale) - fee_total(shop.settled, scale)


def _best_for_platform(scale: Scale, shop: Shop, assume: Levers) -> float:
    """The hours that earn the platform most in fees after wages, from this shop."""
    sales, most, half = shop.settled, assume.coaching_lift, assume.coaching_half

    def earned(hours: float) -> float:
        more = sales * coached_lift(hours, most, half)
        return _fee_on(more, shop, scale) - assume.coaching_wage * hours

    # Below and beyond the cap the fee is linear in sales, so the best lies at one of their optima or just past the cap.
    optima = [best_hours(sales * rate * most, half, assume.coaching_wage) for rate in (scale.fee, scale.standard)]
    needed = (scale.cap - sales) / sales * (1 + 1e-9)
    across = [hours_for(needed, most, half)] if 0 < needed < most else []
    return max([0.0, *optima, *across], key=earned)


@outcome
def repricing(policy: Policy, shop: Shop, assume: Levers) -> Outcome:
    """Return how much of the fee cut a seller who re-prices hands on, by its share of the buyers in its room.

    One row is ``reach``, that share at the standard fee (0 to 1): ``price`` and ``reduced`` are the best prices under
    the standard and the reduced fee, ``cut`` their difference in yuan, ``handed_on`` the cut per yuan of cost saved,
    ``limit`` the same for a small change (1 - reach), ``of_fee`` the cut per yuan of fee saved at the old price.
    """
    plan = policy.programme("fan_xing")
    cost, high, low = shop.price * (1 - shop.margin), assume.standard_fee, plan.fee
    rows = []
    for reach in (0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        appeal = appeal_of_share(reach, assume.price_response, cost / (1 - high))
        price, _ = monopoly_price(appeal, assume.price_response, cost, high)
        reduced, _ = monopoly_price(appeal, assume.price_response, cost, low)
        saved = cost / (1 - high) - cost / (1 - low)
        handed_on = (price - reduced) / saved if saved else 1 - reach
        of_fee = (price - reduced) / ((high - low) * price) if high != low else 0.0
        rows.append((reach, price, reduced, price - reduced, handed_on, logit_pass_through(reach), of_fee))
    table = pd.DataFrame(rows, columns=["reach", "price", "reduced", "cut", "handed_on", "limit", "of_fee"])
    return table, in_unit("share", small=table["handed_on"].iloc[0], large=table["handed_on"].iloc[-1])


@outcome
def account(policy: Policy, assume: Levers) -> Outcome:
    """Return the platform's account of the plan per newcomer who would have entered anyway, in its four lines.

    One row is a ``line``: fees (cash revenue), subsidy (cash), credit (at face, memo), displaced (what cash
    advertisers' lost impressions cost them, memo); ``yuan`` per newcomer, negative where the platform or others give.
    """
    plan = policy.programme("fan_xing")
    saved = expected_savings(_mean_sales(assume), assume.newcomer_size_sd, plan.scale(assume.standard_fee)).saving
    venue = credit_venue(plan, assume)
    lost = venue.crowding_out * venue.credit_impressions / assume.views_per_yuan / assume.newcomers_per_day
    lines = {"fees": -saved, "subsidy": 0.0, "credit": -plan.credit, "displaced": -lost}
    window = (plan.end - plan.start).days + 1
    entrants = window * assume.newcomers_per_day
    finding = in_unit("days", window=window) | in_unit("merchants", entrants=entrants)
    finding |= in_unit("yuan", fees=entrants * saved, credits=entrants * plan.credit)
    return {"line": list(lines), "yuan": list(lines.values())}, finding
