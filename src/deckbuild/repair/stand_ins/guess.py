"""A guess: the expression of a stand-in, why it fits, and what deckbuild chose freely in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod


@dataclass(frozen=True, slots=True)
class Guess:
    """A value for a missing name."""

    value: str
    """A Python expression; names that it needs (`torch`) are provided for like any other."""
    why: str
    alternates: tuple[str, ...] = ()
    """The same with the freely chosen sizes replaced by others."""
    copied: tuple[str, ...] = ()
    """What was taken from the card's text."""
    partial: bool = False
    """Whether it is only the part that the deck shows of something longer."""


def counted(shape: Iterable[int]) -> str:
    """A float tensor of that shape that counts up from 0: every place is told from every other, and no chance is in it."""
    dims = tuple(shape)
    row = f"torch.arange({prod(dims)}.)"
    return row if len(dims) == 1 else f"{row}.reshape({', '.join(map(str, dims))})"


def drawn(shape: Iterable[int]) -> str:
    """A float tensor of that shape, uniform in [0, 1); for shapes too large to count up."""
    return f"torch.rand({', '.join(map(str, shape))})"


def filled(shape: Iterable[int]) -> str:
    """`counted` for what a reader can follow by eye, `drawn` for more."""
    dims = tuple(shape)
    return counted(dims) if prod(dims) <= 256 else drawn(dims)
