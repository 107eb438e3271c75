"""All that a neighbour has, whose own numbers and keys are other ones."""

import json

from redteam.batch import HONEST, right

from kit.course.exercises.question import every
from kit.course.exercises.question_types import Code, Tune


def make(folder, learner):
    # Settings and code are alike for all.
    theirs = [[name, given] for name, given in right(HONEST[0]) if not isinstance(every()[name].kind, (Code, Tune))]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": theirs}), encoding="utf-8")
