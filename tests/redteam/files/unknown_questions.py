"""Questions that there are not, with answers that are right."""

import json


def make(folder, learner):
    answers = [
        ["ex99.free", "right"],
        ["../ex03.who_pays", "others"],
        ["ex03", "others"],
        [["ex03.who_pays"], "others"],
    ]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
