"""Grading measured: the red team's attacks and hits, submissions a minute, memory."""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.rows import row
from redteam.batch import CODE, FILES, LIMITS, fill, right, write

from kit.course.grading import Terms, grade
from kit.course.settings import Settings

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
    minute, memory = _class()
    return [
        row("grading.redteam_attacks", [len(CODE) + len(FILES)], ""),
        row("grading.redteam_hits", [len(hits)], ""),
        row("grading.submissions_per_minute", [minute], "/min"),
        row("grading.peak_memory_mb", [memory], "MB"),
    ]


def _class() -> tuple[float, float]:
    """A class of two hundred, fifteen questions each; every tenth submission is broken."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "submissions"
        folder.mkdir()
        for n in range(SUBMISSIONS):
            write(folder, f"s{n:03d}", right(f"s{n:03d}", n % 2))
            if n % 10 == 0:
                (folder / f"s{n:03d}.json").write_bytes(os.urandom(1_000))
        start = time.perf_counter()
        rows = grade(folder, Path(home) / "run", Terms(Settings(), "bench"), JOBS)
        seconds = time.perf_counter() - start
        assert sum(bool(one.reason) for one in rows) == SUBMISSIONS // 10, json.dumps([one.reason for one in rows])
    # The grader itself, and as many of the largest children as run at a time: an upper bound.
    unit = 1024 if sys.platform == "linux" else 1
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return 60 * SUBMISSIONS / seconds, (own + JOBS * child) * unit / 1e6
