"""Supply: industrial belts as makers. What they make is bounded; what is asked of them teaches them, after a lag."""

import math

import numpy as np

from kit.compiled import compiled
from kit.market.population import CATEGORIES
from kit.market.rest import Market
from kit.model.choice import occasions, orders_per_weight, price_factors
from kit.model.state import Rates, State, Today
from kit.programmes.effects import Effects, some


class Makers:
    """The belts of a run: ``learned`` doublings of sales by category, ``equipped`` the part of each row's streamers
    who came to sell with goods from a belt, 0 to 1.
    """

    def __init__(self, market: Market, without: frozenset[str]):
        self._market, self._without = market, without
        self.learned = np.zeros(len(CATEGORIES))
        self.equipped = np.zeros(market.traits.id.size)

    def goods(self, effects: list[Effects], rows: int) -> np.ndarray:
        """Return the share of each merchant's goods that come from belts today, or nobody's where there are none."""
        parts = [effect.made for effect in effects if some(effect.made)]
        return np.minimum(np.zeros(rows) + sum(parts), 1.0) if parts else np.zeros(0)

    def serve(self, effects: list[Effects], today: Today, inside: np.ndarray, state: State, rates: Rates) -> Today:
        """Return the day with the most that one merchant can get from the belts, by category.

        Where more is asked than belts make, everybody gets what it asks for up to the same most (``rationed``). What
        belts sell above the usual, they learn from: in doublings, late by the lag.
        """
        traits, there = self._market.traits, self._market.incumbents
        usual = np.bincount(
            traits.category[:there],
            traits.weight[:there] * traits.size[:there] * today.made[:there],
            minlength=len(CATEGORIES),
        )
        asked, total = np.zeros(today.rows), np.zeros(len(CATEGORIES))
        ask(today, traits, state, self._market.rest, rates, inside, asked, total)
        times = math.inf if "capacity" in self._without else min(effect.making for effect in effects)
        supply = times * usual if times < math.inf else np.full(len(CATEGORIES), math.inf)
        most = np.full(len(CATEGORIES), math.inf)
        if (total > supply).any():
            share_out(today.rows, traits.category, state.weight, asked, total, supply, most)
        if "c2m" not in self._without:
            sold = np.minimum(total, supply)
            above = np.log2(np.maximum(np.divide(sold, usual, out=np.ones(3), where=usual > 0), 1.0))
            self.learned = self.learned + (above - self.learned) / self._market.assume.belt_lag
        return today._replace(most=most)


@compiled
def ask(today, m, s, rest, rates, inside, asked, total):
    """Write the orders that each merchant asks of the belts today, and their sum by category."""
    of_need, on_impulse = occasions(today.load, s.needs, rest, rates)
    per_weight = orders_per_weight(today, of_need + on_impulse, inside, rest)
    factor, taken = np.ones(3), np.zeros(3)
    seen, level = np.full((3, 2, 2), -1.0), np.zeros((3, 2))  # by category, without and with a coupon
    for i in range(today.rows):
        k, d = m.category[i], today.discount[i] if today.discount.size else 0.0
        c = 1 if d > 0.0 else 0
        if d != seen[k, c, 0] or s.reference[i] != seen[k, c, 1]:
            seen[k, c, 0], seen[k, c, 1] = d, s.reference[i]
            price_factors(factor, taken, d, s.reference[i], today.coverage, rates)
            level[k, c] = (per_weight[:, k] * factor).sum()
        asked[i] = today.made[i] * level[k, c] * s.attention[i]
        total[k] += s.weight[i] * asked[i]


@compiled
def share_out(rows, category, weight, asked, total, supply, most):
    """Write the most that one merchant gets, in the categories in which more is asked than there is.

    Begins with equal parts and divides again what the small leave: the same as ``rationed``, without sorting.
    """
    short = total > supply
    most[short] = 0.0
    for _ in range(rows):
        left, others = supply.copy(), np.zeros(3)
        for i in range(rows):
            k = category[i]
            if not short[k]:
                continue
            if asked[i] <= most[k]:
                left[k] -= weight[i] * asked[i]
            else:
                others[k] += weight[i]
        moved = False
        for k in range(3):
            if short[k] and others[k] > 0.0 and left[k] / others[k] > most[k] * (1.0 + 1e-14):
                most[k] = left[k] / others[k]
                moved = True
        if not moved:
            break
