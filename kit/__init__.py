"""renhuochang (人货场): a teaching simulator of a live-commerce platform.

The names below are all that a lesson uses; each loads when it is first asked for.
"""

from importlib import import_module

__version__ = "0.1.0"

# Where each public name stands; a module where it ends in a colon.
_HOMES = {
    "language": "kit.text",
    "number": "kit.text",
    "assumptions": "kit.parameters.sourced",
    "fact": "kit.parameters.sourced",
    "sourced": "kit.parameters.sourced:",
    "policy": "kit.policies.policy",
    "book": "kit.settlement.book",
    "open_market": "kit.simulator.steady_state",
    "simulate": "kit.simulator.run",
    "compare": "kit.analysis.counterfactual",
    "draw": "kit.display.catalogue",
    "table": "kit.display.tables",
    "my_shop": "kit.outcomes.own_shop",
    "my_deal": "kit.outcomes.alliance_orders",
    "summary": "kit.shop.plan_html",
    "my_orders": "kit.widgets.my_shop",
    "plan_sample": "kit.widgets.my_shop",
    "policy_lab": "kit.widgets.policy_lab",
    "tune": "kit.widgets.panel",
    "syllabus": "kit.course.lessons",
    "ask": "kit.course.exercises.question_widget",
    "me": "kit.course.exercises.question_widget",
    "progress": "kit.course.exercises.progress",
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
