"""A folder of a thousand files."""


def make(folder, learner):
    (folder / learner).mkdir()
    for number in range(1_000):
        (folder / learner / f"{number}.json").write_text("{}", encoding="utf-8")
