"""A pickle among the outputs, for who unpickles them."""

import json


def make(folder, learner):
    cells = [
        {
            "cell_type": "code",
            "source": 'kit.ask("ex03.fee_past_cap")',
            "outputs": [{"data": {"application/x-pickle": "Y29zCnN5c3RlbQooUyd0b3VjaCAvdG1wL3gnCnRSLg=="}}],
        }
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / f"{learner}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
