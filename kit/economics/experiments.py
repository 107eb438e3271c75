"""Experiments: what a trial at some sellers shows, and what all of them would gain."""

import math

from kit.economics.choice import lift_of_all


def naive_lift(lift: float) -> float:
    """Return what a trial shows, treated against untreated sellers: e^D - 1 (O7).

    ``lift`` is D, in utils. Both groups face the same buyers, so whatever the treated take from the untreated
    counts twice (Blake and Coey 2014). It does not depend on how many are treated.

    >>> round(naive_lift(0.1), 5)
    0.10517
    """
    if not math.isfinite(lift):
        raise ValueError(f"lift {lift} must be a number")
    return math.expm1(lift)


def bias_share(lift: float, inside: float) -> float:
    """Return which part of a trial's lift disappears at full roll-out: 1 - true lift / naive lift (O7).

    It equals the inside share once everybody is treated, S e^D/(1 - S + S e^D). ``inside`` is S before.

    >>> round(bias_share(0.1, inside=0.2), 4)
    0.2165
    """
    # From the share after the roll-out rather than the ratio of lifts, which is 0/0 without a lift.
    return inside * (1 + lift_of_all(lift, inside))


def trial_effects(lift: float, inside: float, treated: float) -> tuple[float, float]:
    """Return by which share treated and untreated sellers' orders move against a world without the trial.

    ``treated`` is the treated sellers' share of sales inside. The second number is what the trial takes from
    the others: 0 if nobody is treated, and never positive for a positive ``lift``.

    >>> [round(effect, 4) for effect in trial_effects(0.1, inside=0.2, treated=0.5)]
    [0.0937, -0.0104]
    """
    if not 0 <= treated <= 1:
        raise ValueError(f"treated share {treated} is outside 0 to 1")
    lift_of_all(lift, inside)  # refuses what cannot be
    grown = 1 + inside * treated * math.expm1(lift)
    return math.exp(lift) / grown - 1, 1 / grown - 1
