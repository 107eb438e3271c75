"""The order of the house: a module imports only what lies below it."""

import ast
import graphlib
import shutil
import subprocess
import sys

import pytest

from kit.paths import ROOT

# From the ground up. A package's modules share its place.
ORDER = [
    *("paths", "compiled", "draws", "text", "levers", "formulas", "facts", "findings", "economics", "scale"),
    *("programmes", "policies", "settlement", "alliance", "scenarios", "market", "model", "results", "twins"),
    *("contrasts", "warming", "provider_results", "partners", "research", "li_case", "shop", "weighing", "autumn"),
    *("pictures", "figures", "ribbons", "charts", "gallery", "tables", "reports", "live", "knobs", "asides"),
    *("widgets", "shop_panel", "lab", "course", "study", "cli", "__main__"),
]
CORE = ORDER[: ORDER.index("autumn") + 1]
OUTSIDE_THE_CORE = ("altair", "ipywidgets", "anywidget", "IPython", "jupyter", "nbformat")


def sources() -> dict[str, str]:
    """The kit's modules by name, and their text."""
    found = {}
    for path in sorted((ROOT / "kit").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text(encoding="utf-8")
    return found


def home(module: str) -> str:
    """``economics`` for kit.economics.fees."""
    return module.split(".")[1] if "." in module else module


def imports(text: str) -> list[tuple[str, bool]]:
    """What a module imports, wherever in it: the name, and whether it stands as ``from name import ...``."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [(alias.name, False) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(("." * node.level + (node.module or ""), True))
    return found


def own(name: str) -> bool:
    return name.split(".")[0] in ("kit", "")


def faults(modules: dict[str, str]) -> list[str]:
    """Every import within the kit that breaks the order or the form, in words."""
    found, siblings = [], {}
    for module, text in modules.items():
        if home(module) not in [*ORDER, "kit"]:
            found.append(f"{module} has no place in the order of the modules")
            continue
        for name, is_from in imports(text):
            if not own(name):
                continue
            if not is_from or "." not in name or name.startswith("."):
                found.append(f"{module} imports {name}: write `from kit.module import name`")
            elif home(module) == "kit":
                found.append(f"{module} imports {name}, but is to load its names only when they are asked for")
            elif home(name) == home(module):
                siblings.setdefault(module, set()).add(name)
            elif home(name) not in ORDER or ORDER.index(home(name)) > ORDER.index(home(module)):
                found.append(f"{module} imports {name}, which lies above it")
    try:
        graphlib.TopologicalSorter(siblings).prepare()
    except graphlib.CycleError as error:
        found.append("a circle of imports: " + " -> ".join(error.args[1]))
    return found


def test_every_module_imports_only_what_lies_below_it():
    assert faults(sources()) == []


@pytest.mark.parametrize(
    ("module", "text", "told"),
    [
        ("kit.levers", "from kit.policies import policy", "kit.levers imports kit.policies, which lies above"),
        (
            "kit.economics.fees",
            "def f():\n    from kit.facts import value\n    from kit.shop.plan import worth",
            "kit.shop.plan",
        ),
        ("kit.text", "import kit.paths", "from kit.module import name"),
        ("kit.widgets", "from kit import charts", "from kit.module import name"),
        ("kit.shop.plan", "from .profile import Shop", "from kit.module import name"),
        ("kit.utils", "", "kit.utils has no place"),
        ("kit", "from kit.text import words", "only when they are asked for"),
        ("kit.text", "from kit.nowhere import words", "kit.nowhere"),
        ("kit.shop.profile", "from kit.shop.profile import Shop", "a circle of imports"),
    ],
)
def test_an_import_that_breaks_the_order_is_told_by_name(module, text, told):
    assert any(told in fault for fault in faults({module: text}))


def test_a_circle_of_siblings_is_told_by_name():
    there, back = "from kit.shop.plan import worth", "from kit.shop.profile import Shop"
    (fault,) = faults({"kit.shop.profile": there, "kit.shop.plan": back})
    assert "kit.shop.plan" in fault
    assert "kit.shop.profile" in fault


def test_imports_of_lower_modules_and_of_siblings_are_no_fault():
    text = "import numpy\nfrom kit.text import words\nfrom kit.shop.profile import Shop"
    assert faults({"kit.shop.plan": text}) == []


@pytest.mark.parametrize("module", [name for name in sources() if home(name) in CORE])
def test_the_core_knows_nothing_of_charts_and_notebooks(module):
    foreign = [name for name, _ in imports(sources()[module]) if name.split(".")[0].startswith(OUTSIDE_THE_CORE)]
    assert foreign == []


HEAVY = ("pandas", "numpy", "scipy", "pydantic", "ipywidgets", "anywidget", "IPython", "altair", "vl_convert", "babel")


def test_importing_the_kit_loads_nothing_heavy():
    code = "import kit, sys; print([name for name in sys.argv[1:] if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code, *HEAVY], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", sources())
def test_no_module_has_more_than_300_lines(module):
    assert len(sources()[module].splitlines()) <= 300


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
