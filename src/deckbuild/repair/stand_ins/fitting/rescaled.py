"""Pictures of a program that brings them from -1…1 to 0…1 (`image / 2 + 0.5`). In: a guess and the program; out: pictures in -1…1.

It must leave alone: programs that bring them from 0…1 to -1…1 themselves, and what is no picture.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from ..guess import Guess

_PICTURE = re.compile(r"torch\.rand\((?:\d+, )?[13], \d+, \d+\)(?![\w.\[]| \* 2)")


def rescaled(guess: Guess, tree: ast.Module) -> Guess:
    """The guess, its random pictures in -1…1 where the program takes them for that."""
    nodes = list(ast.walk(tree))
    if not any(map(_is_to_unit, nodes)) or any(map(_is_to_signed, nodes)):
        return guess
    value, *others = (_PICTURE.sub(lambda m: f"{m[0]} * 2 - 1", v) for v in (guess.value, *guess.alternates))
    return replace(guess, value=value, alternates=tuple(others))


def _is_to_unit(node: ast.AST) -> bool:
    """`x / 2 + 0.5`, `x * 0.5 + 0.5`, `(x + 1) / 2`, `(x + 1) * 0.5`."""
    match node:
        case ast.BinOp(left=ast.BinOp() as inner, op=ast.Add(), right=ast.Constant(value=0.5)):
            return _is_halved(inner)
        case ast.BinOp(left=ast.BinOp(op=ast.Add(), right=ast.Constant(value=1))):
            return _is_halved(node)
        case _:
            return False


def _is_halved(node: ast.BinOp) -> bool:
    match node:
        case (
            ast.BinOp(op=ast.Div(), right=ast.Constant(value=2))
            | ast.BinOp(op=ast.Mult(), right=ast.Constant(value=0.5))
        ):
            return True
        case _:
            return False


def _is_to_signed(node: ast.AST) -> bool:
    """`x * 2 - 1`, `(x - 0.5) / 0.5`, and torchvision's `Normalize`."""
    match node:
        case ast.BinOp(left=ast.BinOp(op=ast.Mult()), op=ast.Sub(), right=ast.Constant(value=1)):
            return True
        case ast.BinOp(left=ast.BinOp(op=ast.Sub(), right=ast.Constant(value=0.5))):
            return True
        case ast.Name(id="Normalize") | ast.Attribute(attr="Normalize"):
            return True
        case _:
            return False
