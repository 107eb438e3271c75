"""The journal: double entries in whole cents, appended and never changed; one journal is one event's entries."""

from array import array

import numpy as np
import pandas as pd

from kit.settlement.entitlements import ACCOUNTS
from kit.text import Refusal

KINDS = (
    *("paid", "received", "settled", "refunded", "closed", "rated", "scale_adjust"),
    *("booked", "shown", "no_show", "cancelled_in_time", "credit_granted", "credit_spent"),
)
UNITS = ("cash", "credit")  # promotion credit is a unit of its own and never mixes with cash
PARTIES = ("supply_chain", "promoter", "leader", "second_leader")
_HEAD = ("subject", "seq", "kind", "unit", "time", "amount")
WIDTH = len(_HEAD) + len(ACCOUNTS)


class Journal:
    """All journals of a ledger. The subject of a journal is an order, a booking, a merchant or a credit.

    Each row holds the subject's number, the event's seq, kind, unit, time (seconds since 1970) and stated
    amount, and the entry of each of ACCOUNTS (cents received; negative: paid).
    """

    def __init__(self):
        self.rows = array("q")
        self.subjects: dict[tuple[str, str], int] = {}
        self.parties: list[tuple[str, str, str, str]] = []

    def __len__(self) -> int:
        return len(self.rows) // WIDTH

    def subject(self, about: str, name: str, parties: tuple[str, str, str, str]) -> int:
        """Enter a subject (an order, booking, merchant or credit by name) with its PARTIES; return its number."""
        number = self.subjects.setdefault((about, name), len(self.parties))
        if number == len(self.parties):
            self.parties.append(parties)
        return number

    def post(self, subject: int, seq: int, kind: int, time: int, amount: int, entries: tuple, unit: int = 0) -> int:
        """Append one journal and return its number. Raises Refusal where the entries do not add up to 0."""
        if sum(entries):
            raise Refusal("unbalanced", kind=KINDS[kind], value=sum(entries))
        self.rows.extend((subject, seq, kind, unit, time, amount, *entries))
        return len(self.rows) // WIDTH - 1

    def head(self, number: int) -> tuple[int, int, int]:
        """Return kind, time and stated amount of a journal."""
        start = number * WIDTH
        return self.rows[start + 2], self.rows[start + 4], self.rows[start + 5]

    def matrix(self) -> np.ndarray:
        """Return the journals as int64 (journals x columns): a copy."""
        return np.array(self.rows, dtype=np.int64).reshape(-1, WIDTH)

    def wide(self) -> pd.DataFrame:
        """Return the journals: one row is a journal, a column an account (cents)."""
        found = self.matrix()
        subjects = np.array([*self.subjects] or [("", "")], dtype=object)
        about, names = subjects[found[:, 0]].T
        table = pd.DataFrame(
            {
                "journal": np.arange(len(found)),
                "about": about,
                "subject": names,
                "event_seq": found[:, 1],
                "event": np.array(KINDS, dtype=object)[found[:, 2]],
                "unit": np.array(UNITS, dtype=object)[found[:, 3]],
                "time": found[:, 4].astype("datetime64[s]"),
                "amount": found[:, 5],
            }
        )
        entries = pd.DataFrame(found[:, len(_HEAD) :], columns=list(ACCOUNTS))
        return pd.concat([table, entries], axis=1)

    def long(self) -> pd.DataFrame:
        """Return the double entries: one row is (journal, account), with its party and its cents; no zero rows."""
        found = self.matrix()
        entries = found[:, len(_HEAD) :]
        journal, account = np.nonzero(entries)
        subjects = found[journal, 0]
        named = np.empty((len(self.parties), len(ACCOUNTS)), dtype=object)
        named[:] = ACCOUNTS
        if self.parties:
            named[:, 2:6] = np.array(self.parties, dtype=object).reshape(-1, len(PARTIES))
            named[:, ACCOUNTS.index("promoter_deposit")] = named[:, ACCOUNTS.index("promoter")]
        heads = self.wide().drop(columns=list(ACCOUNTS)).iloc[journal].reset_index(drop=True)
        heads["account"] = np.array(ACCOUNTS, dtype=object)[account]
        heads["party"] = named[subjects, account]
        heads["cents"] = entries[journal, account]
        return heads
