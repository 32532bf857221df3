"""A tensor's snapshot -> the places of it that are shown: its last two axes as rows and columns, one slice for each leading index."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from deckbuild.model import Json, Value

from .numbers import Scalar

WHOLE = 8
"""An axis up to this length, and so many slices, are shown whole."""
EDGE = 3
"""Of longer ones so many places at each end."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The shown places of an axis, and its true length."""

    places: tuple[int, ...]
    length: int

    @property
    def gap(self) -> int | None:
        """How many places stand before the `…`; None where nothing is left out."""
        return len(self.places) // 2 if len(self.places) < self.length else None


@dataclass(frozen=True, slots=True)
class Slice:
    """The shown cells of one slice, row by row, and its leading indices."""

    index: tuple[int, ...]
    cells: tuple[tuple[Scalar, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """What a table shows of a tensor of rank 1 or more."""

    rows: Axis | None
    """None for rank 1: its only row has no index."""
    columns: Axis
    slices: tuple[Slice, ...]
    hidden: int
    """Slices that are not shown; they stand between the first three and the last three."""

    @property
    def count(self) -> int:
        """All slices of the tensor."""
        return len(self.slices) + self.hidden

    @property
    def values(self) -> list[Scalar]:
        """All shown numbers."""
        return [x for s in self.slices for row in s.cells for x in row]


def read_grid(value: Value, edge_columns: int = EDGE) -> Grid | None:
    """The shown places of a tensor with at least one element and one axis, None where its elements are not known."""
    shape = value.shape or ()
    nested, at_hand = _elements(value)
    if not shape or 0 in shape or nested is None or not _fits(nested, tuple(len(p) for p in at_hand)):
        return None
    matrix = shape if len(shape) > 1 else (1, *shape)
    leading = [at_hand[i] for i in range(len(shape) - 2)]
    rows, columns = _axis(matrix[-2], EDGE), _axis(matrix[-1], edge_columns)
    total = math.prod(shape[:-2])
    indices = list(itertools.product(*leading))
    if total > WHOLE:
        indices = [*indices[:EDGE], *indices[-EDGE:]]
    slices = []
    for index in indices:
        inner: Json = nested
        for i, places in zip(index, at_hand, strict=False):
            inner = _item(inner, places.index(i))
        matrix_rows = [inner] if len(shape) == 1 else [_item(inner, at_hand[-2].index(r)) for r in rows.places]
        slices.append(
            Slice(
                index,
                tuple(tuple(_scalar(_item(r, at_hand[-1].index(c))) for c in columns.places) for r in matrix_rows),
            )
        )
    return Grid(rows if len(shape) > 1 else None, columns, tuple(slices), total - len(slices))


def read_scalar(value: Value) -> Scalar | None:
    """The number of a tensor of rank 0."""
    data = value.data if value.data is not None else value.preview.edges if value.preview else None
    return None if data is None or isinstance(data, list | dict) else _scalar(data)


def _elements(value: Value) -> tuple[Json, list[tuple[int, ...]]]:
    """The nested lists at hand, and which places of each axis they hold."""
    shape = value.shape or ()
    if value.data is not None:
        return value.data, [tuple(range(n)) for n in shape]
    return (value.preview.edges if value.preview else None), [_axis(n, EDGE).places for n in shape]


def _axis(length: int, edge: int) -> Axis:
    if length <= WHOLE:
        return Axis(tuple(range(length)), length)
    return Axis((*range(edge), *range(length - edge, length)), length)


def _fits(nested: Json, shape: tuple[int, ...]) -> bool:
    """Whether the lists are nested as the shape says."""
    if not shape:
        return not isinstance(nested, list | dict)
    return isinstance(nested, list) and len(nested) == shape[0] and all(_fits(inner, shape[1:]) for inner in nested)


def _item(nested: Json, i: int) -> Json:
    assert isinstance(nested, list)
    return nested[i]


def _scalar(leaf: Json) -> Scalar:
    """The number that JSON holds: nan, inf and complex numbers come as texts."""
    if not isinstance(leaf, str):
        return leaf if isinstance(leaf, int | float) else str(leaf)
    try:
        return float(leaf)
    except ValueError:
        try:
            return complex(leaf.replace(" ", ""))
        except ValueError:
            return leaf
