"""An expression so deep that a reader of syntax gives up."""

import json


def make(folder, learner):
    cells = [
        {
            "cell_type": "code",
            "source": 'kit.ask("ex03.fee_past_cap").check(' + "(" * 50_000 + ")" * 50_000 + ")",
            "outputs": [],
        },
        {"cell_type": "code", "source": 'kit.ask("ex03.who_pays").check(' + "-" * 90_000 + "1)", "outputs": []},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / f"{learner}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
