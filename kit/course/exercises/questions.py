"""Questions: each brings its prompt, right answers, expected mistakes with their messages, hints and solution.

They are declared in exercises/questions, one file a sheet, and loaded by id; a sheet holds ids alone.
"""

import importlib.util
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from kit.course.class_settings import sheets
from kit.course.exercises.question_types import Code, Kind, Numbers, Order, Predict, Tune, sequence
from kit.course.exercises.variants import Variant, keys, numbers
from kit.course.lessons import Words
from kit.parameters.sourced import fact
from kit.paths import EXERCISES
from kit.text import Refusal, language, number, words

State = Literal["open", "wrong", "right"]


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that is expected: what it is, by the learner's numbers, and what is said to it.

    ``when`` knows the mistake by another mark than being the same answer: it takes the learner's numbers and what
    was read (for a panel: what it finds).
    """

    id: str
    gives: Callable[[Numbers], Any]
    says: Words
    when: Callable[[Numbers, Any], bool] | None = None


@dataclass(frozen=True)
class Question:
    """One question. ``right`` holds two answers or more, each found by a route of its own, the first the solution's."""

    id: str
    title: Words
    prompt: Words
    kind: Kind
    right: tuple[Callable[[Numbers], Any], ...]
    mistakes: tuple[Mistake, ...]
    hints: tuple[Words, ...]
    solution: Words
    own: dict[str, Variant] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)  # fields of the words that sourced numbers fill, by id
    points: int = 1

    @property
    def sheet(self) -> str:
        return self.id.partition(".")[0]

    def numbers(self, key: str, learner: str) -> Numbers:
        """Return a learner's own numbers."""
        return numbers(key, learner, self.id, self.own)

    def keys(self, key: str, learner: str) -> dict[str, str]:
        """Return a learner's own key of each option, in the learner's own order; none where there are no options."""
        return keys(key, learner, self.id, getattr(self.kind, "keyed", ()))

    def sealed(self, answer: Any, key: str, learner: str) -> Any:
        """Return an answer as a learner's file holds it: options by the learner's own keys."""
        mine = self.keys(key, learner)
        return _renamed(self.kind.read(answer), mine) if mine else answer

    def opened(self, answer: Any, key: str, learner: str) -> Any:
        """Return an answer of a learner's file by the ids of the options.

        Raises Refusal for a key that is not this learner's own.
        """
        mine = {told: name for name, told in self.keys(key, learner).items()}
        if not mine:
            return answer
        return _renamed(sequence(answer) if isinstance(self.kind, Order) else answer, mine)

    def said(self, text: Words, own: Numbers) -> str:
        """Return words of the question in the reader's language, with the learner's numbers and the answer to them."""
        shown = {name: number(value, self.own[name].unit) for name, value in own.items()}
        shown |= {name: str(fact(key)) for name, key in self.facts.items()}
        sentence = getattr(text, language())
        if "{answer}" in sentence:
            right = self.right[0](own)
            kind = self.kind.number if isinstance(self.kind, Predict) else self.kind
            shown["answer"] = number(right["found"] if isinstance(right, dict) else right, kind.unit)
        return sentence.format(**shown)

    def check(self, answer: Any, own: Numbers) -> "Verdict":
        """Return what an answer is: not attempted, wrong (with the mistake, if it is an expected one), or right.

        Raises Refusal for what cannot be read as an answer: then nothing is counted.
        """
        if isinstance(self.kind, Code):
            return self._check_code(answer)
        given = self.kind.read(answer)
        if given is None:
            return Verdict("open")
        if isinstance(self.kind, Tune):
            seen = self.kind.found(given)
            right = self.kind.reached(seen)
        else:
            seen = given
            right = self.kind.same(given, self.kind.read(self.right[0](own)))
        if right:
            return Verdict("right")
        for mistake in self.mistakes:
            if mistake.when(own, seen) if mistake.when else self.kind.same(given, self.kind.read(mistake.gives(own))):
                return Verdict("wrong", mistake.id)
        return Verdict("wrong")

    def _check_code(self, function: Any) -> "Verdict":
        if function is None or function is ...:
            return Verdict("open")
        if not callable(function):
            raise Refusal("ask_function", name=self.kind.function)
        cases = self.kind.drawn(random.Random(self.kind.shown))
        try:
            return self.judge(self.kind.outputs(function, cases), cases)
        except Exception as why:
            return Verdict("wrong", note=f"{type(why).__name__}: {why}"[:300])

    def judge(self, outputs: Any, cases: list) -> "Verdict":
        """Return what a function's results on cases are, against the solution's and the expected mistakes'."""
        if type(outputs) is not list or len(outputs) != len(cases):
            return Verdict("wrong")
        if all(output is None for output in outputs):
            return Verdict("open")
        for name, source in (("", self.right[0]), *((m.id, m.gives) for m in self.mistakes)):
            due = self.kind.outputs(self.kind.made(source({})), cases)
            if self.kind.same(outputs, due):
                return Verdict("wrong", name) if name else Verdict("right")
        broken = self.kind.broken(outputs, cases)
        return Verdict("wrong", broken.id if broken else "")

    def told(self, mistake: str) -> Words | None:
        """Return what is said to a mistake, or to a relation that does not hold."""
        known = (*self.mistakes, *getattr(self.kind, "relations", ()))
        return next((one.says for one in known if one.id == mistake), None)

    def message(self, verdict: "Verdict", own: Numbers) -> str:
        """Return the sentence for a verdict, in the reader's language."""
        if told := self.told(verdict.mistake):
            return self.said(told, own)
        note = words("ask.raised", why=verdict.note) if verdict.note else ""
        return note or words(f"ask.{verdict.state}")


@dataclass(frozen=True)
class Verdict:
    """What an answer is: its ``state`` (open: not attempted), the expected ``mistake`` by id, a note of an error."""

    state: State
    mistake: str = ""
    note: str = ""


def _renamed(answer: Any, names: dict[str, str]) -> Any:
    """An answer with each option under its other name; what is empty stays so."""
    if answer is None or answer == "":
        return answer
    if type(answer) is list:
        return [_renamed(part, names) for part in answer]
    if type(answer) is dict:
        return {left: _renamed(right, names) for left, right in answer.items()}
    if type(answer) is not str or answer not in names:
        raise Refusal("unknown", what=words("what.option"), name=answer, names=list(names))
    return names[answer]


@cache
def sheet(name: str) -> dict[str, Question]:
    """Return a sheet's questions by id, in their order."""
    path = EXERCISES / "questions" / f"{name}.py"
    if not name.isidentifier() or not path.is_file():
        raise Refusal("unknown", what=words("what.sheet"), name=name, names=sheets())
    spec = importlib.util.spec_from_file_location(f"questions_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {question.id: question for question in module.QUESTIONS}


def question(name: str) -> Question:
    """Return a question by its id.

    >>> question("ex03.nothing")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kit.text.Refusal: no question 'ex03.nothing'; there are: ex03...
    """
    found = sheet(name.partition(".")[0])
    if name not in found:
        raise Refusal("unknown", what=words("what.question"), name=name, names=list(found))
    return found[name]


def every() -> dict[str, Question]:
    """Return all questions of all sheets by id, in the order of the sheets."""
    return {name: found for sheet_name in sheets() for name, found in sheet(sheet_name).items()}
