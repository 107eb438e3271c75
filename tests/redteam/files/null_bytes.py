"""Nothing but null bytes."""


def make(folder, learner):
    (folder / f"{learner}.json").write_bytes(b"\0" * 10_000)
