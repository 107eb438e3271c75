"""Questions: each brings its prompt, right answers, expected mistakes with their messages, hints and solution.

They are declared in exercises/questions, one file a sheet, and loaded by id; a sheet holds ids alone.
"""

import importlib.util
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from kit.course.kinds import Code, Kind, Numbers, Predict, Tune
from kit.course.lessons import Words
from kit.course.own import Own, numbers
from kit.facts import fact
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
    own: dict[str, Own] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)  # fields of the words that numbers of kit.facts fill, by id
    points: int = 1

    @property
    def sheet(self) -> str:
        return self.id.partition(".")[0]

    def numbers(self, key: str, learner: str) -> Numbers:
        """Return a learner's own numbers."""
        return numbers(key, learner, self.id, self.own)

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
        cases = self.kind.cases(random.Random(self.kind.shown))
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
        return Verdict("wrong")

    def message(self, verdict: "Verdict", own: Numbers) -> str:
        """Return the sentence for a verdict, in the reader's language."""
        told = next((mistake.says for mistake in self.mistakes if mistake.id == verdict.mistake), None)
        if told:
            return self.said(told, own)
        note = words("ask.raised", why=verdict.note) if verdict.note else ""
        return note or words(f"ask.{verdict.state}")


@dataclass(frozen=True)
class Verdict:
    """What an answer is: its ``state`` (open: not attempted), the expected ``mistake`` by id, a note of an error."""

    state: State
    mistake: str = ""
    note: str = ""


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


def sheets() -> list[str]:
    """Return the names of the sheets that there are."""
    return sorted(path.stem for path in (EXERCISES / "questions").glob("ex*.py"))


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
