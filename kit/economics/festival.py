"""Festivals: demand pulled forward from later days, and card games that divide a pool of cash."""

import math
from dataclasses import dataclass

from kit.numerics.special import root


@dataclass(frozen=True)
class Harvest:
    """Orders that a festival adds, in days of ordinary orders: ``gross`` while it lasts, ``net`` of later losses."""

    gross: float
    net: float

    @property
    def kept(self) -> float:
        """The part of the gross that is not taken from later days."""
        return self.net / self.gross if self.gross else 0.0


def pull_forward(hazard: float, lifted: float, days: int, lapse: float = 0.0, until: float = math.inf) -> Harvest:
    """Return what raising the hazard of buying to ``lifted`` for ``days`` days adds (O9).

    Needs X' = X + a - h X - d X: each day the share ``hazard`` of open needs is bought here and the share ``lapse``
    lost; arrivals a keep the pool in steady state. Needs used up are missing later: the net up to day ``until``, from
    the festival's first, is (X0 - X_T) + d sum(X0 - X), in the limit only the losses avoided. A shift in time is no
    gain: Mian and Sufi (2012) on "cash for clunkers".

    >>> harvest = pull_forward(0.05, 0.12, days=13)
    >>> round(harvest.gross, 2), round(abs(harvest.net), 9), round(pull_forward(0.05, 0.12, 13, until=61).net, 3)
    (9.45, 0.0, 0.806)
    """
    if not (hazard > 0 and lifted > 0 and lapse >= 0 and max(hazard, lifted) + lapse <= 1 and days >= 0):
        raise ValueError(
            f"hazards {hazard} and {lifted} must be positive, with lapse {lapse} at most 1 a day; days {days}"
        )
    if not until >= days:
        raise ValueError(f"until day {until}: the festival lasts {days} days")
    # In units of the pool's steady state: the steady state under the festival, and the speed of convergence to it.
    level, speed = (hazard + lapse) / (lifted + lapse), lifted + lapse
    gone = 1 - (1 - speed) ** days
    gross = (lifted * (days * level + (1 - level) * gone / speed) - hazard * days) / hazard
    missing = (1 - level) * gone
    back = 1 - (1 - hazard - lapse) ** (until - days)
    return Harvest(gross, gross - missing * back / (hazard + lapse))


def finishers(pool: float, users: float, cost: float) -> float:
    """Return the share of users who collect all cards of a game that divides ``pool`` yuan among them, 0 to 1.

    Effort costs are exponential with mean ``cost`` yuan; a user whose prize exceeds the own cost finishes. Each
    finisher gets pool/(f N), so that f = 1 - exp(-pool/(f N cost)): the more there are, the less each gets.
    While few finish, four times the pool makes only twice as many.

    >>> cost = mean_card_cost(1e8, 1e8, share=0.2)
    >>> round(finishers(1e8, 1e8, cost), 6), round(finishers(4e8, 1e8, cost), 3), finishers(0, 1e8, cost)
    (0.2, 0.377, 0.0)
    """
    if not (pool >= 0 and users > 0 and cost > 0):
        raise ValueError(f"pool {pool} must be 0 or more, users {users} and cost {cost} positive")
    each = pool / users / cost
    if not each:
        return 0.0
    return root(lambda f: -f * math.log1p(-f) - each, 0.0, 1 - 1e-15, 1e-15)


def mean_card_cost(pool: float, users: float, share: float) -> float:
    """Return the mean effort cost in yuan at which ``share`` of the users finish: the inverse of finishers.

    >>> round(mean_card_cost(1e8, 1e8, share=0.2), 2)
    22.41
    """
    return pool / users / (-share * math.log1p(-share))
