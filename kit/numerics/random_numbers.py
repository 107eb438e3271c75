"""Counter-based random numbers: each depends on (seed, purpose, merchant, day) only.

Two runs with one seed then differ by their policies only (common random numbers), and an added merchant does not
change the numbers of others. Counts come from a uniform by the inverse distribution function, so that they increase
with their mean. Compiled code (``kit.numerics.compiled``) draws one at a time: ``kit.numerics.draws``.
"""

import numpy as np

from kit.numerics.engine import Kernel

# The purpose of a random number; different purposes are independent.
PRICE, QUALITY, MEMBER, SHOCK, LIVE, KEPT, RETURNED, TREATED, JOIN = range(9)
# Of providers: ability, application, score, calls, clients' praise and blame, fake plaques, clients' growth.
ABILITY, APPLIED, SCORED, CALLED, PRAISED, BLAMED, PLAQUE, TREND = range(100, 108)

_UNIFORMS = Kernel("kit.numerics.draws", "write_uniforms", moved=(4,))
_NORMALS = Kernel("kit.numerics.draws", "write_normals", moved=(4,))
_POISSONS = Kernel("kit.numerics.draws", "write_poissons", moved=(5,))


def uniforms(seed: int, purpose: int, merchants: np.ndarray, day: int = 0) -> np.ndarray:
    """Return a uniform number between 0 and 1, both excluded, for each merchant (ids).

    >>> uniforms(116, PRICE, np.array([7, 8])).round(4).tolist()
    [0.8159, 0.7]
    """
    return _drawn(_UNIFORMS, seed, purpose, merchants, day)


def normals(seed: int, purpose: int, merchants: np.ndarray, day: int = 0) -> np.ndarray:
    """Return a standard normal number for each merchant (ids).

    >>> normals(116, PRICE, np.array([7, 8])).round(4).tolist()
    [0.8998, 0.5245]
    """
    return _drawn(_NORMALS, seed, purpose, merchants, day)


def poissons(seed: int, purpose: int, merchants: np.ndarray, day: int, means: np.ndarray) -> np.ndarray:
    """Return a Poisson number for each merchant (ids), by its mean, as floats.

    >>> poissons(116, PRICE, np.array([7, 8]), 0, np.array([2.0, 100.0])).tolist()
    [3.0, 105.0]
    """
    return _drawn(_POISSONS, seed, purpose, merchants, day, np.ascontiguousarray(means, float))


def _drawn(kernel: Kernel, seed: int, purpose: int, merchants: np.ndarray, day: int, *means: np.ndarray) -> np.ndarray:
    out = np.empty(merchants.size)
    kernel(int(seed), purpose, np.ascontiguousarray(merchants, np.int64), day, *means, out)
    return out
