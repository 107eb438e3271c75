"""The steady state: the state of the market in which, with no policy and no growth, nothing moves.

Orders, order values and the inside share are met exactly, merchant by merchant, by inverting the choice for the
merchants' fixed effects, as Berry, Levinsohn and Pakes (1995) do. Feedbacks (merit, fans) then affect the response to
a policy, and not the baseline.
"""

from typing import NamedTuple

import numpy as np

from kit.parameters.categories import Category, Segment, Venue, names
from kit.parameters.levers import Levers, ReadRecorder
from kit.parameters.sourced import value
from kit.simulator.population import Traits, incumbents, newcomers, shares
from kit.text import Refusal

SEGMENTS = names(Segment)


class SteadyState(NamedTuple):
    """What holds in steady state, by category (3) or by segment x category (3 x 3).

    ``merchants`` with goods; ``no_purchase`` and ``rival``: weights of not buying and of buying elsewhere in the
    choice; ``occasions`` to shop a day; ``arrivals`` of needs per person and day; ``person_lapse``: share of persons a
    day (occasional to new, regular to occasional); ``visits`` to rooms a day; ``cash``: yuan a day for paid exposure.
    """

    merchants: np.ndarray
    no_purchase: np.ndarray
    rival: np.ndarray
    occasions: np.ndarray
    arrivals: np.ndarray
    person_lapse: np.ndarray
    visits: np.ndarray
    cash: np.ndarray
    need_lapse: float
    served: float  # v: an occasion's hazard is 1 - exp(-v)


class Start(NamedTuple):
    """What moves, on day 0: by merchant; needs and persons by segment x category."""

    appeal: np.ndarray
    cash: np.ndarray
    fans: np.ndarray
    needs: np.ndarray
    persons: np.ndarray


class Market(NamedTuple):
    """A market on 1 August 2020: its merchants, its steady state and its assumptions."""

    traits: Traits
    steady: SteadyState
    start: Start
    assume: Levers
    seed: int
    incumbents: int  # the first so many rows; newcomers follow by day of entry


def venue_shares(assume: Levers) -> np.ndarray:
    """Return the venues' shares of attention in steady state, by Venue."""
    return np.array([1 - assume.private_share - assume.paid_share, assume.private_share, assume.paid_share, 0.0])


def intents(assume: Levers) -> np.ndarray:
    """Return a factor on the weight of a visit by Venue: how much more readily its visitors buy."""
    factors = np.ones(len(Venue))
    factors[Venue.PRIVATE] = np.exp(assume.private_intent)
    return factors


def elasticities(assume: Levers) -> np.ndarray:
    """Return the price elasticities by segment; their mean over orders is the headline one."""
    new, occasional = assume.elasticity_new, assume.elasticity_occasional
    first, second = assume.occasions_new, assume.occasions_occasional
    regular = (1 - first * new - second * occasional) / (1 - first - second)
    return assume.price_elasticity * np.array([new, occasional, regular])


def open_market(merchants: int = 3_000, seed: int = 116, assume: Levers | None = None) -> Market:
    """Return the market on 1 August 2020, in steady state: 1,000,000 merchants, or some that stand for them all.

    Raises Refusal for an impossible number of merchants or seed, and for assumptions without a steady state.

    >>> market = open_market(1_000)
    >>> round(float(market.traits.weight[: market.incumbents].sum()))
    1000000
    """
    from kit.parameters.sourced import assumptions

    assume = ReadRecorder(assume or assumptions())
    sellers = incumbents(merchants, seed, assume)
    steady = _steady_state(sellers, assume)
    fans, attention = _fans(sellers, steady, assume)
    of = sellers.category
    share = assume.inside_share
    # A merchant's weight in the choice is attention x appeal; in steady state prices are what buyers expect.
    total = steady.merchants * share / (1 - share)
    orders = np.bincount(of, sellers.weight * sellers.size)
    appeal = sellers.size / attention * (total / orders)[of]
    coming = newcomers(merchants, seed, assume)
    start = Start(
        appeal=np.concatenate([appeal, _likely_appeal(coming, sellers, appeal, assume)]),
        cash=np.concatenate([_cash(sellers, steady), np.zeros(coming.id.size)]),
        fans=np.concatenate([fans, np.zeros(coming.id.size)]),
        needs=(1 - assume.impulse_share) * steady.occasions / hazard(assume),
        persons=_persons(assume),
    )
    traits = Traits(*map(np.concatenate, zip(sellers, coming, strict=True)))
    return Market(traits, steady, start, assume, seed, sellers.id.size)


def hazard(assume: Levers) -> float:
    """Return the share of open needs that meet an occasion on a steady-state day: o = h / S."""
    if assume.need_hazard > assume.inside_share:
        fields = {"hazard": (assume.need_hazard, "share"), "inside": (assume.inside_share, "share")}
        raise Refusal("no_rest_hazard", **fields)
    return assume.need_hazard / assume.inside_share


def _persons(assume: Levers) -> np.ndarray:
    parts = np.array([assume.persons_new, assume.persons_occasional])
    return assume.persons * np.outer(np.append(parts, 1 - parts.sum()), shares(assume, "orders"))


def _steady_state(sellers: Traits, assume: Levers) -> SteadyState:
    met, inside = hazard(assume), assume.inside_share
    there = np.bincount(sellers.category, sellers.weight)
    orders = np.bincount(sellers.category, sellers.weight * sellers.size)
    segments = np.array([assume.occasions_new, assume.occasions_occasional])
    own = np.outer(np.append(segments, 1 - segments.sum()), orders)
    need_lapse = assume.leak * (1 - assume.rival_part)
    rival = (assume.leak - need_lapse) / (met * (1 - inside)) if met * (1 - inside) else 0.0
    if rival > 1:
        fields = {"leak": (assume.leak, "share"), "most": (met * (1 - inside), "share")}
        raise Refusal("no_rest_leak", **fields)
    occasions = own / inside
    needs = (1 - assume.impulse_share) * occasions / met
    persons = _persons(assume)
    bought = (1 - assume.impulse_share) * (own + rival * (1 - inside) * occasions)
    lapse = np.array([own[0] / persons[1], assume.promotion_rate * own[1] / persons[2]])
    minutes = value("daily_users") * value("minutes_per_user") * assume.commerce_share
    visits = minutes / assume.minutes_per_visit * shares(assume, "orders")
    steady = SteadyState(
        merchants=there,
        no_purchase=there * (1 - rival),
        rival=there * rival,
        occasions=occasions,
        arrivals=(bought + need_lapse * needs) / persons,
        person_lapse=lapse,
        visits=visits,
        cash=visits / assume.entry_rate * assume.paid_share / assume.views_per_yuan,
        need_lapse=need_lapse,
        served=-np.log1p(-met) if met < 1 else 700.0,  # every need meets its occasion
    )
    radius = ladder_radius(steady, assume)
    if radius > 1 + 1e-9:
        raise Refusal("no_rest_ladder", radius=f"{radius:.4f}")
    return steady


def ladder_radius(steady: SteadyState, assume: Levers) -> float:
    """Return the spectral radius of a day's map of needs and persons, the largest of the categories.

    Persons are conserved, so it is at least 1; above 1 any disturbance would grow.
    """
    h, leak, promote = assume.need_hazard, assume.leak, assume.promotion_rate
    radii = []
    for k in range(len(Category)):
        down, back = steady.person_lapse[:, k]
        day = np.zeros((6, 6))  # needs of the three segments, then persons
        for s in range(3):
            day[s, s] = 1 - h - leak
            day[s, 3 + s] = steady.arrivals[s, k]
            day[3 + s, 3 + s] = 1.0
        for source, target, rate in ((0, 1, 1.0), (1, 2, promote)):
            day[3 + source, source] -= h * rate
            day[3 + target, source] += h * rate
        for source, target, rate in ((1, 0, down), (2, 1, back)):
            day[3 + source, 3 + source] -= rate
            day[3 + target, 3 + source] += rate
        radii.append(np.abs(np.linalg.eigvals(day)).max())
    return float(max(radii))


def _cash(sellers: Traits, steady: SteadyState) -> np.ndarray:
    """Cash for exposure: proportional to size, and fixed from then on (else the winner would take all)."""
    orders = np.bincount(sellers.category, sellers.weight * sellers.size)
    return sellers.size * (steady.cash / orders)[sellers.category]


def _fans(sellers: Traits, steady: SteadyState, assume: Levers) -> tuple[np.ndarray, np.ndarray]:
    """Constant numbers of fans, and each merchant's attention with them."""
    of, w, x = sellers.category, sellers.weight, sellers.size

    def part(amount: np.ndarray) -> np.ndarray:
        return amount / np.bincount(of, w * amount)[of]

    venues, intent = venue_shares(assume), intents(assume)
    public, paid = part((x + assume.merit_floor) ** assume.merit_feedback), part(x)
    won = assume.follow_per_order * x - assume.unfollow_per_return * sellers.returns * x
    fans = np.maximum(x, 1e-9)
    for _ in range(200):
        private = part(fans**assume.fan_concentration)
        reach = venues[Venue.PUBLIC] * public + venues[Venue.PRIVATE] * private + venues[Venue.PAID] * paid
        before = fans
        fans = np.maximum((assume.follow_per_view * steady.visits[of] * reach + won) / assume.fan_decay, 0.0)
        if np.abs(fans - before).max() <= 1e-14 * fans.max():
            break
    private = part(fans**assume.fan_concentration)
    weights = venues * intent
    felt = weights[Venue.PUBLIC] * public + weights[Venue.PRIVATE] * private + weights[Venue.PAID] * paid
    return fans, steady.merchants[of] * felt


def _likely_appeal(coming: Traits, sellers: Traits, appeal: np.ndarray, assume: Levers) -> np.ndarray:
    """Newcomers' appeal: that of an incumbent of the size they could reach, plus the newcomers' own term."""
    likely = np.empty(coming.id.size)
    for k in range(len(Category)):
        there, new = sellers.category == k, coming.category == k
        order = np.argsort(sellers.size[there])
        sizes, level = np.log(sellers.size[there][order]), np.log(appeal[there][order])
        likely[new] = np.interp(np.log(coming.size[new]), sizes, level)
    return np.exp(likely + assume.newcomer_appeal)
