"""The settings of one class: key, language, gates and due dates, in one file, course.toml."""

import datetime
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kit.paths import EXERCISES
from kit.text import Refusal, words

FILE = "course.toml"


class Gates(BaseModel):
    """When a solution opens: after so many wrong tries, or when all hints were read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    tries: int = Field(3, ge=0)
    hints: bool = True


class Settings(BaseModel):
    """What a trainer sets for a class; the shipped file holds every setting at its default."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str = Field("renhuochang", min_length=1)
    language: str = Field("en", pattern="^(en|zh)$")
    gates: Gates = Gates()
    due: dict[str, datetime.date] = {}

    @field_validator("due")
    @classmethod
    def _sheets_that_there_are(cls, due: dict) -> dict:
        there = sheets()
        if unknown := sorted(set(due) - set(there)):
            raise ValueError(words("course.due", names=unknown, there=there))
        return due


def sheets() -> list[str]:
    """Return the names of the sheets that there are."""
    return sorted(path.stem for path in (EXERCISES / "questions").glob("ex*.py"))


def settings(folder: Path | None = None) -> Settings:
    """Return the settings that hold in a folder: its own course.toml, else the one above it, else the shipped one."""
    here = (folder or Path.cwd()).resolve()
    places = [here / FILE, here.parent / FILE, EXERCISES / FILE]
    return load(next((place for place in places if place.is_file()), EXERCISES / FILE))


def load(path: Path) -> Settings:
    """Read one file of settings; raises Refusal with the file's name for anything that it cannot hold."""
    try:
        return Settings(**tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise Refusal("file", file=path.name, why=str(why)) from None
    except ValidationError as why:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in why.errors())
        raise Refusal("file", file=path.name, why=faults) from None
