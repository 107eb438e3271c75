"""Care: whether merchants accept a provider, what it then does for them, and what that comes to for each merchant."""

from typing import NamedTuple

import numpy as np

from kit.numerics.random_numbers import TREND, normals
from kit.parameters.levers import Levers
from kit.policies.effects import Care
from kit.simulator.population import CATEGORIES, Traits
from kit.simulator.providers.admission import INCUBATING, RECRUITING, ROLES, Firms
from kit.simulator.steady_state import Market

TRAINING, MCN, BELT, SUPPLY = range(len(ROLES))
MONTH = 365 / 12  # days
_WAIST, _TAIL = 1, 2


class Clients(NamedTuple):
    """The merchants whom providers care for: one element is one merchant of the market.

    ``there``: all incumbents but the head; ``draw``: how readily it joins (1 on average); ``trend``: its own growth a
    quarter in log points; ``spread``: the real merchants of its category, over which joining is spread.
    """

    there: np.ndarray
    draw: np.ndarray
    trend: np.ndarray
    spread: np.ndarray
    tail: np.ndarray


class Month(NamedTuple):
    """What providers did by the end of a month, by role and category.

    ``cared``: merchants in care; ``strength``: the mean effect on one of them, as a multiple of an average provider's
    with few clients; ``incubated``: hosts so far; ``recruits``: sellers in this month.
    """

    cared: np.ndarray
    strength: np.ndarray
    incubated: np.ndarray
    recruits: float


def clients(market: Market, disabled: frozenset[str]) -> Clients:
    """Return the merchants whom providers care for. Those who grow by themselves join more readily."""
    traits, assume = market.traits, market.assume
    there = (traits.entered < 0) & ((traits.tier == _WAIST) | (traits.tier == _TAIL))
    luck = normals(market.seed, TREND, traits.id.astype(np.int64))
    draw = np.where(there, np.exp(0.0 if "selection" in disabled else assume.client_selection * luck), 0.0)
    whole = np.bincount(traits.category, traits.weight * draw, minlength=len(CATEGORIES))
    many = np.bincount(traits.category, traits.weight * there, minlength=len(CATEGORIES))
    draw *= (many / whole)[traits.category]
    tail = there & (traits.tier == _TAIL)
    return Clients(there, draw, np.where(there, assume.client_growth_sd * luck, 0.0), many[traits.category], tail)


def selection(of: Clients, traits: Traits) -> float:
    """Return by how much merchants in care would outgrow the others without any care, log points a quarter."""
    weight = traits.weight * of.there
    return float((weight * of.draw) @ of.trend / (weight @ of.draw) - weight @ of.trend / weight.sum())


def monthly_sales(market: Market) -> np.ndarray:
    """Return the sales that are kept, in yuan a month, of a mean merchant whom providers care for, by category."""
    traits = market.traits
    there = (traits.entered < 0) & ((traits.tier == _WAIST) | (traits.tier == _TAIL))
    weight = traits.weight * there
    sold = np.bincount(traits.category, weight * traits.size * traits.price * (1 - traits.returns))
    return MONTH * sold / np.bincount(traits.category, weight)


def acceptance(trust, belief, fee: float, assume: Levers) -> np.ndarray:
    """Return how likely a merchant who is called on accepts a provider.

    ``belief`` is how surely it takes the provider to hold a badge, 0 to 1; ``fee`` the share of its sales that it
    would pay. Without a badge, at the first trust and the usual fee, it is the assumed acceptance; a sure badge
    raises it by the badge's effect.

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
    """Return the acceptance by a mean merchant: who looks plaques up, knows; the others half believe them.

    ``badge``: who holds one; ``false``: who shows a plaque without; ``lookup``: the share of merchants who look plaques
    up; ``fake``: the share of plaques that are fake, so much less the others believe each.
    """
    knows = acceptance(trust, badge * 1.0, fee, assume)
    believes = acceptance(trust, (badge | false) * (1 - fake), fee, assume)
    return lookup * knows + (1 - lookup) * believes


def strength(skill, caseload, assume: Levers, disabled: frozenset[str]) -> np.ndarray:
    """Return a provider's effect on one client, as a multiple of an average one's with few clients.

    It rises with ability and effort (``skill``), and is divided among many: by 1 + caseload / capacity.

    >>> from kit.parameters.sourced import assumptions
    >>> strength(0.0, 100, assumptions(), frozenset()), strength(0.0, 100, assumptions(), frozenset({"congestion"}))
    (0.5, 1.0)
    """
    crowd = 1.0 if "congestion" in disabled else 1 + caseload / assume.provider_capacity
    effect = np.exp(assume.skill_effect * skill) / crowd
    return effect if np.ndim(effect) else float(effect)


def graduates(caseload, effect, assume: Levers) -> np.ndarray:
    """Return the hosts who rise from tail to waist in a month, of those whom a provider incubates."""
    return assume.incubated_share * caseload * -np.expm1(-effect / assume.incubation_months)


def sales_lift(effect: np.ndarray, role: np.ndarray, assume: Levers) -> np.ndarray:
    """Return by how many log points care lifts a client's sales, at rest and to first order.

    Training raises quality, which appeals; an MCN's fans fill the private room; a supply chain's goods match better. A
    belt's lower cost does not move a list price.
    """
    full = np.zeros(len(ROLES))
    full[TRAINING] = assume.appeal_quality * assume.training_quality
    full[MCN] = assume.private_share * assume.fan_concentration * np.log1p(assume.mcn_fans)
    full[SUPPLY] = assume.supply_matches
    return full[role] * effect


def month_of(firms: Firms, caseload, effect, incubated, recruited) -> Month:
    """Add the providers of a role and category up; ``incubated`` and ``recruited`` are by provider."""
    place, many = firms.role * len(CATEGORIES) + firms.category, len(ROLES) * len(CATEGORIES)

    def summed(what: np.ndarray) -> np.ndarray:
        return np.bincount(place, what, minlength=many).reshape(len(ROLES), len(CATEGORIES))

    cared = summed(caseload)
    mean = np.divide(summed(caseload * effect), cared, out=np.zeros_like(cared), where=cared > 0)
    return Month(cared, mean, summed(incubated), float(recruited.sum()))


def care_of(month: Month, of: Clients, market: Market) -> Care:
    """Return what a month's providers do for each merchant: the mean over the real merchants that it stands for."""
    traits, assume = market.traits, market.assume
    k = traits.category.astype(np.intp)
    ready = of.draw / np.maximum(of.spread, 1.0)
    reached = [np.minimum(cared[k] * ready, 1.0) for cared in month.cared]  # by role
    trained = np.expm1(assume.appeal_quality * assume.training_quality * month.strength[TRAINING])
    supplied = np.expm1(assume.supply_matches * month.strength[SUPPLY])
    tail = np.bincount(k, traits.weight * of.tail, minlength=len(CATEGORIES))
    risen = np.expm1(assume.incubation_gain) * np.minimum(month.incubated.sum(axis=0) / np.maximum(tail, 1.0), 1.0)
    more = reached[TRAINING] * trained[k] + reached[SUPPLY] * supplied[k] + risen[k] * of.tail
    return Care(
        appeal=np.log1p(more),
        fan_rate=reached[MCN] * (assume.mcn_fans * month.strength[MCN])[k],
        cost_cut=np.minimum(reached[BELT] * (assume.provider_cost_cut * month.strength[BELT])[k], 0.9),
        entrants=month.recruits / (assume.newcomers_per_day * MONTH),
    )


def duties(firms: Firms, caseload, effect, assume: Levers, disabled: frozenset[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return what each provider's own duties come to in a month: sellers recruited, hosts incubated."""
    recruits = np.where(RECRUITING[firms.role] & ("recruiting" not in disabled), assume.recruits_a_month * effect, 0.0)
    hosts = INCUBATING[firms.role] & ("incubation" not in disabled)
    return recruits, np.where(hosts, graduates(caseload, effect, assume), 0.0)


def _log_odds(share: float) -> float:
    return float(np.log(share / (1 - share)))
