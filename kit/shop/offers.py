"""A shop's plan: its profit without and with each programme, in closed form, and where each breaks even."""

import math
from typing import ClassVar

from kit.analysis.outcome import Outcome, outcome
from kit.economics.choice import infra_marginal_share
from kit.economics.festival import pull_forward
from kit.economics.retention import lifetime_value
from kit.outcomes.fan_xing import worth
from kit.outcomes.own_shop import Shop
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed, value
from kit.policies.policy import Policy


class Offer(Levers):
    """What a merchant decides: a discount of their own, one-yuan deals, what promoters get.

    ``deals`` are newcomers who buy at ``deal_price`` over the shop's days, at the merchant's own cost. ``promoted`` are
    orders that promoters bring, as a share of the shop's own; ``infra_marginal_share``: the share of
    those that would have come without.
    """

    group: ClassVar[str] = "offer"

    discount: float = lever(0.0, 0.9, "share", default=lambda: value("ten_billion.depth"), step=0.01)
    deals: float = assumed("offer.deals")
    deal_price: float = lever(0.0, 30.0, "yuan", default=lambda: value("ten_billion.newcomer_price"), step=0.5)
    commission: float = lever(0.0, 0.9, "share", default=lambda: value("alliance.commission"), step=0.01)
    leader_fee: float = lever(0.0, 0.1, "share", default=lambda: value("alliance.leader_fee"), step=0.01)
    promoted: float = assumed("offer.promoted")
    infra_marginal_share: float = assumed("offer.infra_marginal_share")


PROGRAMMES = ("fan_xing", "fan_xing_whole", "coupon", "newcomer", "festival", "alliance")


@outcome
def offers(policy: Policy, shop: Shop, offer: Offer, assume: Levers) -> Outcome:
    """Return the shop's profit over its days with each programme alone: one row is a programme, ``offered``.

    ``gain`` and ``profit`` are in yuan; the profit without any of them is the finding's ``before``. Fan Xing stands in
    both readings. Break-evens: ``discount_even`` and ``discount_best`` (share of the price), ``commission_even``
    (share), ``again`` (orders that a newcomer must place later) and
    ``retention_even`` (share who must buy again each month).
    Growth, random shocks and what two programmes do together are left out.
    """
    keep = shop.contribution(assume.return_cost)
    left = keep - assume.standard_fee
    before = shop.settled * left
    coupon, coupon_finding = _coupon(shop, offer, assume, keep, before)
    newcomer, newcomer_finding = _newcomer(shop, offer, assume, left)
    festival, festival_finding = _festival(policy, shop, assume, before)
    alliance, alliance_finding = _alliance(shop, offer, keep, left)
    readings = {rule: worth(policy.but({"fan_xing.reading": rule}), shop, assume) for rule in ("marginal", "whole")}
    found = {rule: table.finding["total"][0] for rule, table in readings.items()}
    change = (found["marginal"], found["whole"], coupon, newcomer, festival, alliance)
    best = max(range(len(change)), key=change.__getitem__)
    finding = {
        "before": (before, "yuan"),
        "days": (shop.days, "days"),
        **{name: (amount, "yuan") for name, amount in zip(PROGRAMMES, change, strict=True)},
        "best": (f"offered.{PROGRAMMES[best]}", "words"),
        "best_change": (change[best], "yuan"),
        **coupon_finding,
        **newcomer_finding,
        **festival_finding,
        **alliance_finding,
    }
    rows = {"offered": list(PROGRAMMES), "gain": list(change), "profit": [before + amount for amount in change]}
    return rows, finding


def _coupon(shop: Shop, offer: Offer, assume: Levers, keep: float, before: float) -> tuple[float, dict]:
    """A discount that the shop pays alone: orders rise by e^(eta d), for one shop among very many (logit)."""
    eta, fee = assume.price_elasticity, assume.standard_fee
    lifted = math.exp(eta * offer.discount)
    # Goods and parcels cost what they cost; the fee falls on what buyers pay.
    each = keep - fee - offer.discount * (1 - fee)
    even, best = break_even_discount(keep - fee, 1 - fee, eta)
    needed = (keep - fee) / each - 1 if each > 0 else math.inf
    finding = {
        "discount_even": (even, "share"),
        "discount_best": (best, "share"),
        "lift": (lifted - 1, "share"),
        "lift_needed": (needed, "share"),
        "infra_marginal": (infra_marginal_share(eta * offer.discount, inside=0.0), "share"),
    }
    return shop.settled * lifted * each - before, finding


def break_even_discount(left: float, fall: float, elasticity: float) -> tuple[float, float]:
    """Return the discount at which nothing is gained any more, and the best one, as shares of the price.

    Profit per yuan at list price is (left - fall d) e^(eta d): ``left`` is kept of a yuan before the discount, ``fall``
    lost per yuan of it. With k = eta left/fall the best is (k - 1)/eta and even is (k + W0(-k e^-k))/eta; both are 0
    where k is 1 or less: no discount pays.

    >>> even, best = break_even_discount(left=0.5, fall=1.0, elasticity=4)
    >>> round(even, 4), best
    (0.3984, 0.25)
    >>> break_even_discount(left=0.3, fall=0.95, elasticity=2.8)
    (0.0, 0.0)
    """
    from scipy.special import lambertw

    k = elasticity * left / fall
    if k <= 1:
        return 0.0, 0.0
    return (k + float(lambertw(-k * math.exp(-k)).real)) / elasticity, (k - 1) / elasticity


def _newcomer(shop: Shop, offer: Offer, assume: Levers, left: float) -> tuple[float, dict]:
    """Deals below cost to newcomers, of whom some are old accounts; the others buy again at the usual price (O15)."""
    lost = shop.price * (1 - shop.margin) - offer.deal_price * (1 - assume.standard_fee)
    gain = shop.price * left * (1 - shop.return_rate)
    later = lifetime_value(gain, assume.retention, assume.monthly_discount)
    real = 1 - assume.sybil_share
    again = lost / (real * gain) if gain > 0 else math.inf
    even = lost * (1 + assume.monthly_discount) / (real * gain + lost) if gain > 0 and lost > 0 else math.inf
    finding = {
        "deal_cost": (lost, "yuan"),
        "again": (max(again, 0.0), "orders"),
        "again_expected": (assume.retention / (1 + assume.monthly_discount - assume.retention), "orders"),
        "retention_even": (even, "share"),
    }
    return offer.deals * (real * later - lost), finding


def _festival(policy: Policy, shop: Shop, assume: Levers, before: float) -> tuple[float, dict]:
    """A festival at list price: needs are served earlier (O9), impulse purchases come on top; in usual days."""
    plan = policy.programme("festival")
    days, lift = (plan.end - plan.start).days + 1, math.exp(plan.lift)
    lifted = min(assume.need_hazard * lift, 1 - assume.leak)
    needs = pull_forward(assume.need_hazard, lifted, days, assume.leak, until=max(shop.days, days))
    impulse = assume.impulse_share * days * (lift - 1)
    gross = (1 - assume.impulse_share) * needs.gross + impulse
    net = (1 - assume.impulse_share) * needs.net + impulse
    finding = {"festival_gross": (gross, "days"), "festival_net": (net, "days")}
    return net * before / shop.days, finding


def _alliance(shop: Shop, offer: Offer, keep: float, left: float) -> tuple[float, dict]:
    """Orders through promoters: they bear the commission and the leader's fee, but no technical fee (F01 F02)."""
    added = shop.settled * offer.promoted
    even = keep - offer.leader_fee - offer.infra_marginal_share * left
    change = added * (even - offer.commission)
    return change, {"commission_even": (max(even, 0.0), "share"), "promoted_sales": (added, "yuan")}
