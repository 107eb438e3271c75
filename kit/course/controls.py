"""The controls of a question, by its kind: plain widgets that a keyboard and a screen reader can use."""

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from kit.course.coding import Code
from kit.course.kinds import Choice, Match, Number, Order, Predict, Tune, settings_of
from kit.course.questions import Question
from kit.levers import values_of
from kit.text import Refusal, language, words
from kit.widgets import Tuner


def controls_of(asked: Question, order: list[str], kept: Any) -> "Controls":
    """Return the controls of a question, its options in an order, set to the answer that was kept."""
    made = {
        Number: _Field,
        Choice: _Radio,
        Order: _Places,
        Match: _Pairs,
        Predict: _Guess,
        Tune: _Panel,
        Code: Controls,
    }
    controls = made[type(asked.kind)](asked.kind, order)
    try:
        controls.show(kept)
    except Exception:  # a kept answer may be of an older version of the question
        controls.clear()
    return controls


class Controls:
    """Nothing to move: code is answered in the cell."""

    def __init__(self, kind, order: list[str]):
        self.kind, self.order = kind, order
        self.committed: Callable[[], None] = lambda: None  # a guess that stands; whoever asks may want to know
        self.views: list[w.Widget] = self._views()

    def _views(self) -> list[w.Widget]:
        return []

    def _named(self) -> list[tuple[str, str]]:
        """The options to choose among, in the learner's own order: words and id."""
        return [(getattr(self.kind.keyed[name], language()), name) for name in self.order]

    def answer(self) -> Any:
        """Return what is set, as an answer of the kind."""
        return None

    def show(self, answer: Any) -> None:
        """Set the controls to an answer that was kept."""

    def clear(self) -> None:
        """Set the controls back."""
        self.show(None)


class _Field(Controls):
    def _views(self):
        self.field = _text()
        return [self.field]

    def answer(self):
        return self.field.value

    def show(self, answer):
        self.field.value = "" if answer is None else str(answer)


class _Radio(Controls):
    def _views(self):
        self.box = _radio(self._named())
        return [self.box]

    def answer(self):
        return self.box.value

    def show(self, answer):
        self.box.value = answer


class _Places(Controls):
    def _views(self):
        lang, places = language(), len(self.kind.items)
        ends = {1: getattr(self.kind.first, lang), places: getattr(self.kind.last, lang)}
        self.boxes = []
        for place in range(1, places + 1):
            told = f"{place} ({ends[place]})" if place in ends else str(place)
            self.boxes.append(_dropdown(self._named(), told, "130px"))
        return self.boxes

    def answer(self):
        return [box.value for box in self.boxes]

    def show(self, answer):
        for box, item in zip(self.boxes, answer or [""] * len(self.boxes), strict=True):
            box.value = item


class _Pairs(Controls):
    def _views(self):
        self.boxes = {
            name: _dropdown(self._named(), getattr(text, language()), "34%") for name, text in self.kind.left.items()
        }
        return list(self.boxes.values())

    def answer(self):
        return {name: box.value for name, box in self.boxes.items()}

    def show(self, answer):
        for name, box in self.boxes.items():
            box.value = (answer or {}).get(name, "")


class _Guess(Controls):
    def _views(self):
        self.guess = _radio([(getattr(text, language()), name) for name, text in self.kind.guesses.items()])
        self.commit = w.Button(description=words("widget.commit"), button_style="primary")
        self.commit.on_click(lambda _: self._open())
        self.later = w.VBox([])
        self.field = _text()
        return [w.HTML(f"<b>{words('widget.predict')}</b>"), self.guess, self.commit, self.later]

    def _open(self):
        if self.guess.value and not self.later.children:
            self.guess.disabled = self.commit.disabled = True
            subjects, levers, outcome = self.kind.panel()
            panel = Tuner(subjects, list(levers), outcome, "", (), None)
            self.later.children = [panel.view, self.field]
            self.committed()

    def answer(self):
        if not self.later.children:
            raise Refusal("ask_guess")
        return {"guess": self.guess.value, "found": self.field.value}

    def show(self, answer):
        answer = answer or {"guess": None, "found": ""}
        self.guess.disabled = self.commit.disabled = False
        self.later.children = []
        self.guess.value, self.field.value = answer["guess"], str(answer["found"])
        self._open()


class _Panel(Controls):
    def _views(self):
        subjects, self.levers, outcome = self.kind.panel()
        self.tuner = Tuner(subjects, list(self.levers), outcome, "", (), None)
        return [self.tuner.view]

    def answer(self):
        return settings_of(self.tuner.subjects, self.levers)

    def show(self, answer):
        self.tuner.move(answer or values_of(self.tuner.start))


def _text() -> w.Text:
    place = words("widget.guess_hint")
    return w.Text(placeholder=place, description=words("ask.answer"), layout={"width": "min(360px, 95%)"})


def _radio(named: list[tuple[str, str]]) -> w.RadioButtons:
    return w.RadioButtons(options=named, value=None, layout={"width": "100%"})


def _dropdown(named: list[tuple[str, str]], told: str, width: str) -> w.Dropdown:
    style = {"description_width": width}
    return w.Dropdown(options=[("—", ""), *named], value="", description=told, style=style, layout={"width": "95%"})
