"""The shapes of tensors that a program builds of literals and whole numbers. In: an expression; out: its shape, where it is to be seen."""

from __future__ import annotations

import ast

from ...program.usage import literal


def made(node: ast.expr) -> tuple[int, ...] | None:
    """The shape of `torch.tensor([[1, 2]])`, of `torch.zeros(2, 3)`, of `np.random.randn(4, 5) * 0.1`; None where it is not to be seen."""
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
        case ast.Call(func=ast.Attribute(value=owner, attr=maker), args=args) if _is_numpys(owner, maker):
            given = (
                literal(args[0])
                if maker in ("zeros", "ones", "empty") and len(args) == 1
                else tuple(map(literal, args))
            )
            return given if isinstance(given, tuple) and given and all(map(_is_size, given)) else None
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div(), right=ast.Constant(value=int() | float())):
            return made(left)
        case _:
            return None


def _is_numpys(owner: ast.expr, maker: str) -> bool:
    """Whether it is one of numpy's functions that make arrays of a given size."""
    makers = {"np": ("zeros", "ones", "empty"), "np.random": ("rand", "randn")}
    return maker in makers.get(ast.unparse(owner), ())


def _is_size(size: object) -> bool:
    return isinstance(size, int) and size > 0


def _nested(data: object) -> tuple[int, ...] | None:
    if isinstance(data, list) and data:
        inner = _nested(data[0])
        return (len(data), *inner) if inner is not None else None
    return () if isinstance(data, int | float) else None
