"""The 11·6 shopping festival: thirteen days with a gala at the start and a main day."""

import datetime
import math
from typing import ClassVar

import numpy as np

from kit.economics.festival import finishers, mean_card_cost
from kit.economics.tournament import paid_effort
from kit.parameters.calendar import FIRST, LAST, first_day, last_day
from kit.parameters.categories import Tier
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed, value
from kit.policies.credit_value import credit_worth
from kit.policies.effects import Effects, Merchants, Term, since, within
from kit.policies.programme import Programme


class Festival(Programme):
    """The levers of the 11·6 festival; at their defaults it is as announced (A64 to A79).

    Its days (A73), the gala (A70), the main day (A77) and the pool for collectors of the cards (A74) are the article's.
    Red packets (A75), the origin challenge, the plan for newbies (A78) and the tilt to small merchants on the main day
    (A79) are announced without their size.

    ``announced_days``: from how many days before the start buyers know of it; ``lift`` in utils, ``tilt`` in log points
    of exposure; ``challenge_prize`` and ``newbie_credit`` are promotion credit at face.
    """

    group: ClassVar[str] = "festival"
    order: ClassVar = (("start", "end"), ("start", "main_day"), ("main_day", "end"), ("gala", "end"))

    start: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("festival.window"), step=1)
    end: datetime.date = lever(FIRST, LAST, "date", default=lambda: last_day("festival.window"), step=1)
    main_day: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("festival.main_day"), step=1)
    gala: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("festival.gala"), step=1)
    announced_days: float = assumed("festival.announced_days")
    lift: float = assumed("festival.lift")
    venue_share: float = assumed("festival.venue_share")
    card_pool: float = lever(0.0, 1e9, "yuan", default=lambda: value("festival.card_pool"), step=1e7)
    red_packets: float = assumed("festival.red_packets")
    challenge_prize: float = assumed("festival.challenge_prize")
    newbie_credit: float = assumed("festival.newbie_credit")
    tilt: float = assumed("festival.tilt")

    @property
    def begins(self) -> datetime.date:
        """The day from which buyers know of it, and wait for it."""
        return min(self.start, self.gala) - datetime.timedelta(int(self.announced_days))


LEVERS = Festival


def schedule(plan: Festival, days: np.ndarray, merchants: Merchants, assume: Levers) -> Effects:
    """Return the festival's effects: buyers wait before it, and buy more during it.

    Red packets, the cards and the gala bring visits: one a packet's worth, one a collector a day, and a part of the
    gala's audience. The pool is paid on the last day and shared by all who collect every card: their number does not
    change its cost, and grows less than proportionally with it. Winners of the origin challenge get their credit on the
    day after the festival. The rival responds on the same days.

    >>> from kit.parameters.sourced import assumptions
    >>> nobody = Merchants(np.zeros(0, "datetime64[D]"), np.zeros(0, bool), tier=np.zeros(0))
    >>> days = np.array(["2020-10-29", "2020-11-06"], "datetime64[D]")
    >>> made = schedule(Festival(), days, nobody, assumptions())
    >>> made.festival.tolist(), made.waiting.round(3).tolist()
    ([0.0, 0.6], [0.215, 0.0])
    """
    to_go, on = -since(days, plan.start), within(days, plan.start, plan.end)
    packets = plan.red_packets / ((plan.end - plan.start).days + 1)
    gala = value("festival.gala_exposure") * assume.gala_visit_rate
    main = days == np.datetime64(plan.main_day)
    age = -since(merchants.entered, plan.main_day)
    newbie = (age < assume.newcomer_days) & (merchants.tier == Tier.NEWCOMER)
    effort, prizes = origin_challenge(plan, days, merchants, assume)
    return Effects(
        waiting=np.where(to_go > 0, assume.waiting * plan.lift * np.exp(-to_go / assume.waiting_days), 0.0),
        festival=plan.lift * on,
        festival_venue_share=plan.venue_share * on,
        rival=assume.rival_lift * on,
        visits=gala * (days == np.datetime64(plan.gala)) + packets / assume.red_packet_cost * on,
        cash_cost=packets * on,
        card_visits=card_finishers(plan, assume) * value("daily_users") * on,
        card_cost=plan.card_pool * (days == np.datetime64(plan.end)),
        effort=effort,
        prizes=prizes,
        boost=Term(plan.tilt * main, merchants.tier >= Tier.TAIL) if plan.tilt else 0.0,
        credit=Term(plan.newbie_credit * main, newbie),
    )


def card_finishers(plan: Festival, assume: Levers) -> float:
    """Return the share of users who collect all cards: as assumed at the announced pool, by dilution at others.

    >>> from kit.parameters.sourced import assumptions
    >>> [round(card_finishers(Festival(card_pool=pool), assumptions()), 3) for pool in (0, 1e8, 4e8)]
    [0.0, 0.2, 0.377]
    """
    users = value("daily_users")
    trouble = mean_card_cost(value("festival.card_pool"), users, assume.card_finishers)
    return finishers(plan.card_pool, users, trouble)


def origin_challenge(plan: Festival, days: np.ndarray, merchants: Merchants, assume: Levers) -> tuple[Term, Term]:
    """Return the origin challenge's log points of appeal by effort, and the credit won (yuan), by day and merchant.

    A share of the merchants below the head with goods of their own takes part; the best win equal prizes. Effort is
    that of a rank tournament in a large field; it costs the hosts' time, not money. A merchant's element is the mean
    over contestants and others.

    >>> from kit.parameters.sourced import assumptions
    >>> one, last = np.ones(1), np.datetime64(Festival().end)
    >>> many = Merchants(np.zeros(1, "datetime64[D]"), one > 0, weight=1e5 * one, tier=one, own_goods=one)
    >>> effort, prizes = origin_challenge(Festival(), np.array([last, last + 1]), many, assumptions())
    >>> effort.days.round(4).tolist(), prizes.days.round(4).tolist()
    ([0.0098, 0.0], [0.0, 10.0])
    """
    may = (merchants.tier > Tier.HEAD) & (merchants.own_goods > 0)
    tried, won = np.zeros(days.size), np.zeros(days.size)
    on, after = within(days, plan.start, plan.end), since(days, plan.end) == 1
    for n in np.flatnonzero(on | after) if plan.challenge_prize else ():
        contestants = assume.challenge_entrants * float(merchants.weight @ (may & (merchants.entered <= days[n])))
        if not contestants:
            continue
        each = plan.challenge_prize / (assume.challenge_winners * contestants)
        if after[n]:
            won[n] = assume.challenge_entrants * assume.challenge_winners * each
        else:
            prize = each * credit_worth(assume)
            effort = paid_effort(prize, assume.challenge_effort_cost, assume.challenge_noise, assume.challenge_winners)
            tried[n] = math.log1p(assume.challenge_entrants * math.expm1(effort))
    return Term(tried, may), Term(won, may)
