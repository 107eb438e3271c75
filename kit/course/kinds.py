"""The kinds of questions: how an answer is read, and when two answers are the same.

An answer is plain data: text, a list of ids, ids by id, or settings by lever; a code answer is a function, or its
source. ``read`` refuses what is no answer of the kind, and returns None for what is not an answer yet. ``keyed`` are
the options that each learner names by keys of their own.
"""

import math
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kit.course.coding import Code
from kit.course.lessons import Words
from kit.course.runner import plain
from kit.levers import Lever, moved
from kit.text import Refusal, words

Numbers = dict[str, float]


@dataclass(frozen=True)
class Number:
    """A number with its unit, right within a share of itself or within ``within`` of its unit."""

    unit: str
    tolerance: float = 0.005
    within: float = 1e-9

    def read(self, answer: Any) -> float | None:
        answer = _one(answer)
        if answer is None or (isinstance(answer, str) and not answer.strip()):
            return None
        lever = Lever(words("ask.answer"), self.unit, "number", -math.inf, math.inf)
        if isinstance(answer, str):
            answer = unicodedata.normalize("NFKC", answer).replace("¥", "").replace("−", "-")
        value = lever.check(answer)
        # Asked for a percentage, "11" means 11 %.
        bare = isinstance(answer, str) and "%" not in answer and "‰" not in answer
        return value / 100 if self.unit == "share" and bare and value >= 1 else value

    def same(self, one: float, other: float) -> bool:
        return abs(one - other) <= max(self.tolerance * abs(other), self.within)


@dataclass(frozen=True)
class Choice:
    """One of several options, by id."""

    options: dict[str, Words]

    def read(self, answer: Any) -> str | None:
        answer = plain(answer)
        return None if answer in (None, "") else _known(answer, self.options)

    @property
    def keyed(self) -> dict[str, Words]:
        return self.options

    def same(self, one: str, other: str) -> bool:
        return one == other


@dataclass(frozen=True)
class Order:
    """The items in their right order, by id; ``first`` and ``last`` say which end is which."""

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

    @property
    def keyed(self) -> dict[str, Words]:
        return self.items

    def same(self, one: list[str], other: list[str]) -> bool:
        return list(one) == list(other)


@dataclass(frozen=True)
class Match:
    """What belongs to what: an id on the right for each on the left."""

    left: dict[str, Words]
    right: dict[str, Words]

    def read(self, answer: Any) -> dict[str, str] | None:
        answer = plain(answer)
        if answer is None or answer == {}:
            return None
        if type(answer) is not dict:
            raise Refusal("ask_form")
        given = {_known(key, self.left): value for key, value in answer.items()}
        if not any(given.values()):
            return None
        if len(given) < len(self.left) or not all(given.values()):
            raise Refusal("ask_match", n=len(self.left))
        return {key: _known(given[key], self.right) for key in self.left}

    @property
    def keyed(self) -> dict[str, Words]:
        return self.right

    def same(self, one: dict[str, str], other: dict[str, str]) -> bool:
        return one == other


@dataclass(frozen=True)
class Predict:
    """A guess that is committed and never judged, then the number that the panel shows.

    ``panel`` gives subjects, levers and outcome of the panel that opens after the guess.
    """

    guesses: dict[str, Words]
    number: Number
    panel: Callable[[], tuple[Sequence, Sequence[str], Callable]]

    def read(self, answer: Any) -> dict | None:
        answer = plain(answer)
        if answer in (None, {}):
            return None
        if type(answer) is not dict or set(answer) != {"guess", "found"}:
            raise Refusal("ask_form")
        if not answer["guess"]:
            raise Refusal("ask_guess")
        found = self.number.read(answer["found"])
        return None if found is None else {"guess": _known(answer["guess"], self.guesses), "found": found}

    def same(self, one: dict, other: dict) -> bool:
        return self.number.same(one["found"], other["found"])


@dataclass(frozen=True)
class Tune:
    """Settings of a panel that reach a goal: ``reached`` judges the finding's numbers, whatever the way there."""

    panel: Callable[[], tuple[Sequence, Sequence[str], Callable]]
    reached: Callable[[dict[str, float]], bool]

    def read(self, answer: Any) -> dict | None:
        answer = plain(answer)
        if answer in (None, {}):
            return None
        if type(answer) is not dict:
            raise Refusal("ask_form")
        subjects, levers, _ = self.panel()
        for name in answer:
            _known(name, levers)
        before = settings_of(subjects, levers)
        after = settings_of(moved(list(subjects), answer), levers)
        return None if after == before else after

    def found(self, answer: dict) -> dict[str, float]:
        """Return the numbers that the panel finds at an answer's settings."""
        subjects, _, outcome = self.panel()
        finding = outcome(*moved(list(subjects), answer)).attrs["finding"]
        return {name: value for name, (value, _) in finding.items()}

    def same(self, one: dict, other: dict) -> bool:
        return one == other


Kind = Number | Choice | Order | Match | Predict | Tune | Code


def settings_of(subjects: Sequence, levers: Sequence[str]) -> dict[str, Any]:
    """Return the values of some levers, as plain data."""
    values = {name: value for subject in subjects for name, value in subject.values().items()}
    return {name: values[name] if isinstance(values[name], (float, str)) else str(values[name]) for name in levers}


def _one(answer: Any) -> Any:
    """A number as it comes: plain, a NumPy scalar, or a list, array or Series of one."""
    answer = plain(answer)
    return answer[0] if type(answer) is list and len(answer) == 1 else answer


def _known(name: Any, names) -> str:
    if type(name) is not str or name not in names:
        raise Refusal("unknown", what=words("what.option"), name=name, names=list(names))
    return name


def sequence(answer: Any) -> list:
    """Return an answer that names several things as the list of them; as text they stand between commas."""
    if answer is None:
        return []
    if type(answer) is str:
        answer = answer.replace("，", ",").split(",")
        answer = [item.strip() for item in answer]
    if type(answer) is not list or not all(item is None or type(item) is str for item in answer):
        raise Refusal("ask_form")
    return answer
