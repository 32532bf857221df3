"""Shapes written in letters, `(B, T, C)`, `(N, 8, H/2, W/2)`: how such a shape fits the one that was computed.

A letter stands for one number throughout a card: a variable of the program, or what an earlier shape of the card made it. A text may
use it loosely (`H` for the height of whatever comes next), so that another number contradicts only where the same numbers stand in
another order.
"""

from __future__ import annotations

import ast
import enum
import re
from collections.abc import Iterable
from typing import TypeAlias

from deckbuild.model import Outcome
from deckbuild.syntax import parse_expression

Dimension: TypeAlias = "int | str | None"
"""A number, the name of one or a calculation with names, or None for a place left open (`…`, `None`, `-1`)."""


class Fit(enum.Enum):
    """How a stated shape compares with a computed one."""

    SAME = "every place whose number is known has it"
    DIFFERENT = "the rank, a number, or a variable of the program is another"
    SWAPPED = "the numbers are known, all different, and stand in another order"
    OPEN = "nothing certain is known of it"


def fit(dims: tuple[Dimension, ...], shape: tuple[int, ...], outcome: Outcome, letters: dict[str, int]) -> Fit:
    """How `dims` fits `shape`; `letters` are the numbers that letters have so far."""
    if len(dims) != len(shape):
        return Fit.OPEN if None in dims else Fit.DIFFERENT
    known = [numbers_of(d, outcome, letters) for d in dims]
    wrong = [i for i, (meant, have) in enumerate(zip(known, shape, strict=True)) if meant and have not in meant]
    if wrong:
        first = [min(meant) if meant else None for meant in known]
        if (
            None not in first
            and len(set(first)) == len(first)
            and sorted(map(int, filter(None, first))) == sorted(shape)
        ):
            return Fit.SWAPPED
        return Fit.DIFFERENT if any(is_firm(dims[i], outcome) for i in wrong) else Fit.OPEN
    repeated = [d for d in dims if isinstance(d, str) and dims.count(d) > 1]
    if any(len({have for d, have in zip(dims, shape, strict=True) if d == name}) > 1 for name in repeated):
        return Fit.DIFFERENT
    told = any(known) or (repeated and len(set(shape)) > 1)
    return Fit.SAME if told and not is_ambiguous(dims, known) else Fit.OPEN


def numbers_of(dim: Dimension, outcome: Outcome, letters: dict[str, int]) -> frozenset[int]:
    """The numbers that a place may be: one, two for half of an odd number, none where a name in it is unknown."""
    if dim is None or isinstance(dim, int):
        return frozenset() if dim is None else frozenset({dim})
    known = {name: n for name in names_in(dim) if (n := number_of(name, outcome, letters)) is not None}
    return frozenset(n for up in (False, True) if (n := worked_out(dim, known, up=up)) is not None)


def number_of(name: str, outcome: Outcome, letters: dict[str, int]) -> int | None:
    """The number of a letter or of a variable of the program."""
    if name in letters:
        return letters[name]
    value = outcome.value(name)
    return value.data if value and isinstance(value.data, int) and not isinstance(value.data, bool) else None


def names_in(dim: str) -> list[str]:
    """The names in a place."""
    return re.findall(r"[A-Za-z_]\w*", dim)


def worked_out(dim: str, known: dict[str, int], *, up: bool) -> int | None:
    """A calculation with names; a division goes down, or `up`. None where a name is unknown or it is no calculation."""
    try:
        return value(parse_expression(dim), known, up=up)
    except (SyntaxError, ValueError, KeyError, ZeroDivisionError, RecursionError):
        # What stands in brackets in a comment need not be a calculation, nor its names known.
        return None


def value(node: ast.expr, known: dict[str, int], *, up: bool) -> int:
    """Of a sum, product or quotient. Raises ValueError for anything else, KeyError for an unknown name."""
    match node:
        case ast.Name(id=name):
            return known[name]
        case ast.Constant(value=int() as number):
            return number
        case ast.BinOp(left=left, op=op, right=right):
            a, b = value(left, known, up=up), value(right, known, up=up)
            match op:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div() | ast.FloorDiv():
                    return -(-a // b) if up else a // b
    raise ValueError(ast.dump(node))


def is_firm(dim: Dimension, outcome: Outcome) -> bool:
    """Whether a place says for certain which number it is: a number, or a variable of more than one letter."""
    return isinstance(dim, int) or (isinstance(dim, str) and len(dim) > 1 and number_of(dim, outcome, {}) is not None)


def is_ambiguous(dims: tuple[Dimension, ...], known: Iterable[frozenset[int]]) -> bool:
    """Whether two names have the same number, so that their order cannot be told."""
    first = {d: min(meant) for d, meant in zip(dims, known, strict=True) if isinstance(d, str) and meant}
    return len(set(first.values())) < len(first)


def learn(dims: tuple[Dimension, ...], shape: tuple[int, ...], outcome: Outcome, letters: dict[str, int]) -> None:
    """Adds to `letters` the numbers of those that this shape is the first to have."""
    if len(dims) != len(shape) or fit(dims, shape, outcome, letters) in (Fit.DIFFERENT, Fit.SWAPPED):
        return
    for dim, have in zip(dims, shape, strict=True):
        if isinstance(dim, str) and dim.isidentifier() and number_of(dim, outcome, letters) is None:
            letters[dim] = have
