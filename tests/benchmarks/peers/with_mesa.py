"""The stated policy as a user of Mesa 3 would write it: a merchant is an agent, a day a step of the model.

Written from the specification of the model; only the market at rest is the kit's.
"""

from math import exp, log, sqrt

import mesa
import numpy as np
from benchmarks.peers.stated import COUPON_DAYS, DAYS, DEPTH, METRICS

from kit.parameters.sourced import value
from kit.simulator.steady_state import Market

SEGMENTS = CATEGORIES = range(3)


def with_mesa(market: Market, days: int = DAYS, draws: str = "sampled", seed: int = 1) -> dict[str, np.ndarray]:
    """Every metric by day; needs and persons as (day, segment, category)."""
    platform = Platform(market, draws == "sampled", seed)
    for _ in range(days):
        platform.step()
    table = platform.datacollector.get_model_vars_dataframe()
    return {name: np.array(table[name].to_list()) for name in table}


class Merchant(mesa.Agent):
    """A merchant, or a representative of ``weight`` merchants."""

    def __init__(self, model, category, kind, weight, size, price, returns, live, signal, appeal, cash, fans):
        super().__init__(model)
        self.category, self.kind, self.weight = category, kind, weight
        self.price, self.returns, self.signal = price, returns, signal
        self.appeal, self.cash, self.fans = appeal, cash, fans
        self.merit, self.trust, self.reference = size, signal, 1.0
        self.under_way = [size * (1 - returns) * price] * model.settlement_days
        # One room is live or not; a representative is the mean of as many rooms as it stands for.
        if weight == 1:
            self.live, self.sd = live, model.viewer_shock
        else:
            self.live = 1.0
            self.sd = sqrt(log(1 + (exp(model.viewer_shock**2) / live - 1) / weight))
        self.public = self.private = self.attention = self.reach = 0.0
        self.segments = [0.0] * 3

    def show(self):
        """Claim exposure: by merit in public, by fans in the private room, by cash in paid venues."""
        model, k = self.model, self.category
        self.public = (self.merit + model.merit_floor) ** model.merit_feedback
        self.private = self.fans**model.fan_concentration
        model.public[k] += self.weight * self.public
        model.private[k] += self.weight * self.private
        model.spent[k] += self.weight * self.cash

    def attract(self):
        """Turn exposure, the session's luck and the price into what the merchant weighs in the choice."""
        model, k = self.model, self.category
        public, private, paid = model.venues[k]
        public *= self.public / model.public[k]
        private *= self.private / model.private[k]
        paid *= self.cash / model.spent[k]
        luck = 1.0
        if model.sampled:
            luck = 0.0
            if self.random.random() < self.live:
                luck = exp(self.random.gauss(0, self.sd) - self.sd**2 / 2) / self.live
        self.reach = (public + private + paid) * luck
        felt = (public + model.private_intent * private + paid) * luck
        self.attention = model.made[k] * felt * self.appeal
        if self.trust != self.signal:
            self.attention *= exp(model.appeal_trust * (self.trust - self.signal))
        change = (1 - model.discount) / self.reference - 1
        for s in SEGMENTS:
            self.segments[s] = self.attention * (exp(-model.elasticity[s] * change) if change else 1.0)
            model.inside[s][k] += self.weight * self.segments[s]

    def trade(self):
        """Sell, settle what was sold before, and remember."""
        model, k, w = self.model, self.category, self.weight
        by_segment = [model.per_weight[s][k] * self.segments[s] for s in SEGMENTS]
        mean = sum(by_segment)
        back = self.returns
        if model.discount:
            back = 1 / (1 + (1 / back - 1) * exp(-model.return_impulse * model.discount))
        kept, returned = mean * (1 - back), mean * back
        if model.sampled:
            kept, returned = model.rng.poisson(w * kept) / w, model.rng.poisson(w * returned) / w
        orders = kept + returned
        if mean:
            for s in SEGMENTS:
                model.own[s][k] += w * orders * by_segment[s] / mean

        settled = self.under_way.pop(0)
        self.under_way.append(kept * self.price)
        fee = model.standard_fee * settled if self.kind == 1 else 0.0
        commission = model.commission * settled if self.kind == 2 else 0.0
        cut = model.cut * commission
        if self.kind == 2:
            profit = commission - cut - self.cash
        else:
            profit = kept * model.margin * self.price - returned * model.return_cost - fee - self.cash
        views = model.visits[k] * self.reach

        if self.attention:
            # A room is judged by its sessions: a day off does not count against it.
            live = self.live if model.sampled else 1.0
            self.merit += min(model.merit_memory / live, 1) * (live * orders - self.merit)
        won = model.follow_per_view * views + model.follow_per_order * orders - model.unfollow * returned
        self.fans = max(self.fans + won - model.fan_decay * self.fans, 0.0)
        if self.trust != self.signal:
            self.trust += model.trust_rate * (self.signal - self.trust) * (1 - exp(-kept / model.trust_orders))
        self.reference += model.reference_memory * (1 - model.discount - self.reference)

        today = model.today
        today["orders"] += w * orders
        today["kept"] += w * kept
        today["gmv"] += w * orders * self.price
        today["returned"] += w * returned * self.price
        today["settled"] += w * settled
        if model.discount:
            today["subsidised"] += w * orders
            today["subsidy"] += w * kept * self.price * model.discount
        today["fees"] += w * fee
        today["commission"] += w * commission
        today["cut"] += w * cut
        today["cash"] += w * self.cash
        today["profit"] += w * profit
        today["views"] += w * views


class Platform(mesa.Model):
    """The platform: users' time, buyers' needs, and the order of the day."""

    def __init__(self, market: Market, sampled: bool, seed: int):
        super().__init__(seed=seed)
        a, self.rest, self.sampled = market.assume, market.steady, sampled
        self.assume = a
        for name in ("merit_floor", "merit_feedback", "merit_memory", "fan_concentration", "fan_decay"):
            setattr(self, name, getattr(a, name))
        for name in ("follow_per_view", "follow_per_order", "trust_rate", "trust_orders", "appeal_trust"):
            setattr(self, name, getattr(a, name))
        for name in ("standard_fee", "return_cost", "return_impulse", "reference_memory", "viewer_shock"):
            setattr(self, name, getattr(a, name))
        self.unfollow, self.margin = a.unfollow_per_return, a.merchant_margin
        self.settlement_days = int(a.settlement_days)
        self.private_intent = exp(a.private_intent)
        self.commission, self.cut = value("alliance.commission"), value("alliance.platform_cut")
        # Elasticities of new, occasional and regular buyers; weighted by orders they make the headline one.
        new, occasional = a.occasions_new, a.occasions_occasional
        regular = (1 - new * a.elasticity_new - occasional * a.elasticity_occasional) / (1 - new - occasional)
        ratios = (a.elasticity_new, a.elasticity_occasional, regular)
        self.elasticity = [a.price_elasticity * ratio for ratio in ratios]
        self.served = -log(1 - a.need_hazard / a.inside_share)

        self.users, self.minutes = value("daily_users"), value("minutes_per_user")
        self.needs, self.persons = market.start.needs.copy(), market.start.persons.copy()
        of, there = market.traits, market.incumbents
        columns = (of.category, of.kind, of.weight, of.size, of.price, of.returns, of.live, of.signal)
        columns += (market.start.appeal, market.start.cash, market.start.fans)
        Merchant.create_agents(self, there, *(column[:there].tolist() for column in columns))
        self.there = [sum(m.weight for m in self.agents if m.category == k) for k in CATEGORIES]
        reporters = {name: lambda model, name=name: model.today[name] for name in METRICS}
        reporters |= {"needs": lambda model: model.needs, "persons": lambda model: model.persons}
        self.datacollector = mesa.DataCollector(model_reporters=reporters)

    def step(self):
        a, rest = self.assume, self.rest
        self.today = dict.fromkeys(METRICS, 0.0)
        self.discount = DEPTH if self.steps <= COUPON_DAYS else 0.0
        self.minutes += a.time_adjustment * (value("minutes_per_user") - self.minutes)
        self.users *= 1 + a.user_growth
        load = self.users * self.minutes / (value("daily_users") * value("minutes_per_user"))
        self.visits = (rest.visits * load).tolist()

        self.public, self.private, self.spent = [0.0] * 3, [0.0] * 3, [0.0] * 3
        self.agents.do("show")
        self.venues = [self.open_venues(self.spent[k] / rest.cash[k]) for k in CATEGORIES]
        self.made = [rest.merchants[k] * (self.there[k] / rest.merchants[k]) ** a.attention_made for k in CATEGORIES]
        self.inside = [[0.0] * 3 for _ in SEGMENTS]
        self.agents.do("attract")

        of_need = self.needs * (1 - np.exp(-self.served * load))
        to_shop = of_need + a.impulse_share * rest.occasions * load
        whole = rest.no_purchase + rest.rival + np.array(self.inside)
        self.per_weight = (to_shop / whole).tolist()
        self.own = [[0.0] * 3 for _ in SEGMENTS]
        self.agents.do("trade")
        self.live_on(np.array(self.own), of_need, of_need / to_shop, rest.rival / whole)
        self.datacollector.collect(self)

    def open_venues(self, money: float) -> tuple[float, float, float]:
        """Shares of the public feed, private rooms and paid exposure: money moves the last, the others make room."""
        a = self.assume
        paid = a.paid_share * money ** (1 - a.supply_fixity)
        private = (1 - paid) * a.private_share / (1 - a.paid_share)
        return 1 - paid - private, private, paid

    def live_on(self, own, of_need, needing, rival) -> None:
        """Needs met leave the pool and new ones arrive; buyers climb the ladder and fall off it."""
        rest = self.rest
        out = own * needing + of_need * rival + rest.need_lapse * self.needs
        self.needs = self.needs + rest.arrivals * self.persons - out
        new, occasional, regular = self.persons
        first = np.minimum(own[0], new)
        again = np.minimum(self.assume.promotion_rate * own[1], occasional)
        down, back = rest.person_lapse[0] * occasional, rest.person_lapse[1] * regular
        self.persons = np.stack([new - first + down, occasional + first - again - down + back, regular + again - back])
