"""A shop's plan: its profit without and with each programme, in closed form, and where each breaks even."""

import math
from typing import ClassVar

from kit.analysis.outcome import Outcome, in_unit, outcome
from kit.economics.choice import infra_marginal_share
from kit.economics.festival import pull_forward
from kit.economics.retention import lifetime_value
from kit.numerics.special import lambert_w
from kit.outcomes.fan_xing import worth
from kit.outcomes.own_shop import Shop
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed, value
from kit.policies.policy import Policy


class Offer(Levers):
    """The merchant's own decisions: a discount, one-yuan deals, the terms of promoters.

    ``deals`` newcomers buy at ``deal_price`` over the shop's days, at the merchant's own cost. ``promoted`` are orders
    through promoters as a share of the shop's own, of which ``infra_marginal_share`` would also come without.
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

    ``gain`` and ``profit`` in yuan (without any: the finding's ``before``), Fan Xing in both readings. Break-evens:
    ``discount_even`` and ``discount_best`` (share of the price), ``commission_even`` (share), ``again`` (later orders
    per newcomer), ``retention_even`` (share who must buy again each month). Growth, random shocks and interactions are
    left out.
    """
    keep = shop.contribution(assume.return_cost)
    left = keep - assume.standard_fee
    before = shop.settled * left
    parts = [_coupon(shop, offer, assume, keep, before), _newcomer(shop, offer, assume, left)]
    parts += [_festival(policy, shop, assume, before), _alliance(shop, offer, keep, left)]
    readings = [worth(policy.but({"fan_xing.reading": rule}), shop, assume) for rule in ("marginal", "whole")]
    change = [*(table.finding["total"][0] for table in readings), *(gain for gain, _ in parts)]
    gains = dict(zip(PROGRAMMES, change, strict=True))
    best = max(gains, key=gains.__getitem__)
    finding = in_unit("yuan", before=before, **gains, best_change=gains[best]) | in_unit("days", days=shop.days)
    finding |= {"best": (f"offered.{best}", "words")}
    for _, more in parts:
        finding |= more
    return {"offered": list(gains), "gain": change, "profit": [before + gain for gain in change]}, finding


def _coupon(shop: Shop, offer: Offer, assume: Levers, keep: float, before: float) -> tuple[float, dict]:
    """A discount that the shop pays alone: orders rise by e^(eta d), for one shop among very many (logit)."""
    eta, fee = assume.price_elasticity, assume.standard_fee
    lifted = math.exp(eta * offer.discount)
    # The cost of goods and parcels stays; the fee falls on the discounted price.
    each = keep - fee - offer.discount * (1 - fee)
    even, best = break_even_discount(keep - fee, 1 - fee, eta)
    needed = (keep - fee) / each - 1 if each > 0 else math.inf
    finding = in_unit("share", discount_even=even, discount_best=best, lift=lifted - 1, lift_needed=needed)
    finding |= in_unit("share", infra_marginal=infra_marginal_share(eta * offer.discount, inside=0.0))
    return shop.settled * lifted * each - before, finding


def break_even_discount(left: float, fall: float, elasticity: float) -> tuple[float, float]:
    """Return the break-even discount and the most profitable one, as shares of the price.

    Profit per yuan at list price is (left - fall d) e^(eta d): ``left`` is the profit per yuan without a discount,
    ``fall`` its loss per yuan of discount. With k = eta left/fall the best is (k - 1)/eta and the break-even
    (k + W0(-k e^-k))/eta; both are 0 where k is 1 or less: no discount pays.

    >>> even, best = break_even_discount(left=0.5, fall=1.0, elasticity=4)
    >>> round(even, 4), best
    (0.3984, 0.25)
    >>> break_even_discount(left=0.3, fall=0.95, elasticity=2.8)
    (0.0, 0.0)
    """
    k = elasticity * left / fall
    if k <= 1:
        return 0.0, 0.0
    return (k + float(lambert_w(-k * math.exp(-k)))) / elasticity, (k - 1) / elasticity


def _newcomer(shop: Shop, offer: Offer, assume: Levers, left: float) -> tuple[float, dict]:
    """Deals below cost to newcomers: some are old accounts, the others buy again at the usual price (O15)."""
    lost = shop.price * (1 - shop.margin) - offer.deal_price * (1 - assume.standard_fee)
    gain = shop.price * left * (1 - shop.return_rate)
    later = lifetime_value(gain, assume.retention, assume.monthly_discount)
    real = 1 - assume.sybil_share
    again = lost / (real * gain) if gain > 0 else math.inf
    even = lost * (1 + assume.monthly_discount) / (real * gain + lost) if gain > 0 and lost > 0 else math.inf
    expected = assume.retention / (1 + assume.monthly_discount - assume.retention)
    finding = in_unit("orders", again=max(again, 0.0), again_expected=expected)
    finding |= in_unit("yuan", deal_cost=lost) | in_unit("share", retention_even=even)
    return offer.deals * (real * later - lost), finding


def _festival(policy: Policy, shop: Shop, assume: Levers, before: float) -> tuple[float, dict]:
    """A festival at list price: demand pulled forward (O9) plus impulse purchases, in usual days."""
    plan = policy.programme("festival")
    days, lift = (plan.end - plan.start).days + 1, math.exp(plan.lift)
    lifted = min(assume.need_hazard * lift, 1 - assume.leak)
    needs = pull_forward(assume.need_hazard, lifted, days, assume.leak, until=max(shop.days, days))
    impulse = assume.impulse_share * days * (lift - 1)
    gross = (1 - assume.impulse_share) * needs.gross + impulse
    net = (1 - assume.impulse_share) * needs.net + impulse
    return net * before / shop.days, in_unit("days", festival_gross=gross, festival_net=net)


def _alliance(shop: Shop, offer: Offer, keep: float, left: float) -> tuple[float, dict]:
    """Orders through promoters: commission and leader's fee instead of the technical fee (F01 F02)."""
    added = shop.settled * offer.promoted
    even = keep - offer.leader_fee - offer.infra_marginal_share * left
    finding = in_unit("share", commission_even=max(even, 0.0)) | in_unit("yuan", promoted_sales=added)
    return added * (even - offer.commission), finding
