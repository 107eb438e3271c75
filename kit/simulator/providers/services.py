"""Services: whether merchants accept a provider, its effect on clients, and the average effect by merchant."""

from typing import NamedTuple

import numpy as np

from kit.numerics.random_numbers import TREND, normals
from kit.parameters.categories import Category, Role, Tier
from kit.parameters.levers import Levers
from kit.simulator.population import Traits
from kit.simulator.providers.admission import INCUBATING, RECRUITING, Firms
from kit.simulator.steady_state import Market

MONTH = 365 / 12  # days


class Services(NamedTuple):
    """What service providers do for merchants by now: one element is one merchant (a mean over clients and others).

    ``appeal`` in log points; ``fan_rate``: relative increase in fans won; ``cost_cut``: share of its unit cost saved;
    ``entrants``: newcomers that providers bring, as a share of those who enter by themselves.
    """

    appeal: np.ndarray | float = 0.0
    fan_rate: np.ndarray | float = 0.0
    cost_cut: np.ndarray | float = 0.0
    entrants: float = 0.0


class Clients(NamedTuple):
    """Who may become a client: one element is one merchant of the market.

    ``eligible``: incumbents below the head, and ``tail``, those in the tail; ``joining``: propensity to join (1 on
    average); ``trend``: own growth in log points a quarter; ``peers``: real eligible merchants of its category.
    """

    eligible: np.ndarray
    joining: np.ndarray
    trend: np.ndarray
    peers: np.ndarray
    tail: np.ndarray


class Month(NamedTuple):
    """Providers at the end of a month, by role and category.

    ``clients``: merchants; ``strength``: the mean effect on a client, as a multiple of an average provider's with few
    clients; ``incubated``: hosts so far; ``recruits``: sellers in this month.
    """

    clients: np.ndarray
    strength: np.ndarray
    incubated: np.ndarray
    recruits: float


def clients(market: Market, disabled: frozenset[str]) -> Clients:
    """Return who may become a client. Merchants with higher own growth join more readily (selection)."""
    traits, assume = market.traits, market.assume
    eligible = _eligible(traits)
    shock = normals(market.seed, TREND, traits.id.astype(np.int64))
    joining = np.where(eligible, np.exp(0.0 if "selection" in disabled else assume.client_selection * shock), 0.0)
    total = np.bincount(traits.category, traits.weight * joining, minlength=len(Category))
    many = np.bincount(traits.category, traits.weight * eligible, minlength=len(Category))
    joining *= (many / total)[traits.category]
    trend = np.where(eligible, assume.client_growth_sd * shock, 0.0)
    return Clients(eligible, joining, trend, many[traits.category], eligible & (traits.tier == Tier.TAIL))


def _eligible(traits: Traits) -> np.ndarray:
    return (traits.entered < 0) & ((traits.tier == Tier.WAIST) | (traits.tier == Tier.TAIL))


def selection(of: Clients, traits: Traits) -> float:
    """Return by how much clients would outgrow the others without services, in log points a quarter."""
    weight = traits.weight * of.eligible
    return float((weight * of.joining) @ of.trend / (weight @ of.joining) - weight @ of.trend / weight.sum())


def monthly_sales(market: Market) -> np.ndarray:
    """Return the mean sales net of returns of eligible merchants, in yuan a month, by category."""
    traits = market.traits
    weight = traits.weight * _eligible(traits)
    sold = np.bincount(traits.category, weight * traits.size * traits.price * (1 - traits.returns))
    return MONTH * sold / np.bincount(traits.category, weight)


def acceptance(trust, belief, fee: float, assume: Levers) -> np.ndarray:
    """Return the probability that a merchant who is called on accepts a provider.

    ``belief``: its belief that the provider holds a badge, 0 to 1; ``fee``: share of its sales. Without a badge, at the
    initial trust and the usual fee, it is the assumed acceptance; a certain badge raises it by the badge's effect.

    >>> from kit.parameters.sourced import assumptions
    >>> acceptance(0.4, np.array([0.0, 1.0]), 0.05, assumptions()).round(4).tolist()
    [0.1, 0.12]
    """
    plain = assume.provider_acceptance
    badged = min(plain * (1 + assume.badge_effect), 0.99)
    odds = _log_odds(plain) + belief * (_log_odds(badged) - _log_odds(plain))
    odds += assume.acceptance_trust * (trust - assume.provider_trust)
    odds -= assume.acceptance_fee * (fee - assume.provider_fee)
    return 1 / (1 + np.exp(-odds))


def accepted(trust, badge, false, lookup: float, fake: float, fee: float, assume: Levers) -> np.ndarray:
    """Return the mean acceptance over merchants who look plaques up and others, who partly believe them.

    ``badge``: providers with one; ``false``: providers with a fake plaque; ``lookup``: share of merchants who look
    plaques up; ``fake``: share of plaques that are fake, by which others' belief is lower.
    """
    knows = acceptance(trust, badge * 1.0, fee, assume)
    believes = acceptance(trust, (badge | false) * (1 - fake), fee, assume)
    return lookup * knows + (1 - lookup) * believes


def strength(skill, caseload, assume: Levers, disabled: frozenset[str]) -> np.ndarray:
    """Return a provider's effect on one client, as a multiple of an average provider's with few clients.

    It increases with ability and effort (``skill``), and is divided by 1 + caseload / capacity.

    >>> from kit.parameters.sourced import assumptions
    >>> strength(0.0, 100, assumptions(), frozenset()), strength(0.0, 100, assumptions(), frozenset({"congestion"}))
    (0.5, 1.0)
    """
    crowd = 1.0 if "congestion" in disabled else 1 + caseload / assume.provider_capacity
    effect = np.exp(assume.skill_effect * skill) / crowd
    return effect if np.ndim(effect) else float(effect)


def graduates(caseload, effect, assume: Levers) -> np.ndarray:
    """Return the hosts who move up from tail to waist in a month, of those whom a provider incubates."""
    return assume.incubated_share * caseload * -np.expm1(-effect / assume.incubation_months)


def sales_lift(effect: np.ndarray, role: np.ndarray, assume: Levers) -> np.ndarray:
    """Return a client's relative increase in sales in log points, in steady state and to first order.

    Training raises quality and so appeal; an MCN brings fans to the private venue; a supply chain's goods match better.
    A belt's lower cost does not change list prices.
    """
    full = np.zeros(len(Role))
    full[Role.TRAINING] = assume.appeal_quality * assume.training_quality
    full[Role.MCN] = assume.private_share * assume.fan_concentration * np.log1p(assume.mcn_fans)
    full[Role.SUPPLY_CHAIN] = assume.supply_matches
    return full[role] * effect


def month_of(firms: Firms, caseload, effect, incubated, recruited) -> Month:
    """Sum providers by role and category; ``incubated`` and ``recruited`` are by provider."""
    shape = len(Role), len(Category)
    cell = firms.role * shape[1] + firms.category

    def summed(what: np.ndarray) -> np.ndarray:
        return np.bincount(cell, what, minlength=shape[0] * shape[1]).reshape(shape)

    total = summed(caseload)
    mean = np.divide(summed(caseload * effect), total, out=np.zeros_like(total), where=total > 0)
    return Month(total, mean, summed(incubated), float(recruited.sum()))


def services_of(month: Month, of: Clients, market: Market) -> Services:
    """Return a month's services to each merchant: the mean over the real merchants that it stands for."""
    traits, assume = market.traits, market.assume
    k = traits.category.astype(np.intp)
    each = of.joining / np.maximum(of.peers, 1.0)
    reached = [np.minimum(clients[k] * each, 1.0) for clients in month.clients]  # by role
    trained = np.expm1(assume.appeal_quality * assume.training_quality * month.strength[Role.TRAINING])
    supplied = np.expm1(assume.supply_matches * month.strength[Role.SUPPLY_CHAIN])
    tail = np.bincount(k, traits.weight * of.tail, minlength=len(Category))
    risen = np.expm1(assume.incubation_gain) * np.minimum(month.incubated.sum(axis=0) / np.maximum(tail, 1.0), 1.0)
    more = reached[Role.TRAINING] * trained[k] + reached[Role.SUPPLY_CHAIN] * supplied[k] + risen[k] * of.tail
    cost_cut = reached[Role.BELT] * (assume.provider_cost_cut * month.strength[Role.BELT])[k]
    return Services(
        appeal=np.log1p(more),
        fan_rate=reached[Role.MCN] * (assume.mcn_fans * month.strength[Role.MCN])[k],
        cost_cut=np.minimum(cost_cut, 0.9),
        entrants=month.recruits / (assume.newcomers_per_day * MONTH),
    )


def duties(firms: Firms, caseload, effect, assume: Levers, disabled: frozenset[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return each provider's sellers recruited and hosts incubated in a month."""
    recruits = np.where(RECRUITING[firms.role] & ("recruiting" not in disabled), assume.recruits_a_month * effect, 0.0)
    hosts = INCUBATING[firms.role] & ("incubation" not in disabled)
    return recruits, np.where(hosts, graduates(caseload, effect, assume), 0.0)


def _log_odds(share: float) -> float:
    return float(np.log(share / (1 - share)))
