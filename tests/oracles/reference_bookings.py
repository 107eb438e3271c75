"""Bookings of a live slot and compensation of no-shows: BOOKED -> SHOWN, NO_SHOW or CANCELLED_IN_TIME.

The promoter's deposit is held; a no-show forfeits it to the supply chain and the leader, and the platform tops it up
to the covered part of their loss.
"""

from dataclasses import dataclass, field

import numpy as np

from kit.settlement.entitlements import ACCOUNTS, NOTHING
from kit.settlement.journal import KINDS, Journal
from kit.text import Refusal

BOOKED, SHOWN, NO_SHOW, CANCELLED_IN_TIME = "booked", "shown", "no_show", "cancelled_in_time"


@dataclass(frozen=True)
class Slot:
    """The terms of a booked slot: ``deposit`` and ``loss`` in cents, ``cover`` and ``to_chain`` in per mille.

    ``loss`` is the cost of a no-show to supply chain and leader together, ``cover`` the covered part of it,
    ``to_chain`` the supply chain's part of any compensation; ``cancel_by`` is in seconds since 1970.
    """

    deposit: int
    loss: int
    cover: int
    to_chain: int
    cancel_by: int

    def __post_init__(self):
        if self.deposit < 0 or self.loss < 0 or not (0 <= self.cover <= 1000 and 0 <= self.to_chain <= 1000):
            raise Refusal("slot", deposit=self.deposit, loss=self.loss, cover=self.cover, to_chain=self.to_chain)


def slot_position(state: str, slot: Slot) -> tuple[int, ...]:
    """Return the balances of a booking in cents, in the order of ACCOUNTS; they add up to 0.

    >>> terms = Slot(deposit=200_000, loss=500_000, cover=500, to_chain=800, cancel_by=0)
    >>> balances = dict(zip(ACCOUNTS, slot_position(NO_SHOW, terms)))
    >>> [balances[name] for name in ("promoter", "supply_chain", "leader", "platform_comp")]
    [-200000, 200000, 50000, -50000]
    """
    balances = dict.fromkeys(ACCOUNTS, 0)
    if state == BOOKED:
        balances |= {"promoter": -slot.deposit, "promoter_deposit": slot.deposit}
    elif state == NO_SHOW:
        top_up = max(0, slot.loss * slot.cover // 1000 - slot.deposit)
        paid = slot.deposit + top_up
        chain = paid * slot.to_chain // 1000
        balances |= {"promoter": -slot.deposit, "platform_comp": -top_up, "supply_chain": chain, "leader": paid - chain}
    return tuple(balances.values())


@dataclass
class Bookings:
    """The bookings of an alliance, posted in a journal.

    >>> bookings = Bookings(Journal())
    >>> bookings.book("B1", Slot(200_000, 500_000, 500, 800, cancel_by=100), ("S1", "P1", "L1", ""), time=0)
    >>> bookings.close("B1", "cancelled_in_time", time=200)
    Traceback (most recent call last):
    kit.text.Refusal: booking B1: it could be cancelled until 1970-01-01T00:01:40
    >>> bookings.close("B1", "no_show", time=200)
    """

    journal: Journal
    states: dict[str, str] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)

    def book(self, name: str, slot: Slot, parties: tuple[str, str, str, str], time: int) -> None:
        """Enter a booking and take the deposit; parties are supply chain, promoter, leader, second leader."""
        if name in self.states:
            raise Refusal("booking_state", booking=name, state=self.states[name])
        self.journal.subject("booking", name, parties)
        self._post(name, slot, NOTHING, BOOKED, time)

    def close(self, name: str, outcome: str, time: int) -> None:
        """Post how a booking ended: shown, no_show or cancelled_in_time (not after the slot's ``cancel_by``)."""
        if self.states.get(name) != BOOKED or outcome not in (SHOWN, NO_SHOW, CANCELLED_IN_TIME):
            raise Refusal("booking_state", booking=name, state=self.states.get(name, "-"))
        slot = self.slots[name]
        if outcome == CANCELLED_IN_TIME and time > slot.cancel_by:
            raise Refusal("cancel_late", booking=name, until=str(np.datetime64(slot.cancel_by, "s")))
        self._post(name, slot, slot_position(BOOKED, slot), outcome, time)

    def _post(self, name: str, slot: Slot, before: tuple[int, ...], state: str, time: int) -> None:
        entries = tuple(new - old for new, old in zip(slot_position(state, slot), before, strict=True))
        seq = 1 if state == BOOKED else 2
        subject = self.journal.subjects["booking", name]
        self.journal.post(subject, seq, KINDS.index(state), time, slot.deposit, entries)
        self.states[name], self.slots[name] = state, slot
