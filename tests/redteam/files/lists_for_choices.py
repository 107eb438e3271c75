"""Lists of all options where one is asked for."""

import json


def make(folder, learner):
    answers = [["ex03.who_pays", ["others", "platform", "nobody", "buyers"]], ["ex01.identity", {"per_user": True}]]
    (folder / f"{learner}.json").write_text(json.dumps({"renhuochang": 1, "answers": answers}), encoding="utf-8")
