"""The two engines of compiled code: portable (WebAssembly, compiled ahead) and native (Numba, compiled here).

Both come from one source. ``kernel.wasm`` has the same last digits on every machine, and needs no compiler. Numba is
faster in large markets, and is an extra.
"""

import atexit
import ctypes
import hashlib
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import numpy as np

from kit.paths import cache_folder, replace_file

Engine = Literal["portable", "native"]
WASM = Path(__file__).with_name("kernel.wasm")
TYPES = WASM.with_suffix(".json")  # of the parameters of its functions
KERNELS: list["Kernel"] = []
_ALIGNED = 64  # bytes
_KEPT = 2**24  # bytes of a block that stays from call to call
_MOST = 2**31  # bytes of its memory: see tools/kernel/build.py
_default: ContextVar[Engine] = ContextVar("engine", default="portable")


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


@cache
def has_native() -> bool:
    """Return whether Numba is installed and works here."""
    try:
        import numba  # noqa: F401
    except Exception:  # a version that does not go with NumPy's ends in one of several ways
        return False
    return True


def prepare() -> None:
    """Make the portable engine ready, and keep what that takes for the processes to come."""
    _machine()


def default_engine() -> Engine:
    """Return the engine that is used where nothing else is asked for."""
    return _default.get()


@contextmanager
def native() -> Iterator[None]:
    """Use the native engine in a block where nothing else is asked for."""
    before = _default.set("native")
    try:
        yield
    finally:
        _default.reset(before)


class _Machine:
    """An instance of ``kernel.wasm``: arrays are copied into its memory before a call and back after it."""

    def __init__(self) -> None:
        import wasmtime

        self._store = wasmtime.Store(wasmtime.Engine())
        self._exports: Any = wasmtime.Instance(self._store, _module(self._store.engine), []).exports(self._store)
        self._start, self._size = 0, 0  # of the block for tables and arrays
        self._lock = threading.Lock()

    def call(self, name: str, args: tuple, moved: tuple[int, ...]) -> None:
        table = _Table(_types(name))
        for n, arg in enumerate(args):
            table.add(arg, f"argument {n} of {name}", n in moved)
        with self._lock:
            self._run(name, table)

    def _run(self, name: str, table: "_Table") -> None:
        arrays = table.arrays
        places, size = [], (len(table.values) + 2) * 8
        for array, _ in arrays:
            places.append(size := -(-size // _ALIGNED) * _ALIGNED)
            size += array.nbytes
        start = self._block(size + _ALIGNED, name)
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
        if self._size > _KEPT:
            self._free()
        if status:
            raise MemoryError(f"{name} ended with status {status}")

    def _block(self, size: int, name: str) -> int:
        """Where there is room for so many bytes: the block of the last call, if it is large enough."""
        if size > self._size:
            self._free()
            self._start = self._exports["malloc"](self._store, size) if size < _MOST else 0
            if self._start == 0:
                raise MemoryError(f"the portable engine has no {size:,} bytes for {name}; the native one may")
            self._size = size
        return self._start

    def _free(self) -> None:
        if self._size:
            self._exports["free"](self._store, self._start)
        self._size = 0

    def _memory(self) -> np.ndarray:
        """The whole memory as bytes; it moves when it grows."""
        memory = self._exports["memory"]
        at = ctypes.addressof(memory.data_ptr(self._store).contents)
        return np.frombuffer((ctypes.c_ubyte * memory.data_len(self._store)).from_address(at), np.uint8)


def _module(engine):
    """The kernel for this processor, from the cache if it is there: compiling it takes 16 MB that stay."""
    import wasmtime

    kept = cache_folder() / f"kernel-{_digest(WASM.read_bytes()).hex()[:16]}.cwasm"
    with suppress(OSError, wasmtime.WasmtimeError):  # not there, or of another version or processor
        stored = kept.read_bytes()
        if stored[:32] == _digest(stored[32:]):  # a damaged one would end the process
            return wasmtime.Module.deserialize(engine, stored[32:])
    module = wasmtime.Module.from_file(engine, str(WASM))
    code = bytes(module.serialize())
    with suppress(OSError):  # no place to keep it
        replace_file(kept, lambda made: made.write_bytes(_digest(code) + code))
    return module


def _digest(of: bytes) -> bytes:
    return hashlib.sha256(of).digest()


def _machine() -> _Machine:
    return _machine_of(os.getpid())


@cache
def _machine_of(process: int) -> _Machine:
    """A machine of this process: one that was forked with its process may be at work in another thread for ever."""
    atexit.register(_machine_of.cache_clear)  # wasmtime cannot be cleared away once Python has begun to end
    return _Machine()


class _Table:
    """The parameters of a call as Numba flattens them: eight bytes each, of arrays their sizes, place and strides.

    ``types``: of each number and array, as ``kernel.json`` has them.
    """

    def __init__(self, types: list[str]) -> None:
        self.values: list[int | float] = [0, 0]
        self.arrays: list[tuple[np.ndarray, bool]] = []  # and whether it is moved
        self._types = iter(types)
        self._places: list[int] = []  # positions of the arrays' addresses

    def add(self, value: Any, name: str, moved: bool) -> None:
        """Append a parameter; numbers and arrays of another type are converted, or TypeError where that loses much."""
        if isinstance(value, tuple):
            for field, part in zip(getattr(value, "_fields", range(len(value))), value, strict=True):
                self.add(part, f"{type(value).__name__}.{field}", moved)
            return
        wanted = next(self._types)
        if wanted.endswith("]"):
            self._add_array(value, wanted, name, moved)
        elif wanted == "float64":
            self.values.append(float(value))
        elif int(value) == value:
            self.values.append(int(value))
        else:
            raise TypeError(f"{name} is {value!r}; it must be a whole number")

    def _add_array(self, value: Any, wanted: str, name: str, moved: bool) -> None:
        dtype, dimensions = wanted[:-1].split("[")
        found = f"{value.dtype}[{value.ndim}]" if isinstance(value, np.ndarray) else type(value).__name__
        if found != wanted or not value.flags.c_contiguous:
            fits = isinstance(value, np.ndarray) and value.ndim == int(dimensions)
            if moved or not fits or not np.can_cast(value.dtype, dtype, "same_kind"):
                raise TypeError(f"{name} is {found}; it must be a contiguous array {wanted} (type and dimensions)")
            value = np.ascontiguousarray(value, dtype)
        self.arrays.append((value, moved))
        self._places.append(len(self.values) + 4)
        self.values += [0, 0, value.size, value.itemsize, 0, *value.shape, *value.strides]

    def at(self, addresses: list[int]) -> np.ndarray:
        """Return the table with the arrays at these addresses."""
        entries = np.zeros(len(self.values), np.int64)
        real = np.array([isinstance(value, float) for value in self.values])
        entries[~real] = [value for value in self.values if not isinstance(value, float)]
        entries.view(np.float64)[real] = [value for value in self.values if isinstance(value, float)]
        entries[self._places] = addresses
        return entries


@cache
def _types(name: str) -> list[str]:
    return json.loads(TYPES.read_text())[name]
