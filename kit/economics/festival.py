"""Festivals: buying now what would have been bought later, from a pool of needs."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Harvest:
    """What a festival brings, in days of ordinary orders: more orders while it lasts, and what is left of them."""

    gross: float
    net: float

    @property
    def kept(self) -> float:
        """The part of the gross that is no loan from later days."""
        return self.net / self.gross if self.gross else 0.0


def pull_forward(hazard: float, lifted: float, days: int, lapse: float = 0.0, until: float = math.inf) -> Harvest:
    """Return what raising the hazard of buying to ``lifted`` for ``days`` days brings (O9).

    Needs X' = X + a - h X - d X: each day the share ``hazard`` of open needs is bought here and the share
    ``lapse`` lost, and as many arrive as keep the pool at rest. ``until`` is the day, from the festival's first, on
    which the net is taken. The needs that the festival has used up are missing afterwards: the net is
    (X0 - X_T) + d sum(X0 - X), in the limit the losses avoided alone. What is shifted in time is no gain: Mian and
    Sufi (2012) on "cash for clunkers".

    >>> harvest = pull_forward(0.05, 0.12, days=13)
    >>> round(harvest.gross, 2), round(abs(harvest.net), 9), round(pull_forward(0.05, 0.12, 13, until=61).net, 3)
    (9.45, 0.0, 0.806)
    >>> lossy = pull_forward(0.05, 0.12, days=13, lapse=0.01)
    >>> round(lossy.gross, 3), round(lossy.net, 3), round(pull_forward(0.05, 0.12, 13, 0.01, until=61).net, 3)
    (9.715, 2.208, 2.593)
    """
    _check(hazard, lifted, days, lapse)
    if not until >= days:
        raise ValueError(f"until day {until}: the festival lasts {days} days")
    # In units of the pool at rest; the festival's own resting level, and how fast the pool goes there.
    level, speed = (hazard + lapse) / (lifted + lapse), lifted + lapse
    gone = 1 - (1 - speed) ** days
    gross = (lifted * (days * level + (1 - level) * gone / speed) - hazard * days) / hazard
    missing = (1 - level) * gone
    back = 1 - (1 - hazard - lapse) ** (until - days)
    return Harvest(gross, gross - missing * back / (hazard + lapse))


def net_of_losses(hazard: float, lifted: float, days: int, lapse: float) -> float:
    """Return the net in the limit by the other side of the identity: d sum(X0 - X)/(h X0), the losses avoided.

    >>> round(net_of_losses(0.05, 0.12, days=13, lapse=0.01), 3)
    2.208
    """
    _check(hazard, lifted, days, lapse)
    missing, total = 0.0, 0.0
    for _ in range(days):
        total += missing
        missing += (lifted - hazard) - (lifted + lapse) * missing
    return lapse * (total + missing / (hazard + lapse)) / hazard


def finishers(pool: float, users: float, cost: float) -> float:
    """Return which share of users collect all the cards, where those who do divide a pool among them, 0 to 1.

    It takes each user a trouble of its own, in yuan, exponential with mean ``cost``; who expects more than that
    collects on. Each gets pool/(f N), so that f = 1 - exp(-pool/(f N cost)): the more there are, the less each gets.
    While few finish, four times the pool makes only twice as many.

    >>> cost = trouble_of_cards(1e8, 1e8, share=0.2)
    >>> round(finishers(1e8, 1e8, cost), 6), round(finishers(4e8, 1e8, cost), 3), finishers(0, 1e8, cost)
    (0.2, 0.377, 0.0)
    """
    from scipy.optimize import brentq

    if not (pool >= 0 and users > 0 and cost > 0):
        raise ValueError(f"pool {pool} must be 0 or more, users {users} and cost {cost} positive")
    each = pool / users / cost
    return float(brentq(lambda f: -f * math.log1p(-f) - each, 0.0, 1 - 1e-15, xtol=1e-15)) if each else 0.0


def trouble_of_cards(pool: float, users: float, share: float) -> float:
    """Return the mean trouble, in yuan, at which a pool makes just that share of the users collect all the cards.

    >>> round(trouble_of_cards(1e8, 1e8, share=0.2), 2)
    22.41
    """
    return pool / users / (-share * math.log1p(-share))


def _check(hazard: float, lifted: float, days: int, lapse: float) -> None:
    if not (hazard > 0 and lifted > 0 and lapse >= 0 and max(hazard, lifted) + lapse <= 1 and days >= 0):
        raise ValueError(
            f"hazards {hazard} and {lifted} must be positive, with lapse {lapse} at most 1 a day; days {days}"
        )
