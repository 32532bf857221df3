"""Algebra: whether two formulas, `(x + 1)*(x - 1)` and `x**2 - 1`, are one, by their values in a few places."""

from __future__ import annotations

import ast
import cmath
import functools
import re

from deckbuild.syntax import parse_expression

FORMULA = re.compile(r"[\w\s.()+*/^-]*[A-Za-z_]\w*[\w\s.()+*/^-]*")
OPERATOR = re.compile(r"[+*/^]|\s-\s|\b(?:sin|cos|tan|exp|log|sqrt)\(")
FUNCTIONS = {
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tan": cmath.tan,
    "exp": cmath.exp,
    "log": cmath.log,
    "sqrt": cmath.sqrt,
}
CONSTANTS: dict[str, complex] = {"pi": cmath.pi, "E": cmath.e, "I": 1j}
PLACES = (0.37, 1.91, 2.73)
CLOSE = 1e-9


def is_formula(text: str) -> bool:
    """Whether a text is a calculation with at least one name."""
    return FORMULA.fullmatch(text.strip()) is not None and OPERATOR.search(text) is not None and read(text) is not None


def same_formula(stated: str, computed: str) -> bool | None:
    """Whether both have the same value in each of a few places; None where one of them cannot be worked out."""
    trees = [read(t) for t in (stated, computed)]
    if trees[0] is None or trees[1] is None or names_in(trees[0]) != names_in(trees[1]):
        return None
    try:
        pairs = [(value(trees[0], at), value(trees[1], at)) for at in PLACES]
    except (ValueError, KeyError, ArithmeticError, TypeError, RecursionError):
        # A function that is not known here, a division by nought; a tree too deep to be worked out.
        return None
    return all(abs(a - b) <= CLOSE * max(1.0, abs(a)) for a, b in pairs)


@functools.lru_cache(maxsize=256)
def read(text: str) -> ast.expr | None:
    """The formula's tree; None where it is none."""
    try:
        return parse_expression(text.strip().replace("^", "**"))
    except (SyntaxError, ValueError):
        return None


def names_in(tree: ast.expr) -> set[str]:
    """The variables of a formula."""
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - FUNCTIONS.keys() - CONSTANTS.keys()


def value(node: ast.expr, at: float) -> complex:
    """The value where each variable has a number made of its name and `at`. Raises ValueError for what is no formula."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return complex(number)
        case ast.Name(id=name):
            return CONSTANTS.get(name) or complex(at + int.from_bytes(name.encode(), "big") % 1009 / 500)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -value(operand, at)
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return FUNCTIONS[name](value(argument, at))
        case ast.BinOp(left=left, op=op, right=right):
            a, b = value(left, at), value(right, at)
            match op:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
                case ast.Pow():
                    return complex(a**b)
    raise ValueError(ast.dump(node))
