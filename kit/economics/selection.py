"""Selection: what the best of many shows by luck alone."""

import math


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


def spread_behind(ratio: float, count: int) -> float:
    """Return the spread of log-values at which the best of ``count`` shows ``ratio`` times its usual by luck alone.

    >>> round(spread_behind(5.7, 1_000), 3)
    0.537
    """
    return math.log(ratio) / expected_maximum(count)
