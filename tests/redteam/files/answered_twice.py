"""The same question twice: a right answer first, then a wrong one, which counts."""

import json


def make(folder, learner):
    answers = [["ex03.who_pays", "others"], ["ex03.who_pays", "platform"]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
