"""The whole course as pictures: every printed chart and every live panel, in both languages, on sheets under build/.

``contact_sheet.py 07 ex07`` takes the notebooks whose names begin so; without names, all of them.
"""

import base64
import io
import sys
import tempfile
from pathlib import Path

import nbformat
from lab import browsing, open_lesson, panel_of, run_all, serving
from PIL import Image

from kit.paths import EXERCISES, NOTEBOOKS
from kit.text import LANGUAGES, speaking, words

OUT = Path(__file__).resolve().parent.parent / "build" / "contact"
WIDTH, GAP = 900, 12  # of one picture on a sheet; between two


def sheet(pictures: list[Image.Image], path: Path, across: int = 2) -> None:
    """Lay pictures out in columns, each no wider than WIDTH, and save them as one."""
    small = [p.resize((WIDTH, round(p.height * WIDTH / p.width))) if p.width > WIDTH else p for p in pictures]
    columns = [small[n::across] for n in range(across)]
    height = max(sum(p.height + GAP for p in column) for column in columns)
    whole = Image.new("RGB", (across * (WIDTH + GAP), height), "white")
    for n, column in enumerate(columns):
        top = 0
        for picture in column:
            whole.paste(picture, (n * (WIDTH + GAP), top))
            top += picture.height + GAP
    path.parent.mkdir(parents=True, exist_ok=True)
    whole.save(path)
    print(path, len(pictures))


def printed(notebook: Path) -> list[Image.Image]:
    """The pictures that stand in a built notebook."""
    cells = nbformat.read(notebook, as_version=4).cells
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return [
        Image.open(io.BytesIO(base64.b64decode(o["image/png"]))).convert("RGB") for o in outputs if "image/png" in o
    ]


def live(page, address: str, lang: str, name: str) -> list[Image.Image]:
    """Open a notebook, run it, guess where a guess is asked for, and take a picture of each output with controls."""
    open_lesson(page, address, lang, name)
    run_all(page)
    page.wait_for_timeout(1_500)
    with speaking(lang):
        commit = words("widget.commit")
    for chart in page.locator(".rhc-live").all():
        panel = panel_of(chart)
        button = panel.get_by_role("button", name=commit)
        if button.count():
            panel.locator("input[type=text]").first.fill("12")
            button.first.click()
    page.wait_for_timeout(1_000)
    taken = []
    for output in page.locator(".jp-OutputArea:has(.jp-OutputArea-output .widget-box)").all():
        output.scroll_into_view_if_needed()
        taken.append(Image.open(io.BytesIO(output.screenshot())).convert("RGB"))
    return taken


def main(chosen: list[str]) -> None:
    found = sorted([*(NOTEBOOKS / "en").glob("*.ipynb"), *(EXERCISES / "en").glob("*.ipynb")])
    found = [path for path in found if not chosen or path.stem.startswith(tuple(chosen))]
    for lang in LANGUAGES:
        for notebook in found:
            pictures = printed(notebook.parent.parent / lang / notebook.name)
            if pictures:
                sheet(pictures, OUT / f"{lang}-{notebook.stem}-printed.png")
        with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "desk", lang) as address:
            for notebook in found:
                with browsing() as page:
                    pictures = live(page, address, lang, notebook.name)
                    if pictures:
                        sheet(pictures, OUT / f"{lang}-{notebook.stem}-live.png")
                    if page.seen["errors"]:
                        print(f"{lang}/{notebook.name}: {page.seen['errors']}")


if __name__ == "__main__":
    main(sys.argv[1:])
