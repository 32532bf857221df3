"""The shapes of tensors that a program builds of literals and whole numbers. In: an expression; out: its shape, where it is to be seen."""

from __future__ import annotations

import ast

from ..usage import literal


def made(node: ast.expr) -> tuple[int, ...] | None:
    """The shape of `torch.tensor([[1, 2]])`, of `torch.zeros(2, 3)`; None where it is not to be seen."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="torch"), attr="tril" | "triu"), args=[inner, *_]):
            return made(inner)
        case ast.Call(func=ast.Attribute(attr="tensor" | "array"), args=[data, *_]):
            return _nested(literal(data))
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="torch"), attr="rand" | "randn" | "zeros" | "ones"), args=args
        ):
            whole = tuple(d for a in args if isinstance(d := literal(a), int) and d > 0)
            return whole if whole and len(whole) == len(args) else None
        case _:
            return None


def _nested(data: object) -> tuple[int, ...] | None:
    if isinstance(data, list) and data:
        inner = _nested(data[0])
        return (len(data), *inner) if inner is not None else None
    return () if isinstance(data, int | float) else None
