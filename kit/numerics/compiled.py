"""Compilation by Numba, with a cache for each version of the compiled code.

Numba does not notice an edit in a file that another one imports. So the cache's folder is named by a hash of all
sources that name this module: compiled code, and the constants that it uses, must stand in such a source. The folder is
in the user's cache, or in a temporary folder if that is not writable.
"""

import hashlib
from pathlib import Path

import numba

from kit.paths import cache_folder


def version(of: Path) -> str:
    """Return a hash of all Python sources under a folder that name this module."""
    seen = hashlib.sha256(numba.__version__.encode())
    for path in sorted(of.rglob("*.py")):
        source = path.read_bytes()
        if b"kit.numerics.compiled" in source or path.name == "compiled.py":
            seen.update(path.relative_to(of).as_posix().encode() + source)
    return seen.hexdigest()[:16]


# Before anything is compiled: Numba reads it when a function is declared.
numba.config.CACHE_DIR = str(cache_folder() / f"compiled-{version(Path(__file__).parents[1])}")

compiled = numba.njit(cache=True, error_model="numpy")
# Called by compiled code only: without wrappers for Python, which take long to compile for large tuples. A call that
# passes the model's tuples copies the references of all their arrays: make such calls once a day, not once a merchant.
inner = numba.njit(error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
