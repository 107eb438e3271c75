"""The data card: data/README.md, made from the data package and its tables."""

import csv
import json
from collections import Counter
from pathlib import Path

from kit.paths import DATA

COUNTED = ("kind", "confidence", "status")


def card(data: Path = DATA) -> str:
    """Return the data card as Markdown: each table, its columns, and counts of its rows."""
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    parts = [
        f"# {package['title']}",
        "Made by `renhuochang card` from datapackage.json and the tables; do not edit by hand.",
        f"Source of the facts: {package['sources'][0]['title']}.",
    ]
    for resource in package["resources"]:
        if "schema" not in resource:  # a file without a schema, such as a font
            parts += [f"## {resource['path']}", f"{resource['title']}."]
            continue
        with (data / resource["path"]).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        fields = resource["schema"]["fields"]
        counted = [_counts(rows, field["name"]) for field in fields if field["name"] in COUNTED]
        columns = "\n".join(f"| {field['name']} | {field['type']} | {field['description']} |" for field in fields)
        parts += [
            f"## {resource['path']}",
            f"{resource['title']}: {len(rows)} rows{''.join(counted)}.",
            f"| column | type | meaning |\n|---|---|---|\n{columns}",
        ]
    return "\n\n".join(parts) + "\n"


def _counts(rows: list[dict], column: str) -> str:
    found = Counter(row[column] for row in rows)
    return "" if len(found) < 2 else f"; {column}: " + ", ".join(f"{name} {n}" for name, n in sorted(found.items()))
