"""Pictures of charts, for pages, print and files: drawn in a build or when asked, never with a lesson's panels."""

import base64
import io
import os
import re
from functools import cache
from pathlib import Path

from kit.display.files import written
from kit.display.lazy_altair import VEGA_LITE
from kit.paths import DATA
from kit.text import Refusal, words

ASKED = "RENHUOCHANG_PICTURES"  # set to 1 in the environment of a build
CONFIG = {
    "font": "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif",
    "view": {"stroke": None},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "gridColor": "#e6e6e6"},
    "legend": {"orient": "top", "title": None, "labelFontSize": 12, "labelLimit": 320, "symbolSize": 180},
    "title": {"fontSize": 15, "fontWeight": 600, "anchor": "start", "offset": 10, "lineHeight": 20},
}


def drawing() -> bool:
    """Say whether figures are to carry a picture (the build asks for it)."""
    return os.environ.get(ASKED) == "1"


@cache
def _renderer():
    import vl_convert

    # The course's own font: a picture comes out alike on every machine, Chinese included.
    vl_convert.register_font_directory(str(DATA / "fonts"))
    return vl_convert


def _png(spec: dict, scale: float = 1.5) -> bytes:
    from PIL import Image

    drawn = _renderer().vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale)
    # A chart has few colours: with a palette it takes a tenth of the space in the notebook.
    small = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as picture:
        picture.convert("RGB").quantize(64).save(small, "PNG", optimize=True)
    return small.getvalue()


def png(spec: dict) -> str:
    """Return a Vega-Lite specification as a PNG, base64-coded."""
    return base64.b64encode(_png(spec)).decode("ascii")


def svg(spec: dict, prefix: str = "") -> str:
    """Return a Vega-Lite specification as SVG for a page; ``prefix`` keeps its ids apart from other pictures' there."""
    drawn = _renderer().vegalite_to_svg(spec, vl_version=VEGA_LITE)
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{prefix}", drawn)


def save(chart, path: Path | str) -> Path:
    """Write an Altair chart as .svg or .png (at twice its size), in the course's fonts, and return the path.

    >>> save(None, "chart.gif")
    Traceback (most recent call last):
    kit.text.Refusal: no kind of file '.gif'; there are: .svg, .png
    """
    kinds = {".svg": lambda spec: svg(spec).encode(), ".png": lambda spec: _png(spec, scale=2)}
    kind = Path(path).suffix
    if kind not in kinds:
        raise Refusal("unknown", what=words("what.file_kind"), name=kind, names=list(kinds))
    picture = kinds[kind](chart.to_dict() | {"config": CONFIG})
    return written(Path(path), lambda made: made.write_bytes(picture))
