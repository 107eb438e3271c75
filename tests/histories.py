"""Made histories of alliance orders, from a seed: valid orders and the events that each of them went through."""

import numpy as np
import pandas as pd

from kit.settlement.ledger import DAY, Ledger
from kit.settlement.replay import open_orders, replay


def made_orders(count: int, seed: int) -> pd.DataFrame:
    """One row is an order: small and large bases, every kind of rate, some with a second leader."""
    luck = np.random.default_rng(seed)
    base = np.where(luck.random(count) < 0.3, luck.integers(1, 300, count), luck.integers(300, 10_000_000, count))
    second = luck.integers(0, 1001, count) * (luck.random(count) < 0.3)
    return pd.DataFrame(
        {
            "order_id": [f"A{n}" for n in range(count)],
            "baseAmount": base,
            "coupon": (base * luck.random(count) * (luck.random(count) < 0.5)).astype(np.int64),
            "techRate": luck.integers(0, 81, count),
            "commissionRate": luck.integers(0, 501, count),
            "serviceRate": luck.integers(0, 501, count),
            "regimentalPromotionRate": luck.integers(0, 101, count),
            "expendRegimentalPromotionRate": second,
            "supplyChain": luck.choice(["S1", "S2", "S3"], count),
            "promoter": luck.choice(["P1", "P2", "P3", "P4"], count),
            "leader": luck.choice(["L1", "L2"], count),
            "secondLeader": "L9",
        }
    )


def made_events(orders: pd.DataFrame, seed: int) -> pd.DataFrame:
    """One row is an event; each order goes some way from payment to settlement and is refunded in parts on it."""
    luck, rows = np.random.default_rng(seed + 1), []
    for order_id, base in zip(orders["order_id"], orders["baseAmount"], strict=True):
        day, seq, rest = int(luck.integers(18_500, 18_560)), 0, int(base)
        steps = ["paid", "received", "settled"][: int(luck.integers(0, 4))]
        for step in steps:
            day += int(luck.integers(0, 4)) + (7 if step == "settled" else 0)
            seq += 1
            rows.append((order_id, seq, step, day * DAY, 0))
            for _ in range(int(luck.integers(0, 3))):
                if not rest:
                    break
                day += int(luck.integers(0, 2))
                seq += 1
                kind = luck.choice(["refunded", "refunded", "rated", "closed"], p=[0.4, 0.35, 0.2, 0.05])
                amount = 0
                if kind == "refunded":
                    amount = rest if luck.random() < 0.2 else int(luck.integers(1, rest + 1))
                    rest -= amount
                elif kind == "rated":
                    amount = int(luck.integers(0, 501))
                else:
                    rest = 0
                rows.append((order_id, seq, str(kind), day * DAY, amount))
            if not rest:
                break
    events = pd.DataFrame(rows, columns=["order_id", "event_seq", "event", "time", "amount"])
    return events.assign(time=events["time"].to_numpy(np.int64).astype("datetime64[s]"))


def lived(orders: pd.DataFrame, events: pd.DataFrame) -> Ledger:
    """The ledger after all of it, with nothing refused."""
    ledger = Ledger()
    assert open_orders(ledger, orders).refused.empty
    done = replay(ledger, events)
    assert done.refused.empty, done.refused
    assert done.posted == len(events)
    return ledger
