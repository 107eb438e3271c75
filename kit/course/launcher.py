"""The learner's copy of the course, and JupyterLab set up for a classroom."""

import hashlib
import json
import os
import shutil
from pathlib import Path

from kit.paths import EXERCISES, NOTEBOOKS, cache_folder
from kit.text import LANGUAGES, Refusal, words

_LIST = ".handed_out.json"  # path -> hash of what was copied, to distinguish a learner's work from an old copy


def hand_out(folder: Path) -> list[str]:
    """Copy the built lessons into a learner's folder; return messages.

    Files that the learner changed are kept, others are updated.
    """
    if folder.exists() and not folder.is_dir():
        raise Refusal("folder", folder=folder)
    record = folder / _LIST
    handed = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    notes = []
    for lang in LANGUAGES:
        for source in sorted([*(NOTEBOOKS / lang).glob("*.ipynb"), *(EXERCISES / lang).glob("*.ipynb")]):
            target = folder / lang / source.name
            name = f"{lang}/{source.name}"
            if target.exists() and work(target) != handed.get(name):
                if work(source) != handed.get(name) and work(source) != work(target):
                    notes.append(words("desk.kept", file=name))
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            handed[name] = work(source)
    record.write_text(json.dumps(handed, indent=1, sort_keys=True), encoding="utf-8")
    return notes


def work(path: Path) -> str:
    """Return a hash of a notebook's cells without outputs and metadata."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        written = json.dumps([[cell["cell_type"], "".join(cell["source"])] for cell in cells]).encode()
    except (ValueError, KeyError, TypeError):
        written = path.read_bytes()
    return hashlib.sha256(written).hexdigest()


def lab_arguments(folder: Path, lang: str) -> list[str]:
    """Return JupyterLab's arguments: the course's folder, the reader's language, no news, no network look-ups."""
    settings = cache_folder() / f"lab-{lang}"
    settings.mkdir(parents=True, exist_ok=True)
    overrides = {
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
            "doNotDisturbMode": True,
        },
        "@jupyterlab/translation-extension:plugin": {"locale": "zh_CN" if lang == "zh" else "en"},
    }
    (settings / "overrides.json").write_text(json.dumps(overrides), encoding="utf-8")
    first = sorted(path.name for path in (folder / lang).glob("[0-9]*.ipynb"))[0]
    # Loopback and a token protect the server; in a container it often runs as root.
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [
        *root,
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.app_settings_dir={settings}",
        f"--LabApp.default_url=/lab/tree/{lang}/{first}",
        "--LabApp.extension_manager=readonly",
    ]
