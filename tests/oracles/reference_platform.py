"""Reference closed forms of a platform: ad load, two sides, escrow, inequality, scarce supply, learning."""

import math
from dataclasses import dataclass

import numpy as np

from kit.economics.inequality import lognormal_gini


def best_load_for_sales(aversion: float) -> float:
    """Return the share of users' time that sells most (O16): 1/k, at most 1.

    Minutes fall as exp(-k load), so that sales go as load exp(-k load). ``aversion`` is k, per unit of share. The
    trade-off of Anderson and Coate (2005), with selling in place of advertisements.

    >>> round(best_load_for_sales(1.2), 4)
    0.8333
    """
    if not aversion >= 0:
        raise ValueError(f"aversion {aversion} must not be negative")
    return min(1.0, 1 / aversion) if aversion else 1.0


def best_load_for_profit(aversion: float, commerce: float, content: float) -> float:
    """Return the share of users' time that earns most (O16): 1/k - ra/(rc - ra), within 0 to 1.

    ``commerce`` (rc) and ``content`` (ra) are the yuan that a minute of each earns. Below the share that sells most,
    because a minute that is driven away would have earned as content too.

    >>> round(best_load_for_profit(1.2, commerce=3, content=1), 4)
    0.3333
    """
    best_load_for_sales(aversion)
    if not (commerce >= 0 and content >= 0):
        raise ValueError(f"earnings a minute {commerce} and {content} must not be negative")
    if commerce <= content:
        return 0.0
    if not aversion:
        return 1.0
    return min(1.0, max(0.0, 1 / aversion - content / (commerce - content)))


@dataclass(frozen=True)
class Side:
    """One side of a platform: members n = slope (worth + benefit x members of the other side - price).

    ``worth`` is yuan without anybody on the other side, ``benefit`` yuan per member there, ``cost`` yuan to the
    platform per member, ``slope`` members per yuan.
    """

    worth: float
    benefit: float = 0.0
    cost: float = 0.0
    slope: float = 1.0


@dataclass(frozen=True)
class Prices:
    """Prices (yuan a member, negative: a subsidy) and members of the two sides, and the platform's profit in yuan."""

    prices: tuple[float, float]
    members: tuple[float, float]
    profit: float


def monopoly_prices(one: Side, two: Side) -> Prices:
    """Return the profit-maximising prices of a monopoly platform with two sides (O14).

    Armstrong (2006): p_1 = f_1 - b_2 n_2 + n_1/slope_1, the cost less the benefit of a member to the other side (b_2
    is the other side's) plus the mark-up of demand; here with linear demand, so that members solve two linear
    equations. The side that is worth more to the other pays less. Raises ValueError where the sides attract each
    other without end, or one would stay empty.

    >>> found = monopoly_prices(Side(worth=1, benefit=1), Side(worth=1))
    >>> found.prices, found.members, found.profit
    ((1.0, 0.0), (1.0, 1.0), 1.0)
    """
    if not (one.slope > 0 and two.slope > 0):
        raise ValueError(f"slopes {one.slope} and {two.slope} must be positive")
    attraction = one.benefit + two.benefit
    steep_one, steep_two = 2 / one.slope, 2 / two.slope
    determinant = steep_one * steep_two - attraction**2
    if not determinant > 0:
        raise ValueError(f"benefits {one.benefit} and {two.benefit} draw each other without end")
    gain_one, gain_two = one.worth - one.cost, two.worth - two.cost
    members = (
        (steep_two * gain_one + attraction * gain_two) / determinant,
        (steep_one * gain_two + attraction * gain_one) / determinant,
    )
    if not min(members) >= 0:
        raise ValueError(f"members {members}: one side would stay empty")
    prices = (
        one.worth + one.benefit * members[1] - members[0] / one.slope,
        two.worth + two.benefit * members[0] - members[1] / two.slope,
    )
    profit = sum(n * (p - side.cost) for n, p, side in zip(members, prices, (one, two), strict=True))
    return Prices(prices, members, profit)


def steady_escrow(paid: float, returned: float, settle_days: float, return_days: float) -> float:
    """Return the yuan in escrow in steady state: paid flow x [(1 - r) L_settle + r L_return] (O18).

    ``paid`` is yuan a day, ``returned`` the share of it that is refunded, after ``return_days`` on average; the rest
    settles after ``settle_days``. Little's (1961) law: the stock is the flow a day times the days that it stays.

    >>> steady_escrow(paid=100, returned=0.2, settle_days=10, return_days=5)
    900.0
    """
    if not (paid >= 0 and 0 <= returned <= 1 and settle_days >= 0 and return_days >= 0):
        raise ValueError(f"paid {paid}, days {settle_days} and {return_days} not negative, returned {returned} a share")
    return paid * ((1 - returned) * settle_days + returned * return_days)


def pareto_gini(exponent: float) -> float:
    """Return the Gini coefficient of a Pareto distribution with tail exponent above 1: 1 / (2 a - 1).

    >>> pareto_gini(1.5)
    0.5
    """
    if exponent <= 1:
        raise ValueError(f"exponent {exponent}: a Pareto distribution has a mean only above 1")
    return 1 / (2 * exponent - 1)


def feedback_sizes(quality, feedback: float) -> np.ndarray:
    """Return relative sizes where sales bring exposure: x = q x^gamma, so x ~ q^(1/(1 - gamma)) (O26).

    ``feedback`` is gamma, below 1; sizes add up to 1. Small differences of quality make large ones of size, as in
    Rosen's (1981) economics of superstars.

    >>> feedback_sizes([1, 2], feedback=0.5).tolist()
    [0.2, 0.8]
    """
    quality = np.asarray(quality, dtype=float)
    _check_feedback(feedback)
    if quality.size == 0 or not (quality > 0).all():
        raise ValueError(f"qualities {quality} must be positive")
    # In logarithms relative to the best: high powers of large numbers would overflow.
    sizes = np.exp((np.log(quality) - np.log(quality.max())) / (1 - feedback))
    return sizes / sizes.sum()


def feedback_gini(log_sd: float, feedback: float) -> float:
    """Return the Gini coefficient under merit feedback if quality is log-normal: erf(sd/(2 (1 - gamma))) (O26).

    >>> [round(feedback_gini(0.5, feedback), 3) for feedback in (0, 0.3, 0.7)]
    [0.276, 0.386, 0.761]
    """
    _check_feedback(feedback)
    return lognormal_gini(log_sd / (1 - feedback))


def _check_feedback(feedback: float) -> None:
    if not 0 <= feedback < 1:
        raise ValueError(f"feedback {feedback} must be within 0 to 1, 1 excluded: the largest would take all")


def expected_maximum(count: int) -> float:
    """Return the mean of the largest of ``count`` independent standard normal draws (O27).

    By numerical integration of x d(Phi(x)^n).

    >>> round(expected_maximum(1_000), 3), round(expected_maximum(2), 4), expected_maximum(1)
    (3.241, 0.5642, 0.0)
    """
    from scipy.integrate import quad
    from scipy.special import log_ndtr

    if count < 1:
        raise ValueError(f"count {count} must be at least 1")
    if count == 1:
        return 0.0

    def weighted(x: float) -> float:
        return x * count * math.exp((count - 1) * log_ndtr(x) - x * x / 2) / math.sqrt(2 * math.pi)

    return quad(weighted, -12, 12, limit=400, epsabs=1e-12, points=[0.0, math.sqrt(2 * math.log(count))])[0]


def log_sd_of_maximum(ratio: float, count: int) -> float:
    """Return the standard deviation of log-values at which the best of ``count`` is ``ratio`` times the median.

    >>> round(log_sd_of_maximum(5.7, 1_000), 3)
    0.537
    """
    return math.log(ratio) / expected_maximum(count)


def uniform_rule(asked, supply: float, weight=1.0) -> float:
    """Return the most that one buyer gets under the uniform rule where ``supply`` is short; infinite where it is not.

    ``asked`` and ``weight`` are arrays: how much is asked by each of how many buyers. All get what they ask for up to
    the same most: constrained equal awards (Aumann and Maschler 1985); Sprumont (1991) shows that nobody can gain by
    asking for more or less. Small orders are met before large ones, so that shortage falls on the head.

    >>> uniform_rule([1.0, 2.0, 9.0], supply=8), uniform_rule([1.0, 2.0, 9.0], supply=12)
    (5.0, inf)
    >>> uniform_rule([1.0, 9.0], supply=8, weight=[3, 1])
    5.0
    """
    asked = np.asarray(asked, float)
    weight = np.broadcast_to(np.asarray(weight, float), asked.shape)
    if asked @ weight <= supply:
        return float("inf")
    order = np.argsort(asked)
    asked, weight = asked[order], weight[order]
    # What would be handed out if the most were as large as each order.
    before = np.concatenate([[0.0], np.cumsum(asked * weight)[:-1]])
    above = np.cumsum(weight[::-1])[::-1]
    first = int(np.argmax(before + asked * above > supply))
    return float((supply - before[first]) / above[first])


def learned(doublings: float, days: float, lag: float) -> float:
    """Return the doublings that makers have learned after ``days`` of sales at ``doublings`` above the usual.

    A first-order delay: each day makers close one ``lag``-th of the gap, so that they are ``lag`` days late on average.

    >>> learned(1.0, 0, 30), round(learned(1.0, 30, 30), 3), learned(1.0, 5, 1)
    (0.0, 0.638, 1.0)
    """
    return doublings * (1 - (1 - 1 / lag) ** days)
