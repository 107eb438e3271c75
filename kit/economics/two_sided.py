"""Two sides: what a platform asks of each when each comes for the other."""

from dataclasses import dataclass


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
    """Return the profit-maximising prices of a platform alone with two sides (O14).

    Armstrong (2006): p_1 = f_1 - b_2 n_2 + n_1/slope_1, cost less what a member brings to the other side (b_2 is the
    other side's benefit) plus the mark-up of demand; here with linear demand, so that members solve two linear
    equations. Who is worth more to the others pays less. Raises ValueError where the sides draw each other without
    end, or one would stay empty.

    >>> drawn = monopoly_prices(Side(worth=1, benefit=1), Side(worth=1))
    >>> drawn.prices, drawn.members, drawn.profit
    ((1.0, 0.0), (1.0, 1.0), 1.0)
    """
    if not (one.slope > 0 and two.slope > 0):
        raise ValueError(f"slopes {one.slope} and {two.slope} must be positive")
    drawing = one.benefit + two.benefit
    steep_one, steep_two = 2 / one.slope, 2 / two.slope
    whole = steep_one * steep_two - drawing**2
    if not whole > 0:
        raise ValueError(f"benefits {one.benefit} and {two.benefit} draw each other without end")
    gain_one, gain_two = one.worth - one.cost, two.worth - two.cost
    members = ((steep_two * gain_one + drawing * gain_two) / whole, (steep_one * gain_two + drawing * gain_one) / whole)
    if not min(members) >= 0:
        raise ValueError(f"members {members}: one side would stay empty")
    prices = (
        one.worth + one.benefit * members[1] - members[0] / one.slope,
        two.worth + two.benefit * members[0] - members[1] / two.slope,
    )
    profit = sum(n * (p - side.cost) for n, p, side in zip(members, prices, (one, two), strict=True))
    return Prices(prices, members, profit)
