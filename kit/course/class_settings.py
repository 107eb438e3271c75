"""The settings of one class: key, language, gates and due dates, in one file, course.toml."""

import datetime
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kit.paths import EXERCISES
from kit.text import Refusal, words

FILE = "course.toml"


class Gates(BaseModel):
    """When a solution opens: after a number of wrong tries, or when all hints were read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    tries: int = Field(3, ge=0)
    hints: bool = True


class Settings(BaseModel):
    """What a trainer sets for a class. The shipped file holds the defaults."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str = Field("renhuochang", min_length=1)
    language: str = Field("en", pattern="^(en|zh)$")
    gates: Gates = Gates()
    due: dict[str, datetime.date] = {}

    @field_validator("due")
    @classmethod
    def _known_sheets(cls, due: dict) -> dict:
        if unknown := sorted(set(due) - set(sheets())):
            raise ValueError(words("course.due", names=unknown, there=sheets()))
        return due


def sheets() -> list[str]:
    """Return the names of all sheets."""
    return sorted(path.stem for path in (EXERCISES / "questions").glob("ex*.py"))


def settings(folder: Path | None = None) -> Settings:
    """Return the settings of a folder: its course.toml, else its parent's, else the shipped one."""
    here = (folder or Path.cwd()).resolve()
    places = [here / FILE, here.parent / FILE, EXERCISES / FILE]
    return load(next((place for place in places if place.is_file()), EXERCISES / FILE))


def load(path: Path) -> Settings:
    """Read a file of settings; raises Refusal with the file's name for any fault."""
    try:
        return Settings(**tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise Refusal("file", file=path.name, why=str(why)) from None
    except ValidationError as why:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in why.errors())
        raise Refusal("file", file=path.name, why=faults) from None
