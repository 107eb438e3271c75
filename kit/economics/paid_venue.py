"""The paid venue: free promotion credits compete with advertisers' cash for exposure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PaidVenue:
    """The paid venue on one day: impressions, and the price of a thousand relative to no credits."""

    cash_impressions: float
    credit_impressions: float
    price_ratio: float

    @property
    def crowding_out(self) -> float:
        """Impressions that cash advertisers lose per impression bought with credits (0 to 1)."""
        lost = self.cash_impressions * (self.price_ratio - 1)
        return lost / self.credit_impressions if self.credit_impressions else 0.0


def paid_venue(cash: float, credit: float, views_per_yuan: float, fixity: float) -> PaidVenue:
    """Return what cash budgets and credits buy when they compete for exposure (O17).

    ``cash`` and ``credit`` are yuan a day, ``views_per_yuan`` the impressions per yuan without credits. The price of
    exposure rises as ((B + C)/B)^fixity: 0 is an idle venue (supply follows the money), 1 a full one, where cash
    advertisers fall to B/(B + C) of their impressions at the same cost: other merchants pay for the credits.

    >>> [round(paid_venue(600, 200, 50, fixity).crowding_out, 9) for fixity in (0, 1)]
    [0.0, 1.0]
    """
    if cash <= 0 or credit < 0 or not 0 <= fixity <= 1:
        raise ValueError(f"cash {cash} must be positive, credit {credit} not negative, fixity {fixity} within 0 to 1")
    ratio = ((cash + credit) / cash) ** fixity
    return PaidVenue(cash * views_per_yuan / ratio, credit * views_per_yuan / ratio, ratio)
