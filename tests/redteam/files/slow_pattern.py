"""A text that makes a careless pattern take for ever."""

import json


def make(folder, learner):
    answers = [["ex03.fee_past_cap", "1," * 240 + "x"], ["ex01.conversion", "1" * 480 + "!"]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
