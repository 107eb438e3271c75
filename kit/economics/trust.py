"""Trust: Bayesian beliefs of merchants about providers and about the plaques that providers show."""

import numpy as np


def posterior_trust(prior_good, prior_bad, good, bad):
    """Return the mean of the posterior Beta after ``good`` and ``bad`` reports: (a + k)/(a + b + n) (O24).

    ``prior_good`` and ``prior_bad`` (a and b) weigh like so many satisfied and dissatisfied merchants.

    >>> posterior_trust(8, 12, good=8, bad=2)
    0.5333333333333333
    """
    parts = [np.asarray(part, dtype=float) for part in (prior_good, prior_bad, good, bad)]
    if any((part < 0).any() for part in parts) or not (parts[0] + parts[1] > 0).all():
        raise ValueError("counts must not be negative, and the prior must weigh something")
    trust = (parts[0] + parts[2]) / sum(parts)
    return trust if trust.ndim else float(trust)


def genuine_share(fake: float, looked_up: float = 0.0) -> float:
    """Return the share of genuine plaques among those that merchants believe (O24).

    ``fake`` is the share of plaques shown that are fake, ``looked_up`` the share of merchants who look them up on
    the official site: only the others believe a fake.

    >>> round(genuine_share(0.10), 3), round(genuine_share(0.10, looked_up=0.8), 3), genuine_share(0.10, looked_up=1)
    (0.9, 0.978, 1.0)
    """
    if not (0 <= fake <= 1 and 0 <= looked_up <= 1):
        raise ValueError(f"fake {fake} and looked_up {looked_up} must lie within 0 to 1")
    if fake == looked_up == 1:
        raise ValueError("every plaque is fake and found out: none is believed")
    return (1 - fake) / (1 - fake * looked_up)


def good_if_plaque(badged: float, unbadged: float, genuine: float) -> float:
    """Return P(good | plaque believed) (O24): a mix of genuine owners and others.

    ``badged`` and ``unbadged`` are the shares of good ones among those with a badge and those without.

    >>> good_if_plaque(badged=0.6, unbadged=0.1, genuine=0.9)
    0.55
    """
    if not (0 <= badged <= 1 and 0 <= unbadged <= 1 and 0 <= genuine <= 1):
        raise ValueError(f"badged {badged}, unbadged {unbadged}, genuine {genuine} must lie within 0 to 1")
    return genuine * badged + (1 - genuine) * unbadged
