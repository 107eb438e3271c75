"""Letters that cannot be written as UTF-8."""

import json


def make(folder, learner):
    answers = [["ex03.fees_by_day", "x = '\ud800'"], ["ex03.fee_past_cap", "\ud800"]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
