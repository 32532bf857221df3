"""What stands in annotations: of parameters, of names, of results. In: a syntax tree; out: expressions, shapes, or whether a name is read elsewhere, too."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .names import last_name

_TENSORS = frozenset({"Tensor", "FloatTensor", "LongTensor", "IntTensor", "BoolTensor", "ndarray", "NDArray", "Array"})


def notes_in(tree: ast.Module) -> Iterator[ast.expr]:
    """All annotations of a program."""
    for node in ast.walk(tree):
        match node:
            case ast.arg(annotation=ast.expr() as note) | ast.AnnAssign(annotation=note):
                yield note
            case ast.FunctionDef(returns=ast.expr() as note) | ast.AsyncFunctionDef(returns=ast.expr() as note):
                yield note


def noted_shapes(tree: ast.Module) -> list[ast.Subscript]:
    """The shapes that annotations note, `Tensor[B, 3, 288, 288]`, which are no types that Python knows, in the order of the text."""
    found = [n for note in notes_in(tree) for n in ast.walk(note) if isinstance(n, ast.Subscript)]
    shapes = [n for n in found if last_name(n.value) in _TENSORS]
    return sorted(shapes, key=lambda n: (n.lineno, n.col_offset))


def is_only_noted(name: str, tree: ast.Module) -> bool:
    """Whether the name is read somewhere, and nowhere but in annotations."""
    noted = {id(n) for note in notes_in(tree) for n in ast.walk(note)}
    reads = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name]
    return bool(reads) and all(id(n) in noted for n in reads)


def is_of_shapes(name: str, tree: ast.Module) -> bool:
    """Whether the name is read, and nowhere but in noted shapes."""
    inside = {id(n) for shape in noted_shapes(tree) for n in ast.walk(shape)}
    reads = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name]
    return bool(reads) and all(id(n) in inside for n in reads)
