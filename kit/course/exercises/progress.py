"""A learner's progress: a file next to the sheets that updates never touch, and its table of squares."""

import json
import re
from pathlib import Path
from typing import Any

from kit.course.exercises.question import Verdict, every
from kit.paths import replace_file
from kit.text import LANGUAGES, Refusal, language

FILE = "my_answers.json"
_DESK = ".handed_out.json"
ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.@-]{0,63}")


class Progress:
    """What a learner has done; answers under another id are set aside until that id is back.

    One entry is a question: ``state`` (open, wrong, right), the last ``answer``, the numbers of wrong ``tries`` and of
    ``hints`` read.
    """

    def __init__(self, folder: Path | None = None):
        here = (folder or Path.cwd()).resolve()
        self.path = next((place for place in (here, here.parent) if (place / _DESK).is_file()), here) / FILE
        self.learner, self.entries, self.aside = "", {}, {}
        self.language = ""  # the one in which the learner last answered
        if self.path.is_file():
            try:
                kept = json.loads(self.path.read_text(encoding="utf-8"))
                self.learner, self.entries = str(kept["learner"]), dict(kept["questions"])
                self.aside = dict(kept.get("set_aside", {}))
                self.language = kept.get("language", "") if kept.get("language") in LANGUAGES else ""
            except (OSError, ValueError, KeyError, TypeError, RecursionError) as why:
                raise Refusal("file", file=FILE, why=f"{type(why).__name__}: {why}") from None

    def entry(self, name: str) -> dict[str, Any]:
        """Return a question's entry, empty by default."""
        return {"state": "open", "answer": None, "tries": 0, "hints": 0} | self.entries.get(name, {})

    def record(self, name: str, answer: Any, verdict: Verdict) -> None:
        """Save an answer; the same wrong answer again is not another try."""
        entry = self.entry(name)
        if verdict.state == "open" or (entry["answer"] == answer and entry["state"] == verdict.state):
            return
        entry["tries"] += verdict.state == "wrong"
        self.entries[name] = entry | {"state": verdict.state, "answer": answer}
        self._save()

    def hint(self, name: str) -> int:
        """Count one more hint; return how many were read."""
        self.entries[name] = entry = self.entry(name)
        entry["hints"] += 1
        self._save()
        return entry["hints"]

    def reset(self, name: str) -> None:
        """Delete the entry of one question."""
        if self.entries.pop(name, None) is not None:
            self._save()

    def set_learner(self, learner: str) -> None:
        """Set the learner's id in the class. Numbers depend on it, so each id has its own answers."""
        if learner and not ID.fullmatch(learner):
            raise Refusal("learner_id", value=learner)
        if learner != self.learner:
            if self.entries:
                self.aside[self.learner] = self.entries
            self.learner, self.entries = learner, self.aside.pop(learner, {})
        self._save()

    def _save(self) -> None:
        self.language = language()
        kept = {"learner": self.learner, "language": self.language}
        kept |= {"questions": self.entries, "set_aside": self.aside}
        text = json.dumps(kept, ensure_ascii=False, indent=1)
        replace_file(self.path, lambda half: half.write_text(text, encoding="utf-8"))


SIGNS = {"open": "○", "wrong": "✗", "right": "✓"}
_COLOURS = {"open": "#ffffff", "wrong": "#f6c7b6", "right": "#bfe0c8"}


class ProgressTable:
    """The progress as squares: one row is a sheet, one square a question."""

    def __init__(self, progress: Progress):
        self.rows: dict[str, list[str]] = {}
        for name, asked in every().items():
            self.rows.setdefault(asked.sheet, []).append(progress.entry(name)["state"])

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {''.join(SIGNS[state] for state in states)}" for name, states in self.rows.items())

    def _repr_html_(self) -> str:
        from kit.display.html import fill

        return str(fill("progress.html", rows=self.rows, signs=SIGNS, colours=_COLOURS))


def progress() -> ProgressTable:
    """Return the learner's progress as a table of squares."""
    return ProgressTable(Progress())
