"""A lesson's source: a jupytext file with front matter, prose in both languages, and code once."""

import re
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from kit.paths import NOTEBOOKS
from kit.text import LANGUAGES, label, language


class Words(BaseModel):
    """The same words in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    en: str
    zh: str


class FrontMatter(BaseModel):
    """A lesson's metadata; the syllabus is made from it."""

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
    """A lesson source that cannot be built."""


_HEADER = re.compile(r"# ---\n(.*?)\n# ---\n", re.S)


def front_matter(path: Path) -> FrontMatter:
    """Read a lesson's front matter, without jupytext, which only builds need."""
    import yaml

    header = _HEADER.match(path.read_text(encoding="utf-8"))
    lines = [line[2:] for line in header[1].splitlines()] if header else []
    try:
        return FrontMatter(**(yaml.safe_load("\n".join(lines)) or {}).get("jupyter", {}).get("lesson", {}))
    except (ValidationError, yaml.YAMLError) as error:
        raise SourceError(f"{path.name}: front matter: {error}") from None


def syllabus():
    """Return the lessons from their front matter, in the reader's language.

    One row is a lesson: ``number``, ``title``, ``minutes`` to read and to do, its ``tracks``.
    """
    import pandas as pd

    lessons = [front_matter(path) for path in sorted(NOTEBOOKS.glob("[0-9]*.py"))]
    comma = ", " if language() == "en" else "、"
    rows = []
    for lesson in lessons:
        tracks = comma.join(label("track", track) for track in lesson.tracks)
        rows.append((lesson.number, getattr(lesson.title, language()), lesson.minutes_read + lesson.minutes_do, tracks))
    return pd.DataFrame(rows, columns=["number", "title", "minutes", "tracks"])


class Lesson:
    """A parsed source; SourceError unless every prose cell comes in both languages."""

    def __init__(self, path: Path):
        import jupytext

        self.path = path
        notebook = jupytext.read(path, fmt="py:percent")
        self.about = front_matter(path)
        self.cells = notebook.cells
        self._check_pairs()
        for cell in self.cells:
            if cell.cell_type != "code":
                cell.source = paragraphs(cell.source, cell.metadata["lang"])
        code = [cell.source for cell in self.cells if cell.cell_type == "code"]
        if not code or LANGUAGE_LINE not in code[0]:
            raise SourceError(f"{path.name}: the first code cell sets the language: {LANGUAGE_LINE}")

    def _check_pairs(self) -> None:
        due = "en"  # language of the next prose
        for n, cell in enumerate(self.cells, start=1):
            lang, place = cell.metadata.get("lang"), f"{self.path.name}, cell {n}"
            if cell.cell_type != "code":
                if lang != due:
                    raise SourceError(f"{place}: prose in {due!r} is due here, not {lang!r}")
                due = "zh" if due == "en" else "en"
            elif lang is not None:
                raise SourceError(f"{place}: code stands once, for both languages")
            elif due == "zh":
                raise SourceError(f"{place}: the prose before it has no Chinese")
        if due == "zh":
            raise SourceError(f"{self.path.name}: the last prose has no Chinese")

    def edition(self, lang: str) -> list:
        """Return the cells of one language, in order."""
        if lang not in LANGUAGES:
            raise SourceError(f"no language {lang!r}; there are: {', '.join(LANGUAGES)}")
        return [cell for cell in self.cells if cell.metadata.get("lang") in (None, lang)]


_BLOCK = re.compile(r"#|[-*+] |\d+[.)] |\||<|>|```|\$\$")  # a line that begins a block of its own in Markdown
_ALONE = re.compile(r"#|\||<|```|\$\$")  # a line that no other continues


def paragraphs(source: str, lang: str) -> str:
    """Join the lines of a paragraph: sources hold one sentence a line, notebooks one paragraph a line.

    >>> paragraphs("- One.\\n  Two.\\n\\nThree.", "en"), paragraphs("**一。**\\n二。\\n三。", "zh")
    ('- One. Two.\\n\\nThree.', '**一。** 二。三。')
    """
    joined, fenced = [], False
    for line in source.split("\n"):
        text, before = line.strip(), joined[-1] if joined else ""
        fenced ^= text.startswith("```")
        if not text or not before.strip() or fenced or _BLOCK.match(text) or _ALONE.match(before.strip()):
            joined.append(line)
        else:
            # Emphasis closes only before a space, in Chinese too.
            joined[-1] += (" " if lang == "en" or before.endswith("*") else "") + text
    return "\n".join(joined)


SLOT = re.compile(r"\{\{(.+?)\}\}")


def slots(source: str) -> list[str]:
    """Return the expressions in a prose cell that the build evaluates: ``{{kit.number(...)}}``.

    >>> slots("The plan saves {{most}} at the cap of {{cap}}.")
    ['most', 'cap']
    """
    return [slot.strip() for slot in SLOT.findall(source)]
