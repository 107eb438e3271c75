"""Two cells of one id, that ask the same question; the last is wrong."""

import json


def make(folder, learner):
    cells = [
        {"cell_type": "code", "id": "ex03-05", "source": 'kit.ask("ex03.who_pays").check("others")', "outputs": []},
        {"cell_type": "code", "id": "ex03-05", "source": 'kit.ask("ex03.who_pays").check("buyers")', "outputs": []},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / f"{learner}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
