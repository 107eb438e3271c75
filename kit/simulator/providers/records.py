"""Records of the providers: what each review found, and what merchants got by month."""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from kit.policies.effects import NO_CARE, Care
from kit.policies.programmes.providers import Providers
from kit.simulator.providers.admission import Firms
from kit.simulator.providers.review import Marks
from kit.simulator.providers.services import MONTH, Clients, Month, care_of
from kit.simulator.steady_state import Market


class Review(NamedTuple):
    """One review: what was found of each provider, and what it did since the review before (one element each).

    ``month`` counts from the start; ``before`` is the badge before; ``income`` (yuan), ``recruits``, ``incubated`` and
    ``growth`` (log points of its clients' sales) are since the last review. Of all together: ``based``, the live
    bases that have a base's number of hosts (AD5); ``sessions``, all so far of hosts in the care of those who incubate.
    """

    month: int
    alive: np.ndarray
    caseload: np.ndarray
    effort: np.ndarray
    score: np.ndarray
    before: np.ndarray
    badge: np.ndarray
    plaque: np.ndarray
    tier: np.ndarray
    trust: np.ndarray
    cash: np.ndarray
    income: np.ndarray
    recruits: np.ndarray
    incubated: np.ndarray
    growth: np.ndarray
    based: int
    sessions: float


@dataclass(frozen=True)
class ProviderRecords:
    """What became of the providers: their reviews (the first opens the programme), and what merchants got by month.

    ``lookup`` is the share of merchants who look plaques up.
    """

    market: Market
    plan: Providers
    firms: Firms
    clients: Clients
    marks: Marks
    reviews: list[Review]
    months: list[Month]
    lookup: float
    _latest: dict[int, Care] = field(default_factory=dict, repr=False, compare=False)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The assumptions that were read on the way."""
        return self.market.assume.names_read()

    def date(self, month: int) -> datetime.date:
        """Return the day on which a month from the start is over."""
        return self.plan.start + datetime.timedelta(round(month * MONTH))

    def on(self, day: datetime.date) -> Care:
        """Return what providers do for merchants on a day: nothing before the programme, nothing new after its end."""
        month = int((day - self.plan.start).days / MONTH)
        if day < self.plan.start or not self.months:
            return NO_CARE
        month = min(month, len(self.months) - 1)
        if month not in self._latest:
            # The days of a month are asked for one after the other, of a million merchants perhaps.
            self._latest.clear()
            self._latest[month] = care_of(self.months[month], self.clients, self.market)
        return self._latest[month]
