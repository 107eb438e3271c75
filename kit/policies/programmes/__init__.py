"""The programmes, one file each: levers, and what they do on each day.

Any file in this folder that defines ``LEVERS`` (the class of its levers) and ``schedule`` is a programme. One that
must look at the state of the market each day defines ``effects`` (plan, day, merchants, assume, spent) instead: a run
then goes day by day, which is slower.
"""

import pkgutil
from functools import cache
from importlib import import_module

from kit.parameters.levers import Levers


@cache
def programmes() -> dict[str, type[Levers]]:
    """Return the levers' class of every programme by its name.

    >>> list(programmes())
    ['alliance', 'belts', 'coupon', 'fan_xing', 'festival', 'providers', 'ten_billion', 'traffic']
    """
    found = {}
    for entry in pkgutil.iter_modules(__path__):
        module = import_module(f"{__name__}.{entry.name}")
        if hasattr(module, "LEVERS"):
            found[module.LEVERS.group] = module.LEVERS
    return found
