"""Data that other cards of the file write down. In: a use of a name; out: whether nothing may be invented in its place."""

from __future__ import annotations

import ast

from ...lending.fits import fits
from ...lending.library import NEAR_CARDS, Definition
from ...lending.shapes import out_of_shape
from ...program.names import used
from ...program.usage import Usage, literal
from ...refusals.nowhere import place_of
from ...scene import Scene
from .elided import is_elided

_ROWS = (ast.List, ast.ListComp, ast.Tuple, ast.Set, ast.SetComp, ast.Constant, ast.JoinedStr)
_LONG = 3
"""Letters up to which a name may be any card's: it is meant only if the card is near."""


def is_written(usage: Usage, tree: ast.Module, scene: Scene) -> bool:
    """Whether an earlier card of the file gives the name whole data, of the kind that the use asks for.

    If the program fails with them, that is the card's fault, and something invented would hide it. It leaves alone: data
    that are shown in part, that need a package or another name, that stand in another file, and tensors that have not as
    many elements as the program brings them to.
    """
    found = [d for d in scene.book.definitions.get(usage.name, ()) if _is_meant(d, usage, scene)]
    return any(out_of_shape(d, usage, tree, scene) is None for d in found)


def misshapen(usage: Usage, tree: ast.Module, scene: Scene) -> str | None:
    """What is to be said of a name that the file gives only tensors of other sizes than the program brings it to; None of any other."""
    found = [d for d in scene.book.definitions.get(usage.name, ()) if d.chunk.path == scene.card.path]
    dims = [out_of_shape(d, usage, tree, scene) for d in found]
    if not found or dims[-1] is None or None in dims:
        return None
    return f"{place_of(found[-1])} makes one of another size, which cannot be brought to the shape ({', '.join(map(str, dims[-1]))})"


def is_of_other_kind(usage: Usage, scene: Scene) -> bool:
    """Whether it is read by keys, and all that the file binds the name to are rows, texts or numbers: a mapping would be another thing."""
    keyed = any(s not in usage.stored and isinstance(literal(s), str) for s in usage.subscripts)
    nodes = [d.statement.node for d in scene.book.definitions.get(usage.name, ()) if d.chunk.path == scene.card.path]
    return keyed and bool(nodes) and all(isinstance(n, ast.Assign) and isinstance(n.value, _ROWS) for n in nodes)


def _is_meant(definition: Definition, usage: Usage, scene: Scene) -> bool:
    own, chunk = scene.library.chunk(scene.card), definition.chunk
    if own is None or chunk.path != scene.card.path or chunk.order >= own.order:
        return False
    near = len(usage.name) > _LONG or own.order - chunk.order <= NEAR_CARDS
    return near and is_whole(definition.statement.node) and fits(definition.statement.node, usage)


def is_whole(statement: ast.stmt) -> bool:
    """Whether a statement binds a literal, or a tensor or an array that is made of nothing else."""
    match statement:
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return used(value) <= {"torch", "np"} and not is_elided(value)
        case _:
            return False
