"""Backward slices: the fewest statements of a card that give a name its value there. In: a Definition; out: statements.

A slice holds the statements that bind the name, those that later change its object, and what these need themselves
from the same card. Source: M. Weiser, Program slicing (1984).
"""

from __future__ import annotations

import ast

from .library import Definition, Statement


def slice_of(definition: Definition, given: frozenset[str] = frozenset()) -> tuple[Statement, ...]:
    """The statements of the definition's card that make the name, in their order; imports, and what makes given names, are left out."""
    statements = definition.chunk.statements
    limits = {definition.name: len(statements)}
    taken: set[int] = set()
    queue = [definition.name]
    while queue:
        name = queue.pop()
        for index in _makers(statements[: limits[name]], name) - taken:
            taken.add(index)
            for used in statements[index].uses - given:
                if limits.get(used, -1) < index:
                    limits[used] = index
                    queue.append(used)
    return tuple(
        statements[i] for i in sorted(taken) if not isinstance(statements[i].node, ast.Import | ast.ImportFrom)
    )


def _makers(statements: tuple[Statement, ...], name: str) -> set[int]:
    """The last of the statements that binds a name afresh, and those after it that bind or change it."""
    binders = [i for i, s in enumerate(statements) if name in s.binds]
    if not binders:
        return set()
    start = next((i for i in reversed(binders) if _afresh(statements[i], name)), binders[0])
    return {i for i in range(start, len(statements)) if name in statements[i].binds or name in statements[i].changes}


def _afresh(statement: Statement, name: str) -> bool:
    """Whether a statement binds a name without reading it."""
    return name not in statement.uses and name not in statement.changes
