"""The 11·6 shopping festival: thirteen days that open with a gala, and a main day within."""

import datetime
from typing import ClassVar

from kit.facts import assumed, value
from kit.levers import lever
from kit.programmes.window import FIRST, LAST, Programme, first_day, last_day


class Festival(Programme):
    """The levers of the 11·6 festival; at their defaults it is as announced (A64 to A79).

    Its days (A73), the gala (A70), the main day (A77) and the pool for those who collect the cards (A74) are the
    article's. Red packets (A75), the origin challenge and the plan for newbies (A78) and the tilt to small
    merchants on the main day (A79) are announced without their size.

    ``announced_days``: days before the start from which buyers know of it; ``lift`` in utils, ``tilt`` in log
    points of exposure; ``challenge_prize`` and ``newbie_credit`` are promotion credit at face.
    """

    group: ClassVar[str] = "festival"
    order: ClassVar = (("start", "end"), ("start", "main_day"), ("main_day", "end"), ("gala", "end"))

    start: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("festival.window"), step=1)
    end: datetime.date = lever(FIRST, LAST, "date", default=lambda: last_day("festival.window"), step=1)
    main_day: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("festival.main_day"), step=1)
    gala: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("festival.gala"), step=1)
    announced_days: float = assumed("festival.announced_days")
    lift: float = assumed("festival.lift")
    hall_share: float = assumed("festival.hall_share")
    card_pool: float = lever(0.0, 1e9, "yuan", default=lambda: value("festival.card_pool"), step=1e7)
    red_packets: float = assumed("festival.red_packets")
    challenge_prize: float = assumed("festival.challenge_prize")
    newbie_credit: float = assumed("festival.newbie_credit")
    tilt: float = assumed("festival.tilt")


LEVERS = Festival
