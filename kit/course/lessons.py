"""A lesson's source: a jupytext file with front matter, prose in both languages, and code once."""

import re
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from kit.text import LANGUAGES


class Words(BaseModel):
    """The same words in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    en: str
    zh: str


class FrontMatter(BaseModel):
    """What a lesson says about itself; the syllabus is made from it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    number: str
    title: Words
    objectives: list[Words]
    prerequisites: list[str]
    minutes_read: int
    minutes_do: int
    terms: list[str]
    numbers: list[str]
    exercises: list[str]
    tracks: list[Literal["merchant", "provider", "researcher"]]
    takeaways: list[Words]


LANGUAGE_LINE = 'kit.language("en")'  # in a source; the build writes the edition's language


class SourceError(ValueError):
    """A lesson source that cannot be built, with the place of its fault."""


class Lesson:
    """A source that was read and found whole: every prose cell stands in both languages."""

    def __init__(self, path: Path):
        import jupytext

        self.path = path
        notebook = jupytext.read(path, fmt="py:percent")
        try:
            self.about = FrontMatter(**notebook.metadata.get("lesson", {}))
        except ValidationError as error:
            raise SourceError(f"{path.name}: front matter: {error}") from None
        self.cells = notebook.cells
        self._pair()
        code = [cell.source for cell in self.cells if cell.cell_type == "code"]
        if not code or LANGUAGE_LINE not in code[0]:
            raise SourceError(f"{path.name}: the first code cell sets the language: {LANGUAGE_LINE}")

    def _pair(self) -> None:
        waiting = None
        for n, cell in enumerate(self.cells, start=1):
            lang = cell.metadata.get("lang")
            if cell.cell_type == "code":
                if lang is not None:
                    raise SourceError(f"{self.path.name}, cell {n}: code stands once, for both languages")
                expected = "en"
            else:
                expected = "zh" if waiting else "en"
                if lang != expected:
                    raise SourceError(f"{self.path.name}, cell {n}: prose in {expected!r} is due here, not {lang!r}")
            if cell.cell_type == "code" and waiting:
                raise SourceError(f"{self.path.name}, cell {n}: the prose before it has no Chinese")
            waiting = cell.cell_type != "code" and lang == "en"
        if waiting:
            raise SourceError(f"{self.path.name}: the last prose has no Chinese")

    def edition(self, lang: str) -> list:
        """Return the cells of one language, in order."""
        if lang not in LANGUAGES:
            raise SourceError(f"no language {lang!r}; there are: {', '.join(LANGUAGES)}")
        return [cell for cell in self.cells if cell.metadata.get("lang") in (None, lang)]


SLOT = re.compile(r"\{\{(.+?)\}\}")


def slots(source: str) -> list[str]:
    """Return the expressions in a prose cell that the computation fills: ``{{kit.number(...)}}``.

    >>> slots("The plan saves {{most}} at the cap of {{cap}}.")
    ['most', 'cap']
    """
    return [slot.strip() for slot in SLOT.findall(source)]
