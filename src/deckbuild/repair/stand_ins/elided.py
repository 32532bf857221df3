"""Data that the deck shows only in part: `[189., 175., ...]` stands in with what is shown. In: a name; out: guesses.

It must leave alone: programs that ask for the end or the number of the entries, and what is shown behind the `...`.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from ..lending.library import Definition
from ..program.names import used
from ..program.usage import Usage
from ..scene import Scene
from .guess import Guess

LEAST_SHOWN = 2


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The shown entries of the nearest definition of the name in the file that leaves some out."""
    if depends_on_the_rest(usage):
        return
    for definition in scene.book.definitions.get(usage.name, ()):
        match definition.statement.node:
            case ast.Assign(value=value) if definition.chunk.path == scene.card.path:
                shown = without_rest(value)
                if shown is not None:
                    why = f"{_place(definition)} shows these values and leaves the others out"
                    yield Guess(shown, why, partial=True)


def without_rest(value: ast.expr) -> str | None:
    """The expression without what its lists leave out; None where nothing is left out, or it is no data."""
    shown = _Shown()
    rest = shown.visit(copy.deepcopy(value))
    told = shown.kept >= LEAST_SHOWN and used(rest) <= {"torch", "np"} and not is_elided(rest)
    return ast.unparse(rest) if told else None


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
    """Takes `...` and all behind it out of lists, and counts what stays in them."""

    def __init__(self) -> None:
        self.kept = 0

    def visit_List(self, node: ast.List) -> ast.AST:
        gap = next((n for n, e in enumerate(node.elts) if _is_ellipsis(e)), None)
        if gap is not None:
            node.elts = node.elts[:gap]
            self.kept += gap
        return self.generic_visit(node)


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def _place(definition: Definition) -> str:
    return f"the card “{definition.chunk.title}”"
