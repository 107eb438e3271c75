"""The base class of programmes: levers, and days in the right order."""

import datetime
from typing import Any, ClassVar, Self

from kit.parameters.levers import Levers
from kit.text import Refusal


class Programme(Levers):
    """The levers of a programme. ``order``: pairs of days, of which the second may not precede the first.

    ``announced``: whether it is the article's; else it is a tool for experiments.
    """

    order: ClassVar[tuple[tuple[str, str], ...]] = ()
    announced: ClassVar[bool] = True
    start: datetime.date

    @property
    def begins(self) -> datetime.date:
        """The first day on which the programme can have an effect."""
        return self.start

    def __init__(self, **values: Any):
        super().__init__(**values)
        self._check_order()

    def but(self, changes: dict[str, Any]) -> Self:
        return super().but(changes)._check_order()

    def _check_order(self) -> Self:
        for earlier, later in self.order:
            first, last = getattr(self, earlier), getattr(self, later)
            if last < first:
                names = {"earlier": f"{self.group}.{earlier}", "later": f"{self.group}.{later}"}
                raise Refusal("window", **names, first=(first, ""), last=(last, ""))
        return self
