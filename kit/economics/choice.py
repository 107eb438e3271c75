"""Choice: what a coupon for everybody is worth under the logit."""

import numpy as np


def lift_of_all(lift: float, inside: float) -> float:
    """Return the relative increase in orders when every inside good gains ``lift`` utils: e^D/(1 - S + S e^D) - 1 (O7).

    ``inside`` is S, the share of shopping occasions that end in an order here: new orders come from outside alone.

    >>> round(lift_of_all(0.1, inside=0.2), 5)
    0.0824
    """
    if not (0 <= inside < 1 and np.isfinite(lift)):
        raise ValueError(f"inside share {inside} must be within 0 to 1, 1 excluded, and lift {lift} a number")
    # Divided through by e^D, so that a large lift does not overflow.
    return float(1 / ((1 - inside) * np.exp(-lift) + inside) - 1)


def infra_marginal_share(lift: float, inside: float) -> float:
    """Return the share of orders under a coupon for everybody that would also come without it.

    (1 - S + S e^D)/e^D = 1/(1 + lift of all). ``lift`` is D, elasticity times depth.

    >>> [round(infra_marginal_share(2.8 * 0.15, inside), 3) for inside in (0.02, 0.1, 0.5)]
    [0.664, 0.691, 0.829]
    """
    return 1 / (1 + lift_of_all(lift, inside))
