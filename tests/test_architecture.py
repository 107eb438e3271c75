"""The architecture: contracts of import-linter in pyproject.toml, what an import loads, what no file may hold."""

import shutil
import subprocess
import sys

import pytest

from kit.paths import ROOT


def linted(folder) -> subprocess.CompletedProcess:
    """import-linter's answer for the package in a folder, by the contracts in pyproject.toml."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    return subprocess.run([*command, "--no-cache"], cwd=folder, capture_output=True, text=True, encoding="utf-8")


def test_every_room_imports_from_the_rooms_below_it_alone():
    answer = linted(ROOT)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("module", "line", "told"),
    [
        (
            "parameters/levers",
            "from kit.policies.policy import policy",
            "kit.parameters is not allowed to import kit.policies",
        ),
        (
            "display/render",
            "from kit.analysis.policy_effect import effect",
            "kit.display is not allowed to import kit.analysis",
        ),
        ("outcomes/fan_xing", "import altair", "kit.outcomes is not allowed to import altair"),
        ("economics/fees", "import kit.economics.effort\nfrom kit.outcomes.august import users", "kit.economics"),
        ("outcomes/own_shop", "from kit.outcomes.fan_xing import worth", ".own_shop -> .fan_xing"),
        ("utils", "", "utils"),
    ],
)
def test_an_import_that_breaks_a_contract_is_told_by_name(tmp_path, module, line, told):
    shutil.copytree(ROOT / "kit", tmp_path / "kit", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "kit" / f"{module}.py").open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    answer = linted(tmp_path)
    assert answer.returncode == 1
    assert told in answer.stdout


HEAVY = ("pandas", "numpy", "scipy", "pydantic", "ipywidgets", "anywidget", "IPython", "altair", "vl_convert", "babel")


def test_importing_the_kit_loads_nothing_heavy():
    code = "import kit, sys; print([name for name in sys.argv[1:] if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code, *HEAVY], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"


def test_every_name_that_the_kit_offers_loads():
    import kit

    assert [name for name in dir(kit) if getattr(kit, name, None) is None] == []
    with pytest.raises(AttributeError, match=r"nothing.*policy"):
        kit.nothing  # noqa: B018


def tracked() -> list[str]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there is no list of tracked files")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if listed.returncode:
        pytest.skip(f"git cannot list the files: {listed.stderr.strip()}")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


# Written in two parts, so that this file does not hold what it looks for.
PRIVATE = [
    "".join(parts)
    for parts in [("index", "-url"), ("pypi", ".org"), ("files.python", "hosted"), ("/ro", "ot/"), ("/tm", "p/w")]
]


@pytest.mark.parametrize("words", PRIVATE)
def test_no_tracked_file_names_a_registry_or_a_place_on_one_machine(words):
    holding = [name for name in tracked() if words.encode() in (ROOT / name).read_bytes()]
    assert holding == []
