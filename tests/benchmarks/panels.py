"""Panels with the simulator behind them, in a real Chromium: from a slider to the drawn chart, alone and in a burst."""

import statistics
import tempfile
from pathlib import Path

from benchmarks.rows import row
from lab_session import browsing, open_lesson, panel_of, run_all, serving

# In the page: move a slider by a key, and time until the frame that answers it is drawn.
REDRAW = """async ([handle, chart, key]) => {
    const answered = new Promise((done) => {
        const watch = new MutationObserver(() => { watch.disconnect(); done(performance.now()); });
        watch.observe(chart, { attributes: true, attributeFilter: ["data-frame"] });
    });
    const start = performance.now();
    handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    return (await answered) - start;
}"""
# Twenty keys in half a second; the time from the last key until the last frame.
BURST = """async ([handle, chart, key]) => {
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    let drawn = performance.now(), pressed;
    const watch = new MutationObserver(() => { drawn = performance.now(); });
    watch.observe(chart, { attributes: true, attributeFilter: ["data-frame"] });
    for (let n = 0; n < 20; n++) {
        pressed = performance.now();
        handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        await wait(25);
    }
    while (performance.now() - Math.max(drawn, pressed) < 1500) await wait(50);
    watch.disconnect();
    return Math.max(drawn - pressed, 0);
}"""
# Which panels of a lesson, counted from nought, which of their sliders, and the key that leads to settings not run yet.
SIMULATED = {
    "03_fan_xing.ipynb": [(6, 0, "ArrowRight"), (7, 1, "ArrowRight")],
    "10_policy_lab.ipynb": [(0, 0, "ArrowRight"), (1, 1, "ArrowRight")],
}


def model_panel_rows() -> list[dict]:
    alone, bursts = [], []
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "desk") as address:
        for lesson, panels in SIMULATED.items():
            with browsing() as page:
                open_lesson(page, address, "en", lesson)
                run_all(page)
                for place, slider, key in panels:
                    times, burst = _measured(page, place, slider, key)
                    print(f"{lesson} {place}: median {statistics.median(times):.0f} ms, burst {burst:.0f} ms")
                    alone += times
                    bursts.append(burst)
                page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    return [
        row("widget.model_redraw_median_ms", alone, "ms"),
        row("widget.model_redraw_p90_ms", alone, "ms", statistics.quantiles(alone, n=10)[-1]),
        row("widget.burst_last_ms", bursts, "ms", max(bursts)),
    ]


def _measured(page, place: int, slider: int, key: str) -> tuple[list[float], float]:
    chart = page.locator(".rhc-live").nth(place)
    chart.wait_for(state="attached", timeout=60_000)
    panel = panel_of(chart)
    commit = panel.get_by_role("button", name="Commit")
    if commit.count():
        panel.locator("input[type=text]").first.fill("1")
        commit.click()
    page.wait_for_timeout(1_000)
    handle = panel.locator(".noUi-handle").nth(slider)
    handle.scroll_into_view_if_needed()
    told = [handle.element_handle(), chart.element_handle(), key]
    times = []
    for _ in range(20):
        times.append(page.evaluate(REDRAW, told))
        page.wait_for_timeout(30)
    return times, page.evaluate(BURST, told)
