"""The provider partner programme (服务商合伙人计划): admission, score, badge, tiers and a review every quarter."""

import datetime
from typing import ClassVar, Literal

import numpy as np

from kit.parameters.calendar import FIRST, LAST, first_day
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed, value
from kit.policies.effects import Effects, Merchants
from kit.policies.programme import Programme


class Providers(Programme):
    """The levers of the provider programme; at their defaults it is as announced (A15, A18 to A28).

    The review every three months (A26) and the badge listed on the official site (A24) are the article's. It names
    admission and exit (A22), a score (A23), promotion and demotion (A25) and the loss of the badge (A27), but no
    threshold, formula or number of tiers.

    ``admission_bar``: share of applicants turned away; its quantile is also the mark below which a provider fails.
    ``gain_bar``: share of providers that reach the mark for winning a badge, without effort; ``keep_bar``: share of new
    badges that fall below the mark for keeping them at the next review by chance (O22); ``marks``: whether keeping a
    badge has that mark or the same as winning it. ``caseload_floor``: clients below which a provider is not judged.
    ``shrinkage``: whether scores are raw or shrunk to the mean by their reliability. The four weights count
    proportionally, among each role's duties. ``pay``: the pay regime.
    """

    group: ClassVar[str] = "providers"

    start: datetime.date = lever(FIRST, LAST, "date", default=lambda: first_day("open_day"), step=1)
    count: float = assumed("providers.count")
    admission_bar: float = assumed("providers.admission_bar")
    review_months: float = lever(1.0, 12.0, "months", default=lambda: value("providers.review_months"), step=1)
    keep_bar: float = assumed("providers.keep_bar")
    gain_bar: float = assumed("providers.gain_bar")
    marks: Literal["apart", "equal"] = "apart"
    caseload_floor: float = assumed("providers.caseload_floor")
    shrinkage: Literal["raw", "shrunk"] = "raw"
    tiers: float = assumed("providers.tiers")
    weight_recruit: float = assumed("providers.weight_recruit")
    weight_incubate: float = assumed("providers.weight_incubate")
    weight_gmv: float = assumed("providers.weight_gmv")
    weight_service: float = assumed("providers.weight_service")
    listing: Literal["listed", "unlisted"] = "listed"
    pay: Literal["per_head", "gmv_share", "on_score"] = "gmv_share"


LEVERS = Providers


def schedule(plan: Providers, days: np.ndarray, merchants: Merchants, assume: Levers) -> Effects:
    """Return the providers' services to merchants, as their months, which are simulated beforehand, give them.

    >>> from kit.parameters.sourced import assumptions
    >>> known = Merchants(np.zeros(2, "datetime64[D]"), np.ones(2, bool), services=lambda plan: Effects(entrants=0.03))
    >>> schedule(Providers(), np.array([Providers().start]), known, assumptions()).entrants
    0.03
    """
    return merchants.services(plan)
