"""Paths of data, lessons and exercises, and the one way to replace a file."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

_HERE = Path(__file__).resolve().parent
# In a checkout the course is next to kit/; an installed wheel carries it inside.
ROOT = _HERE if (_HERE / "data").is_dir() else _HERE.parent

DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
EXERCISES = ROOT / "exercises"


def environment() -> dict[str, str]:
    """Return the environment for a Python process that is to import kit, which a checkout need not have installed."""
    if not (ROOT / "kit").is_dir():
        return dict(os.environ)
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))}


def cache_folder() -> Path:
    """Return a writable folder for files that can be made again: the user's cache, else a temporary folder."""
    from platformdirs import user_cache_path

    user = os.getuid() if hasattr(os, "getuid") else None
    for folder in (user_cache_path("renhuochang"), Path(tempfile.gettempdir()) / f"renhuochang-{user}"):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            continue
        # Files in here run in the learner's page: no other user may own the folder.
        if os.access(folder, os.W_OK) and user in (None, folder.stat().st_uid):
            return folder
    return Path(tempfile.mkdtemp(prefix="renhuochang-"))


def replace_file(path: Path, write: Callable[[Path], object]) -> Path:
    """Write a file under a temporary name in the same folder and move it to ``path``; return the path.

    ``write`` takes the temporary path. If it fails, or the process dies, an older file stays whole. Raises OSError.
    """
    handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=".", dir=path.parent)
    os.close(handle)
    made = Path(name)
    try:
        write(made)
        made.chmod(0o644)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
    return path
