"""Commerce load: which part of people's time may sell, if selling drives them away."""


def best_load_for_sales(aversion: float) -> float:
    """Return the share of users' time that sells most (O16): 1/k, at most 1.

    Minutes fall as exp(-k load), so what is sold goes as load exp(-k load). ``aversion`` is k, per unit of share. The
    trade-off of Anderson and Coate (2005), with selling in the place of advertisements.

    >>> round(best_load_for_sales(1.2), 4)
    0.8333
    """
    if not aversion >= 0:
        raise ValueError(f"aversion {aversion} must not be negative")
    return min(1.0, 1 / aversion) if aversion else 1.0


def best_load_for_profit(aversion: float, commerce: float, content: float) -> float:
    """Return the share of users' time that earns most (O16): 1/k - ra/(rc - ra), within 0 to 1.

    ``commerce`` (rc) and ``content`` (ra) are what a minute of each earns, yuan. Below the share that sells most,
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
