"""Python in the place of a number, in the hope that it is evaluated."""

import json


def make(folder, learner):
    answers = [["ex03.fee_past_cap", "__import__('os').system('touch /tmp/evaluated')"]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
