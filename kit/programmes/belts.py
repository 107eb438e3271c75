"""Industrial belts (产业带): places that make goods in quantity, and the bases, hosts and sessions built on them."""

import datetime
from typing import ClassVar

from kit.facts import assumed, value
from kit.levers import lever
from kit.programmes.window import FIRST, LAST, Programme, first_day


class Belts(Programme):
    """The levers of the industrial belts; at their defaults they are as announced (A09 to A17).

    The targets of bases (A14), mid-tier hosts (A16) and sessions (A17) are the article's, each "more than" and
    without a deadline; it speaks of dozens of belts opened so far (A09). What a belt does to cost, capacity and
    the goods themselves are assumptions (``belt_cost_cut`` and others).
    """

    group: ClassVar[str] = "belts"

    start: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("open_day"), step=1)
    count: float = assumed("belts.count")
    bases: float = lever(0.0, 400.0, "bases", default=lambda: value("providers.bases"), step=5)
    streamers: float = lever(0.0, 40_000.0, "streamers", default=lambda: value("providers.streamers"), step=500)
    sessions: float = lever(0.0, 4e6, "sessions", default=lambda: value("providers.sessions"), step=50_000)


LEVERS = Belts
