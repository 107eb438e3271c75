"""Run the checks of the project: `python tests/run.py` all of them, `python tests/run.py --check` those under a minute.

Lint, format, types, then pytest with the network off where the machine allows it; arguments pass through to pytest.
(That a room imports from the rooms below it alone is a test: tests/test_architecture.py runs import-linter.)
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy", "--no-error-summary"]]
# Without compiled code, kernels, browsers and sandboxes.
FAST = ["kit/parameters", "kit/economics", "kit/policies", "kit/settlement", "kit/text.py", "tests/parameters"]
FAST += ["tests/text", "tests/policies", "tests/settlement", "tests/lessons", "tests/test_architecture.py"]


def without_network() -> list[str]:
    """Return the words that start a command with nothing but loopback, or none where that is not possible."""
    bwrap = shutil.which("bwrap")
    words = [bwrap, "--dev-bind", "/", "/", "--unshare-net", "--die-with-parent"] if bwrap else []
    if words and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
        return words
    print("The network stays on: there is no bubblewrap here. Python's own sockets are still kept to loopback.")
    return []


def main(arguments: list[str]) -> int:
    start = time.time()
    os.chdir(ROOT)
    Path("build").mkdir(exist_ok=True)
    python = [sys.executable, "-m"]
    check = "--check" in arguments
    # The types are checked while the tests run.
    checks = [subprocess.Popen([*python, *words]) for words in STATIC]
    fence = without_network()
    environment = os.environ | ({"RENHUOCHANG_OFFLINE": "1"} if fence else {})
    workers = str(min(os.cpu_count() or 1, 4))
    tests = [*fence, *python, "pytest", "-q", "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    chosen = [*(FAST if check else []), *(word for word in arguments if word != "--check")]
    failed = [subprocess.call([*tests, *chosen], env=environment), *(one.wait() for one in checks)]
    seconds, green = round(time.time() - start, 1), not any(failed)
    if not arguments:
        Path("build/make_test.json").write_text(json.dumps({"seconds": seconds, "green": green}))
    print(f"make {'check' if check else 'test'}: {seconds} s, {'green' if green else 'RED'}")
    return int(not green)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
