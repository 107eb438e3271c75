"""Judging providers, in closed form: effort for a badge, what pay may depend on, and tiers in the long run."""

import math

import numpy as np
import pandas as pd

from kit.analysis.outcome import Outcome, curves, in_unit, outcome
from kit.economics.badges import keep_probability, ladder, tier_shares
from kit.economics.effort import best_bar, critical_bar, is_concave, linear_contract, threshold_effort
from kit.numerics.special import normal_cdf
from kit.outcomes.provider_runs import SALES, ground, plan_of
from kit.parameters.levers import Levers
from kit.parameters.reads import note
from kit.policies.policy import Policy
from kit.policies.programmes.providers import Providers
from kit.simulator.population import shares
from kit.simulator.providers.admission import ROLES, duty_weights, usual_noise
from kit.simulator.providers.review import gain_mark, is_shrunk, keep_mark
from kit.simulator.providers.services import accepted, monthly_sales

CLIENTS = {"few": 1 / 3, "usual": 1.0, "many": 3.0}  # caseloads, as multiples of the usual one
ABILITIES = {"weak": -1.0, "middling": 0.0, "strong": 1.0}  # in standard deviations from the mean
STEP = 0.1  # by how much more the bar is raised, in standard scores


def score_parts(policy: Policy) -> pd.DataFrame:
    """Return what a score is made of: one row is a ``role``, with the share of each duty in its score (0 to 1).

    ``recruiting``, ``incubating``, ``gmv_part``, ``service_part`` add to 1: a role is judged by its own duties alone.
    """
    weights = duty_weights(policy.programme("providers"))
    parts = dict(zip(("recruiting", "incubating", "gmv_part", "service_part"), weights.T, strict=True))
    return pd.DataFrame({"role": list(ROLES), **parts})


def badge_worth(plan: Providers, assume: Levers) -> float:
    """Return what a badge brings a provider until the next review, in yuan, by the merchants who then accept it.

    Of a provider that is not known yet and whose clients sell as the average one does.
    """
    market = ground(assume)
    note(*SALES)
    usual = float(assume.provider_fee * monthly_sales(market) @ shares(assume, "orders"))
    fee = assume.provider_fee if plan.pay == "gmv_share" else 0.0
    lookup = assume.badge_lookup if plan.listing == "listed" else 0.0
    badge = np.array([False, True])
    without, with_it = accepted(assume.provider_trust, badge, False, lookup, assume.fake_plaques, fee, assume)
    client = max(usual - assume.client_cost, 0.0) * (1 / assume.client_loss)
    return float(assume.provider_calls * (with_it - without) * client * plan.review_months)


def lost_at_one_mark(policy: Policy, assume: Levers) -> float:
    """Return the share of new badges lost by chance at the next review, if keeping has the mark of gaining (O22).

    >>> import kit
    >>> round(lost_at_one_mark(kit.policy("providers"), kit.assumptions()), 2)
    0.5
    """
    return 1 - keep_probability(assume.score_reliability, policy.programme("providers").gain_bar)


@outcome
def effort_by_bar(policy: Policy, assume: Levers) -> Outcome:
    """Return the effort that a badge calls forth, by how far its bar lies above one's own ability (O19).

    One row is (bar, clients): ``above`` and ``effort`` in standard scores; ``clients`` few, usual or many: the more,
    the less chance is in the score. Pay that follows sales or the score is left out. ``edge`` in the finding: with many
    clients, the bar past which effort jumps down, or, where it never does, the bar that draws the most.
    """
    plan = plan_of(policy)
    worth, cost = badge_worth(plan, assume), assume.effort_cost * plan.review_months / 3
    noise = {name: usual_noise(assume) / math.sqrt(times) for name, times in CLIENTS.items()}
    least = noise["many"]
    # Where effort never jumps, the last bar that draws more of it takes the place of the edge.
    edge = (best_bar if is_concave(worth, cost, least) else critical_bar)(worth, cost, least)
    # Just inside, for at the jump itself both hills are as high.
    before, after = (float(threshold_effort(at, worth, cost, least)) for at in (edge - 1e-6, edge + STEP))
    above = np.linspace(-1, max(3.0, 2 * edge + 1.2), 121)  # the words at the edge stand right of it
    at_mark = gain_mark(plan, assume, frozenset())
    finding = in_unit("standard scores", edge=edge, before=before, step=STEP, after=after, mark=at_mark)
    finding |= in_unit("standard scores", at_mark=threshold_effort(at_mark, worth, cost, noise["usual"]))
    finding |= in_unit("yuan", worth=worth) | in_unit("share", left=after / before if before else 0.0)
    effort = {clients: threshold_effort(above, worth, cost, sd) for clients, sd in noise.items()}
    return curves("above", above, "clients", "effort", effort), finding


@outcome
def pay_on_results(policy: Policy, assume: Levers) -> Outcome:
    """Return the best share of pay on results (O20), ``followed`` 0 to 1: one row is (caseload, judged).

    ``caseload`` in merchants, ``judged`` by all of its duties or by one. The provider is a training provider whose
    dislike of risk is relative to its cash.
    """
    own, shipped = (float((duty_weights(plan)[0] ** 2).sum()) for plan in (plan_of(policy), Providers()))
    scale = {"all_duties": math.sqrt(own / shipped), "one_duty": math.sqrt(1 / shipped)}
    risk = assume.provider_risk / assume.provider_cash

    def part(judged: str, caseload: float) -> float:
        noise = scale[judged] * usual_noise(assume) * math.sqrt(assume.provider_capacity / caseload)
        return linear_contract(risk, assume.effort_cost, noise)

    caseload = np.linspace(10, 400, 79)
    usual, start = assume.provider_capacity, assume.provider_clients
    finding = in_unit("merchants", usual=usual, start=start) | in_unit("share", one_duty=part("one_duty", usual))
    finding |= in_unit("share", at_usual=part("all_duties", usual), at_start=part("all_duties", max(start, 1.0)))
    followed = {judged: [part(judged, many) for many in caseload] for judged in scale}
    return curves("caseload", caseload, "judged", "followed", followed), finding


def moves(ability: float, plan: Providers, assume: Levers) -> tuple[float, float]:
    """Return how likely a provider of the usual caseload is moved up and down a tier at a review, without effort.

    >>> from kit.parameters.sourced import assumptions
    >>> [round(chance, 3) for chance in moves(0.0, Providers(), assumptions())]
    [0.092, 0.351]
    """
    marks, noise = [mark(plan, assume, frozenset()) for mark in (gain_mark, keep_mark)], usual_noise(assume)
    read = assume.score_reliability if is_shrunk(plan, frozenset()) else 1.0
    # Where the mark for keeping lies above that for gaining, who falls between them is moved both ways: not at all.
    up, not_down = (float(normal_cdf((ability - mark / read) / noise)) for mark in (max(marks), min(marks)))
    return up, 1 - not_down


@outcome
def tiers_in_the_end(policy: Policy, assume: Levers) -> Outcome:
    """Return where providers of three abilities stand after many reviews (O23), without effort.

    One row is (rung, able): ``rung`` t1 (the lowest) to t5, ``able`` in ABILITIES, ``share`` of its reviews after which
    it stands there.
    """
    plan = plan_of(policy)
    tiers = round(plan.tiers)
    chances = {name: moves(sd * assume.provider_ability_sd, plan, assume) for name, sd in ABILITIES.items()}
    stand = {name: tier_shares(ladder(up, down, tiers)).tolist() for name, (up, down) in chances.items()}
    strong, middling, (up, down) = stand["strong"], stand["middling"], chances["strong"]
    finding = in_unit("share", strong_below=1 - strong[-1], strong_up=up, strong_down=down, weak_top=stand["weak"][-1])
    finding |= in_unit("share", middling_top=middling[-1], middling_lowest=middling[0])
    rounded = {able: np.round(share, 4) for able, share in stand.items()}
    return curves("rung", [f"t{n + 1}" for n in range(tiers)], "able", "share", rounded), finding
