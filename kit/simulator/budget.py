"""The purse: what programmes may spend on coupons, who pays what, and on which day the money ends."""

import datetime
from math import inf

import numpy as np

from kit.policies.effects import Effects, some
from kit.simulator.steady_state import Market


class Budgets:
    """What each programme has ``spent`` on coupons so far (yuan), and when one came to the end of its money.

    ``coverage``: the part of the occasions that found a coupon the day before.
    """

    def __init__(self, market: Market, names):
        self.spent: dict[str, float] = dict.fromkeys(names, 0.0)
        self.spent_out: dict[str, datetime.date] = {}
        self.coverage = 1.0
        self._sold = market.traits.weight * market.traits.size * market.traits.price  # at rest, yuan a day
        self._parts: dict[str, float] = {}  # of today's subsidy, by programme
        self._bounds: dict[str, float] = {}  # of today's subsidy, where a programme's budget sets one

    def allowed(self, effects: dict[str, Effects], rows: int) -> float:
        """Return what all of today's coupons together may cost (yuan, infinite where nothing bounds them).

        Of each programme's bill only so much; the discounts of all are found together.
        """
        self._parts = self._shared(effects, rows)
        self._bounds = {
            name: effects[name].budget / part for name, part in self._parts.items() if effects[name].budget < inf
        }
        return min(self._bounds.values(), default=inf)

    def book(self, coverage: float, subsidy: float, date: datetime.date) -> None:
        """Charge the subsidy of a day to the programmes that pay it; where money was short, note whose it was."""
        if self._bounds:
            self.coverage = coverage
        if coverage < 1:
            least = min(self._bounds.values())
            for name, bound in self._bounds.items():
                if bound <= least * (1 + 1e-9):
                    self.spent_out.setdefault(name, date)
        for name, part in self._parts.items():
            self.spent[name] += subsidy * part

    def _shared(self, effects: dict[str, Effects], rows: int) -> dict[str, float]:
        """Each programme's part of the day's subsidy, by its mean discount on what merchants sell at rest."""
        paying = {name: effect for name, effect in effects.items() if effect.platform_part and some(effect.discount)}
        if len(paying) == 1:
            return dict.fromkeys(paying, 1.0)
        paid = {name: self._mean(effect.discount, rows) * effect.platform_part for name, effect in paying.items()}
        whole = sum(paid.values())
        return {name: amount / whole for name, amount in paid.items() if amount}

    def _mean(self, discount: np.ndarray | float, rows: int) -> float:
        if not isinstance(discount, np.ndarray):
            return float(discount)
        return float(discount[:rows] @ self._sold[:rows] / self._sold[:rows].sum())
