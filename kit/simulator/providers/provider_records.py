"""Records of the providers: their reviews, and their services to merchants by month."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from kit.parameters.calendar import FIRST
from kit.policies.effects import Effects, Term, since
from kit.policies.programmes.providers import Providers
from kit.simulator.population import DAYS
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

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The assumptions that the run read."""
        return self.market.assume.names_read()

    def date(self, month: int) -> datetime.date:
        """Return the last day of a month counted from the start."""
        return self.plan.start + datetime.timedelta(round(month * MONTH))

    def effects(self, merchants: int | None = None, days: int = DAYS) -> Effects:
        """Return the services of all months to the first ``merchants`` (all, if not said) as a programme's effects."""
        from_start = since(np.datetime64(FIRST) + np.arange(days), self.plan.start)
        month = np.where(from_start >= 0, np.minimum(from_start / MONTH, len(self.months) - 1).astype(int), -1)
        found = {n: services_of(self.months[n], self.clients, self.market) for n in np.unique(month[month >= 0])}
        by_merchant = {
            part: tuple(Term(month == n, getattr(services, part)[:merchants]) for n, services in found.items())
            for part in ("appeal", "fan_rate", "cost_cut")
        }
        entrants = np.array([found[n].entrants if n >= 0 else 0.0 for n in month])
        return Effects(**by_merchant, entrants=entrants)
