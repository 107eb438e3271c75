"""A script, in the hope that the report shows the answer."""

import json


def make(folder, learner):
    answers = [["ex03.fee_past_cap", "<script>alert(1)</script>"], ["ex03.who_pays", '"><img src=x onerror=alert(1)>']]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
