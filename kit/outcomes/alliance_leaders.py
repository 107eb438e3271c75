"""Promoters and supply chains: matches with and without a recruiting leader, its rights, and what labels are worth."""

from typing import ClassVar, Literal

from kit.analysis.outcome import Outcome, in_unit, outcome
from kit.economics.matching import brokered, labelled, urn_ball, worthwhile
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import value

RIGHTS = ("settlement", "data", "recommendation", "zero_fee", "cover", "marketing")
OnOff = Literal["on", "off"]


class Match(Levers):
    """The two sides of the alliance, the leader's fee, and the leader's six rights (A49 to A54), each on or off."""

    group: ClassVar[str] = "match"

    promoters: float = lever(100.0, 2e4, "promoters", default=lambda: value("match.promoters"), step=1, scale="log")
    chains: float = lever(100.0, 2e4, "chains", default=lambda: value("match.chains"), step=1, scale="log")
    leader_fee: float = lever(0.0, 0.1, "share", default=lambda: value("alliance.leader_fee"), step=0.001)
    settlement: OnOff = "on"
    data: OnOff = "on"
    recommendation: OnOff = "on"
    zero_fee: OnOff = "on"
    cover: OnOff = "on"
    marketing: OnOff = "on"

    def has(self, right: str) -> bool:
        return getattr(self, right) == "on"


def led(match: Match, assume: Levers) -> tuple[float, float, float]:
    """Return what a leader's pair earns it (yuan), the pairs it makes that suit, and all matches.

    Settlement on the platform collects the whole fee; no platform fee leaves it whole; cover pays a part of it where
    the promoter does not come; marketing lifts its sales. The more it earns, the more pairs it makes; recommendations
    make them cheaper, and data finds better ones.
    """
    fee = match.leader_fee * assume.session_sales * (1 + assume.marketing_lift * match.has("marketing"))
    collected, cut, cover = assume.fee_collected, assume.leader_fee_cut, value("alliance.no_show_cover")
    fee *= 1.0 if match.has("settlement") else collected
    fee *= 1.0 if match.has("zero_fee") else 1 - cut
    covered = cover * match.has("cover")
    income = fee * (1 - assume.no_show_rate * (1 - covered))
    cost = assume.leader_cost * (1 - assume.recommended_saving * match.has("recommendation"))
    missed = (1 - assume.leader_accuracy) * (1 - assume.data_gain * match.has("data"))
    return income, *brokered(match.promoters, match.chains, worthwhile(income, cost), 1 - missed)


@outcome
def matches(match: Match, assume: Levers) -> Outcome:
    """Return the matches of promoters and supply chains: one row is ``how`` they meet, ``matches`` their number.

    ``how`` is random (each promoter tries one supply chain), led (a leader pairs some) or perfect (none of the
    shorter side is left).
    """
    income, paired, all_led = led(match, assume)
    alone, perfect = urn_ball(match.promoters, match.chains), min(match.promoters, match.chains)
    met = {"random": alone, "led": all_led, "perfect": perfect}
    finding = in_unit("promoters", promoters=match.promoters) | in_unit("chains", chains=match.chains)
    finding |= in_unit("matches", **met, worth=perfect - alone, added=all_led - alone, paired=paired)
    finding |= in_unit("yuan", sales=(all_led - alone) * assume.session_sales, earned=paired * income)
    return {"how": list(met), "matches": list(met.values())}, finding


@outcome
def leader_rights(match: Match, assume: Levers) -> Outcome:
    """Return the matches ``added`` by each of a leader's six rights, the others as set: one row is a ``right``."""

    def made(choice: str, *rights: str) -> float:
        return led(match.but({f"match.{right}": choice for right in rights}), assume)[2]

    added = {right: made("on", right) - made("off", right) for right in RIGHTS}
    bare, full = made("off", *RIGHTS), made("on", *RIGHTS)
    finding = added | {"none": bare, "all": full, "together": full - bare, "now": led(match, assume)[2]}
    return {"right": list(added), "added": list(added.values())}, in_unit("matches", **finding)


@outcome
def endorsement(match: Match, assume: Levers) -> Outcome:
    """Return how far promoters trust supply chains of each label: one row is a ``label``, ``accepting`` = P(good).

    A promoter accepts if P(good) passes its own bar; bars are even between 0 and 1. Labels are gold, then silver among
    the others (as many as A55 and A56 announce and as pass), none, and before (none labelled).
    """
    prior, hit = assume.good_supply, assume.audit_hit
    falsely = {"alliance.gold_chains": assume.gold_false_pass, "alliance.silver_chains": assume.silver_false_pass}
    audits = [(value(chains), hit, passes) for chains, passes in falsely.items()]
    ((_, gold), (_, silver)), rest = labelled(prior, match.chains, audits)
    trust = {"gold": gold, "silver": silver, "none": rest, "before": prior}
    finding = in_unit("share", **trust) | in_unit("chains", chains=match.chains)
    finding |= in_unit("percentage points", lost=100 * (prior - rest))
    return {"label": list(trust), "accepting": list(trust.values())}, finding
