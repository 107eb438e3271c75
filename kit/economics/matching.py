"""Matching: who finds whom by chance and with a broker, what a label is worth, and who keeps an appointment."""

import math


def urn_ball(searchers: float, slots: float) -> float:
    """Return the expected matches if every searcher tries one slot at random: V (1 - (1 - 1/V)^U) (O28).

    A slot takes one searcher; the rest who chose it leave empty-handed (Butters 1977; Hall 1979; Petrongolo and
    Pissarides 2001, section 3.1). Counts may be fractions; with one searcher or one slot, or less, nobody collides.

    >>> round(urn_ball(3_000, 2_000), 1)
    1553.9
    """
    if searchers <= 1 or slots <= 1:
        return min(searchers, slots)
    return slots * -math.expm1(searchers * math.log1p(-1 / slots))


def brokered(searchers: float, slots: float, reach: float, accuracy: float) -> tuple[float, float]:
    """Return the matches that a broker makes, and all matches, his and those made by chance around him.

    He reaches the share ``reach`` of both sides and sets them in pairs without collisions; ``accuracy`` of the
    pairs suit. Whoever is not paired tries at random. At a reach and accuracy of 1 chance has no part: min(U, V).

    >>> [round(found, 1) for found in brokered(3_000, 2_000, 1, 1)]
    [2000.0, 2000.0]
    >>> brokered(3_000, 2_000, 0, 1)[1] == urn_ball(3_000, 2_000)
    True
    """
    paired = reach * accuracy * min(searchers, slots)
    return paired, paired + urn_ball(searchers - paired, slots - paired)


def worthwhile(income: float, cost: float) -> float:
    """Return the share of pairs that pay a broker who earns ``income`` on each, if their costs vary around ``cost``.

    Costs are log-logistic with median ``cost`` and shape 1, so P(cost <= income) = income / (income + cost): half of
    the pairs are worth the trouble to a broker who earns the median cost.

    >>> worthwhile(200, 200), worthwhile(600, 200)
    (0.5, 0.75)
    """
    return income / (income + cost)


def belief(prior: float, hit: float, false_pass: float) -> float:
    """Return P(good | passed an audit) by Bayes: prior hit / (prior hit + (1 - prior) false_pass).

    ``hit`` is the chance that a good one passes, ``false_pass`` that a bad one does.

    >>> round(belief(0.5, 0.9, 0.05), 4)
    0.9474
    """
    passing = prior * hit + (1 - prior) * false_pass
    return prior * hit / passing if passing else prior


def belief_in_the_rest(prior: float, everyone: float, labelled: list[tuple[float, float]]) -> float:
    """Return P(good) of those without a label, given the labelled ones as pairs (how many, P(good)).

    Beliefs average to the prior, with labels or without: what the labelled gain, the others lose.

    >>> round(belief_in_the_rest(0.5, 100, [(10, 0.9)]), 4)
    0.4556
    """
    count = sum(number for number, _ in labelled)
    return (prior * everyone - sum(number * good for number, good in labelled)) / (everyone - count)


def showing_up(earning: float, deposit: float, outside: float) -> float:
    """Return P(show) = 1 - exp(-(E + deposit)/nu) (O29): the other offer is exponential with mean ``outside``.

    Not to come costs the earning E and the deposit. What others are paid when somebody does not come is not in it.

    >>> round(showing_up(3_600, 0, outside_offer(3_600, 0.05)), 4)
    0.95
    >>> round(showing_up(3_600, 3_600, outside_offer(3_600, 0.05)), 4)
    0.9975
    """
    return -math.expm1(-(earning + deposit) / outside)


def outside_offer(earning: float, no_show_rate: float) -> float:
    """Return the mean nu of the other offers at which so many do not come without a deposit: E / -ln(rate).

    With it the no-show rate under a deposit D is rate^((E + D)/E): a deposit as large as the earning squares it.

    >>> round(outside_offer(3_600, 0.05), 2)
    1201.7
    """
    return earning / -math.log(no_show_rate)
