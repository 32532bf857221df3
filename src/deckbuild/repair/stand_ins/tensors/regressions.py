"""What a line, or a plane, is fitted to: `np.linalg.lstsq(X, y)`, `inv(X.T @ X) @ X.T @ y`. In: a use; out: rows of two features, or their targets.

There are more rows than features, and no feature is the same throughout, so that a column of ones may stand beside them. It must leave
alone: squares that are solved, and programs that write down neither rows nor targets of one length.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...program.usage import Usage
from ...scene import Scene
from ..guess import Guess
from ..reading.built import made
from ..reading.constants import constants
from .matrices import library, maker

FEATURES = ((1.0, 2.0), (2.0, 1.0), (3.0, 5.0), (4.0, 3.0), (5.0, 6.0), (6.0, 4.0), (7.0, 9.0), (8.0, 7.0))
TARGETS = (3.0, 4.0, 8.0, 7.0, 12.0, 11.0, 15.0, 16.0)
LONG = 4
_JOINS = frozenset({"hstack", "column_stack", "concatenate", "cat"})
_SOLVES = frozenset({"lstsq", "inv", "pinv", "solve"})


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A few rows of features, or a number for each."""
    if usage.calls or not _is_solved(tree):
        return
    fits = list(_fits(tree))
    designs = frozenset(n for rows, _ in fits for n in _parts(rows, tree) if n)
    targets = frozenset(n for _, n in fits if n)
    shapes = [made(constants(tree)[n]) for n in designs | targets if n in constants(tree)]
    lengths = {shape[0] for shape in shapes if shape}
    long = lengths.pop() if len(lengths) == 1 else LONG
    if not (lengths and None in shapes) and 2 < long <= len(TARGETS):
        of_rows = maker(library(tree))
        if usage.name in designs:
            rows = [list(row) for row in FEATURES[:long]]
            yield Guess(
                f"{of_rows}({rows})", f"what is fitted: {long} rows of two features; the numbers are deckbuild's choice"
            )
        elif usage.name in targets:
            yield Guess(
                f"{of_rows}({list(TARGETS[:long])})",
                f"what it is fitted to: a number for each of {long} rows, of deckbuild's choice",
            )


def _fits(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(name of the rows, name of the targets, "" where they are no name)."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="lstsq"), args=[ast.Name(id=rows), targets, *_]):
                yield rows, _name(targets)
            case (
                ast.BinOp(op=ast.MatMult(), left=left, right=right)
                | ast.Call(func=ast.Attribute(attr="dot", value=left), args=[right])
            ) if rows := _turned_last(left):
                yield rows, _name(right) if _name(right) != rows else ""


def _turned_last(node: ast.expr) -> str:
    """`X` of what ends in `X.T`: the rows are then multiplied with themselves or with their targets."""
    match node:
        case ast.Attribute(attr="T", value=ast.Name(id=rows)):
            return rows
        case ast.BinOp(op=ast.MatMult(), right=right):
            return _turned_last(right)
        case ast.Call(func=ast.Attribute(attr="dot"), args=[right]):
            return _turned_last(right)
        case _:
            return ""


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _parts(name: str, tree: ast.Module) -> Iterator[str]:
    """The name, and the rows that it is put together of, with a column of ones: `np.c_[np.ones((n, 1)), X]`."""
    yield name
    match constants(tree).get(name):
        case ast.Subscript(value=ast.Attribute(attr="c_"), slice=ast.Tuple(elts=parts)):
            yield from map(_name, parts)
        case ast.Call(func=ast.Attribute(attr=attr), args=[ast.Tuple(elts=parts) | ast.List(elts=parts), *_]) if (
            attr in _JOINS
        ):
            yield from map(_name, parts)
        case ast.Call(func=ast.Attribute(attr="insert"), args=[ast.Name(id=rows), *_]):
            yield rows


def _is_solved(tree: ast.Module) -> bool:
    """Whether the program solves for what fits."""
    return any(isinstance(n, ast.Attribute) and n.attr in _SOLVES for n in ast.walk(tree))
