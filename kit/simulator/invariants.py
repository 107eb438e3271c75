"""Invariants: what must hold after every day of every run, whatever the policy."""

from collections.abc import Callable

import numpy as np

from kit.simulator.day.trade import FLOWS, METRICS
from kit.simulator.population import CATEGORIES
from kit.simulator.state import State
from kit.simulator.steady_state import Market

_CLOSE = 1e-9


def invariants(market: Market, shares: bool = True) -> Callable[[State, np.ndarray, np.ndarray], None]:
    """Return a check for ``simulate(check=...)``: AssertionError on the first day on which something is made or lost.

    ``shares``: that shares of visits add up to 1 (not in sampled runs: there luck moves them).
    """
    before = {"needs": market.start.needs.copy(), "persons": market.start.persons.sum(axis=0)}

    def check(state: State, groups: np.ndarray, flows: np.ndarray) -> None:
        day = dict(zip(METRICS, groups.sum(axis=0), strict=True))
        flow = dict(zip(FLOWS, flows, strict=True))
        for name in ("weight", "merit", "fans", "sold", "credit", "pending", "gmv", "needs", "persons"):
            values = getattr(state, name)
            _must(np.isfinite(values).all() and (values >= 0).all(), f"{name} is negative or not a number")
        _must(((state.trust >= 0) & (state.trust <= 1)).all(), "trust lies outside 0 to 1")
        _must(_equal(flow["orders"].sum(), day["orders"]), "buyers' orders are not merchants' orders")
        _must(day["kept"] <= day["orders"] * (1 + _CLOSE), "more is kept than was ordered")
        _must(day["subsidised"] <= day["orders"] * (1 + _CLOSE), "more is subsidised than was ordered")
        _must(_equal(flow["persons"].sum(axis=0), before["persons"]), "persons were made or lost")
        deals = market.assume.deal_need * flow["deals"]
        moved = flow["arrivals"] - deals - flow["pool_orders"] - flow["pool_rival"] - flow["lapsed"]
        still = np.array_equal(flow["needs"], before["needs"])
        _must(still or _equal(before["needs"] + moved, flow["needs"]), "needs were made or lost")
        before["needs"] = flow["needs"].copy()
        if shares:
            # Every visit is somebody's: all categories are seen as often as the day's load says.
            views = groups[:, METRICS.index("views")].reshape(len(CATEGORIES), -1).sum(axis=1)
            _must(
                _equal(views / market.rest.visits, views[0] / market.rest.visits[0]), "shares of visits do not add up"
            )

    return check


def _equal(a, b) -> bool:
    return bool(np.allclose(a, b, rtol=_CLOSE, atol=0))


def _must(holds, sentence: str) -> None:
    if not holds:
        raise AssertionError(sentence)
