"""Saving: a file is whole, or it is not there."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from kit.text import Refusal


def written(path: Path, write: Callable[[Path], object]) -> Path:
    """Write a file under another name beside its place and move it there, so that a failure leaves nothing half."""
    path = Path(path)
    try:
        handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=".", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise Refusal("file", file=path, why=error.strerror) from None
    made = Path(name)
    try:
        write(made)
        made.chmod(0o644)
        made.replace(path)
    except OSError as error:
        raise Refusal("file", file=path, why=error.strerror) from None
    finally:
        made.unlink(missing_ok=True)
    return path
