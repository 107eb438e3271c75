"""A question as a widget that needs no code: prompt, controls, verdict, hints, solution; ``kit.ask`` and ``kit.me``."""

import html
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets as w
from IPython.display import display

from kit.course.class_settings import settings
from kit.course.exercises.progress import Progress
from kit.course.exercises.question import Question, Verdict, question
from kit.course.exercises.question_types import Choice, Code, Match, Number, Order, Predict, Tune, settings_of
from kit.course.lessons import Words
from kit.text import Refusal, language, words
from kit.widgets.notes import status
from kit.widgets.panel import Panel


@dataclass
class Controls:
    """The controls of a question: what they answer, and how they are set to a saved answer. Code has none."""

    views: Sequence[w.Widget] = ()
    answer: Callable[[], Any] = lambda: None
    show: Callable[[Any], None] = lambda saved: None
    panel: Panel | None = None
    committed: Callable[[], None] = lambda: None  # called when a guess is committed


def controls_for(asked: Question, order: list[str], saved: Any) -> Controls:
    """Return the controls of a question, its options in an order, set to a saved answer."""
    options = _choices({name: asked.kind.keyed_options[name] for name in order})
    controls = _CONTROLS[type(asked.kind)](asked.kind, options)
    try:
        controls.show(saved)
    except Exception:  # the answer may be of an older version of the question
        controls.show(None)
    return controls


def _number_field(kind: Number, options: list) -> Controls:
    field = _text_field()

    def show(saved):
        field.value = "" if saved is None else str(saved)

    return Controls([field], lambda: field.value, show)


def _choice_buttons(kind: Choice, options: list) -> Controls:
    box = _radio(options)
    return Controls([box], lambda: box.value, lambda saved: box.set_trait("value", saved))


def _order_menus(kind: Order, options: list) -> Controls:
    places = range(1, len(options) + 1)
    ends = {1: getattr(kind.first, language()), len(options): getattr(kind.last, language())}
    boxes = [_dropdown(options, f"{n} ({ends[n]})" if n in ends else str(n), "130px") for n in places]

    def show(saved):
        for box, item in zip(boxes, saved or [""] * len(boxes), strict=True):
            box.value = item

    return Controls(boxes, lambda: [box.value for box in boxes], show)


def _match_menus(kind: Match, options: list) -> Controls:
    boxes = {name: _dropdown(options, text, "34%") for text, name in _choices(kind.left)}

    def show(saved):
        for name, box in boxes.items():
            box.value = (saved or {}).get(name, "")

    return Controls(list(boxes.values()), lambda: {name: box.value for name, box in boxes.items()}, show)


def _predict_panel(kind: Predict, options: list) -> Controls:
    guess, field = _radio(_choices(kind.guesses)), _text_field()
    opened = w.VBox([])

    def open_panel():
        if guess.value and not opened.children:
            guess.disabled = commit.disabled = True
            opened.children = [_panel(kind).view, field]
            controls.committed()

    def answer():
        if not opened.children:
            raise Refusal("ask_guess")
        return {"guess": guess.value, "found": field.value}

    def show(saved):
        saved = saved or {"guess": None, "found": ""}
        guess.disabled = commit.disabled = False
        opened.children = []
        guess.value, field.value = saved["guess"], str(saved["found"])
        open_panel()

    commit = w.Button(description=words("widget.commit"), button_style="primary")
    commit.on_click(lambda _: open_panel())
    controls = Controls([w.HTML(f"<b>{words('widget.predict')}</b>"), guess, commit, opened], answer, show)
    return controls


def _tune_panel(kind: Tune, options: list) -> Controls:
    panel = _panel(kind)

    def answer():
        return settings_of(panel.subjects, list(panel.knobs))

    return Controls([panel.view], answer, lambda saved: panel.load(saved or {}), panel)


_CONTROLS: dict[type, Callable[[Any, list], Controls]] = {
    Number: _number_field,
    Choice: _choice_buttons,
    Order: _order_menus,
    Match: _match_menus,
    Predict: _predict_panel,
    Tune: _tune_panel,
    Code: lambda kind, options: Controls(),
}


def _choices(texts: dict[str, Words]) -> list[tuple[str, str]]:
    """Options as words in the reader's language and their ids."""
    return [(getattr(text, language()), name) for name, text in texts.items()]


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


def _button(key: str, act: Callable[[], None], style: str = "") -> w.Button:
    button = w.Button(description=words(key, n=""), button_style=style, layout={"width": "auto"})
    button.on_click(lambda _: act())
    return button


_STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text(encoding='utf-8')}</style>"


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
        hints, read = self.question.hints, self.entry["hints"]
        self.help.value = "".join(
            f"<p><b>{html.escape(words('ask.hint_n', n=str(n)))}</b> {self._filled(hint)}</p>"
            for n, hint in enumerate(hints[:read], start=1)
        )
        self.hint_button.description = words("ask.hint", n=str(max(len(hints) - read, 0)))
        self.hint_button.disabled = read >= len(hints)
        self.solution_button.disabled = not self.solution_is_open()
        self.solution_button.tooltip = words("ask.opens", tries=str(self.settings.gates.tries))

    def solution_is_open(self) -> bool:
        """Whether the solution may be seen: right, enough tries, or all hints read."""
        gates, entry = self.settings.gates, self.entry
        read = gates.hints and entry["hints"] >= len(self.question.hints)
        return entry["state"] == "right" or entry["tries"] >= gates.tries or read

    def _hint(self) -> None:
        self.progress = Progress()
        self.progress.hint(self.question.id)
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
        self.verdict, self.taken = Verdict("open"), ""
        self.controls.show(None)
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
