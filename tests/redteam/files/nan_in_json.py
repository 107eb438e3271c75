"""NaN, which is no JSON, for every number."""


def make(folder, learner):
    (folder / f"{learner}.json").write_bytes(
        b'{"renhuochang": 1, "answers": [["ex03.fee_past_cap", NaN], ["ex01.conversion", Infinity]]}'
    )
