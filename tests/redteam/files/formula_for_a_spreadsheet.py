"""Formulas that a spreadsheet would run."""

import json


def make(folder, learner):
    answers = [["ex03.fee_past_cap", "=cmd|'/c calc'!A1"], ["ex03.who_pays", "@SUM(1+1)"]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
