"""Coaching: hours of advice with diminishing returns."""

import math


def coached_lift(hours, most: float, half: float):
    """Return the relative increase in a shop's sales from coaching: most (1 - 2^(-hours/half)).

    ``most`` is the limit of the lift, ``half`` the hours that reach half of it. Form and size are assumed: the
    article grants a contact and does not state its effect.

    >>> coached_lift(2, most=0.15, half=2), coached_lift(0, most=0.15, half=2)
    (0.075, 0.0)
    """
    return most * (1 - 2 ** (-hours / half))


def hours_for(lift: float, most: float, half: float) -> float:
    """Return the hours at which coaching lifts sales by ``lift``, the inverse of coached_lift; inf if out of reach.

    >>> hours_for(0.075, most=0.15, half=2), hours_for(0.2, most=0.15, half=2)
    (2.0, inf)
    """
    return -half * math.log2(1 - lift / most) if lift < most else math.inf


def best_hours(most: float, half: float, wage: float) -> float:
    """Return the hours at which marginal gain equals marginal cost: d/dh most (1 - 2^(-h/half)) = wage.

    ``most`` is the limit of the gain in yuan; 0 where even the first hour costs more than it gains.

    >>> round(best_hours(most=4_000, half=2, wage=100), 2), best_hours(most=100, half=2, wage=100)
    (7.59, 0.0)
    """
    first = most * math.log(2) / half
    return half * math.log2(first / wage) if first > wage else 0.0
