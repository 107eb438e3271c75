"""JSON of another form."""


def make(folder, learner):
    (folder / f"{learner}.json").write_bytes(b'{"renhuochang": 1, "answers": {"ex03.who_pays": "others"}}')
