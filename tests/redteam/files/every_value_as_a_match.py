"""An answer that pairs each with everything."""

import json


def make(folder, learner):
    answers = [
        [
            "ex06.parties",
            {
                name: ["rest", "commission", "leader_fee", "tech_and_cut"]
                for name in ("supply_chain", "promoter", "leader", "platform")
            },
        ]
    ]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
