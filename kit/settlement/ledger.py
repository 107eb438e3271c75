"""The ledger: orders and their events, one by one; each event posts where the order stands now, less where it stood.

So a refund is E(new base) - E(old base) and never a percentage of the refund, whether it comes before the parties
are paid or after (a claw-back), in one part or in many.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from kit.economics.fees import Scale, daily_fees
from kit.settlement.entitlements import (
    ACCOUNTS,
    CREATED,
    INVALID,
    PAID,
    RECEIVED,
    SETTLED,
    Rates,
    entitlements,
    position,
)
from kit.settlement.journal import KINDS, Journal
from kit.text import Refusal

DAY = 86_400
LAG_DAYS = 7  # of the return window: nobody is paid before it is over
_NOTHING = (0,) * len(ACCOUNTS)
_EVENTS = {name: KINDS.index(name) for name in ("paid", "received", "settled", "refunded", "closed", "rated")}


class Order:
    """One order: its terms, its state, and the numbers of its journals."""

    __slots__ = ("base", "coupon", "journals", "last", "paid_at", "rates", "received_at", "rest", "settled_at")
    __slots__ += ("stands", "state", "subject")

    def __init__(self, subject: int, base: int, coupon: int, rates: Rates):
        self.subject, self.base, self.coupon, self.rates = subject, base, coupon, rates
        self.rest, self.state, self.stands = base, CREATED, _NOTHING
        self.journals: list[int] = []
        self.last = 0  # time of the last event
        self.paid_at = self.received_at = self.settled_at = None


class Ledger:
    """Orders of an alliance and all that was posted for them. ``lag_days``: from receipt to the first pay-out.

    >>> ledger = Ledger(lag_days=7)
    >>> ledger.open("A1", 9_900, 2_000, Rates(tech=50, commission=200, service=100, leader=10))
    >>> for seq, (event, day) in enumerate([("paid", 0), ("received", 3), ("settled", 10)], start=1):
    ...     ledger.apply("A1", seq, event, day * DAY)
    >>> ledger.balances()["promoter"], ledger.balances()["escrow"]
    (1782, 0)
    >>> ledger.apply("A1", 4, "refunded", 20 * DAY, 3_333)
    >>> ledger.balances()["promoter"], ledger.balances()["supply_chain"]
    (1182, 4861)
    """

    def __init__(self, lag_days: int = LAG_DAYS):
        self.lag = lag_days * DAY
        self.journal = Journal()
        self.orders: dict[str, Order] = {}
        self._adjusted: dict[str, int] = {}

    def open(self, order_id: str, base: int, coupon: int, rates: Rates, parties=("", "", "", "")) -> None:
        """Enter an order: base and coupon in cents; parties are supply chain, promoter, leader, second leader."""
        if order_id in self.orders:
            raise Refusal("order_twice", order=order_id)
        self.orders[order_id] = Order(self.journal.subject("order", order_id, parties), base, coupon, rates)

    def apply(self, order_id: str, seq: int, event: str, time: int, amount: int = 0) -> None:
        """Post one event of an order; ``time`` is in seconds since 1970, ``amount`` in cents.

        Events: paid, received, settled, refunded (amount: cents of the base), closed (all the rest is given
        back), rated (amount: the new commission in per mille). An event is refused, and nothing is posted, if its
        order is unknown, if it is not the order's next (seq counts from 1), if the state does not allow it, if it
        refunds more than the rest, or if it pays before the lag is over. The same event again is refused as such.
        """
        order = self.orders.get(order_id)
        if order is None:
            raise Refusal("order_unknown", order=order_id)
        kind = _EVENTS.get(event)
        if kind is None:
            raise Refusal("event_unknown", event=event, names=list(_EVENTS))
        journals = order.journals
        if seq != len(journals) + 1:
            self._not_next(order, order_id, seq, (kind, time, amount))
        if time < order.last:
            raise Refusal("event_time", order=order_id, seq=seq)
        state, rest, rates = self._after(order, order_id, event, time, amount)
        stands = position(state, rest, order.base, order.coupon, rates)
        entries = tuple([new - old for new, old in zip(stands, order.stands, strict=True)])
        journals.append(self.journal.post(order.subject, seq, kind, time, amount, entries))
        order.state, order.rest, order.rates, order.stands, order.last = state, rest, rates, stands, time
        if event == "paid":
            order.paid_at = time
        elif event == "received":
            order.received_at = time
        elif event == "settled":
            order.settled_at = time

    def _not_next(self, order: Order, order_id: str, seq: int, said: tuple[int, int, int]) -> None:
        if seq < 1 or seq > len(order.journals):
            raise Refusal("out_of_order", order=order_id, seq=seq, next=len(order.journals) + 1)
        if self.journal.head(order.journals[seq - 1]) == said:
            raise Refusal("event_twice", order=order_id, seq=seq)
        raise Refusal("event_differs", order=order_id, seq=seq)

    def _after(self, order: Order, order_id: str, event: str, time: int, amount: int) -> tuple[int, int, Rates]:
        """The order's state, rest and rates after an event that it allows."""
        state, rest, rates = order.state, order.rest, order.rates
        match event:
            case "paid" if state == CREATED:
                return PAID, rest, rates
            case "received" if state == PAID:
                return RECEIVED, rest, rates
            case "settled" if state == RECEIVED:
                if time < order.received_at + self.lag:
                    raise Refusal("too_early", order=order_id, days=self.lag // DAY)
                return SETTLED, rest, rates
            case "refunded" if state in (PAID, RECEIVED, SETTLED):
                if not 0 < amount <= rest:
                    raise Refusal("refund_above", order=order_id, value=amount, rest=rest)
                return (state if amount < rest else INVALID), rest - amount, rates
            case "closed" if state != INVALID:
                return INVALID, 0, rates
            case "rated" if state != INVALID:
                return state, rest, replace(rates, commission=amount)
        raise Refusal("event_state", order=order_id, event=event, state=state)

    def adjust(self, merchant: str, scale: Scale, time: int) -> int:
        """Post what brings a merchant's technical fees to Phi(G) exactly; return the cents that the merchant pays.

        G are the settled net bases of all its orders. Per order the fee was posted at the order's own rate, cent by
        cent; run it after any settlement or refund, as often as one likes: it posts the difference only.
        """
        mine = [order for order in self.orders.values() if self.journal.parties[order.subject][0] == merchant]
        settled = [order for order in mine if order.state == SETTLED]
        sales = sum(order.rest for order in settled)
        tech = sum(order.rest * order.rates.tech // 1000 for order in settled)
        due = int(daily_fees(np.array([sales]), scale)[0]) - tech
        added = due - self._adjusted.get(merchant, 0)
        if added:
            subject = self.journal.subject("merchant", merchant, (merchant, "", "", ""))
            entries = dict.fromkeys(ACCOUNTS, 0) | {"supply_chain": -added, "platform_fee": added}
            self.journal.post(subject, 0, KINDS.index("scale_adjust"), time, added, tuple(entries.values()))
            self._adjusted[merchant] = due
        return added

    def credit(self, promoter: str, face: int, time: int) -> None:
        """Grant a promoter promotion credit (cents at face), or take what it spends (negative); never below 0.

        It is another unit than cash: no journal holds both.
        """
        subject = self.journal.subject("credit", promoter, ("", promoter, "", ""))
        found = self.journal.matrix()
        held = int(found[(found[:, 0] == subject), 6 + ACCOUNTS.index("promoter")].sum())
        if held + face < 0:
            raise Refusal("credit_short", promoter=promoter, value=held)
        entries = dict.fromkeys(ACCOUNTS, 0) | {"promoter": face, "platform_subsidy": -face}
        kind = KINDS.index("credit_granted" if face >= 0 else "credit_spent")
        self.journal.post(subject, 0, kind, time, abs(face), tuple(entries.values()), unit=1)

    def balances(self, unit: int = 0) -> dict[str, int]:
        """Return what each account has received so far, in cents (negative: given)."""
        found = self.journal.matrix()
        entries = found[found[:, 3] == unit, 6:]
        return dict(zip(ACCOUNTS, entries.sum(axis=0).tolist(), strict=True))

    def records(self) -> pd.DataFrame:
        """Return the orders as the platform's alliance records show them: one row is an order.

        Amounts in cents, rates in per mille; ``settlementAmount`` is what the promoter has been paid; times are
        empty until they come.
        """
        rows = []
        for order_id, order in self.orders.items():
            settled = entitlements(order.rest, order.rates).promoter if order.state == SETTLED else 0
            rows.append(
                {
                    "oid": order_id,
                    "cpsOrderStatus": order.state,
                    "baseAmount": order.rest,
                    "commissionRate": order.rates.commission,
                    "serviceRate": order.rates.service,
                    "regimentalPromotionRate": order.rates.leader,
                    "settlementAmount": settled,
                    "payTime": order.paid_at,
                    "recvTime": order.received_at,
                    "settlementSuccessTime": order.settled_at,
                }
            )
        table = pd.DataFrame(rows)
        for column in ("payTime", "recvTime", "settlementSuccessTime"):
            table[column] = pd.to_datetime(table[column], unit="s")
        return table
