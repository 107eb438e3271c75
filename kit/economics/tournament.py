"""Rank tournaments: effort for a prize that goes to the best results, which are effort plus noise."""

import math

from kit.numerics.special import normal_quantile


def field_effort(prize: float, cost: float, noise: float, winners: float) -> float:
    """Return each one's effort in a large field of which the share ``winners`` gets a prize: W phi(z)/(c s).

    Effort e costs c e^2/2, the result is effort plus normal noise with standard deviation s (Lazear and Rosen 1981).
    z is the standard normal quantile at 1 - ``winners``: in a large field the winning mark does not move. W is the
    prize of one winner; effort is highest where half of the field wins.

    >>> [round(field_effort(1, 1, 0.5, winners), 3) for winners in (0.01, 0.1, 0.5)]
    [0.053, 0.351, 0.798]
    """
    if not (prize >= 0 and cost > 0 and noise > 0 and 0 < winners < 1):
        raise ValueError(
            f"prize {prize} must be 0 or more, cost {cost} and noise {noise} positive, winners {winners} within 0 to 1"
        )
    z = float(normal_quantile(winners))
    return prize * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / (cost * noise)


def paid_effort(prize: float, cost: float, noise: float, winners: float) -> float:
    """Return the effort of a large field, at most as much as the prizes pay for.

    With little noise, ``field_effort`` would cost more than the average win: no symmetric equilibrium in pure
    strategies exists. There contestants use the prizes up: c e^2/2 = winners x W.

    >>> [round(paid_effort(1, 1, noise, winners=0.1), 3) for noise in (1, 0.5, 0.1)]
    [0.175, 0.351, 0.447]
    """
    return min(field_effort(prize, cost, noise, winners), math.sqrt(2 * winners * prize / cost))
