"""A link to a file of the trainer's."""


def make(folder, learner):
    (folder / f"{learner}.json").symlink_to(folder.parent / "canary.txt")
