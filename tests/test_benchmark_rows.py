"""Benchmark rows: what cannot be true is refused, and memory is the measured process's own."""

import subprocess
import sys

import pytest
from benchmarks.rows import COUNTS, PRINT_PEAK, Untrue, peak_of_tree, row

linux = pytest.mark.skipif(sys.platform != "linux", reason="VmHWM and PSS are read from /proc")
MB = 1_000_000
HOLD = "held = bytearray({size}); held[::4096] = b'x' * len(held[::4096])\n"


@pytest.mark.parametrize("values", [[0.0], [0.0, 1.0, 2.0], [-1.0, 2.0], [float("nan")], [float("inf")]])
def test_a_row_that_cannot_be_true_is_refused(values):
    with pytest.raises(Untrue, match=r"some\.time_s"):
        row("some.time_s", values, "s")


def test_a_value_computed_from_the_measurements_is_refused_likewise():
    with pytest.raises(Untrue):
        row("some.p90_ms", [1.0, 2.0], "ms", value=0.0)


@pytest.mark.parametrize("name", COUNTS)
def test_a_count_may_be_zero_and_not_negative(name):
    assert row(name, [0], "")["value"] == 0
    with pytest.raises(Untrue):
        row(name, [-1], "")


def test_a_row_holds_the_median_and_the_range():
    made = row("some.time_s", [3.0, 1.0, 2.0], "s")
    assert made == {"name": "some.time_s", "value": 2.0, "unit": "s", "n": 3, "min": 1.0, "max": 3.0}


@linux
def test_the_peak_of_a_child_is_not_its_parents():
    held = bytearray(400 * MB)
    held[::4096] = b"x" * len(held[::4096])

    def peak(size: int) -> int:
        code = HOLD.format(size=size) + PRINT_PEAK
        return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)

    small, large = peak(1), peak(100 * MB)
    assert small < 50 * MB
    assert 95 * MB < large - small < 105 * MB
    del held


@linux
def test_the_memory_of_a_tree_is_that_of_its_processes_at_one_time():
    child = HOLD.format(size=60 * MB) + "import time; time.sleep(1)"
    start = f"import subprocess, sys\nprocesses = (subprocess.Popen([sys.executable, '-c', {child!r}]) for _ in '12')\n"
    two = start + "for process in list(processes): process.wait()"
    one_by_one = start + "for process in processes: process.wait()"
    together, apart = (peak_of_tree([sys.executable, "-c", code]) for code in (two, one_by_one))
    assert 120 * MB < together < 190 * MB
    assert 60 * MB < apart < 110 * MB


def test_a_command_that_fails_is_not_measured():
    with pytest.raises(subprocess.CalledProcessError):
        peak_of_tree([sys.executable, "-c", "raise SystemExit(3)"])
