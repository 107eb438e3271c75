"""Questions: prompt, right answers, expected mistakes with their messages, hints and solution.

They are declared in exercises/questions, one file a sheet, and loaded by id.
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
    """An expected wrong answer: ``gives`` computes it from the learner's numbers, ``says`` is the reply.

    ``when`` recognises the mistake otherwise: by the learner's numbers and the answer (for a panel: its finding).
    """

    id: str
    gives: Callable[[Numbers], Any]
    says: Words
    when: Callable[[Numbers, Any], bool] | None = None


@dataclass(frozen=True)
class Question:
    """One question. ``right`` holds two or more independent ways to the answer; the first is the solution's."""

    id: str
    title: Words
    prompt: Words
    kind: Kind
    right: tuple[Callable[[Numbers], Any], ...]
    mistakes: tuple[Mistake, ...]
    hints: tuple[Words, ...]
    solution: Words
    variants: dict[str, Variant] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)  # fields of the text that sourced numbers fill: id by field
    points: int = 1

    @property
    def sheet(self) -> str:
        return self.id.partition(".")[0]

    def numbers(self, key: str, learner: str) -> Numbers:
        """Return a learner's own numbers."""
        return numbers(key, learner, self.id, self.variants)

    def keys(self, key: str, learner: str) -> dict[str, str]:
        """Return a learner's own key of each option, in the learner's own order; empty without options."""
        return keys(key, learner, self.id, getattr(self.kind, "keyed_options", ()))

    def to_file(self, answer: Any, key: str, learner: str) -> Any:
        """Return an answer as a learner's file holds it: options by the learner's own keys."""
        mine = self.keys(key, learner)
        return _renamed(self.kind.read(answer), mine) if mine else answer

    def from_file(self, answer: Any, key: str, learner: str) -> Any:
        """Return an answer from a learner's file, with the ids of the options.

        Raises Refusal for a key that is not this learner's.
        """
        mine = {own: name for name, own in self.keys(key, learner).items()}
        if not mine:
            return answer
        return _renamed(sequence(answer) if isinstance(self.kind, Order) else answer, mine)

    def fill(self, text: Words, own: Numbers) -> str:
        """Return a text of the question in the reader's language, with the learner's numbers and answer filled in."""
        shown = {name: number(value, self.variants[name].unit) for name, value in own.items()}
        shown |= {name: str(fact(key)) for name, key in self.facts.items()}
        sentence = getattr(text, language())
        if "{answer}" in sentence:
            right = self.right[0](own)
            kind = self.kind.number if isinstance(self.kind, Predict) else self.kind
            shown["answer"] = number(right["found"] if isinstance(right, dict) else right, kind.unit)
        return sentence.format(**shown)

    def check(self, answer: Any, own: Numbers) -> "Verdict":
        """Return the verdict on an answer.

        Raises Refusal for what cannot be read as an answer; it does not count as a try.
        """
        if isinstance(self.kind, Code):
            return self._check_code(answer)
        given = self.kind.read(answer)
        if given is None:
            return Verdict("open")
        if isinstance(self.kind, Tune):
            seen = self.kind.finding(given)
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
        cases = self.kind.draw_cases(random.Random(self.kind.shown))
        try:
            return self.judge(self.kind.outputs(function, cases), cases)
        except Exception as why:
            return Verdict("wrong", note=f"{type(why).__name__}: {why}"[:300])

    def judge(self, outputs: Any, cases: list) -> "Verdict":
        """Return the verdict on a function's results, compared with the solution's and the expected mistakes'."""
        if type(outputs) is not list or len(outputs) != len(cases):
            return Verdict("wrong")
        if all(output is None for output in outputs):
            return Verdict("open")
        for name, source in (("", self.right[0]), *((m.id, m.gives) for m in self.mistakes)):
            expected = self.kind.outputs(self.kind.compile(source({})), cases)
            if self.kind.same(outputs, expected):
                return Verdict("wrong", name) if name else Verdict("right")
        broken = self.kind.broken_relation(outputs, cases)
        return Verdict("wrong", broken.id if broken else "")

    def reply(self, mistake: str) -> Words | None:
        """Return the reply to a mistake, or to a relation that does not hold."""
        known = (*self.mistakes, *getattr(self.kind, "relations", ()))
        return next((one.says for one in known if one.id == mistake), None)

    def message(self, verdict: "Verdict", own: Numbers) -> str:
        """Return the sentence for a verdict, in the reader's language."""
        if reply := self.reply(verdict.mistake):
            return self.fill(reply, own)
        note = words("ask.raised", why=verdict.note) if verdict.note else ""
        return note or words(f"ask.{verdict.state}")


@dataclass(frozen=True)
class Verdict:
    """The ``state`` of an answer (open: not attempted), the id of an expected ``mistake``, an error's note."""

    state: State
    mistake: str = ""
    note: str = ""


def _renamed(answer: Any, names: dict[str, str]) -> Any:
    """An answer with each option under its other name; empty parts stay empty."""
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
    """Return the questions of all sheets by id, in the order of the sheets."""
    return {name: found for sheet_name in sheets() for name, found in sheet(sheet_name).items()}
