"""Coupon budgets: daily limits, how programmes share the cost, when a budget runs out."""

import datetime
from math import inf

import numpy as np

from kit.policies.effects import Effects, is_active
from kit.simulator.steady_state import Market


class Budgets:
    """What each programme has ``spent`` on coupons so far (yuan), and when its budget was ``spent_out``.

    ``coverage``: share of occasions that found a coupon the day before.
    """

    def __init__(self, market: Market, programmes):
        self.spent: dict[str, float] = dict.fromkeys(programmes, 0.0)
        self.spent_out: dict[str, datetime.date] = {}
        self.coverage = 1.0
        self._sales = market.traits.weight * market.traits.size * market.traits.price  # steady state, yuan a day
        self._shares: dict[str, float] = {}  # of today's subsidy, by programme
        self._limits: dict[str, float] = {}  # of today's subsidy, by programme with a budget

    def daily_limit(self, effects: dict[str, Effects], rows: int) -> float:
        """Return the most that all of today's coupons together may cost (yuan, perhaps infinite).

        Buyers find the coupons of all programmes together, so that the tightest budget binds.
        """
        self._shares = self._cost_shares(effects, rows)
        budgets = {name: effects[name].budget for name in self._shares}
        self._limits = {name: budget / self._shares[name] for name, budget in budgets.items() if budget < inf}
        return min(self._limits.values(), default=inf)

    def book(self, coverage: float, subsidy: float, date: datetime.date) -> None:
        """Charge a day's subsidy to the programmes that pay it; record which budgets were binding."""
        if self._limits:
            self.coverage = coverage
        if coverage < 1:
            least = min(self._limits.values())
            for name, limit in self._limits.items():
                if limit <= least * (1 + 1e-9):
                    self.spent_out.setdefault(name, date)
        for name, share in self._shares.items():
            self.spent[name] += subsidy * share

    def _cost_shares(self, effects: dict[str, Effects], rows: int) -> dict[str, float]:
        """Each programme's share of the day's subsidy, by its mean discount on steady-state sales."""
        paying = {name: e for name, e in effects.items() if e.platform_part and is_active(e.discount)}
        if len(paying) == 1:
            return dict.fromkeys(paying, 1.0)
        paid = {name: self._mean(effect.discount, rows) * effect.platform_part for name, effect in paying.items()}
        total = sum(paid.values())
        return {name: amount / total for name, amount in paid.items() if amount}

    def _mean(self, discount: np.ndarray | float, rows: int) -> float:
        if not isinstance(discount, np.ndarray):
            return float(discount)
        return float(discount[:rows] @ self._sales[:rows] / self._sales[:rows].sum())
