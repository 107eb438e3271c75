"""The value of promotion credit to a small merchant."""

from kit.parameters.levers import Levers


def credit_worth(assume: Levers) -> float:
    """Return a newcomer's profit from a yuan of promotion credit, in yuan, at the steady-state price of exposure.

    >>> from kit.parameters.sourced import assumptions
    >>> round(credit_worth(assumptions()), 4)
    0.5145
    """
    orders = assume.views_per_yuan * assume.entry_rate * assume.viewer_conversion
    margin = assume.merchant_margin - assume.standard_fee
    return margin * orders * assume.order_value * (1 - assume.newcomer_return_rate)
