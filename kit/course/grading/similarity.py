"""Similarity: code answers of a class that differ in names, comments and blanks alone.

It proves nothing: short functions are often the same by chance. A trainer looks, and asks.
"""

import ast
import hashlib


def fingerprint(source: str) -> str:
    """Return a hash that is equal for sources that differ in names, comments, annotations and blanks alone.

    It is empty for a source that cannot be parsed.

    >>> one = "def total(orders):\\n    '''Sum.'''\\n    s = 0\\n    for o in orders: s += o\\n    return s"
    >>> two = "def total(orders):\\n    whole = 0  # mine\\n    for n in orders: whole += n\\n    return whole"
    >>> three = "def total(orders):\\n    return sum(orders)"
    >>> fingerprint(one) == fingerprint(two), fingerprint(one) == fingerprint(three)
    (True, False)
    """
    try:
        tree = _Bare(_own_names(ast.parse(source))).visit(ast.parse(source))
        return hashlib.sha256(ast.dump(tree).encode()).hexdigest()[:16]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def alike(prints: dict[str, dict[str, str]]) -> dict[str, dict[str, list[str]]]:
    """Return the other learners with the same code, by learner and question.

    ``prints`` holds fingerprints by learner and question.

    >>> alike({"a": {"q": "1"}, "b": {"q": "2"}, "c": {"q": "1"}})
    {'a': {'q': ['c']}, 'c': {'q': ['a']}}
    """
    found: dict[str, dict[str, list[str]]] = {}
    for learner, marks in sorted(prints.items()):
        for question, mark in marks.items():
            others = [name for name in sorted(prints) if name != learner and prints[name].get(question) == mark]
            if others:
                found.setdefault(learner, {})[question] = others
    return found


def _own_names(tree: ast.AST) -> set[str]:
    """The names that a source defines: functions, arguments and variables."""
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    given = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return stored | given | {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


class _Bare(ast.NodeTransformer):
    """Rename by order of first use; drop annotations and docstrings."""

    def __init__(self, own: set[str]):
        self.own, self.met = own, {}

    def _name(self, name: str) -> str:
        return self.met.setdefault(name, f"n{len(self.met)}") if name in self.own else name

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self._name(node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(self._name(node.arg))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name, node.returns = self._name(node.name), None
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if isinstance(node.value, ast.Constant) else self.generic_visit(node)
