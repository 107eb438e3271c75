"""Where data, lessons and exercises lie. Nothing else in the kit looks for files."""

import os
import tempfile
from pathlib import Path

_HERE = Path(__file__).resolve().parent
# In a checkout the course lies beside kit/; an installed wheel carries it inside.
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
    """Return a writable folder of the user's for things that can be made again.

    The user's own cache where it can be written, else a temporary folder: a class
    may run from a read-only install without a home.
    """
    from platformdirs import user_cache_path

    user = os.getuid() if hasattr(os, "getuid") else None
    for folder in (user_cache_path("renhuochang"), Path(tempfile.gettempdir()) / f"renhuochang-{user}"):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            continue
        # What lies here is run in the learner's page: nobody else may have put it there.
        if os.access(folder, os.W_OK) and user in (None, folder.stat().st_uid):
            return folder
    return Path(tempfile.mkdtemp(prefix="renhuochang-"))
