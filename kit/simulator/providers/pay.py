"""What providers are paid for: heads, a share of sales, or the score."""

from typing import NamedTuple

import numpy as np

from kit.parameters.levers import Levers
from kit.policies.programmes.providers import Providers
from kit.simulator.providers.admission import Firms


class Pay(NamedTuple):
    """A way of paying providers.

    ``sales``: yuan a month of the provider's share of a mean client's sales, by category; ``usual``: the mean of it;
    ``stay``: months that a client stays; ``slope``: how many clients a standard score of the score is paid like.
    Under every regime a mean provider whose caseload neither grows nor shrinks, and whose clients do not grow, is paid
    the same. ``fee``: what merchants pay themselves, as a share of their sales; the platform pays for heads and scores.
    """

    regime: str
    sales: np.ndarray
    usual: float
    stay: float
    slope: float
    fee: float

    @staticmethod
    def of(plan: Providers, monthly_sales: np.ndarray, shares: np.ndarray, assume: Levers) -> "Pay":
        """Return the way of paying that a plan sets, where a mean client of a category sells so much a month."""
        sales = assume.provider_fee * monthly_sales
        fee = assume.provider_fee if plan.pay == "gmv_share" else 0.0
        usual = float(sales @ shares)
        return Pay(plan.pay, sales, usual, 1 / assume.client_loss, assume.score_pay * assume.provider_capacity, fee)

    def a_month(self, firms: Firms, caseload, heads, lift, score) -> np.ndarray:
        """Return each provider's pay for a month: ``heads`` joined or were recruited, ``lift`` is clients' growth."""
        match self.regime:
            case "per_head":
                return self.usual * self.stay * heads
            case "on_score":
                return self.usual * np.maximum(caseload + self.slope * score, 0.0)
        return self.sales[firms.category] * caseload * np.exp(lift)

    def client(self, firms: Firms, client_cost: float) -> np.ndarray:
        """Return what one more client is worth to a provider over the time that it stays, in yuan, 0 at least."""
        paid = self.sales[firms.category] if self.regime == "gmv_share" else self.usual
        return np.maximum(paid - client_cost, 0.0) * self.stay

    def a_unit(self, firms: Firms, caseload, lift, skill_effect: float, read) -> np.ndarray:
        """Return what a standard score of effort brings in a month, badge or not."""
        match self.regime:
            case "per_head":
                return np.zeros(firms.id.size)
            case "on_score":
                return self.usual * self.slope * read
        return self.sales[firms.category] * caseload * lift * skill_effect
