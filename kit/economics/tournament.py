"""Rank tournaments: how hard contestants try for a prize that goes to those who come out best, effort and luck."""

import math


def pair_effort(prize: float, cost: float, noise: float) -> float:
    """Return each one's effort where two compete for one prize: W/(2 sqrt(pi) c s), Lazear and Rosen (1981).

    Effort e costs c e^2/2, the result is effort and normal luck with standard deviation s, the better result wins W.
    The last bit of effort wins W times the density of the difference of two lucks at 0, and that is what it may cost.

    >>> round(pair_effort(prize=1, cost=1, noise=0.5), 4)
    0.5642
    """
    _check(prize, cost, noise, 0.5)
    return prize / (2 * math.sqrt(math.pi) * cost * noise)


def field_effort(prize: float, cost: float, noise: float, winners: float) -> float:
    """Return each one's effort in a large field of which the share ``winners`` gets a prize: W phi(z)/(c s).

    z is the standard normal quantile at 1 - ``winners``: in a large field the mark to beat no longer moves. It depends
    on the prize of one winner alone: the same pool over twice as many winners makes each prize half as large. Most is
    won by effort where half of the field wins.

    >>> [round(field_effort(1, 1, 0.5, winners), 3) for winners in (0.01, 0.1, 0.5)]
    [0.053, 0.351, 0.798]
    """
    from scipy.special import ndtri

    _check(prize, cost, noise, winners)
    z = float(ndtri(winners))
    return prize * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / (cost * noise)


def paid_effort(prize: float, cost: float, noise: float, winners: float) -> float:
    """Return the effort of a large field, at most as much as the prizes pay for.

    Where luck counts for little, ``field_effort`` would cost more than is won on average; nobody would stay, and no
    equilibrium in which all try equally hard exists. There contestants use the prizes up: c e^2/2 = winners x W.

    >>> [round(paid_effort(1, 1, noise, winners=0.1), 3) for noise in (1, 0.5, 0.1)]
    [0.175, 0.351, 0.447]
    """
    return min(field_effort(prize, cost, noise, winners), math.sqrt(2 * winners * prize / cost))


def _check(prize: float, cost: float, noise: float, winners: float) -> None:
    if not (prize >= 0 and cost > 0 and noise > 0 and 0 < winners < 1):
        raise ValueError(
            f"prize {prize} must be 0 or more, cost {cost} and noise {noise} positive, winners {winners} within 0 to 1"
        )
