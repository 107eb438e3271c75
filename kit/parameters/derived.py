"""Derived numbers: arithmetic over named numbers, parsed without executing anything else."""

import ast
import graphlib
import math
import operator
import re
from collections.abc import Mapping

from kit.text import Refusal

_NAME = re.compile(r"(?<![\w.])[^\W\d][\w.]*")
_STEPS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def names(formula: str) -> list[str]:
    """Return the names of the numbers in a formula, each once, in order.

    >>> names("(F01 - fan_xing.fee) * fan_xing.cap")
    ['F01', 'fan_xing.fee', 'fan_xing.cap']
    """
    return list(dict.fromkeys(_NAME.findall(formula)))


def _tree(formula: str) -> ast.expr:
    try:
        return ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Refusal("formula_form", part=formula) from None


def _name(node: ast.expr) -> str | None:
    """The name of a number (``A01``, ``fan_xing.cap``), or None for any other node."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=field) if group := _name(value):
            return f"{group}.{field}"
    return None


def solve(formulas: Mapping[str, str], known: Mapping[str, float]) -> dict[str, float]:
    """Return the value of each formula of plain numbers, names, + - * / and brackets.

    A name is one of ``known`` or another formula's, in any order. Raises Refusal, with the formula's name, for
    anything else in it, an unknown name, a circle, and a result that is not finite.

    >>> solve({"a_year": "12 * a_month", "a_month": "orders / 2"}, {"orders": 10.0})
    {'a_month': 5.0, 'a_year': 60.0}
    >>> solve({"a_month": "abs(orders)"}, {"orders": 10.0})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kit.text.Refusal: a_month = abs(orders) cannot be computed: 'abs(orders)' is not arithmetic...
    """
    needs = {name: [part for part in names(formula) if part in formulas] for name, formula in formulas.items()}
    try:
        order = list(graphlib.TopologicalSorter(needs).static_order())
    except graphlib.CycleError as error:
        circle = error.args[1]
        raise _refused(circle[0], formulas, Refusal("formula_circle", names=circle)) from None
    solved: dict[str, float] = {}
    for name in order:
        try:
            solved[name] = _result(_tree(formulas[name]), {**known, **solved})
        except (ZeroDivisionError, OverflowError):
            solved[name] = math.nan
        except Refusal as why:
            raise _refused(name, formulas, why) from None
        if not math.isfinite(solved[name]):
            raise _refused(name, formulas, Refusal("formula_result"))
    return solved


def _refused(name: str, formulas: Mapping[str, str], why: Refusal) -> Refusal:
    return Refusal("formula", name=name, formula=formulas[name], why=why)


def _result(node: ast.expr, known: Mapping[str, float]) -> float:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _STEPS:
            return _STEPS[type(op)](_result(left, known), _result(right, known))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_result(operand, known)
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
    name = _name(node)
    if name is None:
        raise Refusal("formula_form", part=ast.unparse(node))
    if name not in known:
        raise Refusal("formula_unknown", name=name)
    return known[name]


def shown(formula: str) -> str:
    """Return a formula with typographic signs.

    >>> shown("A01 / A05 - 2 * 3")
    'A01 ÷ A05 − 2 × 3'
    """
    return formula.strip().replace("*", "×").replace("/", "÷").replace("-", "−")
