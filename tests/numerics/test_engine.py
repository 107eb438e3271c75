"""The two engines: kernel.wasm is what the sources make it, and agrees with compiled code on this machine."""

import copy
import os
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from trial_programme import market

from kit.numerics import engine
from kit.numerics.draws import normal, poisson, uniform
from kit.numerics.engine import KERNELS, TYPES, WASM, Kernel
from kit.numerics.random_numbers import QUALITY, normals, poissons, uniforms
from kit.parameters.sourced import assumptions
from kit.policies.policy import FOLDER, Policy, policy
from kit.simulator import run
from kit.simulator.run import simulate
from kit.simulator.schedule import schedule
from kit.text import Refusal

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.toml"))
AUTUMN = policy("announced_autumn")


@cache
def random_settings(many: int = 200) -> list[Policy]:
    """The autumn with six levers at random each."""
    draw, levers, made = np.random.default_rng(116), list(Policy.levers().values()), []
    while len(made) < many:
        changes = {}
        for n in draw.choice(len(levers), 6, replace=False):
            lever = levers[n]
            if lever.kind == "choice":
                changes[lever.name] = str(draw.choice(lever.choices))
            elif lever.kind == "number":
                changes[lever.name] = draw.uniform(lever.low, lever.high)
        made.append(AUTUMN.but(changes))
    return made


def gaps(plan: Policy, **how) -> dict[str, float]:
    """The largest relative difference between the engines, by array."""
    portable, native = (simulate(market(100), plan, engine=name, **how) for name in ("portable", "native"))
    found = {}
    for name in ("groups", "flows", "platform", "cohorts"):
        one, other = getattr(portable, name), getattr(native, name)
        scale = np.maximum(np.abs(one).max(axis=0), 1e-9)
        found[name] = float((np.abs(one - other) / scale).max())
    assert portable.spent_out == native.spent_out
    return found


@pytest.mark.parametrize("draws", ["expected", "sampled"])
@pytest.mark.parametrize("name", SHIPPED)
def test_the_engines_agree_on_every_shipped_policy(name, draws):
    assert max(gaps(policy(name), draws=draws).values()) < 1e-9


def test_the_engines_agree_on_two_hundred_random_settings():
    apart = {n: max(gaps(plan, days=110).values()) for n, plan in enumerate(random_settings())}
    assert {n: gap for n, gap in apart.items() if gap >= 1e-9} == {}


def test_the_engines_draw_the_same_numbers():
    ids = np.arange(2_000)
    us = uniforms(7, QUALITY, ids, 3)
    assert us.tolist() == [uniform(7, QUALITY, n, 3) for n in ids]
    np.testing.assert_allclose(normals(7, QUALITY, ids, 3), [normal(u) for u in us], rtol=1e-12)
    means = np.geomspace(0.01, 500, ids.size)
    counts = poissons(7, QUALITY, ids, 3, means)
    assert counts.tolist() == [poisson(mean, u) for mean, u in zip(means, us, strict=True)]


def test_a_build_of_the_kernel_gives_the_same_bytes(tmp_path):
    sys.path.insert(0, str(ROOT / "tools" / "kernel"))
    try:
        from build import build
    finally:
        sys.path.pop(0)
    made = build(tmp_path / "kernel.wasm")
    for new, shipped in ((made, WASM), (made.with_suffix(".json"), TYPES)):
        assert new.read_bytes() == shipped.read_bytes(), f"run `make build`: {shipped} is not what its sources make"


def test_the_kernel_asks_nothing_of_its_host_and_is_small():
    import wasmtime

    module = wasmtime.Module.from_file(engine._machine()._store.engine, str(WASM))
    assert list(module.imports) == []
    assert {export.name for export in module.exports} >= {kernel.name for kernel in KERNELS}
    assert WASM.stat().st_size < 250_000


def test_a_run_loads_no_compiler():
    code = """
import sys, kit
kit.simulate(kit.open_market(100), kit.policy("announced_autumn"), 3)
print(sorted({"numba", "llvmlite"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_large_market_is_run_natively_where_numba_is_there(monkeypatch):
    monkeypatch.setattr(run, "_LARGE", 100)
    assert simulate(market(100), AUTUMN, days=1).how.engine == "native"
    monkeypatch.setattr(run, "has_native", lambda: False)
    assert simulate(market(100), AUTUMN, days=1).how.engine == "portable"
    with pytest.raises(Refusal, match="Numba"):
        simulate(market(100), AUTUMN, days=1, engine="native")
    with pytest.raises(Refusal, match=r"quick.*portable"):
        simulate(market(100), AUTUMN, days=1, engine="quick")


def test_a_run_in_parts_is_the_run_at_once(monkeypatch):
    whole = simulate(market(100), AUTUMN)
    monkeypatch.setattr(run, "_MERCHANT_DAYS", 9_000)
    parts = simulate(market(100), AUTUMN)
    np.testing.assert_array_equal(parts.groups, whole.groups)
    np.testing.assert_array_equal(parts.platform, whole.platform)


def test_a_view_with_gaps_is_refused_and_the_kernel_still_works():
    ids, out = np.arange(4), np.empty(8)
    with pytest.raises(TypeError, match="contiguous"):
        Kernel("kit.numerics.draws", "write_uniforms", moved=(4,))(7, QUALITY, ids, 3, out[::2])
    KERNELS.pop()
    assert uniforms(7, QUALITY, ids, 3).tolist() == [uniform(7, QUALITY, n, 3) for n in ids]


@pytest.mark.parametrize(
    ("part", "field", "dtype"),
    [("traits", "price", np.int64), ("traits", "weight", np.float32), ("traits", "category", np.int64)],
)
def test_a_market_of_other_types_of_numbers_is_read_as_numbers(part, field, dtype):
    at = market(100)
    table = getattr(at, part)
    whole = np.round(getattr(table, field))

    def sold(values) -> np.ndarray:
        other = at._replace(**{part: table._replace(**{field: values})})
        return simulate(other, AUTUMN, days=30).metric("gmv")

    np.testing.assert_array_equal(sold(whole.astype(dtype)), sold(whole.astype(getattr(table, field).dtype)))


def test_a_whole_number_is_taken_for_a_real_one():
    at = market(100)
    one, other = (at._replace(steady=at.steady._replace(served=served)) for served in (1, 1.0))
    np.testing.assert_array_equal(simulate(one, AUTUMN, 30).groups, simulate(other, AUTUMN, 30).groups)


def test_a_market_with_a_part_of_the_wrong_form_is_refused_by_name():
    at = market(100)
    with pytest.raises(TypeError, match=r"Traits.category is float64\[1\]; it must be .* int8\[1\]"):
        simulate(at._replace(traits=at.traits._replace(category=at.traits.category / 2)), AUTUMN, days=1)


@pytest.mark.parametrize("damage", ["cut", "zeros", "one bit", "empty"])
def test_a_damaged_kernel_in_the_cache_is_made_again(tmp_path, damage):
    own = {"XDG_CACHE_HOME": str(tmp_path), "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    code = "import kit; print(kit.simulate(kit.open_market(60), kit.policy('fan_xing'), 3).metric('gmv').sum())"
    run_it = [sys.executable, "-c", code]
    first = subprocess.run(run_it, cwd=ROOT, env=own, capture_output=True, text=True, check=True).stdout
    (kept,) = tmp_path.rglob("*.cwasm")
    whole = kept.read_bytes()
    middle = len(whole) // 2
    damaged = {
        "cut": whole[:middle],
        "zeros": whole[:middle] + bytes(4_096) + whole[middle + 4_096 :],
        "one bit": whole[:middle] + bytes([whole[middle] ^ 4]) + whole[middle + 1 :],
        "empty": b"",
    }
    kept.write_bytes(damaged[damage])
    again = subprocess.run(run_it, cwd=ROOT, env=own, capture_output=True, text=True, check=True).stdout
    assert again == first
    assert kept.read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_process_that_is_forked_while_another_thread_runs_the_kernel_runs_it_too():
    code = """
import os, threading, kit
at, plan = kit.open_market(100), kit.policy("announced_autumn")
kit.simulate(at, plan, 1)  # all modules are imported
def work():
    while True: kit.simulate(at, plan)
threading.Thread(target=work, daemon=True).start()
for _ in range(5):
    child = os.fork()
    if child == 0:
        kit.simulate(at, plan, 3)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
print("done", flush=True)
os._exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "done", done.stderr


def test_numba_that_cannot_be_imported_is_no_native_engine():
    code = """
import sys, types
class Broken:
    def find_spec(self, name, path=None, target=None):
        if name == "numba": raise ImportError("Numba needs NumPy 2.3 or less")
sys.meta_path.insert(0, Broken())
from kit.numerics.engine import has_native
print(has_native())
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_more_memory_than_there_is_is_told():
    with pytest.raises(MemoryError, match="bytes"):
        engine._machine()._block(2**32, "write_poissons")


# Policies, markets and runs elsewhere


def _gmv(task: tuple) -> np.ndarray:
    at, plan = task
    return simulate(at, plan, days=40).groups


def test_runs_in_a_process_pool_are_those_of_one_process():
    tasks = [(market(100), plan) for plan in (AUTUMN, policy("fan_xing"), *random_settings()[:4])]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        apart = list(pool.map(_gmv, tasks))
    for found, task in zip(apart, tasks, strict=True):
        np.testing.assert_array_equal(found, _gmv(task))


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda of: pickle.loads(pickle.dumps(of))], ids=["copy", "pickle"])
def test_policies_markets_assumptions_schedules_and_records_can_be_copied_and_sent(copied):
    at = market(100)
    before = simulate(at, AUTUMN, days=100)
    again = simulate(copied(at), copied(AUTUMN), days=100)
    np.testing.assert_array_equal(again.groups, before.groups)
    assert again.rests_on == before.rests_on
    assert copied(AUTUMN).values() == AUTUMN.values()
    assert copied(assumptions().but({"assume.standard_fee": 0.04})).standard_fee == 0.04
    sent = copied(before)
    assert repr(sent) == repr(before)
    np.testing.assert_array_equal(sent.metric("gmv"), before.metric("gmv"))
    made, season = schedule(at, AUTUMN), copied(schedule(at, AUTUMN))
    assert list(season.effects) == list(made.effects)
    np.testing.assert_array_equal(season.effects["festival"].waiting, made.effects["festival"].waiting)


def test_a_run_is_told_in_five_lines():
    lines = repr(simulate(market(100), AUTUMN, days=40, disabled=["exit"])).splitlines()
    assert len(lines) == 5
    for part, line in zip(("announced_autumn", "100 rows", "disabled: exit", "portable", "GMV"), lines, strict=True):
        assert part in line
