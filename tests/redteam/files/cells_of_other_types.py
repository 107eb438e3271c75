"""Cells that are no cells."""

import json


def make(folder, learner):
    cells = [1, None, "code", {"cell_type": "code"}, {"cell_type": "code", "source": 5}]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / f"{learner}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
