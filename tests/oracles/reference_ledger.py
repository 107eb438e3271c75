"""Entries of a ledger besides those of its orders: a merchant's fee scale, promotion credit."""

import numpy as np

from kit.economics.fees import Scale
from kit.settlement.entitlements import ACCOUNTS, SETTLED
from kit.settlement.journal import KINDS
from kit.settlement.ledger import Ledger
from kit.text import Refusal


def daily_fees(settled_cents, scale: Scale):
    """Return the fee of each day in cents, for settled sales of each day in cents (int64 arrays).

    Each day pays Phi(G after) - Phi(G before), so the days add up to Phi of the total to the
    cent, however sales are spread over the days (O12). A day that refunds more than it sells is negative.

    >>> daily_fees(np.array([3_333, 3_333, 3_334]), Scale(0.01, 100_000, 0.05)).tolist()
    [33, 33, 34]
    """
    settled = np.asarray(settled_cents)
    if not np.issubdtype(settled.dtype, np.integer):
        raise ValueError(f"{settled.dtype}: a ledger takes whole cents")
    cumulative = np.concatenate([[0], np.cumsum(settled, dtype=np.int64)])
    low, high = round(1000 * scale.fee), round(1000 * scale.standard)
    if abs(low - 1000 * scale.fee) + abs(high - 1000 * scale.standard) > 1e-9:
        raise ValueError(f"{scale}: a ledger takes rates in whole per mille")
    cap = round(100 * scale.cap)
    below = np.minimum(cumulative, cap)
    if scale.reading == "marginal":
        per_mille = low * below + high * (cumulative - below)
    else:
        per_mille = np.where(cumulative <= cap, low, high) * cumulative
    return np.diff(per_mille // 1000)


def adjust_fees(ledger: Ledger, merchant: str, scale: Scale, time: int) -> int:
    """Post the adjustment of a merchant's technical fees to Phi(G); return the cents that the merchant pays.

    G is the settled net base of all its orders. The orders' own fees were posted at their own rates; this may run
    after any settlement or refund, any number of times: it posts the difference only.
    """
    mine = [order for order in ledger.orders.values() if ledger.journal.parties[order.subject][0] == merchant]
    settled = [order for order in mine if order.state == SETTLED]
    sales = sum(order.net for order in settled)
    tech = sum(order.net * order.rates.tech // 1000 for order in settled)
    subject = ledger.journal.subject("merchant", merchant, (merchant, "", "", ""))
    added = int(daily_fees(np.array([sales]), scale)[0]) - tech - posted(ledger, subject, "platform_fee")
    if added:
        entries = dict.fromkeys(ACCOUNTS, 0) | {"supply_chain": -added, "platform_fee": added}
        ledger.journal.post(subject, 0, KINDS.index("scale_adjust"), time, added, tuple(entries.values()))
    return added


def book_credit(ledger: Ledger, promoter: str, face: int, time: int) -> None:
    """Grant a promoter promotion credit (cents at face), or book its spending (negative); never below 0.

    It is not cash: no journal holds both units.
    """
    subject = ledger.journal.subject("credit", promoter, ("", promoter, "", ""))
    held = posted(ledger, subject, "promoter")
    if held + face < 0:
        raise Refusal("credit_short", promoter=promoter, value=held)
    entries = dict.fromkeys(ACCOUNTS, 0) | {"promoter": face, "platform_subsidy": -face}
    kind = KINDS.index("credit_granted" if face >= 0 else "credit_spent")
    ledger.journal.post(subject, 0, kind, time, abs(face), tuple(entries.values()), unit=1)


def posted(ledger: Ledger, subject: int, account: str) -> int:
    """The cents that an account has received in the journals of one subject."""
    rows = ledger.journal.matrix()
    return int(rows[rows[:, 0] == subject, 6 + ACCOUNTS.index(account)].sum())
