"""A script among the outputs, for who opens the notebook's page."""

import json


def make(folder, learner):
    cells = [
        {
            "cell_type": "code",
            "source": 'kit.ask("ex03.who_pays")',
            "outputs": [{"data": {"text/html": "<script>document.body.innerText = 'right'</script>"}}],
        }
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / f"{learner}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
