"""Predictions: a guess before the controls open."""

import html
import math

import ipywidgets as w

from kit.parameters.levers import Lever
from kit.text import Refusal, words
from kit.widgets.notes import status


class Prediction:
    """The learner commits to a number, then sees the answer, and the controls open."""

    def __init__(self, tuner, name: str):
        found = tuner.now.attrs["finding"]
        if name not in found:
            raise Refusal("unknown", what=words("what.number"), name=name, names=list(found))
        self._tuner, self._answer = tuner, found[name]
        question = html.escape(words(f"predict.{tuner.figure.key}.{name}", **tuner.now.attrs["finding"]))
        self.guess = w.Text(placeholder=words("widget.guess_hint"), continuous_update=False)
        self.commit = w.Button(description=words("widget.commit"), button_style="primary")
        self.said = w.HTML()
        self.commit.on_click(lambda _: self.check())
        self.guess.observe(lambda _: self.check(), "value")  # the Enter key commits too
        asked = w.HTML(f"<b>{html.escape(words('widget.predict'))}</b> {question}")
        self.view = w.VBox([asked, w.HBox([self.guess, self.commit]), self.said])

    def check(self) -> None:
        """Compare the guess with the answer at the settings of the start, and open the controls."""
        if self.guess.disabled:
            return
        answer, unit = self._answer
        any_number = Lever(words("widget.guess"), unit, "number", -math.inf, math.inf)
        try:
            guess = any_number.check(any_number.typed(self.guess.value))
        except Refusal as refusal:
            self.said.value = status(str(refusal), "rhc-refused")
            return
        verdict = words("widget.near" if abs(guess - answer) <= 0.2 * abs(answer) else "widget.far")
        sentence = words("widget.checked", guess=(guess, unit), answer=(answer, unit), verdict=verdict)
        self.said.value = status(sentence, "rhc-told")
        self.guess.disabled = self.commit.disabled = True
        self._tuner.open()
