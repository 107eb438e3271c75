"""Grading measured: the red team's attacks and hits, submissions a minute, memory, a run that is killed."""

import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.rows import peak_of_tree, row
from redteam.batch import CODE, FILES, LIMITS, fill, right, write

from kit.course.class_settings import Settings
from kit.course.grading.grade import Terms, grade

SUBMISSIONS = 200
JOBS = 2


def grading_rows() -> list[dict]:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "submissions"
        folder.mkdir()
        fill(folder)
        rows = grade(folder, Path(home) / "run", Terms(Settings(), "red", limits=LIMITS), JOBS)
    attacks = [learner for learner in rows if not learner.learner.startswith("honest")]
    hits = [attack.learner for attack in attacks if attack.points()]
    print(*hits, sep="\n", end="\n" if hits else "")
    differ, memory = _killed()
    return [
        row("grading.redteam_attacks", [len(CODE) + len(FILES)], ""),
        row("grading.redteam_hits", [len(hits)], ""),
        row("grading.submissions_per_minute", [_per_minute()], "/min"),
        row("grading.peak_memory_mb", [memory / 1e6], "MB"),
        row("grading.resumed_bytes_that_differ", [differ], ""),
    ]


def _submissions(folder: Path) -> None:
    """A class of two hundred, fifteen questions each; every tenth submission is broken."""
    folder.mkdir()
    for n in range(SUBMISSIONS):
        write(folder, f"s{n:03d}", right(f"s{n:03d}", n % 2))
        if n % 10 == 0:
            (folder / f"s{n:03d}.json").write_bytes(random.Random(n).randbytes(1_000))


def _per_minute() -> float:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "submissions"
        _submissions(folder)
        start = time.perf_counter()
        rows = grade(folder, Path(home) / "run", Terms(Settings(), "bench"), JOBS)
        seconds = time.perf_counter() - start
        assert sum(bool(one.reason) for one in rows) == SUBMISSIONS // 10, json.dumps([one.reason for one in rows])
    return 60 * SUBMISSIONS / seconds


def _killed() -> tuple[int, int]:
    """Kill the command in the middle of the class and resume it: the bytes that differ from a run in one go.

    And the peak memory in bytes of that run, sandboxes included.
    """
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "submissions"
        _submissions(folder)
        command = [sys.executable, "-m", "kit", "grade", str(folder), "--seed", "bench", "--jobs", str(JOBS), "--out"]
        whole, cut = Path(home) / "whole.csv", Path(home) / "cut.csv"
        peak = peak_of_tree([*command, str(whole)])
        process = subprocess.Popen([*command, str(cut)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        kept = cut.with_name("cut.run")
        while len(list(kept.glob("*.json"))) < SUBMISSIONS // 2 and process.poll() is None:
            time.sleep(0.01)
        process.kill()
        assert process.wait() != 0, "killed before it was done"
        assert not cut.exists()
        before = {path: path.stat().st_mtime_ns for path in kept.glob("*.json")}
        subprocess.run([*command, str(cut), "--resume"], check=True, capture_output=True)
        assert all(path.stat().st_mtime_ns == at for path, at in before.items()), "nothing is graded twice"
        pairs = itertools.zip_longest(whole.read_bytes(), cut.read_bytes())
        return sum(one != other for one, other in pairs), peak
