"""Altair, loaded when a chart is first made by it: a lesson's charts are drawn from stored specifications.

>>> from kit.display.lazy_altair import alt
>>> alt.Chart.__name__
'Chart'
"""

import sys
from functools import cache
from typing import TYPE_CHECKING

VEGA_LITE = "6.4"  # the version that Altair writes, and that draws live charts, pictures and pages

# jsonschema, which Altair imports, compiles the grammar of this package for two seconds where JupyterLab has
# installed it, to check international web addresses. No chart specification holds one.
_SLOW = "rfc3987_syntax"


@cache
def _altair():
    hidden = _SLOW not in sys.modules
    if hidden:
        sys.modules[_SLOW] = None  # an import of it now fails, as if it were not installed
    try:
        import altair
    finally:
        if hidden:
            del sys.modules[_SLOW]
    return altair


class _LazyAltair:
    def __getattr__(self, name: str):
        return getattr(_altair(), name)


if TYPE_CHECKING:
    import altair as alt
else:
    alt = _LazyAltair()
