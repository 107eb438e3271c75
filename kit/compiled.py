"""Compilation: Numba's compiler with a cache that belongs to this very version of the kit.

Numba does not notice an edit in another file and would keep the old result. So the cache's folder is named by a
hash of the kit's sources; it lies in the user's cache, or in a temporary folder where that cannot be written.
"""

import hashlib
from pathlib import Path

import numba

from kit.paths import cache_folder


def version(of: Path) -> str:
    """Return a hash of all Python sources under a folder."""
    seen = hashlib.sha256(numba.__version__.encode())
    for path in sorted(of.rglob("*.py")):
        seen.update(path.relative_to(of).as_posix().encode() + path.read_bytes())
    return seen.hexdigest()[:16]


# Set before anything is compiled: Numba reads it when a function is declared.
numba.config.CACHE_DIR = str(cache_folder() / f"compiled-{version(Path(__file__).parent)}")

compiled = numba.njit(cache=True, error_model="numpy")
