"""What all programmes share: their days, read off the facts, and a window that makes sense."""

import datetime
from typing import Any, ClassVar, Self

from kit.facts import fact
from kit.levers import Levers
from kit.text import Refusal

# The days that the model runs over; no programme begins or ends outside.
FIRST, LAST = datetime.date(2020, 8, 1), datetime.date(2021, 1, 29)


def first_day(key: str) -> datetime.date:
    """Return the first day of a number of the world: of its date, its month or its period.

    >>> first_day("A81"), first_day("A73")
    (datetime.date(2020, 8, 1), datetime.date(2020, 10, 30))
    """
    written = fact(key).date.split("/")[0]
    return datetime.date.fromisoformat(f"{written}-01" if len(written) == len("2020-08") else written)


def last_day(key: str) -> datetime.date:
    """Return the last day of the period of a number of the world.

    >>> last_day("A73")
    datetime.date(2020, 11, 11)
    """
    return datetime.date.fromisoformat(fact(key).date.split("/")[-1])


class Programme(Levers):
    """The levers of a programme. ``order`` holds pairs of its days: the second may not lie before the first.

    ``announced``: whether the article tells of it; else it is a tool of our own.
    """

    order: ClassVar[tuple[tuple[str, str], ...]] = ()
    announced: ClassVar[bool] = True
    start: datetime.date

    @property
    def begins(self) -> datetime.date:
        """The first day on which the programme can have an effect."""
        return self.start

    def but(self, changes: dict[str, Any]) -> Self:
        moved = super().but(changes)
        for earlier, later in self.order:
            first, last = getattr(moved, earlier), getattr(moved, later)
            if last < first:
                names = {"earlier": f"{self.group}.{earlier}", "later": f"{self.group}.{later}"}
                raise Refusal("window", **names, first=(first, ""), last=(last, ""))
        return moved
