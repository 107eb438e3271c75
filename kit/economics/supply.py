"""Supply: merchants within reach of industrial belts, and the learning curve of makers' costs."""

import numpy as np


def reach(places, each: float):
    """Return the share of merchants within reach of a belt, 0 to 1: 1 - (1 - each)^places (numbers or arrays).

    Belts overlap: one more reaches the share ``each`` of those whom the others do not reach.

    >>> [round(reach(places, 0.1), 9) for places in (0, 1, 2)]
    [0.0, 0.1, 0.19]
    """
    if not (np.all(np.greater_equal(places, 0)) and 0 <= each < 1):
        raise ValueError(f"{places} places must be 0 or more, and each reach a share below 1, not {each}")
    return 1 - (1 - each) ** places


def learned_cost(doublings, first_cut: float, each_doubling: float):
    """Return the share of unit cost that is saved: at first, and more with each doubling of sales (Wright 1936).

    >>> round(learned_cost(0, 0.15, 0.05), 4), round(learned_cost(2, 0.15, 0.05), 4)
    (0.15, 0.2329)
    """
    return 1 - (1 - first_cut) * (1 - each_doubling) ** doublings
