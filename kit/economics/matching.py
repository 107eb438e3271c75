"""Matching: by chance and with a broker, the value of labels, and no-shows."""

import math


def urn_ball(searchers: float, slots: float) -> float:
    """Return the expected matches if every searcher tries one slot at random: V (1 - (1 - 1/V)^U) (O28).

    A slot takes one searcher; the others who chose it stay unmatched (Butters 1977; Hall 1979; Petrongolo and
    Pissarides 2001, section 3.1). Counts may be fractions; with at most one searcher or one slot nobody collides.

    >>> round(urn_ball(3_000, 2_000), 1)
    1553.9
    """
    if searchers <= 1 or slots <= 1:
        return min(searchers, slots)
    return slots * -math.expm1(searchers * math.log1p(-1 / slots))


def brokered(searchers: float, slots: float, reach: float, accuracy: float) -> tuple[float, float]:
    """Return the matches that a broker makes, and all matches, with those made at random by the others.

    The broker reaches the share ``reach`` of both sides and pairs them without collisions; ``accuracy`` of the
    pairs suit. Everyone not paired tries at random. At a reach and accuracy of 1: min(U, V).

    >>> brokered(3_000, 2_000, reach=1, accuracy=1), round(brokered(3_000, 2_000, reach=0, accuracy=1)[1], 1)
    ((2000, 2000), 1553.9)
    """
    paired = reach * accuracy * min(searchers, slots)
    return paired, paired + urn_ball(searchers - paired, slots - paired)


def worthwhile(income: float, cost: float) -> float:
    """Return the share of pairs whose cost to the broker is below ``income`` on each, if costs vary around ``cost``.

    Costs are log-logistic with median ``cost`` and shape 1, so P(cost <= income) = income / (income + cost).

    >>> worthwhile(200, 200), worthwhile(600, 200)
    (0.5, 0.75)
    """
    return income / (income + cost)


def belief(prior: float, hit: float, false_pass: float) -> float:
    """Return P(good | passed an audit) by Bayes: prior hit / (prior hit + (1 - prior) false_pass).

    ``hit`` is P(pass | good), ``false_pass`` P(pass | bad).

    >>> round(belief(0.5, 0.9, 0.05), 4)
    0.9474
    """
    passing = prior * hit + (1 - prior) * false_pass
    return prior * hit / passing if passing else prior


def labelled(prior: float, everyone: float, audits: list[tuple[float, float, float]]):
    """Return the beliefs after labels given in turn: (number, P(good)) of each label, and P(good) of the rest.

    ``audits`` are triples (labels to give, hit, false pass); a label goes to as many as pass its audit, at most.
    Beliefs average to the prior, with labels or without: the gain of the labelled is the loss of the others.

    >>> given, rest = labelled(0.5, 100, [(10, 0.9, 0.1)])
    >>> given, round(rest, 4)
    ([(10, 0.9)], 0.4556)
    """
    given = []
    for labels, hit, false_pass in audits:
        good = belief(prior, hit, false_pass)
        count = min(labels, everyone * (prior * hit + (1 - prior) * false_pass))
        given.append((count, good))
        prior = (prior * everyone - count * good) / (everyone - count)
        everyone -= count
    return given, prior


def showing_up(earning: float, deposit: float, outside: float) -> float:
    """Return P(show) = 1 - exp(-(E + deposit)/nu) (O29): the outside offer is exponential with mean ``outside``.

    A no-show costs the earning E and the deposit. Compensation of others for a no-show does not enter.

    >>> [round(showing_up(3_600, deposit, outside_offer(3_600, 0.05)), 4) for deposit in (0, 3_600)]
    [0.95, 0.9975]
    """
    return -math.expm1(-(earning + deposit) / outside)


def outside_offer(earning: float, no_show_rate: float) -> float:
    """Return the mean nu of the outside offers at which the no-show rate without a deposit is this: E / -ln(rate).

    Then the no-show rate under a deposit D is rate^((E + D)/E): a deposit as large as the earning squares it.

    >>> round(outside_offer(3_600, 0.05), 2)
    1201.71
    """
    return earning / -math.log(no_show_rate)
