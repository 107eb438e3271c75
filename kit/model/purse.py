"""The purse: what programmes may spend on coupons, who pays what, and on which day the money ends."""

import datetime
from math import inf

import numpy as np

from kit.market.rest import Market
from kit.model.choice import bill, denominators
from kit.model.state import Rates, State, Today
from kit.programmes.effects import Effects


class Purse:
    """What each programme has ``spent`` on coupons so far (yuan), and when one came to the end of its money."""

    def __init__(self, market: Market, names):
        self._market = market
        self.spent: dict[str, float] = dict.fromkeys(names, 0.0)
        self.spent_out: dict[str, datetime.date] = {}

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
        limited = {name: part for name, part in self._parts(effects).items() if effects[name].budget < inf}
        if not limited:
            return today, inside
        # Of each programme's bill only so much; the discounts of all are found together.
        allowed = min(effects[name].budget / part for name, part in limited.items())
        market = self._market

        def tried(coverage: float):
            trial = today._replace(coverage=coverage)
            inside = denominators(trial, market.traits, state, rates)
            return trial, inside, bill(trial, market.traits, state, market.rest, rates, inside)

        today, inside, cost = tried(1.0)
        if cost > allowed:
            from scipy.optimize import brentq

            # The bill rises with the share that finds a coupon, and almost in proportion: a few tries will do.
            share = brentq(lambda coverage: tried(coverage)[2] - allowed, 0.0, 1.0, xtol=1e-12, rtol=1e-12)
            today, inside, _ = tried(share)
            for name in limited:
                if effects[name].budget / limited[name] <= allowed * (1 + 1e-9):
                    self.spent_out.setdefault(name, date)
        return today, inside

    def book(self, effects: dict[str, Effects], subsidy: float) -> None:
        """Charge the day's subsidy to the programmes that pay it."""
        for name, part in self._parts(effects).items():
            self.spent[name] += subsidy * part

    def _parts(self, effects: dict[str, Effects]) -> dict[str, float]:
        """Each programme's part of the day's subsidy, by its mean discount on what merchants sell at rest."""
        paid = {}
        for name, effect in effects.items():
            depth = effect.discount * effect.platform_part
            if isinstance(depth, np.ndarray) and depth.ndim:
                traits, rows = self._market.traits, slice(depth.size)
                depth = np.average(depth, weights=(traits.weight * traits.size * traits.price)[rows])
            if depth:
                paid[name] = float(depth)
        return {name: amount / sum(paid.values()) for name, amount in paid.items()}
