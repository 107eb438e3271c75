"""Grading: submissions in, one row a learner out. Only the sandbox runs learners' code; all else is read as data."""

import datetime
import hashlib
import json
import random
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kit.course.class_settings import Settings
from kit.course.exercises.progress import ID
from kit.course.exercises.question import Verdict, every
from kit.course.exercises.question_types import Code
from kit.course.grading.sandbox import Limits, Task, run
from kit.course.grading.similarity import fingerprint
from kit.course.grading.submissions import BrokenSubmission, Submission, is_starter, learners, read
from kit.paths import EXERCISES, replace_file
from kit.text import Refusal


@dataclass
class Row:
    """The result of one submission.

    ``reason``: why it could not be graded; ``states``: state and id of the mistake by question; ``prints``:
    fingerprints of code answers; ``late``: days past the due date by sheet; ``mark``: hash of what the row depends on.
    """

    learner: str
    reason: str = ""
    flags: list[str] = field(default_factory=list)
    states: dict[str, list[str]] = field(default_factory=dict)
    prints: dict[str, str] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)
    mark: str = ""

    def points(self, sheet: str = "") -> int:
        """Return the points of a sheet, or of all."""
        asked = every()
        got = [name for name, (state, *_) in self.states.items() if state == "right"]
        return sum(asked[name].points for name in got if sheet in ("", asked[name].sheet))


@dataclass(frozen=True)
class Terms:
    """What is fixed in a grading run: the class's settings, the seed of the inputs, the limits."""

    settings: Settings
    seed: str
    isolated: bool = True
    limits: Limits = field(default_factory=Limits)
    handed: dict[str, datetime.date] = field(default_factory=dict)  # by learner, from the learning platform

    def mark(self, digest: str) -> str:
        """Return a hash of everything that a row depends on."""
        questions = [path.read_bytes() for path in sorted((EXERCISES / "questions").glob("*.py"))]
        parts = [self.settings.key.encode(), self.seed.encode(), digest.encode(), *questions]
        return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def grade(folder: Path, kept: Path, terms: Terms, jobs: int = 2, names: dict[str, str] | None = None,
          done: Callable[[int, int], None] = lambda n, of: None) -> list[Row]:  # fmt: skip
    """Grade every submission in a folder; return rows sorted by id.

    ``kept`` is the run's folder: it caches each row under the hash of submission and terms. ``names`` are ids by
    full name.
    """
    found = learners(folder, names or {})
    if not found:
        raise Refusal("no_submissions", folder=folder)
    kept.mkdir(parents=True, exist_ok=True)
    rows = []
    with ThreadPoolExecutor(max(1, jobs)) as pool:
        waiting = [pool.submit(_kept_or_graded, name, paths, kept, terms) for name, paths in found.items()]
        try:
            for n, one in enumerate(as_completed(waiting), start=1):
                rows.append(one.result())
                done(n, len(waiting))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return sorted(rows, key=lambda row: row.learner)


def _kept_or_graded(learner: str, paths: list[Path], kept: Path, terms: Terms) -> Row:
    try:
        if not ID.fullmatch(learner):
            raise BrokenSubmission("name")
        submission = read(paths)
    except BrokenSubmission as why:
        return Row(learner, reason=why.code)
    mark = terms.mark(f"{learner}\0{submission.digest}")
    file = kept / f"{hashlib.sha256(learner.encode()).hexdigest()[:24]}.json"
    try:
        row = Row(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        row = Row(learner)
    if row.mark != mark:
        row = grade_submission(learner, submission, terms)
        row.mark = mark
        replace_file(file, lambda half: half.write_text(json.dumps(asdict(row)), encoding="utf-8"))
    row.late = _late(submission, terms.settings.due, terms.handed.get(learner))
    return row


def _late(submission: Submission, due: dict[str, datetime.date], handed: datetime.date | None) -> dict[str, int]:
    """Days past the due date by sheet. Late work keeps its points; the trainer decides what it costs."""
    over = {sheet: ((handed or day) - due[sheet]).days for sheet, day in submission.handed.items() if sheet in due}
    return {sheet: days for sheet, days in sorted(over.items()) if days > 0}


def grade_submission(learner: str, submission: Submission, terms: Terms) -> Row:
    """Grade one submission that could be read. Anything unexpected in it is wrong, never an error."""
    row, key = Row(learner), terms.settings.key
    asked, flags = every(), set(submission.flags)
    tasks, cases = [], {}
    for name, question in asked.items():
        answer = submission.answers.get(name)
        row.states[name] = ["open", ""]
        if not isinstance(question.kind, Code):
            try:
                opened = question.from_file(answer, key, learner)
            except Exception:  # not this learner's own keys
                row.states[name] = ["wrong", ""]
                flags.add("foreign")
            else:
                row.states[name] = _state(question.check, opened, question.numbers(key, learner))
        elif answer is not None and not is_starter(question, answer):
            cases[name] = question.kind.draw_cases(random.Random(f"{terms.seed}|{name}"))
            tasks.append(Task(name, answer, question.kind.function, cases[name]))
            if mark := fingerprint(answer):
                row.prints[name] = mark
    results = run(tasks, terms.isolated, terms.limits) if tasks else {}
    for name, record in results.items():
        if "values" in record:
            row.states[name] = _state(asked[name].judge, record["values"], cases[name])
        else:
            row.states[name] = ["wrong", f"fault.{record.get('fault', 'record')}"]
    row.flags = sorted(flags)
    return row


def _state(check: Callable[[Any, Any], Verdict], answer: Any, against: Any) -> list[str]:
    """State and mistake; a forged answer may raise anything, and the batch goes on."""
    try:
        verdict = check(answer, against)
    except Exception:
        verdict = Verdict("wrong")
    return [verdict.state, verdict.mistake]


def open_run(folder: Path, settings: Settings, seed: str | None, resume: bool) -> str:
    """Open a run's folder and return its seed: new, given, or that of the run that is resumed."""
    file = folder / "run.json"
    kept = json.loads(file.read_text(encoding="utf-8")) if resume and file.is_file() else None
    if kept:
        if kept["key"] != settings.key or seed not in (None, kept["seed"]):
            raise Refusal("regrade", folder=folder)
        return kept["seed"]
    folder.mkdir(parents=True, exist_ok=True)
    for row in folder.glob("*.json"):
        row.unlink()
    seed = seed or secrets.token_hex(8)
    file.write_text(json.dumps({"seed": seed, "key": settings.key}), encoding="utf-8")
    return seed
