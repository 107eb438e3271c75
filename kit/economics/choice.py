"""Choice: the logit's substitution, what a lift of all is worth, and its inversion for what is not seen."""

import numpy as np


def elasticities(strengths, shares) -> np.ndarray:
    """Return the logit's price elasticities: row j, column k is d ln q_j / d ln p_k (O1).

    ``strengths`` are alpha p, what each good's price takes from its utility (the elasticity of a good without
    market share); ``shares`` are of all choices, the outside one included. Own -alpha p (1 - s), cross alpha p_k s_k
    (McFadden 1974; Train 2009, chapter 3). No unit.

    >>> elasticities([2.8, 2.8], [0.1, 0.2]).round(2).tolist()
    [[-2.52, 0.56], [0.28, -2.24]]
    """
    strengths, shares = np.asarray(strengths, dtype=float), np.asarray(shares, dtype=float)
    if not ((shares >= 0).all() and shares.sum() <= 1 and (strengths >= 0).all()) or strengths.shape != shares.shape:
        raise ValueError(f"shares {shares} must add up to at most 1, strengths {strengths} not be negative, one each")
    return strengths * (shares - np.eye(shares.size))


def diversion(leaving: float, to: float) -> float:
    """Return which part of the buyers who leave a good go to another: s_k/(1 - s_j), by their shares (O1).

    In proportion to shares, whatever the goods are: the logit's independence of irrelevant alternatives.

    >>> diversion(leaving=0.2, to=0.4)
    0.5
    """
    if not (0 <= leaving < 1 and 0 <= to <= 1 - leaving):
        raise ValueError(f"shares {leaving} and {to} are not negative and add up to at most 1")
    return to / (1 - leaving)


def lift_of_all(lift: float, inside: float) -> float:
    """Return by which share orders rise if everything inside gains ``lift`` utils: e^D/(1 - S + S e^D) - 1 (O7).

    ``inside`` is S, the share of shopping occasions that end in an order here: what is gained comes from outside alone.

    >>> round(lift_of_all(0.1, inside=0.2), 5)
    0.0824
    """
    _check_inside(lift, inside)
    # Divided through by e^D: a large lift then takes everything instead of overflowing.
    return float(1 / ((1 - inside) * np.exp(-lift) + inside) - 1)


def infra_marginal_share(lift: float, inside: float) -> float:
    """Return which part of the orders under a coupon for everybody would have come without it.

    (1 - S + S e^D)/e^D: one over one plus the lift of all. ``lift`` is D, elasticity times depth.

    >>> [round(infra_marginal_share(2.8 * 0.15, inside), 3) for inside in (0.02, 0.1, 0.5)]
    [0.664, 0.691, 0.829]
    """
    return 1 / (1 + lift_of_all(lift, inside))


def outside_weight(weight: float, inside: float) -> float:
    """Return what not buying here must weigh so that the share ``inside`` of choices falls on ``weight`` (O32).

    The logit turned round: N0 = W (1 - S)/S (Berry 1994).

    >>> outside_weight(10, inside=0.2)
    40.0
    """
    _check_inside(0.0, inside)
    if inside == 0 or not weight > 0:
        raise ValueError(f"share {inside} and weight {weight} must be positive")
    return weight * (1 - inside) / inside


def appeals(orders, attention, occasions: float, outside: float, weights=None) -> np.ndarray:
    """Return the appeals at which a logit of size ``attention`` meets ``orders`` exactly, one by one (O32).

    e^base_i = x_i N0 / (A_i (O - X)): ``occasions`` to shop are O, X all orders and ``outside`` what not buying here
    weighs, N0. ``weights`` say how many each element stands for. Berry's (1994) inversion with a size variable.

    >>> appeals([10, 30], [1, 1], occasions=100, outside=6).tolist()
    [1.0, 3.0]
    """
    orders, attention = np.asarray(orders, dtype=float), np.asarray(attention, dtype=float)
    whole = orders.sum() if weights is None else orders @ np.asarray(weights, dtype=float)
    if not (whole < occasions and outside > 0 and (attention > 0).all() and (orders >= 0).all()):
        raise ValueError(f"orders in all {whole} must be below occasions {occasions}; outside {outside} positive")
    return orders * outside / (attention * (occasions - whole))


def _check_inside(lift: float, inside: float) -> None:
    if not (0 <= inside < 1 and np.isfinite(lift)):
        raise ValueError(f"inside share {inside} must be within 0 to 1, 1 excluded, and lift {lift} a number")
