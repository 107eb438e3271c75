"""A file of a hundred megabytes."""


def make(folder, learner):
    with (folder / f"{learner}.json").open("wb") as file:
        file.truncate(100_000_000)
