"""The kinds of questions: how an answer is read, and when two answers are the same.

An answer is plain data: text, a list of ids, ids by id, or settings by lever; a code answer is a function or its
source. ``read`` refuses what is not an answer of the kind, and returns None for an empty one. ``keyed_options`` are
options that have a different key for each learner.
"""

import copy
import math
import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from kit.course.exercises.code_runner import namespace, plain
from kit.course.lessons import Words
from kit.parameters.levers import Lever, moved, values_of
from kit.text import Refusal, words


@dataclass(frozen=True)
class Relation:
    """What must hold between the results of a case and of its twin (a metamorphic relation).

    ``twin`` makes the twin's arguments from the case's; ``holds`` takes both results and the tolerance. It needs no
    right answer, so it explains what is wrong with a function that no expected mistake matches.
    """

    id: str
    twin: Callable[..., list]
    holds: Callable[[Any, Any, float], bool]
    says: Words

    def holds_between(self, one: Any, twin: Any, tolerance: float) -> bool:
        """Whether the relation holds; results that cannot be compared break it."""
        try:
            return bool(self.holds(one, twin, tolerance))
        except (TypeError, ValueError, OverflowError, AttributeError, LookupError):
            return False


@dataclass(frozen=True)
class Code:
    """A function that the learner writes: right if it gives the solution's results on random inputs.

    ``cases`` draws arguments for the calls; ``tolerance`` is absolute. ``relations`` must hold between the results of
    each case and of its twins.
    """

    function: str
    starter: str
    cases: Callable[[random.Random], list]
    tolerance: float = 1e-6
    relations: tuple[Relation, ...] = ()
    shown: int = 7  # seed of the cases in the notebook; grading draws others

    def draw_cases(self, draw: random.Random) -> list:
        """Draw the cases, followed by their twins for each relation in turn."""
        cases = self.cases(draw)
        return [*cases, *(relation.twin(*copy.deepcopy(case)) for relation in self.relations for case in cases)]

    def broken_relation(self, outputs: list, cases: list) -> Relation | None:
        """Return the first relation that the results break, or None."""
        count = len(cases) // (1 + len(self.relations))
        for n, relation in enumerate(self.relations, start=1):
            pairs = zip(outputs[:count], outputs[n * count : (n + 1) * count], strict=True)
            if not all(relation.holds_between(one, twin, self.tolerance) for one, twin in pairs):
                return relation
        return None

    def outputs(self, function: Callable, cases: list) -> list:
        """Call a function on copies of the cases."""
        return plain([function(*copy.deepcopy(case)) for case in cases])

    def compile(self, source: str) -> Callable:
        """Make a function from trusted source: a solution or a declared mistake, never a submission."""
        names = namespace(source)
        exec(compile(source, self.function, "exec"), names)
        return names[self.function]

    def same(self, one: Any, other: Any) -> bool:
        return same_result(one, other, self.tolerance)


def same_result(one: Any, other: Any, tolerance: float) -> bool:
    """Whether two plain results are the same: exact types, whole tables, numbers within a tolerance.

    >>> same_result([1, 2.0], [1.0, 2], 1e-6), same_result(True, 1, 1e-6), same_result(float("nan"), float("nan"), 1e-6)
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
        return len(one) == len(other) and all(same_result(a, b, tolerance) for a, b in zip(one, other, strict=True))
    if type(one) is dict:
        return one.keys() == other.keys() and all(same_result(one[key], other[key], tolerance) for key in one)
    return type(one) in (str, bool, type(None)) and one == other


Numbers = dict[str, float]


@dataclass(frozen=True)
class Number:
    """A number with its unit; right within a relative ``tolerance`` or the absolute ``within``."""

    unit: str
    tolerance: float = 0.005
    within: float = 1e-9

    def read(self, answer: Any) -> float | None:
        answer = _one(answer)
        if answer is None or (isinstance(answer, str) and not answer.strip()):
            return None
        lever = Lever(words("ask.answer"), self.unit, "number", -math.inf, math.inf)
        return lever.check(lever.typed(_ascii(answer)) if isinstance(answer, str) else answer)

    def taken(self, answer: Any) -> str:
        """Return how a bare number was read where the answer is a share; else an empty string."""
        bare = self.unit == "share" and isinstance(answer, str) and not {"%", "‰"} & {*_ascii(answer)}
        return words("ask.taken", value=(self.read(answer), self.unit)) if bare else ""

    def same(self, one: float, other: float) -> bool:
        return abs(one - other) <= max(self.tolerance * abs(other), self.within)


class _Exact:
    """Kinds whose answers are right only if equal."""

    def same(self, one: Any, other: Any) -> bool:
        return one == other


@dataclass(frozen=True)
class Choice(_Exact):
    """One of several options, by id."""

    options: dict[str, Words]

    def read(self, answer: Any) -> str | None:
        answer = plain(answer)
        return None if answer in (None, "") else _known(answer, self.options)

    keyed_options = property(attrgetter("options"))


@dataclass(frozen=True)
class Order(_Exact):
    """Items in their right order, by id; ``first`` and ``last`` label the ends."""

    items: dict[str, Words]
    first: Words
    last: Words

    def read(self, answer: Any) -> list[str] | None:
        answer = sequence(plain(answer))
        if not any(answer):
            return None
        for item in answer:
            _known(item, self.items)
        if sorted(answer) != sorted(self.items):
            raise Refusal("ask_order", n=len(self.items))
        return answer

    keyed_options = property(attrgetter("items"))


@dataclass(frozen=True)
class Match(_Exact):
    """Pairs: an id on the right for each on the left."""

    left: dict[str, Words]
    right: dict[str, Words]

    def read(self, answer: Any) -> dict[str, str] | None:
        given = {_known(key, self.left): value for key, value in _mapping(answer).items()}
        if not any(given.values()):
            return None
        if len(given) < len(self.left) or not all(given.values()):
            raise Refusal("ask_match", n=len(self.left))
        return {key: _known(given[key], self.right) for key in self.left}

    keyed_options = property(attrgetter("right"))


@dataclass(frozen=True)
class Predict:
    """A guess that is committed and never graded, then the number that the panel shows.

    ``panel`` returns subjects, levers and outcome of the panel that opens after the guess.
    """

    guesses: dict[str, Words]
    number: Number
    panel: Callable[[], tuple[Sequence, Sequence[str], Callable]]

    def read(self, answer: Any) -> dict | None:
        answer = _mapping(answer)
        if not answer:
            return None
        if set(answer) != {"guess", "found"}:
            raise Refusal("ask_form")
        if not answer["guess"]:
            raise Refusal("ask_guess")
        found = self.number.read(answer["found"])
        return None if found is None else {"guess": _known(answer["guess"], self.guesses), "found": found}

    def taken(self, answer: Any) -> str:
        """Return how the number was read, as ``Number`` does."""
        return self.number.taken(answer["found"])

    def same(self, one: dict, other: dict) -> bool:
        return self.number.same(one["found"], other["found"])


@dataclass(frozen=True)
class Tune(_Exact):
    """Settings of a panel that reach a goal: ``reached`` checks the finding's numbers."""

    panel: Callable[[], tuple[Sequence, Sequence[str], Callable]]
    reached: Callable[[dict[str, float]], bool]

    def read(self, answer: Any) -> dict | None:
        answer = _mapping(answer)
        subjects, levers, _ = self.panel()
        for name in answer:
            _known(name, levers)
        before = settings_of(subjects, levers)
        after = settings_of(moved(list(subjects), answer), levers)
        return None if after == before else after

    def finding(self, answer: dict) -> dict[str, float]:
        """Return the panel's numbers at an answer's settings."""
        subjects, _, outcome = self.panel()
        finding = outcome(*moved(list(subjects), answer)).attrs["finding"]
        return {name: value for name, (value, _) in finding.items()}


Kind = Number | Choice | Order | Match | Predict | Tune | Code


def settings_of(subjects: Sequence, levers: Sequence[str]) -> dict[str, Any]:
    """Return the values of some levers, as plain data."""
    values = values_of(subjects)
    return {name: values[name] if isinstance(values[name], (float, str)) else str(values[name]) for name in levers}


def _one(answer: Any) -> Any:
    """The one item of a list, array or Series; else the plain value."""
    answer = plain(answer)
    return answer[0] if type(answer) is list and len(answer) == 1 else answer


def _mapping(answer: Any) -> dict:
    """An answer that gives one thing for another, as a dict; empty where there is none."""
    answer = plain(answer)
    if answer is not None and type(answer) is not dict:
        raise Refusal("ask_form")
    return answer or {}


def _ascii(written: str) -> str:
    """A written number with ASCII digits and minus, without the sign of the yuan."""
    return unicodedata.normalize("NFKC", written).replace("¥", "").replace("−", "-")


def _known(name: Any, names) -> str:
    if type(name) is not str or name not in names:
        raise Refusal("unknown", what=words("what.option"), name=name, names=list(names))
    return name


def sequence(answer: Any) -> list:
    """Return an answer that names several things as a list; text is split at commas."""
    if answer is None:
        return []
    if type(answer) is str:
        answer = [item.strip() for item in answer.replace("，", ",").split(",")]
    if type(answer) is not list or not all(item is None or type(item) is str for item in answer):
        raise Refusal("ask_form")
    return answer
