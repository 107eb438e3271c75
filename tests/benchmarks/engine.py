"""Figures of the simulator: how fast, how large, how exact; and its peers on the same work."""

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
from benchmarks.peers.agreement import apart, check
from benchmarks.peers.plain import with_numpy
from benchmarks.peers.stated import COUPON_DAYS, DAYS, with_kit
from benchmarks.peers.with_mesa import with_mesa
from benchmarks.rows import PRINT_PEAK, row, seconds, tree_memory

from kit.analysis.sampling_error import market_error, spread, usual_policies
from kit.numerics.compiled import compiled
from kit.numerics.draws import normal, poisson, uniform
from kit.numerics.engine import WASM
from kit.numerics.random_numbers import KEPT, LIVE, RETURNED, SHOCK
from kit.policies.policy import policy
from kit.simulator.run import simulate
from kit.simulator.steady_state import Market, open_market

ROOT = Path(__file__).resolve().parents[2]
TODAY, AUTUMN, COUPON = policy("august_2020"), policy("announced_autumn"), usual_policies()["coupon_30"]


def model_rows() -> list[dict]:
    small, middle = open_market(3_000), open_market(10_000)
    for engine, draws in product(("portable", "native"), ("expected", "sampled")):
        simulate(small, COUPON, 2, draws, engine=engine)  # compiles, or loads what was compiled
    # By turns, so that a machine that slows down for a while slows all.
    taken: dict[tuple, list[float]] = {}
    for engine, plan in list(product(("portable", "native"), (COUPON, AUTUMN))) * 25:
        run = partial(simulate, small, plan, engine=engine)
        taken.setdefault((engine, plan.name), []).extend(1000 * t for t in seconds(run, 1))
    best = {key: min(times) for key, times in taken.items()}
    rows = [
        row(f"model.{name}_3000_ms", taken["native", plan.name], "ms", best["native", plan.name])
        for name, plan in (("expected", COUPON), ("autumn", AUTUMN))
    ]
    ratios = [best["portable", plan.name] / best["native", plan.name] for plan in (COUPON, AUTUMN)]
    rows += [row("model.portable_over_native", ratios, "ratio", max(ratios)), _kernel_size()]
    rows += [*_over_primitives(middle), _crn(small), _bytes_each()]
    full = open_market(1_000_000)
    sampled, luck = _timed(lambda: simulate(full, COUPON, draws="sampled"))
    expected, flows = _timed(lambda: simulate(full, COUPON))
    few = min(seconds(lambda: simulate(middle, COUPON, engine="native"), 5)) / _merchant_days(middle)
    rows.append(row("model.sampled_million_s", [sampled], "s"))
    rows.append(row("model.growth_10k_to_1m", [expected / _merchant_days(full) / few], "ratio"))
    rows.append(row("model.expected_gap", [abs(luck / flows - 1)], "share"))
    errors = market_error({"august_2020": TODAY, "coupon_30": COUPON}, (3_000,), range(12), reference=full)
    scatter = spread(errors, "error").set_index("policy").loc["coupon_30", "sd"]
    rows.append(row("model.stratified_3000_error", [scatter], "share"))
    return rows


def _kernel_size() -> dict:
    return row("model.kernel_kb", [WASM.stat().st_size / 1024], "kB")


def _timed(run) -> tuple[float, float]:
    """How long a run takes, and its GMV: a full market's records are too large to keep two of them."""
    start = time.perf_counter()
    sold = run().metric("gmv").sum()
    return time.perf_counter() - start, float(sold)


def _merchant_days(market: Market) -> int:
    return int(np.searchsorted(market.traits.entered, np.arange(DAYS), side="right").sum())


def _over_primitives(market: Market) -> list[dict]:
    """The day against its exponentials, powers and draws alone, in a bare loop over the same numbers."""
    of, there, rows = market.traits, market.incumbents, []
    fans, wrong = market.start.fans[:there], of.weight[:there] * of.size[:there]
    columns = (of.id[:there], of.size[:there], fans, wrong * (1 - of.returns[:there]), wrong * of.returns[:there])
    for draws, name in (("sampled", ""), ("expected", "_expected")):
        bare = _draws_and_powers if draws == "sampled" else _powers
        bare(*columns, 1)
        whole = seconds(lambda draws=draws: with_kit(market, draws=draws), 7)
        parts = seconds(lambda bare=bare: bare(*columns, DAYS), 7)
        rows.append(row(f"model.step_over_primitives{name}", [min(whole) / min(parts)], "ratio"))
    return rows


@compiled
def _powers(ids, size, fans, kept, returned, days):
    total = 0.0
    for day in range(days):
        for i in range(size.size):
            total += (size[i] + 0.05) ** 0.4 + fans[i] ** 0.8
            if day < COUPON_DAYS:
                total += math.exp(-size[i])
    return total


@compiled
def _draws_and_powers(ids, size, fans, kept, returned, days):
    total = 0.0
    for day in range(days):
        for i in range(size.size):
            total += (size[i] + 0.05) ** 0.4 + fans[i] ** 0.8
            total += math.exp(0.1 * normal(uniform(7, SHOCK, ids[i], day)))
            if day < COUPON_DAYS:
                total += math.exp(-size[i])
            total += uniform(7, LIVE, ids[i], day)
            total += poisson(kept[i], uniform(7, KEPT, ids[i], day))
            total += poisson(returned[i], uniform(7, RETURNED, ids[i], day))
    return total


def _crn(market: Market, days: int = 45, seeds: int = 24) -> dict:
    """How much less the effect of the coupon scatters under the same luck than under luck of its own."""

    def sold(plan, seed):
        return simulate(market, plan, days, "sampled", seed).metric("gmv").sum()

    twins = np.array([sold(TODAY, seed) for seed in range(seeds)])
    trials = np.array([sold(COUPON, seed) for seed in range(seeds)])
    same, own = np.var(trials - twins, ddof=1), np.var(trials - np.roll(twins, 1), ddof=1)
    return row("model.crn_variance_ratio", [own / same], "ratio")


OPEN_AND_RUN = """
import sys
from kit.simulator.steady_state import open_market
from kit.simulator.run import simulate
from kit.policies.policy import policy
simulate(open_market(int(sys.argv[1])), policy("august_2020"), days=20, draws="sampled", engine="native")
"""


def _bytes_each() -> dict:
    """Peak memory of a full market that is opened and run, over that of a small one, by merchant."""

    def peak(merchants: int) -> int:
        return int(_python(OPEN_AND_RUN + PRINT_PEAK, str(merchants)))

    return row("model.million_bytes_per_merchant", [(peak(1_000_000) - peak(1_000)) / 1e6], "bytes")


def peer_rows() -> list[dict]:
    """The peers at 10,000 merchants, warm; first that they compute the same at 20,000."""
    found = apart()
    check(found)
    rows = [row(f"peers.{name}_apart", [gap], "share") for name, gap in found.items()]
    market = open_market(10_000)
    taken = {}
    for draws in ("sampled", "expected"):
        for peer, times in ((with_kit, 7), (with_numpy, 5)):
            taken[peer, draws] = min(seconds(lambda peer=peer, draws=draws: peer(market, draws=draws), times))
    taken[with_mesa, "sampled"] = seconds(lambda: with_mesa(market), 1)[0]
    for (peer, draws), took in taken.items():
        rows.append(row(f"peers.{peer.__name__}_{draws}_10k_s", [took], "s"))

    def over(peer, draws: str) -> list[float]:
        return [taken[peer, draws] / taken[with_kit, draws]]

    return [
        *rows,
        row("peers.mesa_over_kit_10k", over(with_mesa, "sampled"), "ratio"),
        row("peers.numpy_over_kit_10k", over(with_numpy, "sampled"), "ratio"),
        row("peers.numpy_over_kit_expected_10k", over(with_numpy, "expected"), "ratio"),
    ]


COLD = """
import time; start = time.perf_counter()
{imports}
imported = time.perf_counter()
{first}
print(imported - start, time.perf_counter() - imported)
"""
KIT = """
from kit.policies.policy import policy
from kit.simulator.run import simulate
from kit.simulator.steady_state import open_market
"""
FIRST = """
market = open_market(60)
for draws in ("expected", "sampled"): simulate(market, policy("august_2020"), 1, draws, engine="native")
"""
PANEL = """
import time; start = time.perf_counter()
from kit.analysis.counterfactual import run_with_counterfactual
from kit.policies.policy import policy
run_with_counterfactual(policy("announced_autumn")).effect
print(time.perf_counter() - start)
"""


def cold_rows() -> list[dict]:
    """What the first run of all costs: a panel's, nothing kept; importing, compiling once, loading what is kept."""
    code = COLD.format(imports=KIT, first=FIRST)
    imports, compiling, loading = [], [], []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as cache:
            for taken in (compiling, loading, loading):
                imported, first = map(float, _python(code, cache=cache).split())
                imports.append(imported)
                taken.append(first)
    peers = {
        name: float(_python(COLD.format(imports=f"import {name}", first="")).split()[0]) for name in ("mesa", "numpy")
    }
    firsts = []
    for _ in range(5):
        with tempfile.TemporaryDirectory() as cache:
            firsts.append(float(_python(PANEL, cache=cache)))
    return [
        row("model.first_run_s", firsts, "s"),
        row("cold.import_kit_s", imports, "s", min(imports)),
        row("cold.compile_s", compiling, "s", min(compiling)),
        row("cold.load_s", loading, "s", min(loading)),
        *(row(f"cold.import_{name}_s", [taken], "s") for name, taken in peers.items()),
    ]


def _python(code: str, *arguments: str, cache: str | None = None) -> str:
    """What a fresh Python prints; ``cache`` is a folder for its compiled code."""
    own = {"XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache, "HOME": cache} if cache else {}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def kernel_rows(many: int = 8) -> list[dict]:
    """What one of eight learners' kernels holds after the lab: memory that kernels share is divided among them."""
    from jupyter_client.manager import start_new_kernel

    cells = json.loads((ROOT / "notebooks" / "zh" / "10_policy_lab.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    kernels = [start_new_kernel(cwd=str(ROOT), kernel_name="python3") for _ in range(many)]
    try:
        for _, client in kernels:
            for cell in code:
                reply = client.execute_interactive(cell, output_hook=lambda message: None, timeout=120)
                assert reply["content"]["status"] == "ok", reply["content"]
        held = [tree_memory(manager.provisioner.process.pid) / 2**20 for manager, _ in kernels]
    finally:
        for manager, _ in kernels:
            manager.shutdown_kernel(now=True)
    return [row("lab.kernel_mb", held, "MB")]
