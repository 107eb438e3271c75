"""A notebook whose metadata says that it has all the points."""

import json


def make(folder, learner):
    cells = [
        {
            "cell_type": "code",
            "metadata": {"points": 99, "state": "right", "nbgrader": {"grade": True, "points": 99, "locked": True}},
            "source": 'kit.ask("ex03.fee_past_cap")',
            "outputs": [{"output_type": "display_data", "data": {"text/plain": "right"}}],
        }
    ]
    notebook = {
        "cells": cells,
        "metadata": {"grade": 99, "ex03.fee_past_cap": "right"},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / f"{learner}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
