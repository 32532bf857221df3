"""How many elements a name must have, told by the shape that it is brought to: `x.reshape(2, 46)`, `x.view(-1, 784)`.

In: a use, of the name itself, of its rows, or of what is calculated from it; out: a guess with just so many.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from math import prod

from ..program.usage import Context, Usage, literal, usage_of
from ..scene import Scene
from .batches import is_batch_size
from .constants import constants, evaluate
from .guess import Guess, filled
from .scalars import setting
from .tensors import of_library

ROWS = 2
MOST = 200_000


def guess(usage: Usage, tree: ast.Module, scene: Scene, rows: int | None = None) -> Iterator[Guess]:
    """A row of as many elements as a shape has, that shape where it is indexed so; two rows, where one is reshaped or their number is left open.

    `rows`: how many it has, if that is known; a shape that begins with them and leaves the rest open tells nothing.
    """
    for of_row, call in _reshapings(usage, tree):
        dims = _dims(call, tree, rows)
        if dims is None or prod(abs(d) for d in dims) > MOST:
            continue
        if rows is not None and dims[0] == rows:
            if -1 in dims:
                continue
            dims, of_row = dims[1:], True
        size = prod(d for d in dims if d != -1)
        indexed = -1 not in dims and not of_row and _is_indexed(usage, dims)
        shape = dims if indexed else (ROWS, size) if of_row or -1 in dims else (size,)
        yield Guess(
            of_library(filled(shape), tree, usage.name, scene),
            f"it is brought to the shape ({', '.join(map(str, dims))})",
        )


def _is_indexed(usage: Usage, dims: tuple[int, ...]) -> bool:
    """Whether it has places in as many dimensions itself, all of them inside that shape."""
    places = [s.elts for s in usage.subscripts if isinstance(s, ast.Tuple)]
    return bool(places) and all(len(p) == len(dims) and all(map(_is_inside, p, dims)) for p in places)


def _is_inside(place: ast.expr, size: int) -> bool:
    ends = [literal(e) for e in (place.lower, place.upper)] if isinstance(place, ast.Slice) else [literal(place)]
    numbers = [n for n in ends if isinstance(n, int)]
    return all(-size <= n < size + isinstance(place, ast.Slice) for n in numbers)


def _reshapings(usage: Usage, tree: ast.Module) -> Iterator[tuple[bool, ast.Call]]:
    """(whether a row of it is reshaped, the call)."""
    for context in usage.contexts:
        call = _reshaped(context)
        if call is not None:
            yield call
        for rows, made in _made_from(context):
            for found in map(_reshaped, usage_of(tree, made).contexts):
                if found is not None:
                    yield rows or found[0], found[1]


def _reshaped(context: Context) -> tuple[bool, ast.Call] | None:
    match context.parents:
        case (ast.Attribute(attr="reshape" | "view"), ast.Call() as call, *_):
            return False, call
        case (ast.Subscript(slice=index), ast.Attribute(attr="reshape" | "view"), ast.Call() as call, *_):
            return (True, call) if not isinstance(index, ast.Slice | ast.Tuple) else None
        case _:
            return None


def _made_from(context: Context) -> Iterator[tuple[bool, str]]:
    """(whether from a row of it, the name that gets a sum or a multiple, which has its shape)."""
    node: ast.AST = context.node
    rows = False
    for parent in context.parents:
        match parent:
            case ast.Subscript(slice=index) if node is context.node and not isinstance(index, ast.Slice | ast.Tuple):
                node, rows = parent, True
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
                node = parent
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if value is node and isinstance(node, ast.BinOp):
                yield rows, name
                return
            case _:
                return


def _dims(call: ast.Call, tree: ast.Module, rows: int | None) -> tuple[int, ...] | None:
    """The dimensions as numbers; a missing setting's name counts as the value that would stand in for it."""
    given = call.args[0].elts if len(call.args) == 1 and isinstance(call.args[0], ast.Tuple | ast.List) else call.args
    names = constants(tree)
    missing = {g.id: setting(g.id) for g in given if isinstance(g, ast.Name) and g.id not in names}
    if rows is not None:
        missing |= {name: rows for name in missing if is_batch_size(name)}
    values = [missing[g.id] if isinstance(g, ast.Name) and g.id in missing else evaluate(g, names) for g in given]
    dims = tuple(v for v in values if isinstance(v, int) and (v > 0 or v == -1))
    return dims if dims and len(dims) == len(given) else None
