"""A check whose argument is a call, in the hope that it is evaluated."""

import json


def make(folder, learner):
    cells = [
        {
            "cell_type": "code",
            "source": 'kit.ask("ex03.fee_past_cap").check(open("/tmp/called", "w").write("x"))',
            "outputs": [],
        }
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / f"{learner}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
