"""The red team's batch: every attack beside two honest learners, as a folder of submissions.

``code/`` holds what a learner writes into the answer cells (the function is called ``attack``): Python, but not in
files that anything could import by mistake. ``files/`` holds what lies in the folder of submissions (``make`` writes
it). One file is one attack.
"""

import json
import runpy
from pathlib import Path

from kit.course.exercises.question import every
from kit.course.exercises.question_types import Code
from kit.course.grading.sandbox import Limits

HERE = Path(__file__).resolve().parent
CODE = {path.stem: path for path in sorted((HERE / "code").glob("*.txt"))}
FILES = {path.stem: path for path in sorted((HERE / "files").glob("*.py"))}
HONEST = ("honest1", "honest2")
QUESTIONS = [question for question in every().values() if isinstance(question.kind, Code)]
LIMITS = Limits(seconds=1.0, total_seconds=6.0)
KEY = "renhuochang"


def attack(path: Path) -> str:
    """The learner's cell: the attack, under the names that the questions ask for."""
    names = "".join(f"{question.kind.function} = " for question in QUESTIONS) + "attack"
    return f"{path.read_text(encoding='utf-8')}\n\n{names}\n"


def right(learner: str, route: int = 0) -> list:
    """Every answer of a learner, right by one of the routes."""
    asked = every().values()
    return [[one.id, one.to_file(one.right[route](one.numbers(KEY, learner)), KEY, learner)] for one in asked]


def write(folder: Path, learner: str, answers: list) -> None:
    told = json.dumps({"renhuochang": 1, "answers": answers})
    (folder / f"{learner}.json").write_text(told, encoding="utf-8")


def fill(folder: Path) -> None:
    """Write the whole batch."""
    for learner in HONEST:
        write(folder, learner, right(learner))
    for n, (name, path) in enumerate(CODE.items()):
        write(folder, f"code-{name}", [[QUESTIONS[n % len(QUESTIONS)].id, attack(path)]])
    for name, path in FILES.items():
        runpy.run_path(str(path))["make"](folder, f"files-{name}")
