"""Null bytes within code and numbers."""

import json


def make(folder, learner):
    answers = [["ex03.fees_by_day", "x = 1\0\ndef fees_by_day(*given): return given"], ["ex03.fee_past_cap", "5\0"]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
