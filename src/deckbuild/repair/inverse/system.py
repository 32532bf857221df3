"""Linear equations in small whole numbers. In: equations, some unknowns known; out: the solutions, as far as they are one or not one.

Source: Gauss's elimination with exact fractions; what it leaves free is tried out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product

LARGEST = 20
"""Unknown entries are whole numbers from 0 to this: what a person writes into an example."""
MOST_TRIALS = 200_000


@dataclass(frozen=True, slots=True)
class Equation:
    """coefficients · x + constant = value."""

    coefficients: tuple[Fraction, ...]
    constant: Fraction
    value: Fraction


def solve(equations: Sequence[Equation], known: Mapping[int, Fraction], size: int) -> tuple[Fraction, ...] | None:
    """The only solution with these entries; None if there is none, another one, or too much to try."""
    unknown = [n for n in range(size) if n not in known]
    rows = [_without(e, known, unknown) for e in equations]
    pivots, reduced = _reduce(rows, len(unknown))
    if any(row[-1] for row in reduced[len(pivots) :]):
        return None
    free = [n for n in range(len(unknown)) if n not in pivots]
    if (LARGEST + 1) ** len(free) > MOST_TRIALS:
        return None
    found = list(islice(_solutions(reduced, pivots, free), 2))
    if len(found) != 1:
        return None
    entries = {**known, **dict(zip(unknown, found[0], strict=True))}
    return tuple(entries[n] for n in range(size))


def _without(equation: Equation, known: Mapping[int, Fraction], unknown: Sequence[int]) -> list[Fraction]:
    """The coefficients of the unknown, and what they must give."""
    given = sum((equation.coefficients[n] * x for n, x in known.items()), equation.constant)
    return [*(equation.coefficients[n] for n in unknown), equation.value - given]


def _reduce(rows: list[list[Fraction]], width: int) -> tuple[list[int], list[list[Fraction]]]:
    """The columns of the pivots, and the rows in reduced echelon form, those of nothing but noughts last."""
    rows = [list(row) for row in rows]
    pivots: list[int] = []
    for column in range(width):
        at = len(pivots)
        best = next((n for n in range(at, len(rows)) if rows[n][column]), None)
        if best is None:
            continue
        rows[at], rows[best] = rows[best], rows[at]
        head = rows[at][column]
        rows[at] = [x / head for x in rows[at]]
        for n, row in enumerate(rows):
            if n != at and row[column]:
                rows[n] = [x - row[column] * y for x, y in zip(row, rows[at], strict=True)]
        pivots.append(column)
    return pivots, rows


def _solutions(rows: list[list[Fraction]], pivots: list[int], free: list[int]) -> Iterator[list[Fraction]]:
    """Whole numbers from 0 to LARGEST for all unknowns."""
    for choice in product(range(LARGEST + 1), repeat=len(free)):
        entries = dict(zip(free, map(Fraction, choice), strict=True))
        for row, pivot in zip(rows, pivots, strict=False):
            entries[pivot] = row[-1] - sum((row[n] * x for n, x in zip(free, choice, strict=True)), Fraction(0))
        if all(x.denominator == 1 and 0 <= x <= LARGEST for x in entries.values()):
            yield [entries[n] for n in range(len(entries))]
