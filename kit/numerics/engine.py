"""The two engines of compiled code: portable (WebAssembly, compiled ahead) and native (Numba, compiled here).

Both come from one source. ``kernel.wasm`` has the same last digits on every machine, and needs no compiler. Numba is
faster in large markets, and is an extra.
"""

import atexit
import ctypes
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import numpy as np

from kit.paths import cache_folder, replace_file

Engine = Literal["portable", "native"]
WASM = Path(__file__).with_name("kernel.wasm")
KERNELS: list["Kernel"] = []
_ALIGNED = 64  # bytes
_MOST = 2**31  # bytes of its memory: see tools/kernel/build.py
_default: list[Engine] = ["portable"]


class Kernel:
    """A compiled function, called by either engine; it writes its results into arrays that are handed in.

    ``moved``: positions of the arguments whose arrays it writes. Arguments are whole and real numbers, truth values,
    arrays, and named tuples of these.
    """

    def __init__(self, module: str, name: str, moved: tuple[int, ...]):
        self.module, self.name, self.moved = module, name, moved
        KERNELS.append(self)

    def __call__(self, *args: Any, engine: Engine | None = None) -> None:
        if (engine or default_engine()) == "native":
            getattr(import_module(self.module), self.name)(*args)
        else:
            _machine().call(self.name, args, self.moved)


def has_native() -> bool:
    """Return whether Numba is installed."""
    return find_spec("numba") is not None


def prepare() -> None:
    """Make the portable engine ready, and keep what that takes for the processes to come."""
    _machine()


def default_engine() -> Engine:
    """Return the engine that is used where nothing else is asked for."""
    return _default[-1]


@contextmanager
def native() -> Iterator[None]:
    """Use the native engine in a block where nothing else is asked for."""
    _default.append("native")
    try:
        yield
    finally:
        _default.pop()


class _Machine:
    """An instance of ``kernel.wasm``: arrays are copied into its memory before a call and back after it."""

    def __init__(self) -> None:
        import wasmtime

        self._store = wasmtime.Store(wasmtime.Engine())
        self._exports: Any = wasmtime.Instance(self._store, _module(self._store.engine), []).exports(self._store)
        self._lock = threading.Lock()

    def call(self, name: str, args: tuple, moved: tuple[int, ...]) -> None:
        table, arrays = _Table(), []
        for n, arg in enumerate(args):
            table.add(arg)
            arrays += [(array, n in moved) for array in table.take()]
        with self._lock:
            self._run(name, table, arrays)

    def _run(self, name: str, table: "_Table", arrays: list[tuple[np.ndarray, bool]]) -> None:
        places, size = [], (len(table.values) + 2) * 8
        for array, _ in arrays:
            places.append(size := -(-size // _ALIGNED) * _ALIGNED)
            size += array.nbytes
        start = self._allocate(size + _ALIGNED, name)
        base = -(-start // _ALIGNED) * _ALIGNED
        memory = self._memory()
        for (array, _), place in zip(arrays, places, strict=True):
            memory[base + place : base + place + array.nbytes] = array.reshape(-1).view(np.uint8)
        entries = table.at([base + place for place in places])
        # Results and errors that Numba's functions return by pointers: none of ours has any.
        slot = base + len(entries) * 8
        entries[:2] = slot, slot + 8
        memory[base : base + entries.nbytes] = entries.view(np.uint8)
        status = self._exports[name](self._store, base)
        memory = self._memory()
        for (array, was_moved), place in zip(arrays, places, strict=True):
            if was_moved:
                array.reshape(-1).view(np.uint8)[:] = memory[base + place : base + place + array.nbytes]
        self._exports["free"](self._store, start)
        if status:
            raise MemoryError(f"{name} ended with status {status}")

    def _allocate(self, size: int, name: str) -> int:
        start = self._exports["malloc"](self._store, size) if size < _MOST else 0
        if start == 0:
            raise MemoryError(f"the portable engine has no {size:,} bytes for {name}; the native one may")
        return start

    def _memory(self) -> np.ndarray:
        """The whole memory as bytes; it moves when it grows."""
        memory = self._exports["memory"]
        at = ctypes.addressof(memory.data_ptr(self._store).contents)
        return np.frombuffer((ctypes.c_ubyte * memory.data_len(self._store)).from_address(at), np.uint8)


def _module(engine):
    """The kernel for this processor, from the cache if it is there: compiling it takes 16 MB that stay."""
    import wasmtime

    kept = cache_folder() / f"kernel-{hashlib.sha256(WASM.read_bytes()).hexdigest()[:16]}.cwasm"
    try:
        return wasmtime.Module.deserialize_file(engine, str(kept))
    except wasmtime.WasmtimeError:  # not there, of another version or processor, or broken
        module = wasmtime.Module.from_file(engine, str(WASM))
    with suppress(OSError):  # no place to keep it
        replace_file(kept, lambda made: made.write_bytes(module.serialize()))
    return module


@cache
def _machine() -> _Machine:
    atexit.register(_machine.cache_clear)  # wasmtime cannot be cleared away once Python has begun to end
    return _Machine()


class _Table:
    """The parameters of a call as Numba flattens them: eight bytes each, of arrays their sizes, place and strides."""

    def __init__(self) -> None:
        self.values: list[int | float] = [0, 0]
        self._places: list[int] = []  # positions of the arrays' addresses
        self._new: list[np.ndarray] = []

    def add(self, value: Any) -> None:
        """Append a parameter."""
        if isinstance(value, tuple):
            for part in value:
                self.add(part)
        elif isinstance(value, np.ndarray):
            if not value.flags.c_contiguous:
                raise ValueError("an array of a kernel must be contiguous")
            self._new.append(value)
            self._places.append(len(self.values) + 4)
            self.values += [0, 0, value.size, value.itemsize, 0, *value.shape, *value.strides]
        elif isinstance(value, float | np.floating):
            self.values.append(float(value))
        else:
            self.values.append(int(value))

    def take(self) -> list[np.ndarray]:
        """Return the arrays that were added since this was last called."""
        new, self._new = self._new, []
        return new

    def at(self, addresses: list[int]) -> np.ndarray:
        """Return the table with the arrays at these addresses."""
        entries = np.zeros(len(self.values), np.int64)
        real = np.array([isinstance(value, float) for value in self.values])
        entries[~real] = [value for value in self.values if not isinstance(value, float)]
        entries.view(np.float64)[real] = [value for value in self.values if isinstance(value, float)]
        entries[self._places] = addresses
        return entries
