"""What all peers compute: August 2020 without entry, and 15 % off at everybody's for the first 30 days."""

import numpy as np

from kit.policies.policy import policy
from kit.simulator.run import simulate
from kit.simulator.steady_state import Market

DAYS, COUPON_DAYS, DEPTH = 182, 30, 0.15
METRICS = (
    *("orders", "kept", "gmv", "returned", "settled", "subsidised", "subsidy", "fees", "commission", "cut", "cash"),
    *("profit", "views"),
)


def with_kit(market: Market, days: int = DAYS, draws: str = "sampled", seed: int = 1) -> dict[str, np.ndarray]:
    """The kit's own run of it: every metric by day; needs and persons as (day, segment, category)."""
    stated = policy("august_2020").but({"coupon.depth": DEPTH, "coupon.end": "2020-08-30"})
    records = simulate(market, stated, days=days, draws=draws, seed=seed, disabled=["entry"], engine="native")
    found = {name: records.metric(name) for name in METRICS}
    return found | {name: records.flow(name) for name in ("needs", "persons")}
