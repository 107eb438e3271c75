"""Answers that bring their own points and state."""

import json


def make(folder, learner):
    answers = [["ex03.fee_past_cap", {"state": "right", "points": 99, "answer": 1}], ["ex03.who_pays", {"right": True}]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
