"""Scenario files of a learner: the levers that they changed, by name."""

import re
from pathlib import Path
from typing import Any

from kit.parameters.levers import Value
from kit.policies.policy import flat, read
from kit.text import Refusal

FOLDER = Path("scenarios")  # next to the learner's notebook
_RESERVED = r"con|prn|aux|nul|com\d|lpt\d"  # reserved file names on Windows


def scenario_names() -> list[str]:
    """Return the names of the saved scenarios."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def save_scenario(name: str, values: dict[str, Value]) -> Path:
    """Write levers to ``scenarios/<name>.toml``; Refusal if it exists, or if the name is not allowed."""
    import tomlkit

    path = _path(name)
    document = tomlkit.document()
    for lever, value in values.items():
        group, _, field = lever.partition(".")
        document.setdefault(group, tomlkit.table())[field] = value
    try:
        FOLDER.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(tomlkit.dumps(document))
    except FileExistsError:
        raise Refusal("exists", name=path.stem) from None
    except OSError as error:
        raise Refusal("file", file=path, why=error) from None
    return path


def _path(name: str) -> Path:
    name = name.strip()
    if not name:
        raise Refusal("empty")
    if not re.fullmatch(r"[\w\- ]{1,60}", name) or re.fullmatch(_RESERVED, name, re.I):
        raise Refusal("name", name=name)
    return FOLDER / f"{name}.toml"


def load_scenario(name: str) -> dict[str, Any]:
    """Return the levers of a saved scenario, unchecked."""
    settings = read(_path(name))
    settings.pop("base", None)
    return flat(settings)
