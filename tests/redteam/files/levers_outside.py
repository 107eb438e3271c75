"""Settings that no panel allows."""

import json


def make(folder, learner):
    answers = [
        ["ex03.half_for_the_large", {"fan_xing.cap": -50_000}],
        ["ex01.half_to_the_top", {"assume.merchant_size_sd": "2.33 yuan"}],
        ["ex03.half_for_the_large", {"assume.standard_fee": 0}],
    ]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
