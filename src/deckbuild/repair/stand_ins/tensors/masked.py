"""Rows out of which truth values take some: `late = t > 2`, `speed[late]`. In: a use of a row, or of what is compared; out: a row.

All rows that one mask speaks of are of one length: that of one that the program writes down, or a few entries around the number that
they are compared with, some of which are taken. It must leave alone: masks of several dimensions, tables (`rows[rows['age'] > 3]`), and
a row that is compared and taken from itself, which `ndarrays` tells.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...program.names import bound, used
from ...program.usage import Usage, literal
from ...scene import Scene
from ..guess import Guess
from ..networks.models import knows_torch
from ..reading.built import made
from ..reading.constants import constants, evaluate
from .matrices import maker

LONG = 4
MOST = 64
_LOGICAL = frozenset({"logical_and", "logical_or", "logical_not"})
_NO_NUMBERS = re.compile(r"^(?:df|data_?frame)$|(?:^|_)(?:names?|words|texts|titles)$")
_MASK = re.compile(r"(?:^|_)(?:mask|is_\w+|selected|keep)(?:_|$|\d)")


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A row of numbers, or of truth values for a mask that is itself not defined."""
    library = _library(tree, scene)
    if library is None or usage.calls or _NO_NUMBERS.search(usage.name):
        return
    taken = [pair for node in ast.walk(tree) if (pair := _taken(node, tree)) is not None]
    groups = [{owner} | _compared(mask) | _held(mask) for owner, mask in taken]
    own = [group for group in groups if usage.name in group]
    rows = set().union(*own)
    if not own or rows == {usage.name} or not _is_flat(usage) or any(map(_MASK.search, _all_compared(taken))):
        return
    long = _length(rows.union(*(g for g in groups if g & rows)), tree)
    if long is None or long > MOST:
        return
    masks = [mask for owner, mask in taken if usage.name in _compared(mask)]
    if any(usage.name in _held(mask) and _MASK.search(usage.name) for _, mask in taken):
        truth = [n % 2 == 0 for n in range(long)]
        yield Guess(f"{maker(library)}({truth})", "it says of each entry whether it is taken; every other one is")
    elif masks:
        numbers = _around(usage.name, masks, tree, long)
        yield Guess(f"{maker(library)}({numbers})", "what it is compared with says which entries are taken: some are")
    elif all(usage.name not in _held(mask) for _, mask in taken):
        yield Guess(f"{library}.arange({long}.)", f"a mask takes entries of it: {long}, as many as the mask has")


def _length(rows: set[str], tree: ast.Module) -> int | None:
    """How many entries all of the rows have: as many as the program writes down for some of them; None where it makes one of another kind."""
    values = [constants(tree).get(n) for n in rows if any(n in bound(s) for s in tree.body)]
    lengths = {_entries(value) if value is not None else None for value in values}
    return lengths.pop() if len(lengths) == 1 else None if lengths else LONG


def _entries(value: ast.expr) -> int | None:
    """How many entries a row that is written down has: `np.array([3, 5])`, `np.arange(4.)`, `np.linspace(0, 1, 11)`."""
    match value:
        case (
            ast.Call(func=ast.Attribute(attr="arange"), args=[ends])
            | ast.Call(func=ast.Attribute(attr="linspace"), args=[_, _, ends])
        ):
            number = literal(ends)
            return int(number) if isinstance(number, int | float) and number > 0 else None
        case _:
            shape = made(value)
            return shape[0] if shape is not None and len(shape) == 1 else None


def _library(tree: ast.Module, scene: Scene) -> str | None:
    """Numpy or torch, whichever the program works with or imports; else torch where its book does; None where neither."""
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    names |= {a.asname or a.name for s in tree.body if isinstance(s, ast.Import) for a in s.names}
    if "np" in names or names & {"torch", "nn", "F"}:
        return "np" if "np" in names else "torch"
    return "torch" if knows_torch(tree, scene) else None


def _taken(node: ast.AST, tree: ast.Module) -> tuple[str, ast.expr] | None:
    """(the row, the mask) of `row[mask]`, `row[row > 2]`; a mask's name is a name, or what it is bound to."""
    match node:
        case ast.Subscript(value=ast.Name(id=owner), slice=index):
            mask = constants(tree).get(index.id, index) if isinstance(index, ast.Name) else index
            missing = isinstance(mask, ast.Name) and _MASK.search(mask.id) is not None
            return (owner, mask) if missing or _is_truth(mask) else None
        case _:
            return None


def _is_truth(node: ast.expr) -> bool:
    """Whether an expression compares rows entry by entry."""
    match node:
        case ast.Compare(left=ast.Name(), ops=[ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE() | ast.Eq() | ast.NotEq()]):
            return True
        case ast.BinOp(left=left, op=ast.BitAnd() | ast.BitOr(), right=right):
            return _is_truth(left) and _is_truth(right)
        case ast.UnaryOp(op=ast.Invert(), operand=inner):
            return _is_truth(inner)
        case ast.Call(func=ast.Attribute(attr=attr), args=args) if attr in _LOGICAL:
            return all(map(_is_truth, args))
        case _:
            return False


def _compared(mask: ast.expr) -> frozenset[str]:
    """The rows that a mask compares; a mask of numbers may be of any dimensions: `scores[mask == 0]`."""
    compares = [n for n in ast.walk(mask) if isinstance(n, ast.Compare)]
    return frozenset(n.left.id for n in compares if isinstance(n.left, ast.Name))


def _all_compared(taken: list[tuple[str, ast.expr]]) -> frozenset[str]:
    return frozenset(n for _, mask in taken for n in _compared(mask))


def _held(mask: ast.expr) -> frozenset[str]:
    """The name of a mask that is nowhere bound."""
    return used(mask) if isinstance(mask, ast.Name) else frozenset()


def _is_flat(usage: Usage) -> bool:
    """Whether nothing asks for a second dimension."""
    return not any(isinstance(s, ast.Tuple) for s in usage.subscripts)


def _around(name: str, masks: list[ast.expr], tree: ast.Module, long: int) -> list[object]:
    """Numbers below, at and above those that the name is compared with; a place of its own for each where nothing says which."""
    compares = [
        n
        for mask in masks
        for n in ast.walk(mask)
        if isinstance(n, ast.Compare) and isinstance(n.left, ast.Name) and n.left.id == name
    ]
    limits = [
        limit
        for n in compares
        if isinstance(limit := evaluate(n.comparators[0], constants(tree)), int | float) and not isinstance(limit, bool)
    ]
    if not limits:
        return [float(n) for n in range(1, long + 1)]
    low, high = min(limits), max(limits)
    if low == high:
        return [low + n - (long - 1) // 2 for n in range(long)]
    beside = (high - low) / 4
    return [round(low - beside + n * (high - low + 2 * beside) / max(1, long - 1), 4) for n in range(long)]
