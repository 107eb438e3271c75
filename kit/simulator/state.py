"""What moves from day to day, what holds on one day, and the rates of the model: the inputs of compiled code.

It reads these fields by position: see ``kit.numerics.compiled``.
"""

from typing import NamedTuple

import numpy as np

from kit.parameters.categories import Category
from kit.parameters.sourced import value
from kit.simulator.steady_state import Market, elasticities, intents, venue_shares

MECHANISMS = (
    *("attention_load", "sessions", "merit_feedback", "fans", "trust", "need_pool", "ladder", "rival", "anticipation"),
    *("reference_price", "returns_follow_discount", "coupon", "newcomer_deal", "sybil", "credits", "fee_scale"),
    *("coaching", "boost", "floor", "festival", "visits", "entry", "entry_response", "sourcing", "exit", "services"),
    *("capacity", "c2m", "brands", "tournament", "card_pool", "no_show", "re_registration"),
)


class State(NamedTuple):
    """What moves: one element is one merchant; needs and persons by segment x category.

    ``weight``: real merchants that a row stands for; ``merit``: orders a day, smoothed; ``trust``: 0 to 1; ``sold``:
    yuan settled since entry; ``reference``: the price that buyers expect, as a share of list; ``credit``: promotion
    credit left in yuan, of which ``credit_a_day`` is spent; ``lift``: a factor on appeal; ``in_plan``: whether the
    programme's fee scale applies; ``reregistered``: share of a row's shops that registered again as new ones and pay by
    that scale; ``pending``: yuan in the settlement ring, one row a day; ``gmv``: yuan sold so far; ``equipped``: share
    of a row's streamers who entered with goods from a belt, 0 to 1; ``learned``: doublings of usual sales that belts
    have learned from, by category.

    Of the platform: ``audience`` (users, minutes a user), ``coverage`` (share of occasions that found a coupon the day
    before), and by programme: yuan ``spent`` on coupons and the day from which its budget was ``spent_out`` (or -1).
    """

    weight: np.ndarray
    merit: np.ndarray
    fans: np.ndarray
    trust: np.ndarray
    sold: np.ndarray
    reference: np.ndarray
    credit: np.ndarray
    credit_a_day: np.ndarray
    lift: np.ndarray
    in_plan: np.ndarray
    reregistered: np.ndarray
    pending: np.ndarray
    gmv: np.ndarray
    equipped: np.ndarray
    learned: np.ndarray
    needs: np.ndarray
    persons: np.ndarray
    audience: np.ndarray
    coverage: np.ndarray
    spent: np.ndarray
    spent_out: np.ndarray


class Scratch(NamedTuple):
    """Arrays of one day, allocated once a run: one element is one merchant.

    ``attention``: its weight in the choice, before its price; ``reach``: its share of visits; ``price_group``: the
    position of its price among the day's prices; ``kept`` and ``returned``: its orders. The others are the effects of
    programmes, combined, where any has them (see Today).
    """

    attention: np.ndarray
    reach: np.ndarray
    price_group: np.ndarray
    kept: np.ndarray
    returned: np.ndarray
    discount: np.ndarray
    funded: np.ndarray
    boost: np.ndarray
    appeal: np.ndarray
    fan_rate: np.ndarray
    cost_cut: np.ndarray
    belt_share: np.ndarray


class Today(NamedTuple):
    """What holds on one day: the rows in the market, the load, and the programmes' effects, combined.

    By merchant, or empty where no programme has the effect: ``discount`` and the part of it that the platform has
    ``funded`` (shares of list price), ``boost`` and ``appeal`` (factors), ``fan_rate``, ``cost_cut`` and ``belt_share``
    (see Effects). ``coupon_limit``: the most that the day's coupons may cost (yuan, perhaps infinite);
    ``coverage_guess``: share of occasions that found one the day before. Of belts: ``capacity`` as a multiple of their
    usual sales; ``learning``: the part of what is left to learn that they learn in a day; by category ``saving``: the
    share of unit cost, and ``fit``: the relative increase in appeal, of goods that all come from belts.
    """

    day: int
    rows: int
    load: float
    discount: np.ndarray
    funded: np.ndarray
    boost: np.ndarray
    appeal: np.ndarray
    fan_rate: np.ndarray
    cost_cut: np.ndarray
    coupon_limit: float
    coverage_guess: float
    floor: float
    festival_venue_share: float
    festival: float
    rival: float
    waiting: float
    fee: float
    cap: float
    whole: bool
    belt_share: np.ndarray
    capacity: float
    learning: float
    saving: np.ndarray
    fit: np.ndarray


class Rates(NamedTuple):
    """The model's rates, from the assumptions; a disabled mechanism has the rate at which it does nothing."""

    standard: float
    commission: float
    cut: float
    margin: float
    return_cost: float
    merit_floor: float
    merit_feedback: float
    merit_memory: float
    fan_concentration: float
    follow_per_view: float
    follow_per_order: float
    unfollow: float
    fan_decay: float
    trust_rate: float
    trust_orders: float
    appeal_trust: float
    return_impulse: float
    reference_memory: float
    fixity: float
    attention_made: float
    eligible_days: int
    exit_rate: float
    exit_scale: float
    served: float
    need_lapse: float
    impulse: float
    promotion: float
    pool_moves: bool
    ladder_moves: bool
    shock: bool
    audience_moves: bool
    fans_move: bool
    merit_moves: bool
    trust_moves: bool
    usual_share: float
    usual_minutes: float
    usual_audience: float
    usual_visits: float
    load_aversion: float
    load_churn: float
    time_adjustment: float
    user_growth: float
    elasticities: np.ndarray
    venues: np.ndarray
    intents: np.ndarray


def rates(market: Market, disabled: frozenset[str], sampled: bool = True) -> Rates:
    """Return the rates of a market's assumptions, some mechanisms disabled."""
    a, on = market.assume, {name: name not in disabled for name in MECHANISMS}
    frozen_fans = 0.0 if "fans" in disabled else 1.0
    return Rates(
        standard=a.standard_fee,
        commission=value("alliance.commission"),
        cut=value("alliance.platform_cut"),
        margin=a.merchant_margin,
        return_cost=a.return_cost,
        merit_floor=a.merit_floor,
        merit_feedback=a.merit_feedback,
        merit_memory=a.merit_memory * on["merit_feedback"],
        fan_concentration=a.fan_concentration,
        follow_per_view=a.follow_per_view * frozen_fans,
        follow_per_order=a.follow_per_order * frozen_fans,
        unfollow=a.unfollow_per_return * frozen_fans,
        fan_decay=a.fan_decay * frozen_fans,
        trust_rate=a.trust_rate * on["trust"],
        trust_orders=a.trust_orders,
        appeal_trust=a.appeal_trust * on["trust"],
        return_impulse=a.return_impulse * on["returns_follow_discount"],
        reference_memory=a.reference_memory * on["reference_price"],
        fixity=a.supply_fixity,
        attention_made=a.attention_made,
        eligible_days=int(a.newcomer_days),
        exit_rate=a.exit_rate * on["exit"],
        exit_scale=a.exit_scale,
        served=market.steady.served,
        need_lapse=market.steady.need_lapse,
        impulse=a.impulse_share,
        promotion=a.promotion_rate,
        pool_moves=on["need_pool"],
        ladder_moves=on["ladder"],
        shock=on["sessions"] and sampled,
        audience_moves=on["attention_load"],
        fans_move=on["fans"],
        merit_moves=on["merit_feedback"],
        trust_moves=on["trust"],
        usual_share=a.commerce_share,
        usual_minutes=value("minutes_per_user"),
        usual_audience=value("daily_users") * value("minutes_per_user") * a.commerce_share,
        usual_visits=market.steady.visits.sum(),
        load_aversion=a.load_aversion if on["attention_load"] else 0.0,
        load_churn=a.load_churn if on["attention_load"] else 0.0,
        time_adjustment=a.time_adjustment if on["attention_load"] else 0.0,
        user_growth=a.user_growth if on["attention_load"] else 0.0,
        elasticities=elasticities(a),
        venues=venue_shares(a),
        intents=intents(a),
    )


def initial_state(market: Market, programmes: int) -> State:
    """Return the state on day 0 under so many programmes: incumbents in steady state, newcomers still to come."""
    traits, start = market.traits, market.start
    n, there = traits.id.size, traits.entered < 0
    received = np.where(there, traits.size * (1 - traits.returns) * traits.price, 0.0)
    return State(
        weight=traits.weight.astype(float),
        merit=np.where(there, traits.size, 0.0),
        fans=start.fans.copy(),
        trust=np.where(there, traits.signal, 0.5),
        sold=np.zeros(n),
        reference=np.ones(n),
        credit=np.zeros(n),
        credit_a_day=np.zeros(n),
        lift=np.ones(n),
        in_plan=np.zeros(n, np.bool_),
        reregistered=np.zeros(n),
        pending=np.tile(traits.weight * received, (int(market.assume.settlement_days), 1)),
        gmv=np.zeros(n),
        equipped=np.zeros(n),
        learned=np.zeros(len(Category)),
        needs=start.needs.copy(),
        persons=start.persons.copy(),
        audience=np.array([value("daily_users"), value("minutes_per_user")]),
        coverage=np.ones(1),
        spent=np.zeros(programmes),
        spent_out=np.full(programmes, -1, np.int64),
    )


def allocate_scratch(merchants: int, combined: frozenset[str], before: Scratch | None = None) -> Scratch:
    """Return the arrays of a day for so many merchants, those of ``before`` where there are any.

    Of the combined effects only the arrays of those named are as long.
    """
    always = ("attention", "reach", "price_group", "kept", "returned")
    made = {}
    for name in Scratch._fields:
        size = merchants if name in always or name in combined else 0
        known = getattr(before, name) if before else None
        kind = np.int32 if name == "price_group" else np.float64
        made[name] = known if known is not None and known.size >= size else np.zeros(size, kind)
    return Scratch(**made)
