"""The light install: the library without JupyterLab, the course without an installed package."""

import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from click.testing import CliRunner

from kit.cli import jupyter
from kit.cli.main import main
from kit.course import launcher
from kit.display import live_chart
from kit.paths import ROOT, environment

LAB = (
    "numba",
    "llvmlite",
    "jupyterlab",
    "ipywidgets",
    "anywidget",
    "IPython",
    "ipykernel",
    "nbformat",
    "jupytext",
    "nbclient",
    "PIL",
)


def without(modules, code: str, *arguments: str) -> subprocess.CompletedProcess:
    """Run code in a Python where some modules cannot be imported."""
    blocked = f"import sys\nfor name in {modules!r}: sys.modules[name] = None\n"
    command = [sys.executable, "-c", blocked + code, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


def test_a_simulation_needs_the_base_packages_alone():
    code = """
import kit
records = kit.simulate(kit.open_market(1000), kit.policy("fan_xing"), 3)
print(records.days)
"""
    done = without(LAB, code)
    assert done.stdout.strip() == "3", done.stderr


@pytest.mark.parametrize(
    ("command", "gone", "extra"), [("lab", "jupyterlab", "lab"), ("build", "jupytext", "dev"), ("build", "PIL", "dev")]
)
def test_a_command_whose_package_is_missing_names_the_extra_that_brings_it(command, gone, extra):
    done = without((gone,), "from kit.cli.main import main\nmain()", command)
    assert done.returncode == 1
    assert gone in done.stderr
    assert f'"renhuochang[{extra}]"' in done.stderr


def test_the_lab_finds_a_checkout_that_is_not_installed(tmp_path, monkeypatch):
    started = {}
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setattr(launcher, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(live_chart, "library_file", lambda: None)
    monkeypatch.setattr(os, "execve", lambda program, command, env: started.update(lab=(command, env)))
    done = CliRunner().invoke(main, ["lab", "--folder", str(tmp_path / "mine"), "--no-browser"])
    assert done.exit_code == 0, done.output
    command, env = started["lab"]
    assert (command[0], command[-1]) == (sys.executable, "--no-browser")
    assert env["PYTHONPATH"].split(os.pathsep) == [str(ROOT), "elsewhere"]


def test_the_lab_makes_the_checkout_known_to_its_environment(tmp_path, monkeypatch):
    def nothing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(jupyter, "distribution", nothing)
    monkeypatch.setattr(jupyter.sys, "prefix", "/a/virtual/environment")
    monkeypatch.setattr(jupyter.sysconfig, "get_path", lambda kind: str(tmp_path))
    jupyter.make_known()
    code = f"import site; site.addsitedir({str(tmp_path)!r}); import kit; print(kit.__file__)"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).parent == ROOT / "kit"
    if os.name != "nt":
        helped = subprocess.run([tmp_path / "renhuochang", "coverage", "--help"], capture_output=True, text=True)
        assert "Usage" in helped.stdout


def test_an_installed_kit_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(jupyter.sysconfig, "get_path", lambda kind: str(tmp_path))
    monkeypatch.setattr(jupyter, "distribution", lambda name: None)
    jupyter.make_known()
    assert list(tmp_path.iterdir()) == []


def test_from_any_folder_a_process_of_this_environment_imports_this_kit(tmp_path):
    code = "import kit; print(kit.__file__)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).parent == ROOT / "kit"
