"""Compilation: Numba's compiler with a cache that belongs to this very version of the compiled code.

Numba does not notice an edit in another file and would keep the old result. So the cache's folder is named by a
hash of all sources that compile anything; it lies in the user's cache, or in a temporary folder where that cannot be
written. What compiled code uses, constants too, stands in such a source.
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


# Set before anything is compiled: Numba reads it when a function is declared.
numba.config.CACHE_DIR = str(cache_folder() / f"compiled-{version(Path(__file__).parents[1])}")

compiled = numba.njit(cache=True, error_model="numpy")
# What only compiled code calls needs no door to Python, which takes long to compile where much is passed.
inner = numba.njit(error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
