"""A link to a neighbour's submission."""


def make(folder, learner):
    (folder / f"{learner}.json").symlink_to(folder / "honest1.json")
