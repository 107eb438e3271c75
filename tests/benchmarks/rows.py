"""A measured figure as one row: name, value, unit, how often it was measured, least and greatest."""

import statistics
import time
from collections.abc import Callable


def row(name: str, values: list[float], unit: str, value: float | None = None) -> dict:
    middle = statistics.median(values) if value is None else value
    low, high = round(min(values), 3), round(max(values), 3)
    return {"name": name, "value": round(middle, 6), "unit": unit, "n": len(values), "min": low, "max": high}


def seconds(work: Callable[[], object], times: int) -> list[float]:
    """How long some work takes, warm, again and again. On a shared machine the least is the machine's own."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken
