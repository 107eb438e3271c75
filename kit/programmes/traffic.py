"""Traffic resources: exposure that is kept for newcomers or tilted to small merchants."""

import datetime
from typing import ClassVar

from kit.facts import assumed
from kit.levers import lever
from kit.programmes.window import FIRST, LAST, Programme, first_day


class Traffic(Programme):
    """The levers of everyday traffic; at their defaults, what was announced on the Open Day (A06 to A08).

    The article promises resources for people, goods and venue, small and mid-size merchants among those who get
    them (A07 A08), without a size: the floor is an assumption. A tilt is announced for the festival's main day
    alone (A79, a lever of the festival), so that the everyday ``tilt`` (log points of exposure) starts at none.
    """

    group: ClassVar[str] = "traffic"

    start: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("open_day"), step=1)
    floor: float = assumed("traffic.floor")
    tilt: float = assumed("traffic.tilt")


LEVERS = Traffic
