"""Numbers that overflow whatever reads them."""

import json


def make(folder, learner):
    answers = [["ex03.fee_past_cap", "9" * 400], ["ex01.conversion", 10**4000], ["ex06.promoter_gets", 1e308]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
