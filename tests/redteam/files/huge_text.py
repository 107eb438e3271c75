"""A text of a million letters for a number."""

import json


def make(folder, learner):
    answers = [["ex03.fee_past_cap", "1" * 1_000_000]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
