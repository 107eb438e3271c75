"""Pay of providers: per head, by a share of sales, or on the score."""

from typing import NamedTuple

import numpy as np

from kit.parameters.levers import Levers
from kit.policies.programmes.providers import Providers
from kit.simulator.providers.admission import Firms


class Pay(NamedTuple):
    """A pay regime. An average provider with constant caseload and clients earns the same under each.

    ``sales``: provider's share of an average client's sales in yuan a month, by category, and ``usual``, its mean;
    ``stay``: months that a client stays; ``slope``: clients whose pay equals that of one standard score; ``fee``: paid
    by merchants, as a share of their sales (the platform pays for heads and scores).
    """

    regime: str
    sales: np.ndarray
    usual: float
    stay: float
    slope: float
    fee: float

    @staticmethod
    def of(plan: Providers, monthly_sales: np.ndarray, shares: np.ndarray, assume: Levers) -> "Pay":
        """Return the regime that a plan sets, given an average client's monthly sales by category."""
        sales = assume.provider_fee * monthly_sales
        fee = assume.provider_fee if plan.pay == "gmv_share" else 0.0
        usual = float(sales @ shares)
        return Pay(plan.pay, sales, usual, 1 / assume.client_loss, assume.score_pay * assume.provider_capacity, fee)

    def a_month(self, firms: Firms, caseload, heads, lift, score) -> np.ndarray:
        """Return each provider's pay for a month; ``heads``: joined or recruited; ``lift``: clients' log growth."""
        match self.regime:
            case "per_head":
                return self.usual * self.stay * heads
            case "on_score":
                return self.usual * np.maximum(caseload + self.slope * score, 0.0)
        return self.sales[firms.category] * caseload * np.exp(lift)

    def client(self, firms: Firms, client_cost: float) -> np.ndarray:
        """Return the value of one more client over the time that it stays, in yuan, at least 0."""
        paid = self.sales[firms.category] if self.regime == "gmv_share" else self.usual
        return np.maximum(paid - client_cost, 0.0) * self.stay

    def a_unit(self, firms: Firms, caseload, lift, skill_effect: float, read) -> np.ndarray:
        """Return the monthly pay for one standard score of effort, apart from the badge."""
        match self.regime:
            case "per_head":
                return np.zeros(firms.id.size)
            case "on_score":
                return self.usual * self.slope * read
        return self.sales[firms.category] * caseload * lift * skill_effect
