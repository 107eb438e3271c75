"""Measure what people wait for, and write build/bench.json: a list of {name, value, unit, n, min, max}.

``bench.py model peers`` measures some groups alone: course, model, peers, cold, kernels, shop, grading, panels. Each
group runs in a process of its own.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "fixtures")]

from benchmarks.engine import cold_rows, kernel_rows, model_rows, peer_rows
from benchmarks.grading import grading_rows
from benchmarks.panels import REDRAW, model_panel_rows
from benchmarks.rows import PRINT_PEAK, row
from lab_session import browsing, open_lesson, panel_of, run_all, serving
from order_histories import lived, made_events, made_orders

ROOT = Path(__file__).resolve().parents[2]
LESSON = "03_fan_xing.ipynb"
AIMS = {
    "import.kit_s": 0.3,
    "import.first_cell_s": None,
    "widget.redraw_median_ms": 80,
    "widget.redraw_p90_ms": 150,
    "widget.python_median_ms": None,
    "widget.model_redraw_median_ms": 45,
    "widget.model_redraw_p90_ms": 70,
    "widget.burst_last_ms": 120,
    "lab.first_widget_s": 3,
    "settlement.million_orders_s": 2,
    "settlement.million_events_s": 20,
    "settlement.histories_per_s": None,
    "tests.make_test_s": 300,
    "model.expected_3000_ms": 22,
    "model.autumn_3000_ms": 30,
    "model.portable_over_native": 2,
    "model.first_run_s": 1.5,
    "model.kernel_kb": 250,
    "lab.kernel_mb": 130,
    "model.sampled_million_s": 30,
    "model.million_bytes_per_merchant": 300,
    "model.growth_10k_to_1m": 1.2,
    "model.step_over_primitives": 1.5,
    "model.step_over_primitives_expected": 1.5,
    "model.crn_variance_ratio": 100,
    "model.stratified_3000_error": 0.05,
    "model.expected_gap": 0.001,
    "peers.mesa_over_kit_10k": 25,
    "peers.numpy_over_kit_10k": 1.5,
    "peers.numpy_over_kit_expected_10k": 5,
    "grading.redteam_attacks": 40,
    "grading.redteam_hits": "0",
    "grading.submissions_per_minute": 60,
    "grading.peak_memory_mb": None,
    "grading.resumed_bytes_that_differ": "0",
    "shop.million_rows_s": 10,
    "shop.million_rows_mb": 1_024,
}


def imports() -> list[dict]:
    def seconds(code: str) -> float:
        timed = f"import time; t = time.perf_counter(); {code}; print(time.perf_counter() - t)"
        return float(subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True).stdout)

    first = "import kit; kit.policy('fan_xing'), kit.assumptions(), kit.my_shop()"
    return [
        row("import.kit_s", [seconds("import kit") for _ in range(9)], "s"),
        row("import.first_cell_s", [seconds(first) for _ in range(9)], "s"),
    ]


def python_side() -> dict:
    """From a slider's change in the kernel to the frame that is sent, without a browser."""
    import kit
    from kit.outcomes import fan_xing

    subjects = kit.policy("fan_xing"), kit.my_shop(), kit.assumptions()
    levers = ["shop.daily_sales", "shop.margin", "fan_xing.credit"]
    tuner = kit.tune(*subjects, levers=levers, outcome=fan_xing.worth, chart="worth")
    times = []
    for position in range(20, 220):
        start = time.perf_counter()
        tuner.knobs["shop.margin"].slider.value = position
        times.append(1000 * (time.perf_counter() - start))
    return row("widget.python_median_ms", times, "ms")


def settlement(rounds: int = 3) -> list[dict]:
    """A million orders settled at once, a million events replayed from a table, many histories that must balance."""
    import numpy as np
    import pandas as pd

    from kit.settlement.batch import settle
    from kit.settlement.book import open_orders, replay
    from kit.settlement.entitlements import ACCOUNTS
    from kit.settlement.ledger import Ledger
    from kit.settlement.statements import check

    orders = made_orders(1_000_000, seed=1)
    few, steps = orders.head(250_000), ["paid", "received", "settled", "refunded"]
    days = pd.to_datetime(["2020-09-22", "2020-09-25", "2020-10-05", "2020-10-08"])
    table = {"order_id": np.repeat(few["order_id"], 4), "event_seq": np.tile([1, 2, 3, 4], len(few))}
    table |= {"event": np.tile(steps, len(few)), "time": np.tile(days, len(few))}
    table["amount"] = np.where(table["event"] == "refunded", np.repeat(few["baseAmount"] // 2 + 1, 4), 0)
    events, at_once, replayed = pd.DataFrame(table), [], []
    for _ in range(rounds):
        start = time.perf_counter()
        settled, _ = settle(orders)
        at_once.append(time.perf_counter() - start)
        assert not settled[list(ACCOUNTS)].to_numpy().sum(axis=1).any()
        ledger = Ledger()
        open_orders(ledger, few)
        start = time.perf_counter()
        done = replay(ledger, events)
        replayed.append(time.perf_counter() - start)
        assert done.posted == len(events)
    start, count = time.perf_counter(), 100_000
    for seed in range(count // 1_000):
        made = made_orders(1_000, seed=10_000 + seed)
        assert check(lived(made, made_events(made, seed=10_000 + seed)))["holds"].all()
    return [
        row("settlement.million_orders_s", at_once, "s"),
        row("settlement.million_events_s", replayed, "s"),
        row("settlement.histories_per_s", [count / (time.perf_counter() - start)], "/s"),
    ]


def in_the_browser() -> list[dict]:
    firsts, redraws = [], []
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "desk") as address:
        for round_ in range(4):
            with browsing() as page:
                open_lesson(page, address, "en", LESSON)
                start = time.perf_counter()
                page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
                page.locator(".rhc-live[data-frame]").first.wait_for(state="attached", timeout=60_000)
                if round_:  # the first round warms the caches
                    firsts.append(time.perf_counter() - start)
                run_all(page)
                if round_ == 3:
                    redraws = _redraws(page)
                page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    ninetieth = statistics.quantiles(redraws, n=10)[-1]
    return [
        row("lab.first_widget_s", firsts, "s"),
        row("widget.redraw_median_ms", redraws, "ms"),
        row("widget.redraw_p90_ms", redraws, "ms", ninetieth),
    ]


def _redraws(page) -> list[float]:
    times = []
    panels = page.locator(".rhc-live[data-frame]")
    panels.nth(5).wait_for(state="attached", timeout=60_000)
    for n in range(6):
        chart = panels.nth(n)
        panel = panel_of(chart)
        commit = panel.get_by_role("button", name="Commit")
        if commit.count():
            panel.locator("input[type=text]").first.fill("1")
            commit.click()
        page.wait_for_timeout(500)
        handle = panel.locator(".noUi-handle").first
        handle.scroll_into_view_if_needed()
        for turn in range(20):
            key = "ArrowRight" if turn % 4 < 2 else "ArrowLeft"
            times.append(page.evaluate(REDRAW, [handle.element_handle(), chart.element_handle(), key]))
            page.wait_for_timeout(30)
    return times


def course_rows() -> list[dict]:
    rows = [*imports(), python_side(), *settlement(), *in_the_browser()]
    tested = ROOT / "build" / "make_test.json"
    if tested.exists():
        rows.append(row("tests.make_test_s", [json.loads(tested.read_text())["seconds"]], "s"))
    else:
        print("tests.make_test_s is missing: run `make test` first")
    return rows


MILLION = """
import random, sys, time
from pathlib import Path
draws, path = random.Random(1), Path(sys.argv[1])
with path.open("w", encoding="gb18030") as file:
    file.write("订单编号,下单时间,买家昵称,商品名称,数量,实付款,退款金额,订单状态,成本\\n")
    for n in range(1_000_000):
        file.write(f"20200901{n:09d},2020-09-{n % 30 + 1:02d} {n % 24:02d}:{n % 60:02d}:00,")
        file.write(f"用户{draws.randrange(300_000)},女装连衣裙{n % 50},1,{draws.randrange(1_000, 30_000) / 100:.2f},")
        file.write(f"{0 if n % 3 else 20.5},交易成功,9.5\\n")
from kit.shop.orders import read_orders
start = time.perf_counter()
reading = read_orders(path)
seconds = time.perf_counter() - start
assert reading.read == len(reading.lines) == 1_000_000
print(seconds)
"""


def shop_rows() -> list[dict]:
    """A million rows of an export in GB18030, read in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", MILLION + PRINT_PEAK, str(Path(folder) / "million.csv")]
        runs = [
            [float(line) for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()]
            for _ in range(3)
        ]
    seconds, peaks = zip(*runs, strict=True)
    megabytes = [peak / 2**20 for peak in peaks]
    return [row("shop.million_rows_s", list(seconds), "s"), row("shop.million_rows_mb", megabytes, "MB")]


GROUPS = {"course": course_rows, "model": model_rows, "peers": peer_rows, "cold": cold_rows, "shop": shop_rows}
GROUPS |= {"kernels": kernel_rows, "grading": grading_rows, "panels": model_panel_rows}


def main(wanted: list[str]) -> int:
    written = ROOT / "build" / "bench.json"
    written.parent.mkdir(exist_ok=True)
    if len(wanted) != 1:  # a process for each group: none inherits another's memory, imports or caches
        if not wanted:
            written.unlink(missing_ok=True)
        return max([subprocess.call([sys.executable, __file__, group]) for group in wanted or GROUPS])
    rows = GROUPS[wanted[0]]()
    names = {line["name"] for line in rows}
    # What was measured before stays until it is measured again.
    before = json.loads(written.read_text()) if written.exists() else []
    written.write_text(json.dumps([line for line in before if line["name"] not in names] + rows, indent=1))
    for line in rows:
        aim = AIMS.get(line["name"])
        print(f"{line['name']:38} {line['value']:>10} {line['unit']:6} n={line['n']:<4} aim {aim if aim else '-'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
