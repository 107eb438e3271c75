"""Records of the providers: their reviews, and their services to merchants by month."""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from kit.policies.effects import NO_SERVICES, Services
from kit.policies.programmes.providers import Providers
from kit.simulator.providers.admission import Firms
from kit.simulator.providers.review import Marks
from kit.simulator.providers.services import MONTH, Clients, Month, services_of
from kit.simulator.steady_state import Market


class Review(NamedTuple):
    """One review: one element is one provider.

    ``month``: from the start; ``before``: the badge before; ``plaque``: whether it shows one, genuine or fake. Since
    the last review: ``income`` (yuan), ``recruits``, ``incubated``, ``growth`` (of clients' sales, log points). Of all
    together: ``based``: providers with a live base's number of hosts (AD5); ``sessions``: all so far by hosts who are
    clients of incubating providers.
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
    """A run of the providers: reviews (the first opens the programme) and months.

    ``lookup``: share of merchants who look plaques up.
    """

    market: Market
    plan: Providers
    firms: Firms
    clients: Clients
    marks: Marks
    reviews: list[Review]
    months: list[Month]
    lookup: float
    _latest: dict[int, Services] = field(default_factory=dict, repr=False, compare=False)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The assumptions that the run read."""
        return self.market.assume.names_read()

    def date(self, month: int) -> datetime.date:
        """Return the last day of a month counted from the start."""
        return self.plan.start + datetime.timedelta(round(month * MONTH))

    def on(self, day: datetime.date) -> Services:
        """Return the services on a day: none before the programme, those of the last month after the run."""
        month = int((day - self.plan.start).days / MONTH)
        if day < self.plan.start or not self.months:
            return NO_SERVICES
        month = min(month, len(self.months) - 1)
        if month not in self._latest:
            # Days come in order, and a month of a million merchants is large: keep the latest only.
            self._latest.clear()
            self._latest[month] = services_of(self.months[month], self.clients, self.market)
        return self._latest[month]
