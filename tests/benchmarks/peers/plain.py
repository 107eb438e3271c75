"""The stated policy in plain vectorised NumPy: whole columns, a sequential generator, no code of the kit's day.

Written from the specification of the model; only the market at rest is the kit's.
"""

import numpy as np
from benchmarks.peers.stated import COUPON_DAYS, DAYS, DEPTH, METRICS

from kit.parameters.sourced import value
from kit.simulator.steady_state import Market


def with_numpy(market: Market, days: int = DAYS, draws: str = "sampled", seed: int = 1) -> dict[str, np.ndarray]:
    """Every metric by day; needs and persons as (day, segment, category)."""
    platform = _Platform(market, np.random.default_rng(seed) if draws == "sampled" else None)
    found = {name: np.zeros(days) for name in METRICS}
    found |= {name: np.zeros((days, 3, 3)) for name in ("needs", "persons")}
    for day in range(days):
        for name, amount in platform.day(day).items():
            found[name][day] = amount
    return found


class _Platform:
    def __init__(self, market: Market, luck: np.random.Generator | None):
        a, rest, there = market.assume, market.steady, slice(market.incumbents)
        traits = type(market.traits)(*(column[there] for column in market.traits))
        self.assume, self.rest, self.traits, self.luck = a, rest, traits, luck
        self.appeal, self.cash = market.start.appeal[there], market.start.cash[there]
        self.of, self.w, self.price = traits.category.astype(int), traits.weight, traits.price
        self.own, self.alliance = traits.kind == 1, traits.kind == 2

        self.merit = traits.size.copy()
        self.fans = market.start.fans[there].copy()
        self.trust = traits.signal.copy()
        self.reference = np.ones(traits.size.size)
        self.needs, self.persons = market.start.needs.copy(), market.start.persons.copy()
        at_rest = traits.size * (1 - traits.returns) * self.price
        self.under_way = [at_rest] * int(a.settlement_days)
        self.users, self.minutes = value("daily_users"), value("minutes_per_user")

        # Elasticities of new, occasional and regular buyers; weighted by orders they make the headline one.
        new, occasional = a.occasions_new, a.occasions_occasional
        rest_of_it = 1 - new * a.elasticity_new - occasional * a.elasticity_occasional
        regular = rest_of_it / (1 - new - occasional)
        self.elasticity = a.price_elasticity * np.array([[a.elasticity_new], [a.elasticity_occasional], [regular]])
        self.hazard = a.need_hazard / a.inside_share

        # One room is live or not; a representative is the mean of as many rooms as it stands for.
        variance = (np.exp(a.viewer_shock**2) / traits.live - 1) / self.w
        self.one = self.w == 1
        self.sd = np.where(self.one, a.viewer_shock, np.sqrt(np.log(1 + variance)))
        self.live = np.where(self.one, traits.live, 1.0)

    def day(self, day: int) -> dict:
        load = self._load()
        attention, reach = self._attention()
        discount = DEPTH if day < COUPON_DAYS else 0.0
        factor = self._prices(discount)
        mean, by_segment, of_need, rival_part = self._choice(attention, factor, load)
        kept, returned = self._orders(mean, discount)
        found = self._money(kept, returned, discount)
        views = self.rest.visits[self.of] * load * reach
        found["views"] = self.w @ views
        self._remember(kept, returned, views, attention > 0, discount)
        self._buyers(kept + returned, mean, by_segment, of_need, rival_part, load)
        return found | {"needs": self.needs, "persons": self.persons}

    def _sums(self, amount: np.ndarray) -> np.ndarray:
        return np.bincount(self.of, self.w * amount, minlength=3)

    def _load(self) -> float:
        """Minutes of commerce against those at rest: the commerce share does not move, so time stays as it was."""
        a = self.assume
        self.minutes += a.time_adjustment * (value("minutes_per_user") - self.minutes)
        self.users *= 1 + a.user_growth
        return self.users * self.minutes / (value("daily_users") * value("minutes_per_user"))

    def _attention(self) -> tuple[np.ndarray, np.ndarray]:
        """Attention (what a merchant weighs in the choice before prices) and reach (its share of visits)."""
        a = self.assume
        merit = (self.merit + a.merit_floor) ** a.merit_feedback
        fans = self.fans**a.fan_concentration
        spent = self._sums(self.cash)
        paid = a.paid_share * (spent / self.rest.cash) ** (1 - a.supply_fixity)
        private = (1 - paid) * a.private_share / (1 - a.paid_share)
        public = 1 - paid - private
        public = (public / self._sums(merit))[self.of] * merit
        private = (private / self._sums(fans))[self.of] * fans
        paid = (paid / spent)[self.of] * self.cash
        reach = public + private + paid
        felt = public + np.exp(a.private_intent) * private + paid
        active = np.bincount(self.of, self.w)
        made = self.rest.merchants * (active / self.rest.merchants) ** a.attention_made
        attention = made[self.of] * felt * self.appeal
        distrusted = self.trust - self.traits.signal
        if distrusted.any():
            attention *= np.exp(a.appeal_trust * distrusted)
        if self.luck:
            session = np.exp(self.sd * self.luck.standard_normal(self.sd.size) - self.sd**2 / 2)
            session *= (self.luck.random(self.sd.size) < self.live) / self.live
            attention *= session
            reach = reach * session
        return attention, reach

    def _prices(self, discount: float) -> np.ndarray | float:
        """How a price against the expected one moves each segment, as (segment, merchant)."""
        if not discount and not (self.reference != 1).any():
            return np.ones((3, 1))
        return np.exp(-self.elasticity * ((1 - discount) / self.reference - 1))

    def _choice(self, attention: np.ndarray, factor: np.ndarray, load: float):
        """Mean orders by merchant, and by segment; occasions out of needs; the rival's share of occasions."""
        a, rest = self.assume, self.rest
        served = -np.log(1 - self.hazard)
        of_need = self.needs * (1 - np.exp(-served * load))
        to_shop = of_need + a.impulse_share * rest.occasions * load
        weighs = attention * factor
        inside = np.stack([self._sums(row) for row in weighs])
        whole = rest.no_purchase + rest.rival + inside
        by_segment = (to_shop / whole)[:, self.of] * weighs
        return by_segment.sum(axis=0), by_segment, of_need, rest.rival / whole

    def _orders(self, mean: np.ndarray, discount: float) -> tuple[np.ndarray, np.ndarray]:
        """Orders that are kept and that come back; a deal brings more that come back."""
        back = self.traits.returns
        if discount:
            back = 1 / (1 + (1 / back - 1) * np.exp(-self.assume.return_impulse * discount))
        kept, returned = mean * (1 - back), mean * back
        if self.luck:
            kept, returned = (self.luck.poisson(self.w * part) / self.w for part in (kept, returned))
        return kept, returned

    def _money(self, kept: np.ndarray, returned: np.ndarray, discount: float) -> dict[str, float]:
        a, w = self.assume, self.w
        settled = self.under_way.pop(0)
        self.under_way.append(kept * self.price)
        fee = np.where(self.own, a.standard_fee * settled, 0.0)
        commission = np.where(self.alliance, value("alliance.commission") * settled, 0.0)
        cut = value("alliance.platform_cut") * commission
        margin = kept * a.merchant_margin * self.price - returned * a.return_cost - fee
        profit = np.where(self.alliance, commission - cut, margin) - self.cash
        orders = kept + returned
        return {
            "orders": w @ orders,
            "kept": w @ kept,
            "gmv": w @ (orders * self.price),
            "returned": w @ (returned * self.price),
            "settled": w @ settled,
            "subsidised": w @ orders if discount else 0.0,
            "subsidy": discount * (w @ (kept * self.price)),
            "fees": w @ fee,
            "commission": w @ commission,
            "cut": w @ cut,
            "cash": w @ self.cash,
            "profit": w @ profit,
        }

    def _remember(self, kept, returned, views, live, discount: float) -> None:
        """Merit, fans, trust and the price that buyers expect."""
        a, orders = self.assume, kept + returned
        if self.luck:
            # A room is judged by its sessions: a day off does not count against it.
            pace = np.minimum(a.merit_memory / self.live, 1) * live
            self.merit += pace * (self.live * orders - self.merit)
        else:
            self.merit += a.merit_memory * (orders - self.merit)
        won = a.follow_per_view * views + a.follow_per_order * orders - a.unfollow_per_return * returned
        self.fans = np.maximum(self.fans + won - a.fan_decay * self.fans, 0)
        distrusted = self.traits.signal - self.trust
        if distrusted.any():
            self.trust += a.trust_rate * distrusted * (1 - np.exp(-kept / a.trust_orders))
        self.reference += a.reference_memory * (1 - discount - self.reference)

    def _buyers(self, orders, mean, by_segment, of_need, rival_part, load: float) -> None:
        """Needs met leave the pool and new ones arrive; buyers climb the ladder and fall off it."""
        a, rest = self.assume, self.rest
        if self.luck:
            by_segment = by_segment * np.divide(orders, mean, out=np.zeros_like(mean), where=mean > 0)
        own = np.stack([self._sums(row) for row in by_segment])
        to_shop = of_need + a.impulse_share * rest.occasions * load
        out = own * of_need / to_shop + of_need * rival_part + rest.need_lapse * self.needs
        self.needs = self.needs + rest.arrivals * self.persons - out
        new, occasional, regular = self.persons
        up = np.minimum(own[0], new), np.minimum(a.promotion_rate * own[1], occasional)
        down = rest.person_lapse[0] * occasional, rest.person_lapse[1] * regular
        self.persons = np.stack(
            [new - up[0] + down[0], occasional + up[0] - up[1] - down[0] + down[1], regular + up[1] - down[1]]
        )
