"""The wheel carries the course: installed in an empty place, it gives the lessons and runs them."""

import os
import subprocess
import sys
import zipfile

import pytest
from forked_kernels import forked_kernels

from kit.paths import DATA, EXERCISES, NOTEBOOKS, ROOT
from kit.text import LANGUAGES


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """An environment for subprocesses in which `kit` comes from the wheel, and the wheel itself."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    target = folder / "site"
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", str(target)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return wheel, target, os.environ | {"PYTHONPATH": str(target)}


def run(installed, code, cwd, *arguments):
    _, _, environment = installed
    answer = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def test_the_wheel_holds_the_sources_the_data_and_every_built_lesson_byte_for_byte(installed):
    wheel = zipfile.ZipFile(installed[0])
    sheets = [*EXERCISES.glob("*/*.ipynb"), *EXERCISES.glob("questions/ex*.py"), EXERCISES / "course.toml"]
    held = [(ROOT / "kit", path, "kit") for path in (ROOT / "kit").rglob("*.*") if "__pycache__" not in path.parts]
    held += [(DATA, path, "kit/data") for path in DATA.rglob("*") if path.is_file()]
    held += [(NOTEBOOKS, path, "kit/notebooks") for path in NOTEBOOKS.glob("*/*.ipynb")]
    held += [(EXERCISES, path, "kit/exercises") for path in sheets]
    assert len(held) > 200
    for home, path, under in held:
        assert wheel.read(f"{under}/{path.relative_to(home).as_posix()}") == path.read_bytes()
    assert not [name for name in wheel.namelist() if name.startswith(("tests", "kit/tests"))]


def test_the_installed_kit_finds_its_own_data(installed, tmp_path):
    code = "import kit, kit.paths; print(kit.paths.ROOT); print(kit.fact('A38').value)"
    root, credit = run(installed, code, tmp_path).splitlines()
    assert root == str(installed[1] / "kit")
    assert credit == "200.0"


# What the extra [lab] brings besides the library's own dependencies, and what only the tests have.
LAB = ("anywidget", "ipykernel", "IPython", "ipywidgets", "jupyter_client", "jupyterlab", "nbclient", "nbformat")
SIMULATE = """
import sys
for name in sys.argv[1:]:
    sys.modules[name] = None  # an import of it fails as where it is not installed
import kit
market = kit.open_market(merchants=300, seed=116)
today = kit.policy("august_2020")
table = kit.compare(market, {"today": today, "coupon": today.but({"coupon.depth": 0.2})})
print(len(table), sorted(name for name in sys.argv[1:] if sys.modules[name] is not None))
"""


def test_without_the_lab_the_installed_kit_runs_a_simulation(installed, tmp_path):
    rows, loaded = run(installed, SIMULATE, tmp_path, *LAB).split(maxsplit=1)
    assert int(rows) > 1
    assert loaded == "[]"


@pytest.fixture(scope="module")
def course(installed, tmp_path_factory):
    """The course as the installed kit hands it out, in a folder of its own."""
    folder = tmp_path_factory.mktemp("desk")
    run(
        installed,
        "from pathlib import Path; from kit.course.launcher import hand_out; hand_out(Path('course'))",
        folder,
    )
    return folder / "course"


def test_the_installed_course_is_handed_out_whole(course):
    there = {path.relative_to(home): path for home in (NOTEBOOKS, EXERCISES) for path in home.glob("*/*.ipynb")}
    handed = {path.relative_to(course): path for path in course.glob("*/*.ipynb")}
    assert handed.keys() == there.keys()
    assert all(handed[name].read_bytes() == there[name].read_bytes() for name in there)


def test_the_course_that_is_handed_out_passes_its_own_comparison(installed, course, tmp_path):
    # Every lesson once, by turns in English and in Chinese: tests/course/test_editions.py runs each edition and
    # compares every output, and the wheel holds the same bytes as the sources.
    stems = sorted({path.stem for path in course.glob("*/*.ipynb")})
    chosen = [f"{LANGUAGES[n % len(LANGUAGES)]}/{stem}.ipynb" for n, stem in enumerate(stems)]
    options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, "--nbval", "--nbval-cell-timeout=60"]
    with forked_kernels(tmp_path) as environment:
        tested = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *chosen],
            cwd=course,
            env=installed[2] | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    assert tested.returncode == 0, tested.stdout[-3000:]
    assert " passed" in tested.stdout
