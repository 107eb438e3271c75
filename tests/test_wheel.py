"""The wheel carries the course: installed in an empty place, it gives the lessons and runs them."""

import os
import subprocess
import sys
import zipfile

import pytest

from kit.paths import DATA, EXERCISES, NOTEBOOKS, ROOT


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


def run(installed, code, cwd):
    _, _, environment = installed
    answer = subprocess.run([sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def test_the_wheel_holds_the_data_and_every_built_lesson(installed):
    names = set(zipfile.ZipFile(installed[0]).namelist())
    wanted = {f"kit/data/{path.relative_to(DATA).as_posix()}" for path in DATA.rglob("*") if path.is_file()}
    wanted |= {f"kit/notebooks/{path.relative_to(NOTEBOOKS).as_posix()}" for path in NOTEBOOKS.glob("*/*.ipynb")}
    sheets = [*EXERCISES.glob("*/*.ipynb"), *EXERCISES.glob("questions/ex*.py"), EXERCISES / "course.toml"]
    wanted |= {f"kit/exercises/{path.relative_to(EXERCISES).as_posix()}" for path in sheets}
    templates = (ROOT / "kit" / "display" / "templates").glob("*.html")
    wanted |= {path.relative_to(ROOT).as_posix() for path in templates}
    assert "kit/display/templates/page.html" in wanted
    assert wanted <= names
    assert not [name for name in names if name.startswith(("tests", "kit/tests"))]


def test_the_installed_kit_finds_its_own_data(installed, tmp_path):
    code = "import kit, kit.paths; print(kit.paths.ROOT); print(kit.fact('A38').value)"
    root, credit = run(installed, code, tmp_path).splitlines()
    assert root == str(installed[1] / "kit")
    assert credit == "200.0"


def test_the_installed_course_is_handed_out_and_passes_its_own_comparison(installed, tmp_path):
    code = "from pathlib import Path; from kit.course.launcher import hand_out; hand_out(Path('course'))"
    run(installed, code, tmp_path)
    handed = sorted(path.relative_to(tmp_path / "course") for path in (tmp_path / "course").glob("*/*.ipynb"))
    there = [path.relative_to(home) for home in (NOTEBOOKS, EXERCISES) for path in home.glob("*/*.ipynb")]
    assert handed == sorted(there)
    options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, "--nbval", "--nbval-cell-timeout=60"]
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "course"],
        cwd=tmp_path,
        env=installed[2],
        capture_output=True,
        text=True,
    )
    assert tested.returncode == 0, tested.stdout[-3000:]
    assert " passed" in tested.stdout
