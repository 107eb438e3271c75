"""A file in another encoding than UTF-8."""


def make(folder, learner):
    (folder / f"{learner}.json").write_bytes(
        '{"renhuochang": 1, "answers": [["ex03.who_pays", "others"]]}'.encode("utf-16")
    )
