"""Pictures of figures, for pages and print: drawn when the editions are built, never in a lesson's kernel."""

import base64
import io
import os
import re
from functools import cache

from kit.paths import DATA

ASKED = "RENHUOCHANG_PICTURES"  # set to 1 in the environment of a build


def drawing() -> bool:
    """Say whether figures are to carry a picture (the build asks for it)."""
    return os.environ.get(ASKED) == "1"


@cache
def _renderer():
    import vl_convert

    # The course's own font: a picture comes out alike on every machine, Chinese included.
    vl_convert.register_font_directory(str(DATA / "fonts"))
    return vl_convert


def png(spec: dict, scale: float = 1.5) -> str:
    """Return a Vega-Lite specification as a PNG, base64-coded."""
    from PIL import Image

    drawn = _renderer().vegalite_to_png(spec, vl_version="5.21", scale=scale)
    # A chart has few colours: with a palette it takes a tenth of the space in the notebook.
    small = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as picture:
        picture.convert("RGB").quantize(64).save(small, "PNG", optimize=True)
    return base64.b64encode(small.getvalue()).decode("ascii")


def svg(spec: dict, prefix: str = "") -> str:
    """Return a Vega-Lite specification as SVG for a page; ``prefix`` keeps its ids apart from other pictures' there."""
    drawn = _renderer().vegalite_to_svg(spec, vl_version="5.21")
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{prefix}", drawn)
