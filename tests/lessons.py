"""The lessons as tests see them: the built notebooks, and their panels made without a browser."""

import io
from contextlib import redirect_stdout
from pathlib import Path

import nbformat

import kit
from kit.course.editions import place, sources
from kit.paths import NOTEBOOKS
from kit.text import LANGUAGES, language
from kit.widgets import Tuner

LESSONS = [source for source in sources() if source.parent == NOTEBOOKS]
EDITIONS = [(source, lang) for source in LESSONS for lang in LANGUAGES]
NAMES = [f"{lang}-{source.stem}" for source, lang in EDITIONS]
# With the sheets of exercises.
ALL_EDITIONS = [(source, lang) for source in sources() for lang in LANGUAGES]
ALL_NAMES = [f"{lang}-{source.stem}" for source, lang in ALL_EDITIONS]


def notebook(source: Path, lang: str):
    """Return a committed edition."""
    return nbformat.read(place(source, lang), as_version=4)


def panels(source: Path, lang: str) -> list[Tuner]:
    """Run a lesson's code in this process and return its panels in order."""
    made: list[Tuner] = []
    namespace: dict = {}
    make = kit.tune

    def collected(*subjects, **settings):
        made.append(make(*subjects, **settings))
        return made[-1]

    kit.tune = collected
    try:
        cells = [cell for cell in notebook(source, lang).cells if cell.cell_type == "code"]
        # What stands beneath the last panel makes none.
        last = max((n for n, cell in enumerate(cells) if "kit.tune(" in cell.source), default=len(cells))
        for cell in cells[: last + 1]:
            with redirect_stdout(io.StringIO()):
                exec(compile(cell.source, cell.id, "exec"), namespace)
    finally:
        del kit.tune
    assert language() == lang
    return made
