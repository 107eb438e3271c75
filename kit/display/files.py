"""Saving files for the reader: tables, and whatever else is written whole or not at all."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kit.paths import replace_file
from kit.text import Refusal, words

if TYPE_CHECKING:
    import pandas as pd


def written(path: Path, write: Callable[[Path], object]) -> Path:
    """Write a file whole (kit.paths.replace_file); raise Refusal with the system's reason where it cannot be."""
    try:
        return replace_file(Path(path), write)
    except OSError as error:
        raise Refusal("file", file=path, why=error.strerror) from None


def export(table: "pd.DataFrame", path: Path | str) -> Path:
    """Write a table as CSV, Parquet or Excel, by the ending of the path, and return the path."""
    path, rows = Path(path), table.copy(deep=False)
    rows.attrs = {}  # Parquet has no place for a finding
    writers = {".csv": partial(rows.to_csv, encoding="utf-8-sig"), ".parquet": rows.to_parquet, ".xlsx": rows.to_excel}
    if path.suffix not in writers:
        raise Refusal("unknown", what=words("what.file_kind"), name=path.suffix, names=list(writers))
    return written(path, partial(writers[path.suffix], index=False))
