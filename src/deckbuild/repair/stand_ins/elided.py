"""Data that the deck shows only in part: `[189., 175., ...]` stands in with what is shown. In: a name; out: guesses."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from ..library import Definition
from ..names import used
from ..scene import Scene
from ..usage import Usage
from .guess import Guess

LEAST_SHOWN = 2


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The shown entries of the nearest definition of the name in the file that leaves some out."""
    if depends_on_the_rest(usage):
        return
    for definition in scene.book.definitions.get(usage.name, ()):
        match definition.statement.node:
            case ast.Assign(value=value) if definition.chunk.path == scene.card.path and is_elided(value):
                shown = _Shown()
                rest = shown.visit(copy.deepcopy(value))
                if shown.kept >= LEAST_SHOWN and used(rest) <= {"torch", "np"}:
                    yield Guess(
                        ast.unparse(rest),
                        f"{_place(definition)} shows these values and leaves the others out",
                        partial=True,
                    )


def shown_in_part(name: str, scene: Scene) -> bool:
    """Whether a card of the file shows some of the entries that a name has, and leaves others out."""
    found = [d for d in scene.book.definitions.get(name, ()) if d.chunk.path == scene.card.path]
    values = [d.statement.node.value for d in found if isinstance(d.statement.node, ast.Assign)]
    return any(
        is_elided(v) and any(isinstance(n, ast.Constant) and n.value is not ... for n in ast.walk(v)) for v in values
    )


def depends_on_the_rest(usage: Usage) -> bool:
    """Whether the end or the number of the entries is asked for, which what is shown cannot tell."""
    sized = {"shape", "size", "numel", "nelement", "view", "reshape"} & usage.attributes
    counted = any(isinstance(c.parent, ast.Call) and getattr(c.parent.func, "id", "") == "len" for c in usage.contexts)
    return bool(sized) or counted or any(isinstance(n, ast.USub) for s in usage.subscripts for n in ast.walk(s))


def is_elided(node: ast.AST) -> bool:
    """Whether `...` stands for entries that are left out."""
    return any(isinstance(n, ast.List | ast.Tuple | ast.Set) and any(map(_is_ellipsis, n.elts)) for n in ast.walk(node))


class _Shown(ast.NodeTransformer):
    """Takes `...` out of displays and counts what stays in them."""

    def __init__(self) -> None:
        self.kept = 0

    def visit_List(self, node: ast.List) -> ast.AST:
        elided = any(map(_is_ellipsis, node.elts))
        node.elts = [e for e in node.elts if not _is_ellipsis(e)]
        self.kept += len(node.elts) if elided else 0
        return self.generic_visit(node)


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def _place(definition: Definition) -> str:
    return f"the card “{definition.chunk.title}”"
