"""Entitlements of the parties of an order: whole cents, rates in whole per mille.

All functions take Python integers and int64 arrays alike, so that settling event by event and settling a table
at once give the same cents.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from kit.parameters.sourced import value
from kit.text import Refusal

ACCOUNTS = (
    *("buyer", "escrow", "supply_chain", "promoter", "leader", "second_leader"),
    *("platform_fee", "platform_subsidy", "platform_comp", "promoter_deposit"),
)
NOTHING = (0,) * len(ACCOUNTS)
# The states of an order, by the codes of the platform's own records (CREATED is ours: nothing is paid yet).
CREATED, PAID, RECEIVED, SETTLED, INVALID = 0, 30, 50, 60, 80
MOST_CENTS = 1_000_000_000  # 10 million yuan an order, so that products of two amounts stay within int64


@dataclass(frozen=True)
class Rates:
    """The rates of an order, in whole per mille (integers, or int64 arrays: one element is one order).

    ``tech``, ``commission`` and ``leader`` fall on the net base; ``service`` is the platform's part of the
    commission; ``second`` is the part of the leader's share that a second leader gets.
    """

    tech: Any = 0
    commission: Any = 0
    service: Any = 0
    leader: Any = 0
    second: Any = 0

    def __post_init__(self):
        for name, rate in vars(self).items():
            if isinstance(rate, float) or (isinstance(rate, int) and not 0 <= rate <= 1000):
                raise Refusal("per_mille", column=name, value=rate)
        if isinstance(self.tech, int) and self.tech + self.commission + self.leader > 1000:
            raise Refusal("rates_sum", value=self.tech + self.commission + self.leader)


# The columns of an order table that hold the rates, under the names of the platform's own records
# (techRate is ours: their alliance records do not show it).
RATE_COLUMNS = {
    "techRate": "tech",
    "commissionRate": "commission",
    "serviceRate": "service",
    "regimentalPromotionRate": "leader",
    "expendRegimentalPromotionRate": "second",
}


class Shares(NamedTuple):
    """The shares of the parties of a net base, in cents; they add up to it."""

    supply_chain: Any
    promoter: Any
    leader: Any
    second_leader: Any
    platform_fee: Any


def entitlements(base, rates: Rates) -> Shares:
    """Return the share of each party of a net base in cents. Fractions of a cent stay with the supply chain.

    >>> entitlements(9_900, Rates(tech=50, commission=200, service=100, leader=10))
    Shares(supply_chain=7326, promoter=1782, leader=99, second_leader=0, platform_fee=693)
    """
    tech = base * rates.tech // 1000
    commission = base * rates.commission // 1000
    lead = base * rates.leader // 1000
    cut = commission * rates.service // 1000
    second = lead * rates.second // 1000
    return Shares(base - tech - commission - lead, commission - cut, lead - second, second, tech + cut)


def position(state, net, base, coupon, rates: Rates) -> tuple:
    """Return the balances of an order's accounts, in cents, in the order of ACCOUNTS; they add up to 0.

    ``net`` is the base less refunds, ``coupon`` the platform's coupon on the whole base: of the net base
    it pays coupon * net // base, the buyer the remainder. An account that received is positive.

    >>> rates = Rates(tech=50, commission=200, service=100, leader=10)
    >>> position(SETTLED, 9_900, 9_900, 2_000, rates)
    (-7900, 0, 7326, 1782, 99, 0, 693, -2000, 0, 0)
    >>> position(PAID, 6_567, 9_900, 2_000, rates)
    (-5241, 6567, 0, 0, 0, 0, 0, -1326, 0, 0)
    """
    held = (state == PAID) | (state == RECEIVED)
    done = state == SETTLED
    paid = held | done
    subsidy = coupon * net // base
    parties = [share * done for share in entitlements(net, rates)]
    return (-(net - subsidy) * paid, net * held, *parties, -subsidy * paid, 0 * net, 0 * net)


def rates_of_2019(commission: int, leader: int = 0, second: int = 0) -> Rates:
    """Return the rates under the rule of July 2019: 5 % of goods without commission, else half of the commission.

    The platform's parts are the public figures F01 and F02 (weak sources). On 100 yuan with a commission of 15 %
    (20 yuan less 5 for another platform) it takes 7.50:

    >>> entitlements(10_000, rates_of_2019(150)).platform_fee
    750
    >>> entitlements(10_000, rates_of_2019(0)).platform_fee
    500
    """
    if commission:
        return Rates(0, commission, per_mille(value("F02")), leader, second)
    return Rates(per_mille(value("F01")), 0, 0, leader, second)


def per_mille(share: float) -> int:
    """Return a share (0 to 1) in whole per mille; a finer fraction is refused.

    >>> per_mille(0.125)
    125
    """
    rate = round(1000 * share)
    if abs(rate - 1000 * share) > 1e-6:
        raise Refusal("per_mille", column="", value=1000 * share)
    return rate


def cents(yuan: float) -> int:
    """Return an amount in whole cents; a fraction of a cent is refused.

    >>> cents(99.0), cents(0.29)
    (9900, 29)
    """
    whole = round(100 * yuan)
    if abs(whole - 100 * yuan) > 1e-6:
        raise Refusal("cents", column="", value=yuan)
    return whole
