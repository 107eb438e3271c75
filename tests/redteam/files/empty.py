"""An empty file."""


def make(folder, learner):
    (folder / f"{learner}.json").write_bytes(b"")
