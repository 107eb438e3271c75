"""The purse: what programmes may spend on coupons, who pays what, and on which day the money ends."""

import datetime
from math import inf

import numpy as np

from kit.market.rest import Market
from kit.model.choice import affordable, denominators
from kit.model.state import Rates, State, Today
from kit.programmes.effects import Effects


class Purse:
    """What each programme has ``spent`` on coupons so far (yuan), and when one came to the end of its money."""

    def __init__(self, market: Market, names):
        self._market = market
        self.spent: dict[str, float] = dict.fromkeys(names, 0.0)
        self.spent_out: dict[str, datetime.date] = {}
        self._sold = market.traits.weight * market.traits.size * market.traits.price  # at rest, yuan a day
        self._coverage = 1.0
        self._parts: dict[str, float] = {}  # of today's subsidy, by programme

    def afford(
        self,
        effects: dict[str, Effects],
        today: Today,
        inside: np.ndarray,
        state: State,
        rates: Rates,
        date: datetime.date,
    ) -> tuple[Today, np.ndarray]:
        """Where the day's coupons would cost more than there is, let only so many find them as can be paid for.

        Returns the day and the denominators of the choice, changed where money is short.
        """
        self._parts = self._shared(effects)
        limited = {name: part for name, part in self._parts.items() if effects[name].budget < inf}
        if not limited:
            return today, inside
        # Of each programme's bill only so much; the discounts of all are found together.
        allowed = min(effects[name].budget / part for name, part in limited.items())
        market = self._market
        # Yesterday's share is near today's: the search begins there.
        share = self._coverage = affordable(today, allowed, self._coverage, market.traits, state, market.rest, rates)
        if share < 1:
            today = today._replace(coverage=share)
            inside = denominators(today, share, market.traits, state, rates)
            for name in limited:
                if effects[name].budget / limited[name] <= allowed * (1 + 1e-9):
                    self.spent_out.setdefault(name, date)
        return today, inside

    def book(self, subsidy: float) -> None:
        """Charge the subsidy of a day, after ``afford``, to the programmes that pay it."""
        if subsidy:
            for name, part in self._parts.items():
                self.spent[name] += subsidy * part

    def _shared(self, effects: dict[str, Effects]) -> dict[str, float]:
        """Each programme's part of the day's subsidy, by its mean discount on what merchants sell at rest."""
        paid = {}
        for name, effect in effects.items():
            depth = effect.discount * effect.platform_part
            if isinstance(depth, np.ndarray) and depth.ndim:
                sold = self._sold[: depth.size]
                depth = depth @ sold / sold.sum()
            if depth:
                paid[name] = float(depth)
        whole = sum(paid.values())
        return {name: amount / whole for name, amount in paid.items()}
