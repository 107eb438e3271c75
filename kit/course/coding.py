"""Code answers: what is drawn for them, when two results are the same, and what must hold whatever is drawn."""

import copy
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kit.course.lessons import Words
from kit.course.runner import plain


@dataclass(frozen=True)
class Relation:
    """What must hold between the results of a case and of its twin, whoever wrote the function.

    ``twin`` makes the twin's arguments of the case's; ``holds`` takes both results and the tolerance. It needs no
    right answer, so it tells of a wrong function that nobody expected what is wrong with it.
    """

    id: str
    twin: Callable[..., list]
    holds: Callable[[Any, Any, float], bool]
    says: Words

    def between(self, one: Any, twin: Any, tolerance: float) -> bool:
        """Whether the relation holds; results of which that cannot be said break it."""
        try:
            return bool(self.holds(one, twin, tolerance))
        except (TypeError, ValueError, OverflowError, AttributeError, LookupError):
            return False


@dataclass(frozen=True)
class Code:
    """A function of the learner's: right if it gives what the solution gives, on inputs that nobody could know.

    ``cases`` draws arguments for the calls; ``tolerance`` is absolute, for numbers that are not whole. ``relations``
    must hold between the results of each case and of its twins.
    """

    function: str
    starter: str
    cases: Callable[[random.Random], list]
    tolerance: float = 1e-6
    relations: tuple[Relation, ...] = ()
    shown: int = 7  # seed of the cases in the notebook, which are no secret

    def drawn(self, draw: random.Random) -> list:
        """Draw the cases, and after them the twins of all of them for each relation in turn."""
        cases = self.cases(draw)
        return [*cases, *(relation.twin(*copy.deepcopy(case)) for relation in self.relations for case in cases)]

    def broken(self, outputs: list, cases: list) -> Relation | None:
        """Return the first relation that results on drawn cases break, or None."""
        count = len(cases) // (1 + len(self.relations))
        for n, relation in enumerate(self.relations, start=1):
            for place in range(count):
                if not relation.between(outputs[place], outputs[n * count + place], self.tolerance):
                    return relation
        return None

    def outputs(self, function: Callable, cases: list) -> list:
        """Call a function on cases, each with arguments of its own."""
        return plain([function(*copy.deepcopy(case)) for case in cases])

    def made(self, source: str) -> Callable:
        """Make a function of trusted source: a solution or a declared mistake, never a submission."""
        from kit.course.runner import namespace

        names = namespace(source)
        exec(compile(source, self.function, "exec"), names)
        return names[self.function]

    def same(self, one: Any, other: Any) -> bool:
        return alike(one, other, self.tolerance)


def alike(one: Any, other: Any, tolerance: float) -> bool:
    """Whether two plain results are the same: exact types, whole tables, numbers within a tolerance.

    >>> alike([1, 2.0], [1.0, 2], 1e-6), alike(True, 1, 1e-6), alike(float("nan"), float("nan"), 1e-6)
    (True, False, False)
    """
    if type(one) in (int, float) and type(other) in (int, float):
        try:
            return math.isfinite(one) and abs(one - other) <= tolerance
        except OverflowError:
            return False
    if type(one) is not type(other):
        return False
    if type(one) is list:
        return len(one) == len(other) and all(alike(a, b, tolerance) for a, b in zip(one, other, strict=True))
    if type(one) is dict:
        return one.keys() == other.keys() and all(alike(one[key], other[key], tolerance) for key in one)
    return type(one) in (str, bool, type(None)) and one == other
