"""Code that is no text."""

import json


def make(folder, learner):
    answers = [["ex03.fees_by_day", ["def fees_by_day(*given):", " return given"]], ["ex01.top_share", 7]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
