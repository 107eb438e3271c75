"""Providers, month by month: merchants join, are cared for and speak of it; money; the review; who is left.

It runs on a market alone, for as long as one likes, beside the days of the simulator: what providers do for
merchants is then handed to the programme (Care), and what merchants do comes back to providers at rest only.
"""

from collections.abc import Iterable

import numpy as np

from kit.economics.effort import threshold_effort
from kit.economics.trust import posterior_trust
from kit.numerics.random_numbers import BLAMED, CALLED, PRAISED, poissons, uniforms
from kit.parameters.sourced import value
from kit.policies.programmes.providers import Providers
from kit.simulator.population import check_seed, live_frequency, shares
from kit.simulator.providers.admission import INCUBATING, admitted
from kit.simulator.providers.pay import Pay
from kit.simulator.providers.records import ProviderRecords, Review
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
QUARTER = 3  # months: effort's cost is counted in quarters
MOST_MONTHS = 1_200
_LEFT = 2  # failures in a row after which a provider must go


def simulate_providers(
    market: Market, plan: Providers, months: int = 6, seed: int | None = None, disabled: Iterable[str] = ()
) -> ProviderRecords:
    """Run the providers of a programme on a market at rest, month by month from its first day.

    ``months``: how long; ``seed``: of the luck, else the market's; ``disabled``: mechanisms to switch off
    (PROVIDER_MECHANISMS). The programme opens with a review; six months see two more. Raises Refusal for what cannot
    be.

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
    """A run under way."""

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
        self.heard = np.zeros((2, n))  # praise and blame that is remembered
        self.trust = np.full(n, assume.provider_trust)
        self.score = np.zeros(n)
        self.pay = Pay.of(plan, monthly_sales(market), shares(assume, "orders"), assume)
        self.lookup = assume.badge_lookup if plan.listing == "listed" and "listing" not in disabled else 0.0
        tail = market.traits.tier == 2
        weight = market.traits.weight * tail
        self.live_days = MONTH * float(weight @ live_frequency(market.traits.size, assume) / weight.sum())
        self.sessions, self.months, self.reviews = 0.0, [], []
        self._forget()
        self.review(0)

    def live(self, month: int) -> None:
        """A month: merchants come and go, are served, and speak of it; money is made and spent."""
        assume, firms = self.assume, self.firms
        chance = self._accepted(self.standing.badge)
        joined = poissons(self.alive * self._calls() * chance, uniforms(self.seed, CALLED, firms.id, month))
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
        """A review: scores against the marks."""
        firms, plan, assume, disabled = self.firms, self.plan, self.assume, self.disabled
        luck, read = self._luck()
        self.score = scores(firms, self.effort, luck, read, self.seed, month)
        before, judged = self.standing.badge, self.alive & (self.caseload >= plan.caseload_floor)
        self.standing = reviewed(self.score, self.standing, self.marks, judged, self.tiers, disabled)
        if "exit" not in disabled:
            self._leave(self.standing.failed >= _LEFT)
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
        """Everybody chooses the effort of the period that begins."""
        if "effort" not in self.disabled:
            self.effort = np.where(self.alive, self._effort(*self._luck()), 0.0)

    def _luck(self) -> tuple[np.ndarray, np.ndarray]:
        """The luck in each score, and by what a score is multiplied before it is read."""
        luck = noise(self.firms, self.caseload, self.assume, self.disabled)
        return luck, reading(self.firms, luck, self.plan, self.assume, self.disabled)

    def based(self) -> int:
        """The providers who run a live base: with as many hosts in care as the targets give a base (AD5)."""
        return int((INCUBATING[self.firms.role] & (self.caseload >= value("AD5"))).sum())

    def _effort(self, luck: np.ndarray, read: np.ndarray) -> np.ndarray:
        """The effort that pays best until the next review, for the badge and for pay (O19)."""
        firms, assume = self.firms, self.assume
        asked = np.where(self.standing.badge, self.marks.keep, self.marks.gain) / read
        everyone = np.ones(firms.id.size, bool)
        more = self._accepted(everyone) - self._accepted(~everyone) if "badges" not in self.disabled else 0.0
        worth = self._calls() * more * self.pay.client(firms, assume.client_cost) * self.period
        lift = sales_lift(strength(firms.ability, self.caseload, assume, self.disabled), firms.role, assume)
        besides = self.pay.a_unit(firms, self.caseload, lift, assume.skill_effect, read) * self.period
        cost = assume.effort_cost * self.period / QUARTER
        return threshold_effort(asked - firms.ability - firms.bias, worth, cost, luck, besides)

    def _accepted(self, badge: np.ndarray) -> np.ndarray:
        fake = self.assume.fake_plaques
        return accepted(self.trust, badge, self.false, self.lookup, fake, self.pay.fee, self.assume)

    def _calls(self) -> np.ndarray:
        """The merchants whom a provider calls on in a month: more are sent to the higher tiers."""
        more = 0.0 if "tiers" in self.disabled else self.assume.tier_leads * self.standing.tier / max(self.tiers - 1, 1)
        return self.assume.provider_calls * (1 + more)

    def _hear(self, skill: np.ndarray, month: int) -> None:
        """What clients say of their provider, and what is remembered of it (O24)."""
        assume, ids = self.assume, self.firms.id
        odds = np.log(assume.service_good / (1 - assume.service_good)) + assume.service_skill * skill
        content = 1 / (1 + np.exp(-odds))
        said = assume.provider_word * self.caseload
        self.heard *= 1 - 1 / (assume.trust_memory * QUARTER)
        self.heard[0] += poissons(said * content, uniforms(self.seed, PRAISED, ids, month))
        self.heard[1] += poissons(said * (1 - content), uniforms(self.seed, BLAMED, ids, month))
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
