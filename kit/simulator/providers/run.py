"""Providers, month by month: clients join, are served and leave; word of mouth, pay, reviews and exit.

This runs on a market's steady state, apart from the days of the simulator. The programme hands its services to
merchants; providers see the steady state only.
"""

from collections.abc import Iterable

import numpy as np

from kit.economics.effort import threshold_effort
from kit.economics.trust import posterior_trust
from kit.numerics.random_numbers import BLAMED, CALLED, PRAISED, poissons
from kit.parameters.categories import Tier
from kit.parameters.sourced import value
from kit.policies.programmes.providers import Providers
from kit.simulator.population import check_seed, live_frequency, shares
from kit.simulator.providers.admission import INCUBATING, admitted
from kit.simulator.providers.pay import Pay
from kit.simulator.providers.provider_records import ProviderRecords, Review
from kit.simulator.providers.review import Standing, false_plaques, marks, noise, reading, reviewed, scores
from kit.simulator.providers.services import (
    MONTH,
    accepted,
    clients,
    duties,
    month_of,
    monthly_sales,
    sales_lift,
    strength,
)
from kit.simulator.steady_state import Market
from kit.text import Refusal, words

PROVIDER_MECHANISMS = (
    *("admission", "badges", "listing", "shrinkage", "effort", "small_numbers", "mix_bias", "tiers", "exit"),
    *("congestion", "trust", "selection", "recruiting", "incubation"),
)
QUARTER = 3  # months: the cost of effort is by quarter
MOST_MONTHS = 1_200
_MAX_FAILURES = 2  # in a row; then a provider must leave


def simulate_providers(
    market: Market, plan: Providers, months: int = 6, seed: int | None = None, disabled: Iterable[str] = ()
) -> ProviderRecords:
    """Run the providers of a programme on a market in steady state, month by month from its first day.

    ``seed``: of the random numbers, the market's by default; ``disabled``: mechanisms to switch off
    (PROVIDER_MECHANISMS). The programme opens with a review; six months contain two more. Raises Refusal for impossible
    months, seeds or mechanisms.

    >>> from kit.simulator.steady_state import open_market
    >>> records = simulate_providers(open_market(300), Providers(), months=6)
    >>> [review.month for review in records.reviews], records.firms.id.size
    ([0, 3, 6], 300)
    """
    disabled = _checked(months, seed, disabled)
    run = _Run(market, plan, market.seed if seed is None else seed, disabled)
    for month in range(1, months + 1):
        if (month - 1) % run.period == 0:
            run.choose()
        run.live(month)
        if month % run.period == 0:
            run.review(month)
    made = (run.firms, run.clients, run.marks, run.reviews, run.months, run.lookup)
    return ProviderRecords(market, plan, *made)


def _checked(months: int, seed: int | None, disabled: Iterable[str]) -> frozenset[str]:
    if not (isinstance(months, int) and 1 <= months <= MOST_MONTHS):
        raise Refusal("months", value=months, low=1, high=MOST_MONTHS)
    if seed is not None:
        check_seed(seed)
    disabled = frozenset([disabled] if isinstance(disabled, str) else disabled)
    for name in sorted(disabled - set(PROVIDER_MECHANISMS)):
        raise Refusal("unknown", what=words("what.mechanism"), name=name, names=list(PROVIDER_MECHANISMS))
    return disabled


class _Run:
    """A run in progress."""

    def __init__(self, market: Market, plan: Providers, seed: int, disabled: frozenset[str]):
        self.assume = assume = market.assume
        self.plan, self.seed, self.disabled = plan, seed, disabled
        self.firms = admitted(plan, assume, seed, disabled)
        self.clients = clients(market, disabled)
        self.marks = marks(plan, assume, disabled)
        self.period, self.tiers = round(plan.review_months), round(plan.tiers)
        n = self.firms.id.size
        self.alive = np.ones(n, bool)
        self.caseload = np.full(n, assume.provider_clients)
        self.effort, self.false = np.zeros(n), np.zeros(n, bool)
        self.standing = Standing(np.zeros(n, bool), np.zeros(n, np.int64), np.zeros(n, np.int64))
        self.cash = np.full(n, assume.provider_cash)
        self.heard = np.zeros((2, n))  # praise and blame, discounted
        self.trust = np.full(n, assume.provider_trust)
        self.score = np.zeros(n)
        self.pay = Pay.of(plan, monthly_sales(market), shares(assume, "orders"), assume)
        self.lookup = assume.badge_lookup if plan.listing == "listed" and "listing" not in disabled else 0.0
        tail = market.traits.tier == Tier.TAIL
        weight = market.traits.weight * tail
        self.live_days = MONTH * float(weight @ live_frequency(market.traits.size, assume) / weight.sum())
        self.sessions, self.months, self.reviews = 0.0, [], []
        self._forget()
        self.review(0)

    def live(self, month: int) -> None:
        """Simulate a month: clients come and go, are served, and talk; income and costs."""
        assume, firms = self.assume, self.firms
        chance = self._accepted(self.standing.badge)
        joined = poissons(self.seed, CALLED, firms.id, month, self.alive * self._calls() * chance)
        self.caseload = np.where(self.alive, self.caseload * (1 - assume.client_loss) + joined, 0.0)
        skill = firms.ability + self.effort
        effect = strength(skill, self.caseload, assume, self.disabled) * self.alive
        recruits, hosts = duties(firms, self.caseload, effect, assume, self.disabled)
        self.recruits += recruits
        self.incubated += hosts
        self.all_incubated += hosts
        lift = sales_lift(effect, firms.role, assume)
        grown = assume.incubation_gain * hosts / np.maximum(self.caseload, 1.0)
        self.growth += grown + lift / self.period
        self.sessions += float(self.caseload[INCUBATING[firms.role]].sum()) * self.live_days
        self._hear(skill, month)
        paid = self.pay.a_month(firms, self.caseload, joined + recruits, lift, self.score) * self.alive
        spent = assume.provider_fixed_cost + assume.client_cost * self.caseload
        spent = spent + assume.effort_cost * self.effort**2 / (2 * QUARTER)
        self.income += paid
        self.cash += np.where(self.alive, paid - spent, 0.0)
        self.months.append(month_of(firms, self.caseload, effect, self.all_incubated, recruits))
        if "exit" not in self.disabled:
            self._leave(self.cash < 0)

    def review(self, month: int) -> None:
        """Compare scores with the marks, and record the review."""
        firms, plan, assume, disabled = self.firms, self.plan, self.assume, self.disabled
        noise_sd, factor = self._scoring()
        self.score = scores(firms, self.effort, noise_sd, factor, self.seed, month)
        before, judged = self.standing.badge, self.alive & (self.caseload >= plan.caseload_floor)
        self.standing = reviewed(self.score, self.standing, self.marks, judged, self.tiers, disabled)
        if "exit" not in disabled:
            self._leave(self.standing.failed >= _MAX_FAILURES)
        badge = self.standing.badge
        self.false = false_plaques(firms, badge, self.alive, assume.fake_plaques, self.seed, month)
        now = (
            self.alive,
            self.caseload,
            self.effort,
            self.score,
            before,
            badge,
            badge | self.false,
            self.standing.tier,
        )
        done = (self.income, self.recruits, self.incubated, self.growth)
        self.reviews.append(Review(month, *now, self.trust, self.cash.copy(), *done, self.based(), self.sessions))
        self._forget()

    def choose(self) -> None:
        """Choose the effort of the coming period."""
        if "effort" not in self.disabled:
            self.effort = np.where(self.alive, self._effort(*self._scoring()), 0.0)

    def _scoring(self) -> tuple[np.ndarray, np.ndarray]:
        """The standard deviation of the noise in each score, and the factor on the score."""
        noise_sd = noise(self.firms, self.caseload, self.assume, self.disabled)
        return noise_sd, reading(self.firms, noise_sd, self.plan, self.assume, self.disabled)

    def based(self) -> int:
        """The number of providers with a live base: as many clients as the targets give a base (AD5)."""
        return int((INCUBATING[self.firms.role] & (self.caseload >= value("AD5"))).sum())

    def _effort(self, noise_sd: np.ndarray, factor: np.ndarray) -> np.ndarray:
        """The effort that maximises profit until the next review, from the badge and from pay (O19)."""
        firms, assume = self.firms, self.assume
        asked = np.where(self.standing.badge, self.marks.keep, self.marks.gain) / factor
        everyone = np.ones(firms.id.size, bool)
        more = self._accepted(everyone) - self._accepted(~everyone) if "badges" not in self.disabled else 0.0
        worth = self._calls() * more * self.pay.client(firms, assume.client_cost) * self.period
        lift = sales_lift(strength(firms.ability, self.caseload, assume, self.disabled), firms.role, assume)
        paid = self.pay.a_unit(firms, self.caseload, lift, assume.skill_effect, factor) * self.period
        cost = assume.effort_cost * self.period / QUARTER
        return threshold_effort(asked - firms.ability - firms.bias, worth, cost, noise_sd, paid)

    def _accepted(self, badge: np.ndarray) -> np.ndarray:
        fake = self.assume.fake_plaques
        return accepted(self.trust, badge, self.false, self.lookup, fake, self.pay.fee, self.assume)

    def _calls(self) -> np.ndarray:
        """Merchants called on by each provider in a month: higher tiers get more leads."""
        more = 0.0 if "tiers" in self.disabled else self.assume.tier_leads * self.standing.tier / max(self.tiers - 1, 1)
        return self.assume.provider_calls * (1 + more)

    def _hear(self, skill: np.ndarray, month: int) -> None:
        """Clients' praise and blame, discounted over time, move trust (O24)."""
        assume, ids = self.assume, self.firms.id
        odds = np.log(assume.service_good / (1 - assume.service_good)) + assume.service_skill * skill
        satisfied = 1 / (1 + np.exp(-odds))
        said = assume.provider_word * self.caseload
        self.heard *= 1 - 1 / (assume.trust_memory * QUARTER)
        self.heard[0] += poissons(self.seed, PRAISED, ids, month, said * satisfied)
        self.heard[1] += poissons(self.seed, BLAMED, ids, month, said * (1 - satisfied))
        if "trust" not in self.disabled:
            weight, first = assume.provider_trust_weight, assume.provider_trust
            self.trust = posterior_trust(weight * first, weight * (1 - first), *self.heard)

    def _leave(self, which: np.ndarray) -> None:
        self.alive = self.alive & ~which
        self.caseload = np.where(self.alive, self.caseload, 0.0)
        self.standing = self.standing._replace(badge=self.standing.badge & self.alive)

    def _forget(self) -> None:
        n = self.firms.id.size
        self.income, self.recruits, self.incubated, self.growth = (np.zeros(n) for _ in range(4))
        if not self.reviews:
            self.all_incubated = np.zeros(n)
