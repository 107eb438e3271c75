"""Escrow: buyers' money that waits until it is settled or refunded."""


def escrow_at_rest(paid: float, returned: float, settle_days: float, return_days: float) -> float:
    """Return the yuan that wait at rest: paid flow x [(1 - r) L_settle + r L_return] (O18).

    ``paid`` is yuan a day, ``returned`` the share of it that is refunded, after ``return_days`` on average; the rest
    settles after ``settle_days``. Little's (1961) law: what is there is what comes in a day times how long it stays.

    >>> escrow_at_rest(paid=100, returned=0.2, settle_days=10, return_days=5)
    900.0
    """
    if not (paid >= 0 and 0 <= returned <= 1 and settle_days >= 0 and return_days >= 0):
        raise ValueError(f"paid {paid}, days {settle_days} and {return_days} not negative, returned {returned} a share")
    return paid * ((1 - returned) * settle_days + returned * return_days)
