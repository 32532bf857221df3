"""What rests on assumptions. In: a program and the lines of its assumptions; out: the names whose values depend on them."""

from __future__ import annotations

import ast
from collections.abc import Container

from .names import bound, changed, used


def tainted(tree: ast.Module, assumptions: Container[int]) -> frozenset[str]:
    """The names bound at the lines of assumptions and all that is made from them; a name that is bound afresh is free again."""
    found: set[str] = set()
    for statement in tree.body:
        if statement.lineno in assumptions:
            found |= bound(statement)
        elif used(statement) & found:
            found |= bound(statement) | changed(statement)
        elif isinstance(statement, ast.Assign):
            found -= bound(statement)
    return frozenset(found)
