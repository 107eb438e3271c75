"""Build kit/display/specs.json: the Vega-Lite specification of every chart of the catalogue, in both languages.

Altair writes them here, so that a learner's kernel need not load it: it takes 42 MB and most of a second. What a chart
takes from its table, such as the names of its categories, stays open (``Figure.template``).
"""

import json
from pathlib import Path

import pandas as pd

from kit.display.catalogue import _FIGURES, draw
from kit.display.figure import SPECS
from kit.text import LANGUAGES, speaking, under


def specs() -> dict[str, dict[str, dict]]:
    """Return the specifications, drawn from a table without rows: language -> ``Figure.stored_as`` -> specification."""
    table = pd.DataFrame(columns=under("column"))
    table.attrs["finding"] = {"start": (0.0, "yuan")}
    made = {}
    for lang in LANGUAGES:
        with speaking(lang):
            made[lang] = {figure.stored_as: figure.template() for figure in (draw(name, table) for name in _FIGURES)}
    return made


def build(target: Path = SPECS) -> Path:
    """Write the specifications, a line each, and return their path."""
    languages = []
    for lang, charts in specs().items():
        lines = [f'"{name}": {json.dumps(spec, ensure_ascii=False)}' for name, spec in charts.items()]
        languages.append(f'"{lang}": {{\n' + ",\n".join(lines) + "\n}")
    target.write_text("{" + ", ".join(languages) + "}\n", encoding="utf-8", newline="\n")
    return target


if __name__ == "__main__":
    print(f"{build().name}: {SPECS.stat().st_size:,} bytes")
