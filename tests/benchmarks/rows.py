"""A measured figure as one row: name, value, unit, number of measurements, minimum and maximum; and memory measured."""

import math
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

# What may be zero: these rows count something, and zero is the good answer or a true one.
COUNTS = ("grading.redteam_hits", "grading.resumed_bytes_that_differ")


class Untrue(ValueError):
    """A figure that cannot be true: not finite, negative, or zero where nothing takes no time or no memory."""


def row(name: str, values: list[float], unit: str, value: float | None = None) -> dict:
    """One row of build/bench.json; the value is the median of the measurements unless it is given."""
    middle = statistics.median(values) if value is None else value
    least = min(middle, *values)
    if not all(math.isfinite(one) for one in (middle, *values)) or least < 0 or (least == 0 and name not in COUNTS):
        raise Untrue(f"{name}: {middle} {unit}, measured {values}, cannot be true")
    low, high = round(min(values), 3), round(max(values), 3)
    return {"name": name, "value": round(middle, 6), "unit": unit, "n": len(values), "min": low, "max": high}


def seconds(work: Callable[[], object], times: int) -> list[float]:
    """Wall time of a call, warm, several times. On a shared machine the minimum is the machine's own."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken


# For the end of a program that runs in a process of its own: prints its peak resident memory in bytes. Not ru_maxrss:
# a child that subprocess starts by vfork inherits its parent's. VmHWM belongs to the address space, which exec renews.
PRINT_PEAK = """
import re, resource, sys
if sys.platform == "linux":
    print(1024 * int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""


def tree_memory(root: int) -> int:
    """Memory in bytes of a process and its descendants; what they share counts once (PSS) where the system tells it."""
    total = 0
    try:
        processes = [psutil.Process(root), *psutil.Process(root).children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for process in processes:
        try:
            full = process.memory_full_info()
        except psutil.Error:  # it has ended, or another user's
            continue
        total += getattr(full, "pss", full.uss)
    return total


def peak_of_tree(command: list[str], every: float = 0.05, cwd: Path | None = None) -> int:
    """Run a command and return the largest memory in bytes that it and its descendants held at one time."""
    peak = 0
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=errors)
        while process.poll() is None:
            peak = max(peak, tree_memory(process.pid))
            time.sleep(every)
        if process.returncode:
            errors.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, stderr=errors.read())
    return peak
