"""Supply: how far makers' goods reach, who gets them where they are short, and what makers learn from sales."""

import numpy as np


def reach(places: float, each: float) -> float:
    """Return the share of merchants who have a place to buy from, 0 to 1, where each place reaches so many of the rest.

    Places overlap: of those whom the others have not reached yet, one more reaches the share ``each``.

    >>> [round(reach(places, 0.1), 9) for places in (0, 1, 2)]
    [0.0, 0.1, 0.19]
    """
    if not (places >= 0 and 0 <= each < 1):
        raise ValueError(f"{places} places must be 0 or more, and each reach a share below 1, not {each}")
    return 1 - (1 - each) ** places


def rationed(asked, supply: float, weight=1.0) -> float:
    """Return the most that one buyer gets where ``supply`` is short, so that all together get just that.

    ``asked`` and ``weight`` are arrays: so much asked by each of so many alike. Everybody gets what it asks for up to
    the same most (infinite where there is enough): the uniform rule, constrained equal awards of Aumann and Maschler
    (1985); Sprumont (1991) shows that nobody can gain by asking for more or less. Small orders are met before large
    ones are, so that shortage falls on the head.

    >>> rationed([1.0, 2.0, 9.0], supply=8), rationed([1.0, 2.0, 9.0], supply=12)
    (5.0, inf)
    >>> rationed([1.0, 9.0], supply=8, weight=[3, 1])
    5.0
    """
    asked = np.asarray(asked, float)
    weight = np.broadcast_to(np.asarray(weight, float), asked.shape)
    if asked @ weight <= supply:
        return float("inf")
    order = np.argsort(asked)
    asked, weight = asked[order], weight[order]
    # Were the most as large as this one's order, so much would be handed out.
    before = np.concatenate([[0.0], np.cumsum(asked * weight)[:-1]])
    above = np.cumsum(weight[::-1])[::-1]
    first = int(np.argmax(before + asked * above > supply))
    return float((supply - before[first]) / above[first])


def learned(doublings: float, days: float, lag: float) -> float:
    """Return how much makers have learned after so many days of sales that stand ``doublings`` above the usual.

    A first-order delay: each day makers catch up with one ``lag``-th of what they have not learned, so that they are
    ``lag`` days late on average.

    >>> learned(1.0, 0, 30), round(learned(1.0, 30, 30), 3), learned(1.0, 5, 1)
    (0.0, 0.638, 1.0)
    """
    return doublings * (1 - (1 - 1 / lag) ** days)


def learned_cost(doublings, first_cut: float, each_doubling: float):
    """Return the share of unit cost that is saved: at first, and more with each doubling of sales (Wright, 1936).

    >>> round(learned_cost(0, 0.15, 0.05), 4), round(learned_cost(2, 0.15, 0.05), 4)
    (0.15, 0.2329)
    """
    return 1 - (1 - first_cut) * (1 - each_doubling) ** doublings
