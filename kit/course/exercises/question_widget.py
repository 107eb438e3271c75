"""Asking: a question as a widget that needs no code, its hints, its solution, and the learner's own file."""

import html
import inspect
from collections.abc import Callable
from typing import Any

import ipywidgets as w
from IPython.display import display

from kit.course.class_settings import settings
from kit.course.exercises.progress import Progress
from kit.course.exercises.question_types import Choice, Code, Match, Number, Order, Predict, Tune, settings_of
from kit.course.exercises.questions import Question, Verdict, question
from kit.parameters.levers import values_of
from kit.text import Refusal, language, words
from kit.widgets.notes import status
from kit.widgets.panel import Panel


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
        self.field = _text_field()
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
        self.field = _text_field()
        return [w.HTML(f"<b>{words('widget.predict')}</b>"), self.guess, self.commit, self.later]

    def _open(self):
        if self.guess.value and not self.later.children:
            self.guess.disabled = self.commit.disabled = True
            subjects, levers, outcome = self.kind.panel()
            panel = Panel(subjects, list(levers), outcome, "", (), None)
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
        self.tuner = Panel(subjects, list(self.levers), outcome, "", (), None)
        return [self.tuner.view]

    def answer(self):
        return settings_of(self.tuner.subjects, self.levers)

    def show(self, answer):
        self.tuner.move(answer or values_of(self.tuner.start))


def _text_field() -> w.Text:
    place = words("widget.guess_hint")
    return w.Text(placeholder=place, description=words("ask.answer"), layout={"width": "min(360px, 95%)"})


def _radio(named: list[tuple[str, str]]) -> w.RadioButtons:
    return w.RadioButtons(options=named, value=None, layout={"width": "100%"})


def _dropdown(named: list[tuple[str, str]], told: str, width: str) -> w.Dropdown:
    style = {"description_width": width}
    return w.Dropdown(options=[("—", ""), *named], value="", description=told, style=style, layout={"width": "95%"})


_STYLE = """<style>
.jp-OutputArea-child:has(~ .jp-OutputArea-child .rhc-question):not(:has([data-mime-type*="error"])) { display: none; }
.rhc-question { border-left: 3px solid #4c78a8; padding: 2px 0 6px 12px; overflow: visible; }
.rhc-question p, .rhc-question .widget-html-content { line-height: 1.5; white-space: normal; }
.rhc-question .widget-radio, .rhc-question .widget-radio-box { width: 100%; max-width: none; height: auto; }
.rhc-question .widget-radio-box label { white-space: normal; height: auto; line-height: 1.4; margin: 2px 0; }
.rhc-question .widget-label { white-space: normal; height: auto; line-height: 1.4; }
.rhc-question .rhc-told, .rhc-id .rhc-told { color: #1b5e20; }
.rhc-question .rhc-refused, .rhc-id .rhc-refused { color: #b00020; }
</style>"""


def ask(name: str) -> "Asked":
    """Ask a question by its id: ``kit.ask("ex03.fee_past_cap")``. In code: ``kit.ask(...).check(answer)``.

    An option is named by the learner's own key, which ``kit.ask(...).options`` lists.
    """
    return Asked(question(name))


class Asked:
    """One question before a learner: prompt, controls, verdict, hints, solution."""

    def __init__(self, asked: Question):
        self.question, self.progress, self.settings = asked, Progress(), settings()
        self.who = self.settings.key, self.progress.learner
        self.own, self.keys = asked.numbers(*self.who), asked.keys(*self.who)
        self.verdict, self.taken = Verdict(self.entry["state"]), ""
        self.said, self.told = w.HTML(), w.HTML()
        self.controls = controls_of(asked, list(self.keys), self._opened(self.entry["answer"]))
        self.send = _button("ask.check", lambda: self._try(self.controls.answer), "primary")
        self.hint = _button("ask.hint", self._hint)
        self.open = _button("ask.solution", self._solution)
        self.again = _button("ask.reset", self._reset)
        code = isinstance(asked.kind, Code)
        row = [*([] if code else [self.send]), self.hint, self.open, self.again]
        wrapped = w.Layout(display="flex", flex_flow="row wrap")
        parts = [w.HTML(_STYLE + self.prompt()), *self.controls.views, w.Box(row, layout=wrapped), self.said, self.told]
        self.view = w.VBox(parts)
        self.view.add_class("rhc-question")
        self._hints = self.entry["hints"]
        self.controls.committed = self._show
        self._show()

    @property
    def entry(self) -> dict[str, Any]:
        return self.progress.entry(self.question.id)

    def prompt(self) -> str:
        """Return title and prompt as HTML; the words are the course's own, in plain text."""
        title = html.escape(getattr(self.question.title, language()))
        text = html.escape(self.question.said(self.question.prompt, self.own)).replace("\n\n", "</p><p>")
        due = self.settings.due.get(self.question.sheet)
        late = f"<p><em>{html.escape(words('ask.due', day=(due, '')))}</em></p>" if due else ""
        return f"<h4>{title}</h4><p>{text}</p>{late}"

    @property
    def options(self) -> dict[str, str]:
        """The options by the learner's own keys, in the learner's own order; empty where there is nothing to choose."""
        named = getattr(self.question.kind, "keyed", {})
        return {told: getattr(named[name], language()) for name, told in self.keys.items()}

    def check(self, answer: Any) -> "Asked":
        """Check an answer, keep it in the learner's own file, and show what it is."""
        self._try(lambda: self.question.opened(answer, *self.who))
        return self

    def _opened(self, kept: Any) -> Any:
        try:
            return self.question.opened(kept, *self.who)
        except Refusal:  # of an older version of the question, or not this learner's
            return None

    def _try(self, answer: Callable[[], Any]) -> None:
        try:
            given = answer()
            self.progress = Progress()  # another cell may have written meanwhile
            if self.progress.learner != self.who[1]:
                raise Refusal("ask_other")
            self.verdict = self.question.check(given, self.own)
            number = isinstance(self.question.kind, Number | Predict) and self.verdict.state != "open"
            self.taken = self.question.kind.taken(given) if number else ""
            self.progress.record(self.question.id, self._kept(given), self.verdict)
            self._show()
        except Refusal as refusal:
            self.said.value = status(str(refusal), "rhc-refused")

    def _kept(self, given: Any) -> Any:
        """What the learner's file keeps of an answer: its data; of code its text, to tell a new try from an old one."""
        if not isinstance(self.question.kind, Code):
            sealed = self.question.sealed(given, *self.who)
            return sealed if isinstance(sealed, (str, dict, list)) else str(sealed)
        try:
            return inspect.getsource(given)
        except (OSError, TypeError):
            return repr(given)[:200]

    def _show(self) -> None:
        if self.verdict.state == "open":
            self.said.value = status(words("ask.open"), "")
        else:
            colour = "rhc-told" if self.verdict.state == "right" else "rhc-refused"
            sign = "✓ " if self.verdict.state == "right" else "✗ "
            sentence = f"{sign}{self.question.message(self.verdict, self.own)} {self.taken}".rstrip()
            self.said.value = status(sentence, colour)
        hints = self.question.hints
        lines = [f"<p><b>{html.escape(words('ask.hint_n', n=str(n)))}</b> {_text(self, hint)}</p>"
                 for n, hint in enumerate(hints[: self._hints], start=1)]  # fmt: skip
        self.told.value = "".join(lines)
        self.hint.description = words("ask.hint", n=str(len(hints) - min(self._hints, len(hints))))
        self.hint.disabled = self._hints >= len(hints)
        self.open.disabled = not self.opens()
        self.open.tooltip = words("ask.opens", tries=str(self.settings.gates.tries))

    def opens(self) -> bool:
        """Whether the solution may be seen: right, enough tries, or all hints read."""
        gates, entry = self.settings.gates, self.entry
        read = gates.hints and entry["hints"] >= len(self.question.hints)
        return entry["state"] == "right" or entry["tries"] >= gates.tries or read

    def _hint(self) -> None:
        self.progress = Progress()
        self._hints = self.progress.hint(self.question.id)
        self._show()

    def _solution(self) -> None:
        if not self.opens():
            return
        shown = f"<p><b>{html.escape(words('ask.solution_is'))}</b> {_text(self, self.question.solution)}</p>"
        if isinstance(self.question.kind, Code):
            shown += f"<pre>{html.escape(self.question.right[0]({}))}</pre>"
        if shown not in self.told.value:
            self.told.value += shown

    def _reset(self) -> None:
        self.progress = Progress()
        self.progress.reset(self.question.id)
        self._hints, self.verdict, self.taken = 0, Verdict("open"), ""
        self.controls.clear()
        self._show()

    def _ipython_display_(self) -> None:
        # A page or a print without a kernel shows prompt and options; while the widget lives, this copy is hidden.
        printed = self.prompt() + _options(self.question, list(self.keys))
        plain = self.question.said(self.question.prompt, self.own)
        display({"text/html": printed, "text/plain": plain}, raw=True)
        display(self.view._repr_mimebundle_() | {"text/plain": words("ask.widget", state=words(f"ask.{self.verdict.state}"))}, raw=True)  # fmt: skip  # noqa: E501


def _button(key: str, act: Callable[[], None], style: str = "") -> w.Button:
    button = w.Button(description=words(key, n=""), button_style=style, layout={"width": "auto"})
    button.on_click(lambda _: act())
    return button


def _text(asked: Asked, text) -> str:
    return html.escape(asked.question.said(text, asked.own)).replace("\n\n", "</p><p>")


def _options(asked: Question, order: list[str]) -> str:
    """The options in print, those to choose among in the learner's own order."""
    kind, lang = asked.kind, language()
    groups = [kind.left] if isinstance(kind, Match) else [kind.guesses] if isinstance(kind, Predict) else []
    groups.append({name: kind.keyed[name] for name in order})
    items = ["".join(f"<li>{html.escape(getattr(text, lang))}</li>" for text in group.values()) for group in groups]
    asleep = "" if isinstance(kind, Code) else f"<p><em>{html.escape(words('ask.asleep'))}</em></p>"
    return "".join(f"<ul>{item}</ul>" for item in items if item) + asleep


class Me:
    """The field for the learner's id in the class."""

    def __init__(self):
        known = Progress().learner
        self.field = w.Text(value=known, description=words("me.id"), continuous_update=False)
        self.field.style.description_width = "initial"
        self.said = w.HTML(status(words("me.known" if known else "me.none", id=known), ""))
        self.field.observe(lambda change: self._call(change["new"]), "value")
        self.view = w.VBox([w.HTML(_STYLE), self.field, self.said])
        self.view.add_class("rhc-id")

    def _call(self, learner: str) -> None:
        try:
            Progress().call(learner.strip())
            self.said.value = status(words("me.saved"), "rhc-told")
        except Refusal as refusal:
            self.said.value = status(str(refusal), "rhc-refused")

    def _ipython_display_(self) -> None:
        display(self.view._repr_mimebundle_() | {"text/plain": words("me.none", id="")}, raw=True)


def me() -> Me:
    """Ask who the learner is, for their own numbers."""
    return Me()
