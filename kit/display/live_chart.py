"""The live chart: a figure in the browser whose frame is swapped. No model; no sliders."""

import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

import anywidget
import traitlets
from ipywidgets import widget_serialization

from kit.display.figure import Figure
from kit.display.lazy_altair import VEGA_LITE
from kit.paths import cache_folder, replace_file

_HERE = Path(__file__).parent
_MAKE = """
import sys, vl_convert
code = vl_convert.javascript_bundle("export const embed = vegaEmbed;", vl_version=sys.argv[2])
open(sys.argv[1], "w", encoding="utf-8").write(code)
"""


def library_file() -> Path:
    """Return the drawing library (Vega) as one script, made from the installed vl-convert when first needed.

    In a process of its own: the 70 MB of vl-convert then never stay in a learner's kernel.
    """
    path = cache_folder() / f"vega-{VEGA_LITE}-{version('vl-convert-python')}.js"
    if not path.exists():
        make = [sys.executable, "-c", _MAKE]
        replace_file(path, lambda made: subprocess.run([*make, str(made), VEGA_LITE], check=True, capture_output=True))
    return path


class Library(anywidget.AnyWidget):
    """The drawing library, sent to a page once for all its charts."""

    _esm = "export default {};"
    code = traitlets.Unicode().tag(sync=True)


@cache
def library() -> Library:
    """Return this kernel's one library."""
    return Library(code=library_file().read_text(encoding="utf-8"))


class LiveChart(anywidget.AnyWidget):
    """A figure whose rows, headline, footer and description follow ``frame``."""

    _esm = _HERE / "live_chart.js"
    _css = _HERE / "live_chart.css"
    library = traitlets.Instance(Library).tag(sync=True, **widget_serialization)
    spec = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)

    def __init__(self, figure: Figure):
        super().__init__(library=library(), spec=figure.whole(), frame=figure.frame() | {"number": 0})

    def show(self, frame: dict) -> None:
        """Draw another frame; the browser drops those that it has not come to."""
        self.frame = frame | {"number": self.frame["number"] + 1}
