"""What runs inside the sandbox: a learner's functions on given inputs; their results as plain JSON.

It imports nothing of kit and knows no expected values. numpy and pandas are loaded once; then each question runs in a
forked child, which writes one line of JSON to its own descriptor.
"""

import contextlib
import importlib
import json
import math
import os
import select
import signal
import sys
import time
import types

NOBODY = 65534
DEEPEST = 12  # lists within lists
_SCALARS = {"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64"}


def plain(value, depth: int = 0):
    """Return a result as plain Python: numbers, text, lists, tables by column. Subclasses are refused.

    >>> plain((1, 2.5, "a"))
    [1, 2.5, 'a']
    >>> plain(type("Sly", (int,), {})(3))
    Traceback (most recent call last):
    TypeError: no plain value: kit.course.exercises.code_runner.Sly
    """
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return value
    if depth < DEEPEST:
        if kind in (list, tuple):
            return [plain(item, depth + 1) for item in value]
        if kind is dict:
            return {_name(key): plain(item, depth + 1) for key, item in value.items()}
    home, name = kind.__module__.partition(".")[0], kind.__name__
    if home == "numpy" and name in _SCALARS:
        return value.item()
    if (home, name) in (("numpy", "ndarray"), ("pandas", "Series"), ("pandas", "Index")):
        return plain(value.tolist(), depth + 1)
    if (home, name) == ("pandas", "DataFrame"):
        return {_name(column): plain(value[column].tolist(), depth + 1) for column in value.columns}
    raise TypeError(f"no plain value: {kind.__module__}.{kind.__qualname__}")


def _name(key) -> str:
    if type(key) is not str:
        raise TypeError("a column's name is a string")
    return key


def namespace(sources: str) -> dict:
    """Return the names that a learner's cell may use: math, an empty kit; numpy and pandas if some source names them.

    Loading pandas takes half a second: once for all questions, and only if needed.
    """
    sys.modules.setdefault("kit", types.ModuleType("kit"))
    names = {"__name__": "__main__", "math": math}
    for short, name in (("np", "numpy"), ("pd", "pandas")):
        if short in sources or name in sources:
            names[short] = names[name] = importlib.import_module(name)
    return names


def main() -> None:
    job = json.load(sys.stdin)
    sys.path[:0] = job["path"]
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
    names = namespace(str([task["source"] for task in job["tasks"]]))
    hide()
    end = time.monotonic() + job["limits"]["total_seconds"]
    for task in job["tasks"]:
        left = min(job["limits"]["seconds"], end - time.monotonic())
        record = one(task, job["limits"], names, left) if left > 0 else {"fault": "time"}
        sys.stdout.write(json.dumps({"id": task["id"]} | record) + "\n")
        sys.stdout.flush()


def one(task: dict, limits: dict, names: dict, seconds: float) -> dict:
    """Run one question in a child; return its values, or the code of a fault."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(out)
            answer(task, limits, names, into)
        finally:
            os._exit(1)
    os.close(into)
    written, fault = collect(out, limits["output_bytes"], time.monotonic() + seconds)
    os.close(out)
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(OSError):
            kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return {"fault": fault} if fault else read(written)


def collect(descriptor: int, most: int, end: float) -> tuple[bytes, str]:
    """Read what a child writes until it closes, up to ``most`` bytes and until ``end``."""
    parts, size = [], 0
    while True:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return b"", "time"
        part = os.read(descriptor, 65_536)
        if not part:
            return b"".join(parts), ""
        size += len(part)
        if size > most:
            return b"", "output"
        parts.append(part)


def read(written: bytes) -> dict:
    """Read exactly one record of the allowed form."""
    try:
        record = json.loads(written)
    except (ValueError, RecursionError):
        return {"fault": "record"}
    if type(record) is dict and list(record) == ["values"] and type(record["values"]) is list:
        return record
    if type(record) is dict and list(record) == ["fault"] and record["fault"] in ("error", "missing", "type"):
        return record
    return {"fault": "record"}


def answer(task: dict, limits: dict, names: dict, into: int) -> None:
    """The child: drop rights and descriptors, run the learner's code, write one record."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    into = os.dup2(into, 3)
    os.closerange(4, 4096)
    confine(limits)
    record = outcome(task, names)
    try:
        text = json.dumps(record).encode()
    except (TypeError, ValueError, RecursionError):
        text = b'{"fault": "type"}'
    while text:
        text = text[os.write(into, text) :]
    os._exit(0)


def outcome(task: dict, names: dict) -> dict:
    """Run a learner's cell and its function on every case."""
    try:
        exec(compile(task["source"], "answer", "exec"), names)
        function = names.get(task["function"])
        if not callable(function):
            return {"fault": "missing"}
        values = [function(*case) for case in task["cases"]]
    except BaseException:
        return {"fault": "error"}
    try:
        return {"values": plain(values)}
    except Exception:
        return {"fault": "type"}


def confine(limits: dict) -> None:
    """Drop root and limit processes, memory and files."""
    if os.geteuid() == 0 and limits["drop"]:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    import resource

    seconds = int(limits["seconds"]) + 1
    for name, most in {
        "RLIMIT_CPU": seconds,
        "RLIMIT_AS": limits["memory_bytes"],
        "RLIMIT_FSIZE": 1_000_000,
        "RLIMIT_NOFILE": 64,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
    }.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))


def hide() -> None:
    """Hide this process's memory from children of the same user (prctl PR_SET_DUMPABLE; Linux only)."""
    with contextlib.suppress(Exception):
        import ctypes

        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)


if __name__ == "__main__":
    main()
