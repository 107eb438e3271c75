"""A real JupyterLab and a real Chromium, for the browser tests and the benchmarks."""

import contextlib
import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "chrome")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def chromium() -> str | None:
    """Return the path of a Chromium on this machine, or None."""
    found = [shutil.which(name) for name in _NAMES] + [place for place in _PLACES if Path(place).exists()]
    return next((path for path in found if path), None)


@contextlib.contextmanager
def serving(folder: Path, lang: str = "en"):
    """Serve a fresh copy of the course from ``folder``; yield its address with the token."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kit", "lab", "--lang", lang, "--folder", str(folder)]
    options = ["--no-browser", f"--port={port}", "--IdentityProvider.token=course", "--expose-app-in-browser"]
    folder.parent.mkdir(parents=True, exist_ok=True)
    log = (folder.parent / "lab.log").open("w")
    server = subprocess.Popen([*command, *options], stdout=log, stderr=subprocess.STDOUT)
    try:
        status = f"http://127.0.0.1:{port}/api/status?token=course"
        for _ in range(240):
            with contextlib.suppress(OSError), urllib.request.urlopen(status, timeout=2) as answer:
                if json.load(answer):
                    break
            if server.poll() is not None:
                break
            time.sleep(0.25)
        else:
            raise TimeoutError("JupyterLab did not start within a minute")
        if server.poll() is not None:
            raise RuntimeError(Path(log.name).read_text())
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


@contextlib.contextmanager
def browsing():
    """Yield a page in a fresh Chromium, with what it asked for and what it complained of in ``page.seen``."""
    with sync_playwright() as play:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        browser = play.chromium.launch(executable_path=chromium(), args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        page.seen = {"requests": [], "errors": []}
        page.on("request", lambda request: page.seen["requests"].append(request.url))
        page.on("pageerror", lambda error: page.seen["errors"].append(str(error)))
        try:
            yield page
        finally:
            browser.close()


def foreign(urls: list[str]) -> list[str]:
    """Return the requests that left this machine."""
    return [url for url in urls if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|blob:|data:|about:", url)]


def open_lesson(page: Page, address: str, lang: str, name: str) -> None:
    """Open a lesson in JupyterLab and wait until its kernel is ready."""
    page.goto(f"{address}/lab/tree/{lang}/{name}?token=course&reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_function(
        "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
        timeout=60_000,
    )


def run_all(page: Page) -> None:
    """Run all cells and wait for the last one."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(
        """() => {
            const cells = window.jupyterapp.shell.currentWidget.content.model.cells;
            return [...cells].filter((cell) => cell.type === 'code').every((cell) => cell.executionState === 'idle');
        }""",
        timeout=120_000,
    )


def slide(panel, key: str, times: int) -> None:
    """Press a key on a panel's first slider, as one who uses the keyboard does."""
    handle = panel.locator(".noUi-handle").first
    handle.scroll_into_view_if_needed()
    handle.focus()
    for _ in range(times):
        handle.press(key)


def settled(page: Page, chart, quiet: int = 400) -> None:
    """Wait until a chart has drawn nothing new for so many milliseconds."""
    frame = None
    while frame != (frame := chart.get_attribute("data-frame")):
        page.wait_for_timeout(quiet)


def panel_of(chart):
    """Return the output that holds a chart and its controls."""
    return chart.locator("xpath=ancestor::div[contains(concat(' ', @class, ' '), ' jp-OutputArea ')][1]")
