"""Lists within lists, a hundred thousand deep."""


def make(folder, learner):
    (folder / f"{learner}.json").write_bytes(b'{"renhuochang": 1, "answers": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")
