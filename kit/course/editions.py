"""Editions: one bilingual source to executed notebooks, one a language, byte for byte reproducible."""

import json
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from kit.course.lessons import LANGUAGE_LINE, SLOT, Lesson, slots
from kit.display.render import ASKED
from kit.paths import EXERCISES, NOTEBOOKS, environment
from kit.text import LANGUAGES

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
READERS_OF_CODE = {"researcher"}  # for other tracks the code is folded
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def sources() -> list[Path]:
    """Return the sources of all lessons and sheets."""
    return sorted([*NOTEBOOKS.glob("[0-9]*.py"), *EXERCISES.glob("ex*.py")])


def place(source: Path, lang: str, under: Path | None = None) -> Path:
    """Return the path of an edition: ``<folder>/<lang>/<name>.ipynb`` next to its source, or under another folder."""
    folder = under / source.parent.name if under else source.parent
    return folder / lang / f"{source.stem}.ipynb"


def build(source: Path, lang: str, to: Path, pictures: bool = True) -> Path:
    """Build and execute one edition and write it to ``to``."""
    lesson = Lesson(source)
    notebook = nbformat.v4.new_notebook(metadata=dict(_METADATA))
    folded = not READERS_OF_CODE.issuperset(lesson.about.tracks)
    for n, cell in enumerate(lesson.edition(lang)):
        # A cell in which the reader writes a function stays unfolded.
        hidden = folded and cell.cell_type == "code" and not cell.source.startswith("def ")
        metadata = {"jupyter": {"source_hidden": True}} if hidden else {}
        notebook.cells.append(nbformat.from_dict({**cell, "id": f"{source.stem}-{n:02d}", "metadata": metadata}))
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    first.source = first.source.replace(LANGUAGE_LINE, f'kit.language("{lang}")')
    values = _execute(notebook, pictures)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = SLOT.sub(lambda match: values[match.group(1).strip()], cell.source)
    _strip(notebook)
    to.parent.mkdir(parents=True, exist_ok=True)
    nbformat.validate(notebook)
    to.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    return to


def build_all(under: Path | None = None, pictures: bool = True, done=lambda path: None) -> list[Path]:
    """Build every edition of every source; ``done`` is called after each."""
    made = []
    for source in sources():
        for lang in LANGUAGES:
            made.append(build(source, lang, place(source, lang, under), pictures))
            done(made[-1])
    return made


def _execute(notebook, pictures: bool) -> dict[str, str]:
    """Run the notebook and then the expressions in its prose; return their values."""
    asked = sorted({slot for cell in notebook.cells if cell.cell_type == "markdown" for slot in slots(cell.source)})
    pairs = ", ".join(f"{slot!r}: str({slot})" for slot in asked)
    probe = nbformat.v4.new_code_cell(f"import json; print(json.dumps({{{pairs}}}))")
    notebook.cells.append(probe)
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", record_timing=False)
    try:
        client.execute(env=environment() | {ASKED: "1" if pictures else "0"})
    finally:
        notebook.cells.remove(probe)
    return json.loads(probe.outputs[0].text)


def _strip(notebook) -> None:
    """Remove what changes from run to run; of a widget its sentence and printed copy stay."""
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.metadata.pop("execution", None)
        for output in cell.outputs:
            if "data" in output:
                output["data"].pop(WIDGET_VIEW, None)
            if output.output_type != "stream":
                output["metadata"] = {}
    notebook.metadata = dict(_METADATA)
