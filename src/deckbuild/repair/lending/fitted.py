"""A slice, less what the program has already. In: a definition, the program that needs it, the card's own chunk; out: statements.

A statement that stands in the program as well is left out where the name has had the same fate there: bound and changed by the
same statements. The globals that a function reads when it is called, and the model that an optimizer steps, are the card's own
where the card binds them. It must leave alone: what a value is calculated from, which is another one where the card binds the same name.
"""

from __future__ import annotations

import ast

from ..program.names import bound
from ..program.needs import Need, needs
from ..program.touches import touched
from .library import Chunk, Definition, Statement
from .slices import slice_of


def fitted(definition: Definition, need: Need, tree: ast.Module, own: Chunk | None) -> list[Statement]:
    """The statements of the slice that the program lacks, in their order."""
    above = [s for s in tree.body if s.lineno <= need.line]
    other = own is not None and own is not definition.chunk
    theirs = frozenset(n for s in own.statements for n in s.binds) if own is not None and other else frozenset()
    given = theirs & frozenset(n for s in above for n in bound(s))
    late = _read_late(definition) if own is not None and _stands_above(definition, own) else frozenset()
    statements = slice_of(definition, given & late)
    stepped = given & _stepped(statements)
    there = frozenset(ast.dump(s) for s in above)
    kept = [s for s in statements if not (s.binds and s.binds <= stepped)]
    return [
        s
        for s in kept
        if need.name in s.binds
        or ast.dump(s.node) not in there
        or not all(_same_fate(n, statements, above) for n in s.binds | touched([s.node]))
    ]


def _stands_above(definition: Definition, own: Chunk) -> bool:
    """Whether it stands on a card before: in one notebook its functions would read what this card sets."""
    return definition.chunk.path == own.path and definition.chunk.order < own.order


def _read_late(definition: Definition) -> frozenset[str]:
    """The names that a function reads only when it is called."""
    node = definition.statement.node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return frozenset()
    return frozenset(n.name for n in needs(ast.Module([node], [])) if n.deferred)


def _stepped(statements: tuple[Statement, ...]) -> frozenset[str]:
    """The names of models whose parameters the slice hands to an optimizer."""
    asked = [
        n
        for s in statements
        if isinstance(s.node, ast.Assign)
        for n in ast.walk(s.node.value)
        if isinstance(n, ast.Attribute)
    ]
    return frozenset(n.value.id for n in asked if n.attr == "parameters" and isinstance(n.value, ast.Name))


def _same_fate(name: str, statements: tuple[Statement, ...], above: list[ast.stmt]) -> bool:
    """Whether the same statements bind and change a name in the slice and in the program above the need, and none by another name."""
    there = [ast.dump(s) for s in above if name in bound(s) | touched([s])]
    theirs = [s.node for s in statements if name in s.binds | touched([s.node])]
    plainly = any(name in touched([n]) for n in theirs)
    return there == [ast.dump(n) for n in theirs] and (plainly or name not in touched(s.node for s in statements))
