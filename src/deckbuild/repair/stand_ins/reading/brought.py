"""The shapes that a program brings a name to: `x.reshape(2, 46)`, `x[0].view(-1, 784)`, `(w * x + (1 - w) * y).reshape(1, 4)`.

In: a use of a name, of its rows, or of what is calculated from it; out: the dimensions, and what else the sum is made of.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from ...program.names import used
from ...program.usage import Context, Usage, literal, usage_of
from ..values.scalars import setting, usual
from .batches import is_batch_size
from .constants import constants, evaluate

_KEEPS_SIZE = frozenset({"float", "double", "to", "detach", "clone", "contiguous", "cpu", "cuda"})


@dataclass(frozen=True, slots=True)
class Brought:
    """A shape that is asked for."""

    dims: tuple[int, ...]
    """At most one of them -1."""
    of_row: bool
    """Whether a row of the name is brought to it."""
    terms: frozenset[str] = frozenset()
    """The names of the calculation whose result is brought to it; none where it is the name itself."""


def brought(usage: Usage, tree: ast.Module, rows: int | None = None) -> Iterator[Brought]:
    """The shapes whose dimensions are known, a missing setting's name standing for the value that would stand in for it.

    `rows`: how many rows the name has, if that is known.
    """
    for context in usage.contexts:
        for call, of_row, calculated in _reshapings(context, tree):
            dims = _dims(call, tree, rows)
            if dims is not None:
                yield Brought(dims, of_row, used(calculated) if calculated is not None else frozenset())


def _reshapings(
    context: Context, tree: ast.Module, of_row: bool = False, calculated: ast.expr | None = None
) -> Iterator[tuple[ast.Call, bool, ast.expr | None]]:
    """(the call, whether of a row, the calculation whose result it is called on), through one name that gets the result."""
    node: ast.AST = context.node
    given = calculated
    parents = iter(context.parents)
    for parent in parents:
        match parent:
            case ast.Subscript(value=value, slice=index) if value is context.node and not isinstance(
                index, ast.Slice | ast.Tuple
            ):
                node, of_row = parent, True
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
                node = calculated = parent
            case ast.Attribute(attr="reshape" | "view"):
                if isinstance(call := next(parents, None), ast.Call) and call.func is parent:
                    yield call, of_row, calculated
                return
            case ast.Attribute(attr=attr) if attr in _KEEPS_SIZE:
                node = next(parents, parent)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if value is node and calculated and not given:
                for inner in usage_of(tree, name).contexts:
                    yield from _reshapings(inner, tree, of_row, calculated)
                return
            case _:
                return


def _dims(call: ast.Call, tree: ast.Module, rows: int | None) -> tuple[int, ...] | None:
    """The dimensions as numbers; of one pixel, the only one that is not 1 may be any setting: `(1, code_size, 1, 1)`."""
    given = call.args[0].elts if len(call.args) == 1 and isinstance(call.args[0], ast.Tuple | ast.List) else call.args
    names = constants(tree)
    stands_for = usual if len(given) > 2 and sum(literal(g) == 1 for g in given) == len(given) - 1 else setting
    missing = {g.id: stands_for(g.id) for g in given if isinstance(g, ast.Name) and g.id not in names}
    if rows is not None:
        missing |= {name: rows for name in missing if is_batch_size(name)}
    values = [missing[g.id] if isinstance(g, ast.Name) and g.id in missing else evaluate(g, names) for g in given]
    dims = tuple(v for v in values if isinstance(v, int) and (v > 0 or v == -1))
    return dims if dims and len(dims) == len(given) else None
