"""Retention: the value of buyers who come back, and the cost of losing them."""


def lifetime_value(margin: float, retention: float, discount: float) -> float:
    """Return the present value, in yuan, of a buyer's later orders (O15): m r / (1 + i - r).

    ``margin`` is yuan per order, ``retention`` the share who buy again each month,
    ``discount`` the monthly rate. A month's repeat share is not retention: some of those
    who buy twice this month do not come back in the next.

    >>> round(lifetime_value(3, 0.6, 0.01), 4), round(lifetime_value(3, 0.2, 0.01), 2)
    (4.3902, 0.74)
    """
    if not 0 <= retention < 1 + discount:
        raise ValueError(f"retention {retention} must lie between 0 and 1 + discount")
    return margin * retention / (1 + discount - retention)


def lost_days(days: float, *parts: tuple[float, float]) -> float:
    """Return the days of sales lost within ``days`` by a shop that starts again without what brought parts of them.

    Each part is (share of the sales, daily rate at which it recovers): after t days (1 - rate)^t of it is missing, so
    that share (1 - (1 - rate)^days)/rate days are lost.

    >>> lost_days(90, (0.5, 1.0)), round(lost_days(90, (0.5, 0.05)), 3), lost_days(90, (0.5, 0.0))
    (0.5, 9.901, 45.0)
    """
    return sum(share * ((1 - (1 - rate) ** days) / rate if rate else days) for share, rate in parts)
