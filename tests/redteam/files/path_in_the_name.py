"""A name that climbs out of the reports' folder, and writes HTML."""

import json


def make(folder, learner):
    told = json.dumps({"renhuochang": 1, "answers": [["ex03.who_pays", "others"]]})
    (folder / f"{learner}<b>..%2f.json").write_text(told, encoding="utf-8")
