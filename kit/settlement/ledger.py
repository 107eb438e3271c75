"""The ledger: orders and their events; each event posts the order's new balances less its old ones.

So a refund is E(new base) - E(old base) and never a percentage of the refund, whether it comes before the parties
are paid or after (a claw-back), in one part or in many.
"""

from dataclasses import replace

import pandas as pd

from kit.settlement.entitlements import (
    ACCOUNTS,
    CREATED,
    INVALID,
    NOTHING,
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
LAG_DAYS = 7  # the return window: nobody is paid before its end
_EVENTS = {name: KINDS.index(name) for name in ("paid", "received", "settled", "refunded", "closed", "rated")}


class Order:
    """One order: its terms, its state, and the numbers of its journals."""

    __slots__ = ("balances", "base", "coupon", "journals", "last", "net", "paid_at", "rates", "received_at")
    __slots__ += ("settled_at", "state", "subject")

    def __init__(self, subject: int, base: int, coupon: int, rates: Rates):
        self.subject, self.base, self.coupon, self.rates = subject, base, coupon, rates
        self.net, self.state, self.balances = base, CREATED, NOTHING
        self.journals: list[int] = []
        self.last = 0  # time of the last event
        self.paid_at = self.received_at = self.settled_at = None


class Ledger:
    """Orders of an alliance and their journals. ``lag_days``: days from receipt to the first pay-out.

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

    def open(self, order_id: str, base: int, coupon: int, rates: Rates, parties=("", "", "", "")) -> None:
        """Enter an order: base and coupon in cents; parties are supply chain, promoter, leader, second leader."""
        if order_id in self.orders:
            raise Refusal("order_twice", order=order_id)
        self.orders[order_id] = Order(self.journal.subject("order", order_id, parties), base, coupon, rates)

    def apply(self, order_id: str, seq: int, event: str, time: int, amount: int = 0) -> None:
        """Post one event of an order; ``time`` is in seconds since 1970, ``amount`` in cents.

        Events: paid, received, settled, refunded (amount: cents of the base), closed (all of it is
        refunded), rated (amount: the new commission in per mille). Raises Refusal, and posts nothing, if the order is
        unknown, if the event is not the order's next (seq counts from 1) or its state does not allow it, if it
        refunds more than the net base, or if it pays out before the lag is over.
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
        state, net, rates = self._after(order, order_id, event, time, amount)
        balances = position(state, net, order.base, order.coupon, rates)
        entries = tuple([new - old for new, old in zip(balances, order.balances, strict=True)])
        journals.append(self.journal.post(order.subject, seq, kind, time, amount, entries))
        order.state, order.net, order.rates, order.balances, order.last = state, net, rates, balances, time
        if event in ("paid", "received", "settled"):
            setattr(order, f"{event}_at", time)

    def _not_next(self, order: Order, order_id: str, seq: int, head: tuple[int, int, int]) -> None:
        if seq < 1 or seq > len(order.journals):
            raise Refusal("out_of_order", order=order_id, seq=seq, next=len(order.journals) + 1)
        if self.journal.head(order.journals[seq - 1]) == head:
            raise Refusal("event_twice", order=order_id, seq=seq)
        raise Refusal("event_differs", order=order_id, seq=seq)

    def _after(self, order: Order, order_id: str, event: str, time: int, amount: int) -> tuple[int, int, Rates]:
        """The order's state, net base and rates after an event."""
        state, net, rates = order.state, order.net, order.rates
        match event:
            case "paid" if state == CREATED:
                return PAID, net, rates
            case "received" if state == PAID:
                return RECEIVED, net, rates
            case "settled" if state == RECEIVED:
                if time < order.received_at + self.lag:
                    raise Refusal("too_early", order=order_id, days=self.lag // DAY)
                return SETTLED, net, rates
            case "refunded" if state in (PAID, RECEIVED, SETTLED):
                if not 0 < amount <= net:
                    raise Refusal("refund_above", order=order_id, value=amount, left=net)
                return (state if amount < net else INVALID), net - amount, rates
            case "closed" if state != INVALID:
                return INVALID, 0, rates
            case "rated" if state != INVALID:
                return state, net, replace(rates, commission=amount)
        raise Refusal("event_state", order=order_id, event=event, state=state)

    def balances(self, unit: int = 0) -> dict[str, int]:
        """Return the balance of each account in cents: received less paid."""
        found = self.journal.matrix()
        entries = found[found[:, 3] == unit, 6:]
        return dict(zip(ACCOUNTS, entries.sum(axis=0).tolist(), strict=True))

    def records(self) -> pd.DataFrame:
        """Return the orders as the platform's alliance records show them: one row is an order.

        Amounts in cents, rates in per mille; ``settlementAmount`` is the promoter's pay; times may be empty.
        """
        rows = []
        for order_id, order in self.orders.items():
            rates = order.rates
            paid = entitlements(order.net, rates).promoter if order.state == SETTLED else 0
            times = order.paid_at, order.received_at, order.settled_at
            rows.append((order_id, order.state, order.net, rates.commission, rates.service, rates.leader, paid, *times))
        columns = ["oid", "cpsOrderStatus", "baseAmount", "commissionRate", "serviceRate", "regimentalPromotionRate"]
        times = ["payTime", "recvTime", "settlementSuccessTime"]
        table = pd.DataFrame(rows, columns=[*columns, "settlementAmount", *times])
        for column in times:
            table[column] = pd.to_datetime(table[column], unit="s")
        return table
