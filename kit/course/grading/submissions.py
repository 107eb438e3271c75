"""Submissions: packing a learner's answers into one file, and reading such files without trusting them."""

import ast
import datetime
import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit.course.exercises.progress import ID, Progress
from kit.course.exercises.question import Question, every
from kit.course.exercises.question_types import Code

MOST_BYTES = 5_000_000
MOST_TEXT = 500  # characters of an answer that is not code
MOST_CODE = 50_000
MOST_FILES = 20
_ASK = re.compile(r"kit\.ask\(\s*[\"']([\w.]+)[\"']\s*\)")
_MOODLE = re.compile(r"(.+)_\d+_assignsubmission_file(_.*)?")


class BrokenSubmission(Exception):
    """A submission that cannot be read; ``code`` is the reason (words: ``broken.<code>``)."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass
class Submission:
    """One learner's ``answers`` by question id, ``flags`` for the trainer, ``digest`` of the bytes.

    ``handed``: the date of the last file with answers, by sheet.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    digest: str = ""
    handed: dict[str, datetime.date] = field(default_factory=dict)


def pack(folder: Path, to: Path) -> list[str]:
    """Write a learner's answers from their folder into one file; return the ids of the answered questions."""
    known = every()
    answers = {
        name: entry["answer"]
        for name, entry in Progress(folder).entries.items()
        if name in known and not isinstance(known[name].kind, Code) and entry.get("answer") is not None
    }
    places = [*folder.glob("ex*.ipynb"), *folder.glob("*/ex*.ipynb")]
    for path in sorted(places, key=lambda path: path.stat().st_mtime):
        for name, answer in _notebook(path.read_bytes(), known):
            if isinstance(known[name].kind, Code) and not is_starter(known[name], answer):
                answers[name] = answer
    pairs = [[name, answers[name]] for name in known if name in answers]
    to.write_text(json.dumps({"renhuochang": 1, "answers": pairs}, ensure_ascii=False, indent=1), encoding="utf-8")
    return [name for name, _ in pairs]


def learners(folder: Path, names: dict[str, str]) -> dict[str, list[Path]]:
    """Return the submitted files in a folder by learner's id.

    The id is the name of the file or folder. Moodle's names (``Learner A_123_assignsubmission_file_…``) are looked up
    in ``names`` (full name -> id). A name that is not an id is cleaned and follows a ``?``.
    """
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        is_folder = path.is_dir() and not path.is_symlink()
        name = path.name if is_folder else path.stem
        moodle = _MOODLE.fullmatch(name)
        name = names.get(moodle[1], name) if moodle else name
        if not ID.fullmatch(name):
            name = "?" + re.sub(r"[^\w.@-]", "_", name)[:60]
        files = sorted(entry for entry in path.iterdir() if not entry.name.startswith(".")) if is_folder else [path]
        found.setdefault(name, []).extend(files)
    return found


def read(paths: list[Path]) -> Submission:
    """Read one learner's files; if a question is answered twice, the last answer counts, flagged.

    Raises BrokenSubmission: symlink, size, format, files, json.
    """
    known, taken, whole = every(), Submission(), hashlib.sha256()
    if not 0 < len(paths) <= MOST_FILES:
        raise BrokenSubmission("files")
    for path in paths:
        content, day = _content(path)
        whole.update(content)
        reader = {".json": _packed, ".ipynb": _notebook}.get(path.suffix.lower())
        if reader is None:
            raise BrokenSubmission("format")
        try:
            pairs = reader(content, known)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, MemoryError):
            raise BrokenSubmission("json") from None
        for name, answer in pairs:
            if name in taken.answers:
                taken.flags.add("twice")
            taken.answers[name] = answer
            sheet = known[name].sheet
            taken.handed[sheet] = max(day, taken.handed.get(sheet, day))
    taken.digest = whole.hexdigest()
    return taken


def is_starter(question: Question, source: str) -> bool:
    """Whether a code answer is still the starter, up to blanks and comments."""
    try:
        return ast.dump(ast.parse(source)) == ast.dump(ast.parse(question.kind.starter))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def _content(path: Path) -> tuple[bytes, datetime.date]:
    """The bytes of a regular file of limited size, and its date. Links and devices are refused."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise BrokenSubmission("link") from None
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
        os.close(descriptor)
        raise BrokenSubmission("size" if stat.S_ISREG(about.st_mode) else "link")
    with os.fdopen(descriptor, "rb") as file:
        return file.read(MOST_BYTES), datetime.date.fromtimestamp(about.st_mtime)


def _packed(content: bytes, known: dict[str, Question]) -> list[tuple[str, Any]]:
    packed = json.loads(content.decode("utf-8"), parse_constant=_refuse)
    if type(packed) is not dict or packed.get("renhuochang") != 1 or type(packed["answers"]) is not list:
        raise ValueError("not a submission")
    return [
        (name, _bounded(known[name], answer))
        for name, answer in packed["answers"]
        if type(name) is str and name in known
    ]


def _notebook(content: bytes, known: dict[str, Question]) -> list[tuple[str, Any]]:
    """The answers in a notebook's code cells, by the id that each cell asks."""
    pairs = []
    for cell in json.loads(content.decode("utf-8"), parse_constant=_refuse)["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = cell["source"] if type(cell["source"]) is str else "".join(cell["source"])
        asked = _ASK.findall(source[:MOST_CODE])
        if not asked or asked[-1] not in known:
            continue
        question = known[asked[-1]]
        if isinstance(question.kind, Code):
            pairs.append((question.id, _bounded(question, _without_ask(source))))
        elif (literal := _literal(source)) is not None:
            pairs.append((question.id, _bounded(question, literal)))
    return pairs


def _without_ask(source: str) -> str:
    """A cell's source without the statement that asks; unchanged where it cannot be parsed."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
    lines = source.splitlines()
    for node in tree.body:
        if isinstance(node, ast.Expr) and _ASK.search(ast.unparse(node)):
            for n in range(node.lineno - 1, node.end_lineno):
                lines[n] = ""
    return "\n".join(lines).strip() + "\n"


def _literal(source: str) -> Any:
    """The literal passed to ``.check(...)`` in a cell, parsed and never run."""
    try:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "check" and len(node.args) == 1:
                return ast.literal_eval(node.args[0])
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None
    return None


def _bounded(question: Question, answer: Any) -> Any:
    """An answer of plausible size; else ValueError."""
    if isinstance(question.kind, Code):
        plausible = type(answer) is str and len(answer) <= MOST_CODE and "\0" not in answer
    else:
        parts = answer if type(answer) is list else [*answer, *answer.values()] if type(answer) is dict else [answer]
        long = any(type(part) is str and len(part) > MOST_TEXT for part in parts)
        plausible = len(json.dumps(answer)) <= 4_000 and not long
    if not plausible:
        raise ValueError(f"no plausible answer to {question.id}")
    return answer


def _refuse(constant: str):
    raise ValueError(f"{constant} is no number of JSON")
