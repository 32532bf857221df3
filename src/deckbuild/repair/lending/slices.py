"""Backward slices: the fewest statements of a card that give a name its value there. In: a Definition; out: statements.

A slice holds the statements that bind the name, those that later change its object, and what these need themselves
from the same card; none that is said to raise, which changes nothing. Source: M. Weiser, Program slicing (1984).
"""

from __future__ import annotations

import ast

from ..marked import is_said_to_fail, names_error
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
    later = enumerate(statements[start:], start)
    return {i for i, s in later if name in s.binds or (name in s.changes and not _is_said_to_raise(s))}


def _is_said_to_raise(statement: Statement) -> bool:
    """Whether the comment at its end names an error, or says that it fails: it changes nothing."""
    lines = statement.text.split("\n")
    return is_said_to_fail(lines, len(lines) - 1) or names_error(lines, len(lines) - 1)


def _afresh(statement: Statement, name: str) -> bool:
    """Whether a statement binds a name without reading it."""
    return name not in statement.uses and name not in statement.changes
