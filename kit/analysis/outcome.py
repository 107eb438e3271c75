"""Outcomes: a tidy table that knows its finding and what it rests on, and how the course shows it."""

from collections.abc import Callable
from functools import wraps

import pandas as pd

from kit.parameters.levers import Levers, ReadRecorder, Value, bare
from kit.parameters.reads import recording
from kit.parameters.sourced import RANGED, fact
from kit.text import Refusal, number, words

Finding = dict[str, tuple[Value, str]]
_OWN = ("shop", "offer")  # levers that are the reader's own figures: where they start from is an illustration


class Outcome(pd.DataFrame):
    """What a function of settings found: a data frame of its tidy rows, and in ``attrs`` what belongs to all of them.

    ``name`` (the function's), ``finding`` (pairs (value, unit) by name), ``rests_on`` (names of the assumptions behind
    it), ``facts`` (ids of the sourced numbers), ``simulated`` (or a closed form) and, where a market was simulated, how
    many ``merchants`` stand for the million. Rows cut from an outcome are a plain data frame with the same ``attrs``.
    """

    @property
    def finding(self) -> Finding:
        return self.attrs["finding"]

    def number(self, name: str) -> str:
        """Return a number of the finding as people write it.

        >>> from kit.outcomes.august import factors
        >>> from kit.parameters.sourced import assumptions
        >>> factors(assumptions()).number("orders")
        '500m orders'
        """
        if name not in self.finding:
            raise Refusal("unknown", what=words("what.number"), name=name, names=list(self.finding))
        return number(*self.finding[name])

    def chart(self):
        """Return the chart by which the course draws this outcome."""
        import kit

        return kit.draw(self.attrs["name"], self)

    def table(self, units: dict[str, str] | None = None):
        """Return the rows in the reader's words; ``units`` as for ``kit.table``."""
        import kit

        return kit.table(self, units)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def outcome(function: Callable) -> Callable[..., Outcome]:
    """Make an outcome of a function that returns rows and a finding; what it reads on the way is what it rests on."""

    def recorded(subject):
        levers = bare(subject)
        return ReadRecorder(subject) if isinstance(levers, Levers) and levers.group not in _OWN else subject

    @wraps(function)
    def computed(*subjects, **options) -> Outcome:
        with recording() as reads:
            rows, finding = function(*map(recorded, subjects), **options)
        made, assumed = Outcome(rows), {name: fact(name).status in RANGED for name in reads.names}
        made.attrs = {
            "name": function.__name__,
            "finding": finding,
            "rests_on": tuple(name for name in reads.names if assumed[name]),
            "facts": tuple(name for name in reads.names if not assumed[name]),
            "simulated": reads.simulated,
        }
        if reads.merchants:
            made.attrs["merchants"] = reads.merchants
        return made

    return computed


def in_unit(unit: str, **amounts) -> Finding:
    """Return the part of a finding whose numbers have one unit.

    >>> in_unit("yuan", cost=2, total=5)
    {'cost': (2.0, 'yuan'), 'total': (5.0, 'yuan')}
    """
    return {name: (float(amount), unit) for name, amount in amounts.items()}


def curves(x: str, places, series: str, y: str, of: dict) -> dict:
    """Return the rows of several curves over the same places, one curve after the other: columns x, series and y.

    >>> {name: list(column) for name, column in curves("day", [1, 2], "who", "yuan", {"me": [3, 4]}).items()}
    {'day': [1, 2], 'who': ['me', 'me'], 'yuan': [3, 4]}
    """
    names = [name for name in of for _ in places]
    return {x: list(places) * len(of), series: names, y: [amount for values in of.values() for amount in values]}
