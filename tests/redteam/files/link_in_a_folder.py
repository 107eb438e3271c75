"""A folder that holds a link."""


def make(folder, learner):
    (folder / learner).mkdir()
    (folder / learner / "answers.json").symlink_to(folder.parent / "canary.txt")
