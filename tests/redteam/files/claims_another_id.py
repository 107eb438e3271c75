"""A file that says that it is somebody else's."""

import json

from kit.course.exercises.question import every


def make(folder, learner):
    asked = [question for question in every().values() if question.variants]
    answers = [[one.id, one.right[0](one.numbers("renhuochang", "honest1"))] for one in asked]
    told = {"renhuochang": 1, "id": "honest1", "learner": "honest1", "answers": answers}
    (folder / f"{learner}.json").write_text(json.dumps(told), encoding="utf-8")
