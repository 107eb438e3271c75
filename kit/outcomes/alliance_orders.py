"""One deal of the alliance: its split, its refunds, the two rules of fees and the step in commission."""

from itertools import pairwise
from typing import Any, ClassVar, Literal, Self

import numpy as np
import pandas as pd

from kit.analysis.outcome import Outcome, curves, in_unit, outcome
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import value
from kit.settlement.entitlements import ACCOUNTS, INVALID, SETTLED, Rates, cents, entitlements, per_mille, position
from kit.settlement.entitlements import rates_of_2019 as of_2019
from kit.settlement.step_commission import Step, step_commission
from kit.text import EXACT, Refusal

PARTIES = ("supply_chain", "promoter", "leader", "second_leader", "platform_fee")


class Deal(Levers):
    """The terms of one order. Amounts in yuan are whole cents, rates are shares in whole per mille.

    ``tech`` is the technical fee and ``leader`` the leader's fee, both of the net price; ``cut`` the platform's part
    of the commission; ``passed`` the part of the leader's fee that goes on to a second leader. Under the rule of 2019
    tech and cut are the rule's own. A coupon or refund above the price counts as the price.
    """

    group: ClassVar[str] = "deal"

    price: float = lever(1.0, 5_000.0, EXACT, default=lambda: value("deal.price"), step=1, scale="log")
    coupon: float = lever(0.0, 300.0, "yuan", default=lambda: value("deal.coupon"), step=1)
    refunded: float = lever(0.0, 300.0, EXACT, default=0.0, step=1)
    tech: float = lever(0.0, 0.08, "share", default=lambda: value("standard_fee"), step=0.001)
    commission: float = lever(0.0, 0.5, "share", default=lambda: value("alliance.commission"), step=0.001)
    cut: float = lever(0.0, 0.5, "share", default=lambda: value("alliance.platform_cut"), step=0.001)
    leader: float = lever(0.0, 0.1, "share", default=lambda: value("alliance.leader_fee"), step=0.001)
    passed: float = lever(0.0, 1.0, "share", default=0.0, step=0.01)
    rule: Literal["newer", "rule_2019"] = "newer"
    step_after: float = lever(10.0, 1_000.0, "orders", default=lambda: value("deal.step_after"), step=10)
    step_rate: float = lever(0.0, 0.5, "share", default=lambda: value("deal.step_rate"), step=0.001)

    def but(self, changes: dict[str, Any]) -> Self:
        moved = super().but(changes)
        for name in changes:
            amount, unit = getattr(moved, name.partition(".")[2]), self.levers()[name].unit
            scale = {"yuan": 100, EXACT: 100, "share": 1000}.get(unit, 1)
            if not isinstance(amount, str) and abs(round(scale * amount) - scale * amount) > 1e-6:
                raise Refusal("lever_whole", lever=name, value=str(amount))
        return moved

    @property
    def base(self) -> int:
        return cents(self.price)

    @property
    def rest(self) -> int:
        """What is left of the base after the refund, in cents."""
        return self.base - min(cents(self.refunded), self.base)

    def rates(self) -> Rates:
        """Return the rates in force, in per mille."""
        commission, leader, passed = (per_mille(rate) for rate in (self.commission, self.leader, self.passed))
        if self.rule == "rule_2019":
            return of_2019(commission, leader, passed)
        return Rates(per_mille(self.tech), commission, per_mille(self.cut), leader, passed)


def my_deal(**terms) -> Deal:
    """Return a deal with some of its terms given.

    >>> my_deal(price=50, commission="15 %").rates().commission
    150
    >>> my_deal(commission=0.2005)
    Traceback (most recent call last):
    kit.text.Refusal: deal.commission = 0.2005 is finer than a cent or a per mille
    """
    return Deal().but({f"deal.{name}": term for name, term in terms.items()})


def stands(deal: Deal, rest: int) -> dict[str, int]:
    """Return where the accounts of a settled order stand, in cents, with so much of its base left."""
    coupon = min(cents(deal.coupon), deal.base)
    state = SETTLED if rest else INVALID
    return dict(zip(ACCOUNTS, position(state, rest, deal.base, coupon, deal.rates()), strict=True))


@outcome
def split(deal: Deal) -> Outcome:
    """Return who pays whom for one settled order, and what goes back if a part is refunded: one row is a ``flow``.

    ``side`` is in (what was paid into the order) or out (who has it now), ``paid`` in yuan to the cent; both sides come
    to the price. A missing flow (no second leader, no refund) is 0.
    """
    now, whole = stands(deal, deal.rest), stands(deal, deal.base)
    paid = {payer: -whole[payer] for payer in ("buyer", "platform_subsidy")}
    got = {party: now[party] for party in PARTIES}
    back = {f"{payer}_back": now[payer] - whole[payer] for payer in paid}
    flows = {flow: amount / 100 for flow, amount in (paid | got | back).items()}
    promoter_back = (whole["promoter"] - now["promoter"]) / 100
    platform_net = (now["platform_fee"] + now["platform_subsidy"]) / 100
    finding = in_unit(EXACT, price=deal.price, rest=deal.rest / 100, **flows)
    finding |= in_unit(EXACT, promoter_back=promoter_back, platform_net=platform_net)
    sides = ["in" if flow in paid else "out" for flow in flows]
    return {"side": sides, "flow": list(flows), "paid": list(flows.values())}, finding


@outcome
def refunds(deal: Deal) -> Outcome:
    """Return the commission ``taken`` back (yuan) when an order comes back in three parts: one row is (part, way).

    ``part`` in first, second, third, together; ``way`` in pro_rated (the rate times the part, rounded to the cent) or
    recomputed (commission on what was left, less that on what is left).
    """
    rate, base = per_mille(deal.commission), deal.base
    part = base // 3
    left = [base, base - part, base - 2 * part, 0]
    kept = [amount * rate // 1000 for amount in left]
    ways = {
        "pro_rated": [((old - new) * rate + 500) // 1000 for old, new in pairwise(left)],
        "recomputed": [old - new for old, new in pairwise(kept)],
    }
    drift = sum(ways["pro_rated"]) - kept[0]
    finding = in_unit(EXACT, charged=kept[0] / 100, drift=drift / 100)
    finding |= in_unit(EXACT, **{way: sum(amounts) / 100 for way, amounts in ways.items()})
    finding |= in_unit("yuan", million=drift * 10_000)
    parts = {way: [*amounts, sum(amounts)] for way, amounts in ways.items()}
    names = ("first", "second", "third", "together")
    rows = [(name, way, taken[n] / 100) for n, name in enumerate(names) for way, taken in parts.items()]
    return pd.DataFrame(rows, columns=["part", "way", "taken"]), finding


@outcome
def fee_rules(deal: Deal) -> Outcome:
    """Return what the platform keeps of the order by its commission, under both rules: one row is (commission, rule).

    ``commission`` runs from 0 to 50 %, ``kept_of_it`` is in yuan. Under the rule of 2019 goods without commission bear
    5 % and goods with it half of the commission, so the fee drops where the first per mille of commission is paid.
    """
    steps = np.array([0, 1, *range(10, 501, 10)]) / 1000
    base, tech, cut = deal.base, per_mille(deal.tech), per_mille(deal.cut)

    def fee(rule: str, commission: float) -> float:
        rate = per_mille(commission)
        rates = of_2019(rate, 0, 0) if rule == "rule_2019" else Rates(tech, rate, cut, 0, 0)
        return entitlements(base, rates).platform_fee / 100

    kept = {rule: [fee(rule, rate) for rate in steps] for rule in ("rule_2019", "newer")}
    finding = in_unit("share", commission=deal.commission, even=value("F01") / value("F02"))
    finding |= in_unit(EXACT, price=deal.price, without=fee("rule_2019", 0.0), token=fee("rule_2019", 0.01))
    finding |= in_unit(EXACT, old=fee("rule_2019", deal.commission), new=fee("newer", deal.commission))
    return curves("commission_rate", steps, "rule", "kept_of_it", kept), finding


@outcome
def step_readings(deal: Deal) -> Outcome:
    """Return a promoter's commission with a step, ``earned`` in yuan, by orders ``sold``: one row is (sold, reading).

    ``reading`` in after (the higher rate on later orders) or all (on every order once the step is passed).
    """
    after, base, low = round(deal.step_after), deal.base, per_mille(deal.commission)
    counts = np.unique(np.append(np.linspace(0, 2 * after, 21).astype(int), [after, after + 1]))
    step = per_mille(deal.step_rate)
    earned = {name: step_commission(base, low, counts, Step(after, step, name)) / 100 for name in ("after", "all")}
    place = int(np.flatnonzero(counts == after)[0])
    more = {name: curve[place + 1] - curve[place] for name, curve in earned.items()}
    finding = in_unit("orders", after=after) | in_unit("share", rate=deal.step_rate)
    finding |= in_unit("yuan", at_step=earned["all"][place])
    finding |= in_unit(EXACT, one_order=more["after"], notch=more["all"])
    return curves("sold", counts.astype(float), "reading", "earned", earned), finding
