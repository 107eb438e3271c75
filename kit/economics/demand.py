"""Demand and price: the logit seller, its best price, and who keeps a cut in its costs."""

import numpy as np


def monopoly_price(appeal: float, response: float, cost: float, fee: float = 0.0) -> tuple[float, float]:
    """Return the profit-maximising price in yuan and the share of buyers of a logit seller (O2).

    Utility is ``appeal - response * price`` against 0 for not buying; ``response`` is per yuan,
    ``cost`` in yuan a piece. A fee on sales makes the cost c/(1 - f). Closed form by Lambert's W.

    >>> price, share = monopoly_price(appeal=1, response=0.05, cost=40)
    >>> round(price, 7), round(share, 4)
    (62.4005648, 0.1072)
    """
    from scipy.special import lambertw

    if response <= 0 or not 0 <= fee < 1:
        raise ValueError(f"response {response} must be positive and fee {fee} a share below 1")
    cost = cost / (1 - fee)
    w = float(lambertw(np.exp(appeal - response * cost - 1)).real)
    return cost + (1 + w) / response, w / (1 + w)


def shared_appeal(share: float, response: float, cost: float) -> float:
    """Return the appeal at which a seller of unit cost ``cost`` ends with ``share`` of the buyers at its best price.

    The inverse of monopoly_price: W = share/(1 - share), appeal = ln W + W + 1 + response * cost.

    >>> round(shared_appeal(0.1071654, response=0.05, cost=40), 4)
    1.0
    """
    if not 0 < share < 1:
        raise ValueError(f"share {share} must lie between 0 and 1")
    w = share / (1 - share)
    return float(np.log(w) + w + 1 + response * cost)


def logit_pass_through(share: float) -> float:
    """Return which part of a unit subsidy a logit seller hands on to buyers: 1 - share (O3).

    The larger the seller in its own market, the more it keeps.

    >>> logit_pass_through(0.02), logit_pass_through(0.4)
    (0.98, 0.6)
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share {share} is outside 0 to 1")
    return 1 - share


def lerner_margin(elasticity: float) -> float:
    """Return the mark-up (p - c)/p of a monopolist who faces a demand elasticity of size ``elasticity``: 1/|e| (O5).

    >>> lerner_margin(2.8), lerner_margin(-4)
    (0.35714285714285715, 0.25)
    """
    if abs(elasticity) <= 1:
        raise ValueError(f"elasticity {elasticity}: a monopolist sells where it is above 1 in size")
    return 1 / abs(elasticity)


def cost_pass_through(demand: str, sellers: int = 1, elasticity: float = 2.0) -> float:
    """Return by how much prices rise for a unit of cost (O5).

    ``demand`` is linear (n sellers in Cournot's way: n/(n+1); a monopoly 1/2) or constant elasticity (a monopoly:
    e/(e - 1), more than one).

    >>> cost_pass_through("linear"), cost_pass_through("linear", sellers=4), cost_pass_through("constant")
    (0.5, 0.8, 2.0)
    """
    if demand == "linear":
        return sellers / (sellers + 1)
    if demand == "constant":
        return 1 / (1 - lerner_margin(elasticity))
    raise ValueError(f"no demand {demand!r}; there are: linear, constant")


def incidence(pass_through: float, quantity: float, conduct: float = 1.0) -> tuple[float, float]:
    """Return what buyers and sellers gain per yuan of unit tax, in yuan: -rho Q and -(1 - (1 - theta) rho) Q (O4).

    Weyl and Fabinger (2013). ``pass_through`` is rho, yuan of price per yuan of tax, ``quantity`` Q in pieces.
    ``conduct`` is theta: 1 for a monopoly (sellers lose Q whatever buyers bear), 0 for price-takers (the loss is
    shared). Of a subsidy the signs are reversed.

    >>> incidence(pass_through=0.5, quantity=10), incidence(0.5, 10, conduct=0)
    ((-5.0, -10.0), (-5.0, -5.0))
    """
    if not (pass_through >= 0 and quantity >= 0 and 0 <= conduct <= 1):
        raise ValueError(f"pass-through {pass_through} and quantity {quantity} not negative, conduct {conduct} 0 to 1")
    return -pass_through * quantity, -(1 - (1 - conduct) * pass_through) * quantity


def buyer_pays(appeal: float, response: float, cost: float, fee: float, on: str, prices: str = "best") -> float:
    """Return what a buyer pays in all, in yuan, if a fee of ``fee`` yuan a piece lies ``on`` sellers or buyers (O6).

    Demand and seller are those of monopoly_price. Where sellers set their ``prices`` anew ("best") the side does
    not matter (neutrality: Jenkin 1871; Weyl and Fabinger 2013); where they keep them ("list") buyers bear what is
    laid on them and nothing else. A negative fee is a subsidy: a coupon to buyers, a cut of sellers' fees.

    >>> [round(buyer_pays(1, 0.05, 40, 5, on), 4) for on in ("sellers", "buyers")]
    [66.9155, 66.9155]
    >>> [round(buyer_pays(1, 0.05, 40, -5, on, "list"), 4) for on in ("sellers", "buyers")]
    [62.4006, 57.4006]
    """
    if on not in ("sellers", "buyers") or prices not in ("best", "list") or not np.isfinite(fee):
        raise ValueError(f"fee {fee} on {on!r} at {prices!r} prices; there are: sellers, buyers; best, list")
    added = fee if on == "buyers" else 0.0
    if prices == "list":
        return monopoly_price(appeal, response, cost)[0] + added
    return monopoly_price(appeal - response * added, response, cost + fee - added)[0] + added
