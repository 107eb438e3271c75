"""A pickle that runs a command when somebody loads it."""


def make(folder, learner):
    (folder / f"{learner}.json").write_bytes(b"cos\nsystem\n(S'touch /tmp/unpickled'\ntR.")
