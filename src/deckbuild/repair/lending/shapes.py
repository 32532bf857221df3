"""Whether a tensor of another card can have the shape that a program brings it to. In: a definition and the use; out: a shape it cannot.

It must leave alone: what the card itself binds, single numbers that others are multiplied by, sums of which another part may have as
many elements as the shape, and tensors whose size the definition does not tell.
"""

from __future__ import annotations

import ast
from math import prod

from ..program.names import last_name, used
from ..program.usage import Usage
from ..scene import Scene
from ..stand_ins.reading.brought import Brought, brought
from ..stand_ins.reading.built import made
from ..stand_ins.reading.constants import constants
from ..stand_ins.reading.meetings import is_weight
from .library import Definition

MOST_DEEP = 4


def out_of_shape(definition: Definition, usage: Usage, tree: ast.Module, scene: Scene) -> tuple[int, ...] | None:
    """The shape that the name is brought to and that the definition's tensor has not the elements for; None where it fits, as far as can be told."""
    sides = _sides(definition.statement.node)
    if not sides or definition.chunk is scene.library.chunk(scene.card):
        return None
    for shape in brought(usage, tree):
        others = shape.terms - {usage.name}
        if not _fills(sides, shape) and not any(_may_fill(name, shape, tree, scene) for name in others):
            return shape.dims
    return None


def _sides(node: ast.stmt) -> tuple[int, ...] | None:
    """The shape of a tensor that a statement writes down; none of anything else."""
    return made(node.value) if isinstance(node, ast.Assign) else None


def _fills(sides: tuple[int, ...], shape: Brought) -> bool:
    """Whether it, or a row of it, has as many elements as the shape."""
    have, asked = prod(sides[1:] if shape.of_row else sides), prod(d for d in shape.dims if d != -1)
    return have % asked == 0 if -1 in shape.dims else have == asked


def _may_fill(name: str, shape: Brought, tree: ast.Module, scene: Scene) -> bool:
    """Whether another part of the sum may bring the elements by what a card makes it: a number cannot, nor what is made up to fit the others."""
    if is_weight(name) or _is_number(name, tree):
        return False
    sizes = [_sides(d.statement.node) for d in scene.book.definitions.get(name, ())]
    return any(sides is None or (bool(sides) and _fills(sides, shape)) for sides in sizes)


def _is_number(name: str, tree: ast.AST, deep: int = 0) -> bool:
    """Whether it counts the rounds of a loop, or is calculated from literals and what does: `q = i % 3`."""
    value = constants(tree).get(name)
    if value is not None and deep < MOST_DEEP:
        plain = isinstance(value, ast.BinOp | ast.Constant) and not any(
            isinstance(n, ast.Call) for n in ast.walk(value)
        )
        return plain and all(_is_number(n, tree, deep + 1) for n in used(value))
    loops = [n for n in ast.walk(tree) if isinstance(n, ast.For | ast.comprehension)]
    return any(isinstance(n.target, ast.Name) and n.target.id == name and _counts(n.iter) for n in loops)


def _counts(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and last_name(node.func) in ("range", "arange", "linspace")
