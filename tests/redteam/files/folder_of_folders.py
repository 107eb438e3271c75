"""Folders within folders."""


def make(folder, learner):
    (folder / learner / "a" / "b" / "c.json").mkdir(parents=True)
