"""Sums of products, `2 × 8 + 1 × 7 + 3 = 26`, as prose and formulas write them: what was multiplied with what, in order."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from deckbuild.syntax import parse_expression

LONGEST = 400
_BULLET = re.compile(r"^\s*[-*+]\s+")
_TAIL = re.compile(r"(?:\\times|\\cdot|[\d\s.+×*·⋅()−-])+\Z")
_RESULT = re.compile(r"\s*\$?\s*([-−]?\d+(?:\.\d+)?)(?!\w|\.\d|\s*(?:[-+*/×·⋅−^]|\\times|\\cdot|\\div))")
_SIGNS = str.maketrans({"×": "*", "·": "*", "⋅": "*", "−": "-"})


@dataclass(frozen=True, slots=True)
class Product:
    """Two factors, in the order in which they are written."""

    left: Fraction
    right: Fraction
    sign: int
    """-1, if it is taken away."""


@dataclass(frozen=True, slots=True)
class ProductSum:
    """At least two products, what is added to them, and what the text says that comes out."""

    text: str
    products: tuple[Product, ...]
    rest: Fraction
    result: Fraction

    @property
    def is_right(self) -> bool:
        """Whether that comes out."""
        return sum((p.sign * p.left * p.right for p in self.products), self.rest) == self.result


def product_sums(text: str) -> Iterator[ProductSum]:
    """The sums of products, each on one line, in their order."""
    for line in (_BULLET.sub("", x) for x in text.split("\n")):
        for equal in re.finditer("=", line):
            before = _TAIL.search(line[max(0, equal.start() - LONGEST) : equal.start()])
            after = _RESULT.match(line, equal.end())
            found = _read(before[0], after[1]) if before and after else None
            if found is not None:
                yield found


def _read(written: str, result: str) -> ProductSum | None:
    code = written.replace("\\times", "*").replace("\\cdot", "*").translate(_SIGNS).strip()
    try:
        terms = list(_terms(parse_expression(code), 1))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    products = tuple(t for t in terms if isinstance(t, Product))
    rest = sum((t for t in terms if isinstance(t, Fraction)), Fraction(0))
    text = f"{' '.join(written.split())} = {result}"
    return ProductSum(text, products, rest, Fraction(result.translate(_SIGNS))) if len(products) > 1 else None


def _terms(node: ast.expr, sign: int) -> Iterator[Product | Fraction]:
    """What is added up. Raises ValueError for anything but numbers and products of two."""
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            yield from _terms(left, sign)
            yield from _terms(right, sign if isinstance(op, ast.Add) else -sign)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            yield Product(_number(left), _number(right), sign)
        case _:
            yield sign * _number(node)


def _number(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Fraction(str(value))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand)
        case _:
            raise ValueError(ast.dump(node))
