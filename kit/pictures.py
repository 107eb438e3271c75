"""Pictures of figures, for pages and print: drawn when the editions are built, never in a lesson's kernel."""

import base64
import os
from functools import cache

from kit.paths import DATA

_ASKED = "RENHUOCHANG_PICTURES"


def drawing() -> bool:
    """Say whether figures are to carry a picture (the build asks for it)."""
    return os.environ.get(_ASKED) == "1"


@cache
def _renderer():
    import vl_convert

    # The course's own font: a picture comes out alike on every machine, Chinese included.
    vl_convert.register_font_directory(str(DATA / "fonts"))
    return vl_convert


def png(spec: dict, scale: float = 1.5) -> str:
    """Return a Vega-Lite specification as a PNG, base64-coded."""
    picture = _renderer().vegalite_to_png(spec, vl_version="5.21", scale=scale)
    return base64.b64encode(picture).decode("ascii")
