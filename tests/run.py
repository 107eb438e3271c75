"""Run every check of the project: style, then all tests, with the network off where the machine allows it."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def without_network() -> list[str]:
    """Return the words that start a command with nothing but loopback, or none where that cannot be had."""
    bwrap = shutil.which("bwrap")
    words = [bwrap, "--dev-bind", "/", "/", "--unshare-net", "--die-with-parent"] if bwrap else []
    if words and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
        return words
    print("The network stays on: bubblewrap is not to be had here. Python's own sockets are still kept to loopback.")
    return []


def main() -> int:
    start = time.time()
    os.chdir(ROOT)
    Path("build").mkdir(exist_ok=True)
    python = [sys.executable, "-m"]
    workers = str(min(os.cpu_count() or 1, 4))
    fence = without_network()
    failed = [subprocess.call([*python, "ruff", *words, "."]) for words in (["check"], ["format", "--check"])]
    environment = os.environ | ({"RENHUOCHANG_OFFLINE": "1"} if fence else {})
    tests = [*fence, *python, "pytest", "-q", "-n", workers, "--dist", "loadfile", *sys.argv[1:]]
    failed.append(subprocess.call(tests, env=environment))
    seconds = round(time.time() - start, 1)
    Path("build/make_test.json").write_text(json.dumps({"seconds": seconds, "green": not any(failed)}))
    print(f"make test: {seconds} s, {'green' if not any(failed) else 'RED'}")
    return int(any(failed))


if __name__ == "__main__":
    sys.exit(main())
