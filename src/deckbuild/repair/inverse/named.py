"""Entries that the prose names: in `2 × 8 + 1 × 7 = 23` beside a layer with the weights 2 and 1, the input holds 8 and 7.

In: sums of products and the equations of the claims; out: entries. Only a sum that is right, whose result is the stated value of just one
equation, and one side of whose products is that equation's coefficients in their order, names any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from deckbuild.prose import ProductSum

from .system import Equation


@dataclass(frozen=True, slots=True)
class Naming:
    """A sum, and the entries of the unknown that it names."""

    sum: ProductSum
    equation: Equation
    """Whose value it works out."""
    entries: tuple[tuple[int, Fraction], ...]


def naming(sums: Sequence[ProductSum], equations: Sequence[Equation]) -> Iterator[Naming]:
    """The sums that name entries."""
    for one in dict.fromkeys(sums):
        meant = [e for e in dict.fromkeys(equations) if e.value == one.result]
        if one.is_right and len(meant) == 1 and meant[0].constant == one.rest:
            entries = _entries(one, meant[0])
            if entries:
                yield Naming(one, meant[0], entries)


def agreed(namings: Sequence[Naming]) -> dict[int, Fraction] | None:
    """All entries that are named; None if two sums differ."""
    found: dict[int, Fraction] = {}
    for one in namings:
        for place, entry in one.entries:
            if found.setdefault(place, entry) != entry:
                return None
    return found


def tests(one: Naming, others: Sequence[Naming], size: int) -> bool:
    """Whether it says more than the entries that it names: one that another sum names, too, or that what it works out is shown,
    where no entry had to be solved from what is shown."""
    places = {place for place, _ in one.entries}
    elsewhere = {place for other in others if other != one for place, _ in other.entries}
    return bool(places & elsewhere) or len(places | elsewhere) == size


def _entries(one: ProductSum, equation: Equation) -> tuple[tuple[int, Fraction], ...]:
    """The factors that stand beside the coefficients; a product with a coefficient of nought says nothing of an entry."""
    places = [n for n, c in enumerate(equation.coefficients) if c]
    coefficients = [equation.coefficients[n] for n in places]
    for turned in (False, True):
        pairs = [(p.right, p.left) if turned else (p.left, p.right) for p in one.products]
        beside = [(p.sign * weight, entry) for p, (weight, entry) in zip(one.products, pairs, strict=True) if weight]
        if [weight for weight, _ in beside] == coefficients:
            return tuple(zip(places, (entry for _, entry in beside), strict=True))
    return ()
