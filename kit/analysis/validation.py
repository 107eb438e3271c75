"""The case of Li Xuanzhuo (A88 to A92) against the model's own rooms: a validation band, never a target.

One chosen success: it is set against the best sessions of the large rooms, with the subsidy and without it.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from kit.parameters.levers import Levers
from kit.parameters.sourced import value
from kit.policies.policy import Policy
from kit.simulator.run import simulate
from kit.simulator.steady_state import open_market

DAYS = 31  # of August 2020: the session was on its 30th day
MERCHANTS = 3_000  # the largest fifth stand for themselves alone: real rooms
_CASE = {"times_usual": "A92", "viewers": "A91", "yuan_per_viewer": "AD6", "follow_rate": "AD7"}


def li_case(plan: Policy, assume: Levers | None = None, seeds: Iterable[int] = range(8)) -> pd.DataFrame:
    """Return where the case lies among the model's rooms in August 2020 under a policy: one row is a ``measure``.

    ``times_usual``: the best session of the month as a multiple of its room's average session, largest over the rooms;
    ``viewers`` of the largest session; ``yuan_per_viewer`` and ``follow_rate`` (followers won a viewer) of a room's
    month, nine rooms of ten. Columns: ``case``, ``low`` and ``high`` over the ``seeds``, whether it lies ``within``.
    """
    market = open_market(MERCHANTS, assume=assume)
    months = pd.DataFrame([_month(market, plan, seed) for seed in seeds])
    rows = []
    for measure, key in _CASE.items():
        low, high = months[f"{measure}_low"].min(), months[f"{measure}_high"].max()
        rows.append((measure, value(key), low, high, bool(low <= value(key) <= high)))
    return pd.DataFrame(rows, columns=["measure", "case", "low", "high", "within"])


def _month(market, plan: Policy, seed: int) -> dict[str, float]:
    """A month of the rooms that stand for themselves, by one draw of the random shocks."""
    traits, assume = market.traits, market.assume
    rooms = np.flatnonzero(traits.weight[: market.incumbents] == 1)
    viewers, sold, fans = [], [np.zeros(rooms.size)], [market.start.fans[rooms]]

    def look(state, scratch, _groups, _flows):
        viewers.append(market.steady.visits[traits.category[rooms]] * scratch.reach[rooms])
        sold.append(state.gmv[rooms].copy())
        fans.append(state.fans[rooms].copy())

    simulate(market, plan, days=DAYS, draws="sampled", seed=seed, check=look)
    seen = np.array(viewers)
    sessions = (seen > 0).sum(axis=0)
    times = seen.max(axis=0) / (seen.sum(axis=0) / np.maximum(sessions, 1)).clip(1e-9)
    # Fans fade on their own: what was won is what came on top of that.
    won = np.diff(fans, axis=0) + assume.fan_decay * np.array(fans[:-1])
    yuan = (sold[-1] - sold[0]) / seen.sum(axis=0)
    follows = won.sum(axis=0) / seen.sum(axis=0)
    ranges = {"times_usual": [times.max()] * 2, "viewers": [seen.max()] * 2}
    ranges |= {"yuan_per_viewer": np.quantile(yuan, [0.05, 0.95]), "follow_rate": np.quantile(follows, [0.05, 0.95])}
    ends = ("low", "high")
    return {f"{name}_{end}": float(at) for name, two in ranges.items() for end, at in zip(ends, two, strict=True)}
