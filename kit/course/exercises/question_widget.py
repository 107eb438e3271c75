"""A question as a widget that needs no code: prompt, controls, verdict, hints, solution; ``kit.ask`` and ``kit.me``."""

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


def controls_for(asked: Question, order: list[str], saved: Any) -> "Controls":
    """Return the controls of a question, its options in an order, set to a saved answer."""
    controls = _CONTROLS[type(asked.kind)](asked.kind, order)
    try:
        controls.show(saved)
    except Exception:  # the answer may be of an older version of the question
        controls.clear()
    return controls


class Controls:
    """The controls of one kind of question. This base has none: code is answered in the cell."""

    def __init__(self, kind, order: list[str]):
        self.kind, self.order = kind, order
        self.committed: Callable[[], None] = lambda: None  # called when a guess is committed
        self.views: list[w.Widget] = self._views()

    def _views(self) -> list[w.Widget]:
        return []

    def _options(self) -> list[tuple[str, str]]:
        """The options in the learner's own order: words and id."""
        return [(getattr(self.kind.keyed_options[name], language()), name) for name in self.order]

    def answer(self) -> Any:
        """Return what is set, as an answer of the kind."""
        return None

    def show(self, answer: Any) -> None:
        """Set the controls to a saved answer."""

    def clear(self) -> None:
        self.show(None)


class _NumberField(Controls):
    def _views(self):
        self.field = _text_field()
        return [self.field]

    def answer(self):
        return self.field.value

    def show(self, answer):
        self.field.value = "" if answer is None else str(answer)


class _ChoiceButtons(Controls):
    def _views(self):
        self.box = _radio(self._options())
        return [self.box]

    def answer(self):
        return self.box.value

    def show(self, answer):
        self.box.value = answer


class _OrderMenus(Controls):
    def _views(self):
        lang, places = language(), len(self.kind.items)
        ends = {1: getattr(self.kind.first, lang), places: getattr(self.kind.last, lang)}
        labels = [f"{n} ({ends[n]})" if n in ends else str(n) for n in range(1, places + 1)]
        self.boxes = [_dropdown(self._options(), label, "130px") for label in labels]
        return self.boxes

    def answer(self):
        return [box.value for box in self.boxes]

    def show(self, answer):
        for box, item in zip(self.boxes, answer or [""] * len(self.boxes), strict=True):
            box.value = item


class _MatchMenus(Controls):
    def _views(self):
        lang = language()
        self.boxes = {
            name: _dropdown(self._options(), getattr(text, lang), "34%") for name, text in self.kind.left.items()
        }
        return list(self.boxes.values())

    def answer(self):
        return {name: box.value for name, box in self.boxes.items()}

    def show(self, answer):
        for name, box in self.boxes.items():
            box.value = (answer or {}).get(name, "")


class _PredictPanel(Controls):
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
            self.later.children = [_panel(self.kind).view, self.field]
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


class _TunePanel(Controls):
    def _views(self):
        self.tuner = _panel(self.kind)
        return [self.tuner.view]

    def answer(self):
        return settings_of(self.tuner.subjects, list(self.tuner.knobs))

    def show(self, answer):
        self.tuner.move(answer or values_of(self.tuner.start))


_CONTROLS = {
    Number: _NumberField,
    Choice: _ChoiceButtons,
    Order: _OrderMenus,
    Match: _MatchMenus,
    Predict: _PredictPanel,
    Tune: _TunePanel,
    Code: Controls,
}


def _panel(kind: Predict | Tune) -> Panel:
    subjects, levers, outcome = kind.panel()
    return Panel(subjects, list(levers), outcome, "", (), None)


def _text_field() -> w.Text:
    hint = words("widget.guess_hint")
    return w.Text(placeholder=hint, description=words("ask.answer"), layout={"width": "min(360px, 95%)"})


def _radio(options: list[tuple[str, str]]) -> w.RadioButtons:
    return w.RadioButtons(options=options, value=None, layout={"width": "100%"})


def _dropdown(options: list[tuple[str, str]], label: str, width: str) -> w.Dropdown:
    style = {"description_width": width}
    return w.Dropdown(options=[("—", ""), *options], value="", description=label, style=style, layout={"width": "95%"})


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


def ask(name: str) -> "QuestionWidget":
    """Ask a question by its id: ``kit.ask("ex03.fee_past_cap")``. In code: ``kit.ask(...).check(answer)``.

    An option is named by the learner's own key, which ``kit.ask(...).options`` lists.
    """
    return QuestionWidget(question(name))


class QuestionWidget:
    """One question shown to a learner: prompt, controls, verdict, hints, solution."""

    def __init__(self, asked: Question):
        self.question, self.progress, self.settings = asked, Progress(), settings()
        self.who = self.settings.key, self.progress.learner
        self.numbers, self.keys = asked.numbers(*self.who), asked.keys(*self.who)
        self.verdict, self.taken = Verdict(self.entry["state"]), ""
        self.message, self.help = w.HTML(), w.HTML()
        self.controls = controls_for(asked, list(self.keys), self._saved(self.entry["answer"]))
        self.check_button = _button("ask.check", lambda: self._try(self.controls.answer), "primary")
        self.hint_button = _button("ask.hint", self._hint)
        self.solution_button = _button("ask.solution", self._solution)
        self.reset_button = _button("ask.reset", self._reset)
        buttons = [self.check_button, self.hint_button, self.solution_button, self.reset_button]
        row = w.Box(buttons[isinstance(asked.kind, Code) :], layout=w.Layout(display="flex", flex_flow="row wrap"))
        self.view = w.VBox([w.HTML(_STYLE + self.prompt()), *self.controls.views, row, self.message, self.help])
        self.view.add_class("rhc-question")
        self._hints = self.entry["hints"]
        self.controls.committed = self._show
        self._show()

    @property
    def entry(self) -> dict[str, Any]:
        return self.progress.entry(self.question.id)

    def prompt(self) -> str:
        """Return title and prompt as HTML."""
        title = html.escape(getattr(self.question.title, language()))
        due = self.settings.due.get(self.question.sheet)
        late = f"<p><em>{html.escape(words('ask.due', day=(due, '')))}</em></p>" if due else ""
        return f"<h4>{title}</h4><p>{self._filled(self.question.prompt)}</p>{late}"

    @property
    def options(self) -> dict[str, str]:
        """The options by the learner's own keys, in the learner's own order; empty for kinds without options."""
        options = getattr(self.question.kind, "keyed_options", {})
        return {key: getattr(options[name], language()) for name, key in self.keys.items()}

    def check(self, answer: Any) -> "QuestionWidget":
        """Check an answer, save it in the learner's file, and show the verdict."""
        self._try(lambda: self.question.from_file(answer, *self.who))
        return self

    def _saved(self, answer: Any) -> Any:
        try:
            return self.question.from_file(answer, *self.who)
        except Refusal:  # of an older version of the question, or another learner's
            return None

    def _try(self, answer: Callable[[], Any]) -> None:
        try:
            given = answer()
            self.progress = Progress()  # another cell may have written since
            if self.progress.learner != self.who[1]:
                raise Refusal("ask_other")
            self.verdict = self.question.check(given, self.numbers)
            number = isinstance(self.question.kind, Number | Predict) and self.verdict.state != "open"
            self.taken = self.question.kind.taken(given) if number else ""
            self.progress.record(self.question.id, self._to_save(given), self.verdict)
            self._show()
        except Refusal as refusal:
            self.message.value = status(str(refusal), "rhc-refused")

    def _to_save(self, given: Any) -> Any:
        """An answer as plain data; of code its text, which distinguishes a new try from an old one."""
        if not isinstance(self.question.kind, Code):
            data = self.question.to_file(given, *self.who)
            return data if isinstance(data, (str, dict, list)) else str(data)
        try:
            return inspect.getsource(given)
        except (OSError, TypeError):
            return repr(given)[:200]

    def _show(self) -> None:
        if self.verdict.state == "open":
            self.message.value = status(words("ask.open"), "")
        else:
            sign, colour = ("✓", "rhc-told") if self.verdict.state == "right" else ("✗", "rhc-refused")
            sentence = f"{sign} {self.question.message(self.verdict, self.numbers)} {self.taken}".rstrip()
            self.message.value = status(sentence, colour)
        hints = self.question.hints
        self.help.value = "".join(
            f"<p><b>{html.escape(words('ask.hint_n', n=str(n)))}</b> {self._filled(hint)}</p>"
            for n, hint in enumerate(hints[: self._hints], start=1)
        )
        self.hint_button.description = words("ask.hint", n=str(max(len(hints) - self._hints, 0)))
        self.hint_button.disabled = self._hints >= len(hints)
        self.solution_button.disabled = not self.solution_is_open()
        self.solution_button.tooltip = words("ask.opens", tries=str(self.settings.gates.tries))

    def solution_is_open(self) -> bool:
        """Whether the solution may be seen: right, enough tries, or all hints read."""
        gates, entry = self.settings.gates, self.entry
        read = gates.hints and entry["hints"] >= len(self.question.hints)
        return entry["state"] == "right" or entry["tries"] >= gates.tries or read

    def _hint(self) -> None:
        self.progress = Progress()
        self._hints = self.progress.hint(self.question.id)
        self._show()

    def _solution(self) -> None:
        if not self.solution_is_open():
            return
        shown = f"<p><b>{html.escape(words('ask.solution_is'))}</b> {self._filled(self.question.solution)}</p>"
        if isinstance(self.question.kind, Code):
            shown += f"<pre>{html.escape(self.question.right[0]({}))}</pre>"
        if shown not in self.help.value:
            self.help.value += shown

    def _reset(self) -> None:
        self.progress = Progress()
        self.progress.reset(self.question.id)
        self._hints, self.verdict, self.taken = 0, Verdict("open"), ""
        self.controls.clear()
        self._show()

    def _filled(self, text) -> str:
        return html.escape(self.question.fill(text, self.numbers)).replace("\n\n", "</p><p>")

    def _ipython_display_(self) -> None:
        # A page or a print without a kernel shows prompt and options; while the widget lives, this copy is hidden.
        printed = self.prompt() + _printed_options(self.question, list(self.keys))
        plain = self.question.fill(self.question.prompt, self.numbers)
        display({"text/html": printed, "text/plain": plain}, raw=True)
        state = words("ask.widget", state=words(f"ask.{self.verdict.state}"))
        display(self.view._repr_mimebundle_() | {"text/plain": state}, raw=True)


def _button(key: str, act: Callable[[], None], style: str = "") -> w.Button:
    button = w.Button(description=words(key, n=""), button_style=style, layout={"width": "auto"})
    button.on_click(lambda _: act())
    return button


def _printed_options(asked: Question, order: list[str]) -> str:
    """The options as lists, those with keys in the learner's own order."""
    kind, lang = asked.kind, language()
    groups = [kind.left] if isinstance(kind, Match) else [kind.guesses] if isinstance(kind, Predict) else []
    groups.append({name: kind.keyed_options[name] for name in order})
    items = ["".join(f"<li>{html.escape(getattr(text, lang))}</li>" for text in group.values()) for group in groups]
    asleep = "" if isinstance(kind, Code) else f"<p><em>{html.escape(words('ask.asleep'))}</em></p>"
    return "".join(f"<ul>{item}</ul>" for item in items if item) + asleep


class LearnerId:
    """The field for the learner's id in the class, which decides the learner's own numbers."""

    def __init__(self):
        known = Progress().learner
        self.field = w.Text(value=known, description=words("me.id"), continuous_update=False)
        self.field.style.description_width = "initial"
        self.message = w.HTML(status(words("me.known" if known else "me.none", id=known), ""))
        self.field.observe(lambda change: self._set(change["new"]), "value")
        self.view = w.VBox([w.HTML(_STYLE), self.field, self.message])
        self.view.add_class("rhc-id")

    def _set(self, learner: str) -> None:
        try:
            Progress().set_learner(learner.strip())
            self.message.value = status(words("me.saved"), "rhc-told")
        except Refusal as refusal:
            self.message.value = status(str(refusal), "rhc-refused")

    def _ipython_display_(self) -> None:
        display(self.view._repr_mimebundle_() | {"text/plain": words("me.none", id="")}, raw=True)


def me() -> LearnerId:
    """Ask for the learner's id."""
    return LearnerId()
