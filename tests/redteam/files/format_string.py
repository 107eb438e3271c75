"""A format string that reads the grader's own objects."""

import json


def make(folder, learner):
    answers = [["ex03.fee_past_cap", "{own.__class__.__mro__} {0.__globals__}"], ["ex03.who_pays", "{answer}"]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
