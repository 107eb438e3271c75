"""The sandbox: learners' code runs without network, without access to our files, within limits.

With bubblewrap (Linux) a submission sees Python and the system's libraries, read-only, and nothing else. Without it
the score is still protected (expected values never enter the process), the files are not.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import asdict, dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kit.text import Refusal

RUNNER = Path(__file__).parents[1] / "exercises" / "code_runner.py"


@dataclass(frozen=True)
class Limits:
    """What one submission may use: seconds a question and in total, bytes of memory and of output a question."""

    seconds: float = 5.0
    total_seconds: float = 30.0
    memory_bytes: int = 1_500_000_000
    output_bytes: int = 200_000


@dataclass(frozen=True)
class Task:
    """One code answer: its source, the function to call, and the arguments of each call."""

    id: str
    source: str
    function: str
    cases: list


def run(tasks: list[Task], isolated: bool, limits: Limits = Limits()) -> dict[str, dict]:
    """Run the answers of one submission; return for each id ``{"values": [...]}`` or ``{"fault": code}``.

    The faults: error, missing (no such function), type (no plain value), time, output (too much), record (the child
    wrote something else, or died).
    """
    limited = asdict(limits) | {"drop": isolated}  # as root, a child becomes nobody
    job = {"path": _packages(), "limits": limited, "tasks": [asdict(task) for task in tasks]}
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        given.write(json.dumps(job).encode())
        given.seek(0)
        command = _fence(isolation()) if isolated else []
        command += [sys.executable, "-I", "-B", "/runner.py" if isolated else str(RUNNER)]
        process = subprocess.Popen(
            command,
            stdin=given,
            stdout=taken,
            stderr=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin"},
            cwd=tempfile.gettempdir(),
            start_new_session=True,
        )
        try:
            process.wait(limits.total_seconds + 15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        taken.seek(0)
        return _records(taken.read(len(tasks) * (limits.output_bytes + 1_000)), {task.id for task in tasks})


def _records(written: bytes, ids: set[str]) -> dict[str, dict]:
    """The runner's records by question; one that is missing or incomplete is a fault."""
    found = {name: {"fault": "record"} for name in ids}
    for line in written.splitlines():
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if type(record) is dict and record.get("id") in ids:
            found[record.pop("id")] = record
    return found


@cache
def isolation() -> list[str] | None:
    """Return the options of bubblewrap that isolate on this machine, found by trying; None if none do."""
    if not shutil.which("bwrap"):
        return None
    for variant in _variants():
        try:
            tried = [*_fence(variant), sys.executable, "-I", "-B", "-c", _PROBE, str(RUNNER), *_packages()]
            done = subprocess.run(tried, capture_output=True, timeout=30, env={"PATH": "/usr/bin:/bin"})
        except (OSError, subprocess.SubprocessError):
            continue
        if done.stdout.strip() == b"held":
            return variant
    return None


def require(unisolated: bool) -> bool:
    """Return whether submissions run isolated; refuse where they cannot, unless ``unisolated`` allows it."""
    if os.name == "nt":
        raise Refusal("grade_windows")
    if isolation() is not None:
        return True
    if not unisolated:
        raise Refusal("grade_unisolated")
    return False


# Runs inside the sandbox: limits must hold and our files be invisible, else the sandbox is not used.
_PROBE = """
import os, runpy, socket, sys
runner = runpy.run_path("/runner.py")
runner["confine"]({"seconds": 5, "memory_bytes": 1 << 30, "drop": True})
def refused(act):
    try:
        act()
    except OSError:
        return True
sys.path[:0] = sys.argv[2:]
def fork():
    if not os.fork():
        os._exit(0)
def reach():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.1", 80))  # sends nothing; needs a route
import numpy
held = [refused(fork), refused(reach), not os.access("/", os.W_OK), not os.path.exists(sys.argv[1])]
if all(held):
    print("held")
"""


def _variants() -> list[list[str]]:
    """As root without a user namespace, so that children can become nobody; else with one."""
    root = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--cap-drop", "ALL"]
    root += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_KILL"]
    own = ["--unshare-all"]
    return [root, own] if os.geteuid() == 0 else [own]


def _fence(variant: list[str]) -> list[str]:
    words = ["bwrap", *variant, "--die-with-parent", "--new-session", "--clearenv", "--setenv", "HOME", "/tmp"]
    words += ["--setenv", "OPENBLAS_NUM_THREADS", "1", "--setenv", "LC_ALL", "C.UTF-8"]
    for path in ("/usr", "/lib", "/lib64", "/lib32", "/bin"):
        if Path(path).is_symlink():
            words += ["--symlink", os.readlink(path), path]
        elif Path(path).exists():
            words += ["--ro-bind", path, path]
    # Before Python's folders, which may lie in /tmp.
    words += ["--size", "16000000", "--tmpfs", "/tmp"]
    made: set[Path] = {Path("/tmp")}
    for path in _pythons():
        for parent in reversed(path.parents):
            if parent not in made and not parent.is_relative_to("/usr") and parent != Path("/"):
                made.add(parent)
                words += ["--perms", "0755", "--dir", str(parent)]
        if not path.is_relative_to("/usr"):
            words += ["--ro-bind", str(path), str(path)]
    for folder in _hidden():
        words += ["--tmpfs", str(folder)]
    for device in ("/dev/null", "/dev/zero", "/dev/urandom"):
        words += ["--dev-bind", device, device]
    words += ["--ro-bind", str(RUNNER), "/runner.py"]
    return [*words, "--remount-ro", "/", "--chdir", "/tmp"]


def _hidden() -> list[Path]:
    """Folders to hide: the installed course with its answers, and the packages beneath a virtual environment."""
    packages = {Path(path) for path in _packages()} | {Path(path).resolve() for path in _packages()}
    beneath = Path(sysconfig.get_path("purelib", vars={"base": sys.base_prefix})).resolve()
    hidden = {path / "kit" for path in packages} | ({beneath} if beneath not in packages else set())
    return sorted(path for path in hidden if path.is_dir())


def _pythons() -> list[Path]:
    """The folders of Python and its packages, none within another."""
    wanted = {Path(place) for place in (sys.prefix, sys.base_prefix, sys.exec_prefix, *_packages())}
    wanted |= {Path(sys.executable).parent.parent, Path(sys.executable).resolve().parent.parent}
    wanted |= {path.resolve() for path in wanted}
    return sorted(path for path in wanted if not any(path != other and path.is_relative_to(other) for other in wanted))


@cache
def _packages() -> list[str]:
    """The folders from which numpy and pandas are loaded."""
    found = {str(Path(find_spec(name).origin).parent.parent) for name in ("numpy", "pandas")}
    return sorted(found | {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
