"""renhuochang (人货场): a teaching simulator of a live-commerce platform.

The names below are all that a lesson uses; each loads when it is first asked for.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "assumptions": "kit.facts",
    "fact": "kit.facts",
    "facts": "kit.facts:",
    "language": "kit.text",
    "number": "kit.text",
    "policies": "kit.policies:",
    "policy": "kit.policies",
    "scale": "kit.scale:",
    "weighing": "kit.weighing:",
    "open_market": "kit.market.rest",
    "simulate": "kit.model.run",
    "compare": "kit.results",
    "results": "kit.results:",
    "twins": "kit.twins:",
    "contrasts": "kit.contrasts:",
    "autumn": "kit.autumn:",
    "my_shop": "kit.shop.profile",
    "plan": "kit.shop.plan:",
    "newcomers": "kit.shop.newcomers:",
    "deal": "kit.alliance.deal:",
    "my_deal": "kit.alliance.deal",
    "leaders": "kit.alliance.leaders:",
    "booking": "kit.alliance.booking:",
    "book": "kit.settlement.book",
    "judging": "kit.partners.judging:",
    "paying": "kit.partners.paying:",
    "draw": "kit.gallery",
    "finding": "kit.tables",
    "table": "kit.tables",
    "my_orders": "kit.shop_panel",
    "policy_lab": "kit.lab.panel",
    "offers": "kit.shop.offers:",
    "plan_sample": "kit.shop_panel",
    "summary": "kit.reports.page",
    "tune": "kit.widgets",
    "syllabus": "kit.course.lessons",
    "ask": "kit.course.asking",
    "me": "kit.course.asking",
    "progress": "kit.course.progress",
}
__all__ = list(_HOMES)


def __getattr__(name: str):
    if name not in _HOMES:
        raise AttributeError(f"kit has no {name!r}; it has: {', '.join(_HOMES)}")
    home, whole, _ = _HOMES[name].partition(":")
    module = import_module(home)
    return module if whole else getattr(module, name)


def __dir__() -> list[str]:
    return __all__
