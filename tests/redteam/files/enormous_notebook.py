"""A notebook of thirty thousand cells."""

import json


def make(folder, learner):
    cells = [
        {"cell_type": "code", "source": f'kit.ask("ex03.fee_past_cap").check({n})', "outputs": []}
        for n in range(30_000)
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / f"{learner}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
