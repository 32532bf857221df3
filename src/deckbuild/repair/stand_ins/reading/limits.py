"""Numbers on both sides of one that the elements of a row are compared with, so that a filter keeps some. In: a row's use; out: numbers.

It must leave alone: bounds of 0, and rows whose elements are compared with no whole number.
"""

from __future__ import annotations

import ast

from ...program.usage import Usage, literal
from ..series.loops import targets


def limits(usage: Usage, tree: ast.Module) -> list[object]:
    """Numbers around the one that its elements are compared with; empty where they are compared with none."""
    for target in targets(usage):
        for node in ast.walk(tree):
            match node:
                case ast.Compare(
                    left=ast.Name(id=name), ops=[ast.Lt() | ast.Gt() | ast.LtE() | ast.GtE()], comparators=[limit]
                ):
                    bound = literal(limit)
                    if isinstance(target, ast.Name) and name == target.id and isinstance(bound, int) and bound:
                        return [bound - 1, bound, bound + 1]
    return []
