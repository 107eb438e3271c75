"""Reference closed forms of choice, experiments, demand and festivals: the simulator and the kit are tested on them."""

import math

import numpy as np

from kit.economics.choice import lift_of_all
from kit.economics.demand import monopoly_price


def elasticities(strengths, shares) -> np.ndarray:
    """Return the logit's price elasticities: row j, column k is d ln q_j / d ln p_k (O1).

    ``strengths`` are alpha p, the elasticity of a good without market share; ``shares`` are of all choices, the
    outside option included. Own -alpha p (1 - s), cross alpha p_k s_k (McFadden 1974; Train 2009, chapter 3). No unit.

    >>> elasticities([2.8, 2.8], [0.1, 0.2]).round(2).tolist()
    [[-2.52, 0.56], [0.28, -2.24]]
    """
    strengths, shares = np.asarray(strengths, dtype=float), np.asarray(shares, dtype=float)
    if not ((shares >= 0).all() and shares.sum() <= 1 and (strengths >= 0).all()) or strengths.shape != shares.shape:
        raise ValueError(f"shares {shares} must add up to at most 1, strengths {strengths} not be negative, one each")
    return strengths * (shares - np.eye(shares.size))


def diversion(leaving: float, to: float) -> float:
    """Return the diversion ratio s_k/(1 - s_j): the part of the buyers who leave good j that goes to good k (O1).

    In proportion to shares, whatever the goods are: the logit's independence of irrelevant alternatives.

    >>> diversion(leaving=0.2, to=0.4)
    0.5
    """
    if not (0 <= leaving < 1 and 0 <= to <= 1 - leaving):
        raise ValueError(f"shares {leaving} and {to} are not negative and add up to at most 1")
    return to / (1 - leaving)


def outside_weight(weight: float, inside: float) -> float:
    """Return the weight N0 of the outside option at which ``weight`` inside gets the share ``inside`` (O32).

    The logit inverted: N0 = W (1 - S)/S (Berry 1994).

    >>> outside_weight(10, inside=0.2)
    40.0
    """
    if not (0 < inside < 1 and weight > 0):
        raise ValueError(f"share {inside} (below 1) and weight {weight} must be positive")
    return weight * (1 - inside) / inside


def appeals(orders, attention, occasions: float, outside: float, weights=None) -> np.ndarray:
    """Return the appeals at which a logit of size ``attention`` gives each seller exactly its ``orders`` (O32).

    e^base_i = x_i N0 / (A_i (O - X)): O is ``occasions`` to shop, X all orders and N0 ``outside``, the weight of the
    outside option. ``weights``: how many sellers an element stands for. Berry's (1994) inversion with a size variable.

    >>> appeals([10, 30], [1, 1], occasions=100, outside=6).tolist()
    [1.0, 3.0]
    """
    orders, attention = np.asarray(orders, dtype=float), np.asarray(attention, dtype=float)
    whole = orders.sum() if weights is None else orders @ np.asarray(weights, dtype=float)
    if not (whole < occasions and outside > 0 and (attention > 0).all() and (orders >= 0).all()):
        raise ValueError(f"orders in all {whole} must be below occasions {occasions}; outside {outside} positive")
    return orders * outside / (attention * (occasions - whole))


def naive_lift(lift: float) -> float:
    """Return the lift that a trial shows, treated against untreated sellers: e^D - 1 (O7).

    ``lift`` is D, in utils. Both groups face the same buyers, so that orders which the treated take from the
    untreated count twice (Blake and Coey 2014). It does not depend on the share of treated sellers.

    >>> round(naive_lift(0.1), 5)
    0.10517
    """
    if not math.isfinite(lift):
        raise ValueError(f"lift {lift} must be a number")
    return math.expm1(lift)


def bias_share(lift: float, inside: float) -> float:
    """Return the part of a trial's lift that disappears at full roll-out: 1 - true lift / naive lift (O7).

    It equals the inside share once everybody is treated, S e^D/(1 - S + S e^D). ``inside`` is S before.

    >>> round(bias_share(0.1, inside=0.2), 4)
    0.2165
    """
    # From the share after the roll-out: the ratio of lifts is 0/0 without a lift.
    return inside * (1 + lift_of_all(lift, inside))


def trial_effects(lift: float, inside: float, treated: float) -> tuple[float, float]:
    """Return the relative change of treated and of untreated sellers' orders against a world without the trial.

    ``treated`` is the treated sellers' share of sales inside. The second number is what the trial takes from
    the others: 0 if nobody is treated, and never positive for a positive ``lift``.

    >>> [round(effect, 4) for effect in trial_effects(0.1, inside=0.2, treated=0.5)]
    [0.0937, -0.0104]
    """
    if not 0 <= treated <= 1:
        raise ValueError(f"treated share {treated} is outside 0 to 1")
    lift_of_all(lift, inside)  # raises for an impossible lift or share
    grown = 1 + inside * treated * math.expm1(lift)
    return math.exp(lift) / grown - 1, 1 / grown - 1


def lerner_margin(elasticity: float) -> float:
    """Return the Lerner index (p - c)/p of a monopolist who faces a demand elasticity of size ``elasticity`` (O5).

    >>> lerner_margin(2.8), lerner_margin(-4)
    (0.35714285714285715, 0.25)
    """
    if abs(elasticity) <= 1:
        raise ValueError(f"elasticity {elasticity}: a monopolist sells where it is above 1 in size")
    return 1 / abs(elasticity)


def cost_pass_through(demand: str, sellers: int = 1, elasticity: float = 2.0) -> float:
    """Return the cost pass-through: the rise of the price per unit of cost (O5).

    ``demand`` is linear (Cournot with n sellers: n/(n+1); a monopoly 1/2) or constant elasticity (a monopoly:
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
    shared). For a subsidy the signs are reversed.

    >>> incidence(pass_through=0.5, quantity=10), incidence(0.5, 10, conduct=0)
    ((-5.0, -10.0), (-5.0, -5.0))
    """
    if not (pass_through >= 0 and quantity >= 0 and 0 <= conduct <= 1):
        raise ValueError(f"pass-through {pass_through} and quantity {quantity} not negative, conduct {conduct} 0 to 1")
    return -pass_through * quantity, -(1 - (1 - conduct) * pass_through) * quantity


def buyer_pays(appeal: float, response: float, cost: float, fee: float, on: str, prices: str = "best") -> float:
    """Return what a buyer pays in all, in yuan, if a fee of ``fee`` yuan a piece falls ``on`` sellers or buyers (O6).

    Demand and seller are those of monopoly_price. Where sellers choose their ``prices`` again ("best") the side does
    not matter (neutrality: Jenkin 1871; Weyl and Fabinger 2013); where they keep them ("list") buyers bear their own
    fee and nothing else. A negative fee is a subsidy: a coupon to buyers, a cut of sellers' fees.

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


def net_of_losses(hazard: float, lifted: float, days: int, lapse: float) -> float:
    """Return a festival's net in the limit as the losses avoided, d sum(X0 - X)/(h X0): a check of pull_forward (O9).

    >>> round(net_of_losses(0.05, 0.12, days=13, lapse=0.01), 3)
    2.208
    """
    if not (hazard > 0 and lifted > 0 and lapse >= 0 and days >= 0):
        raise ValueError(f"hazards {hazard} and {lifted} must be positive, lapse {lapse} and days {days} not negative")
    missing, total = 0.0, 0.0
    for _ in range(days):
        total += missing
        missing += (lifted - hazard) - (lifted + lapse) * missing
    return lapse * (total + missing / (hazard + lapse)) / hazard
