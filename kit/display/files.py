"""Saving: a file is whole, or it is not there."""

from collections.abc import Callable
from pathlib import Path

from kit.paths import replace_file
from kit.text import Refusal


def written(path: Path, write: Callable[[Path], object]) -> Path:
    """Write a file whole (kit.paths.replace_file); raise Refusal with the system's reason where it cannot be."""
    try:
        return replace_file(Path(path), write)
    except OSError as error:
        raise Refusal("file", file=path, why=error.strerror) from None
