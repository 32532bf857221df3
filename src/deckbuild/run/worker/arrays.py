"""The numbers of an array: all of them where they are few, what a drawing needs where they are many.

Goes in: a numpy array. Comes out: fields of a Value: `data`, `stats`, `preview`.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from deckbuild.model import Json, Picture, Preview, Stats, Value

ELEMENTS = 4096
EDGE = 8
EDGES = 20_000
DOUBLE_BYTES = 8
LISTED = 64
"""So few numbers are sooner added and compared one by one."""
PICTURES = 8
PICTURE_SIDE = 128
INTEGER_BITS = 4096


@dataclass(slots=True)
class Budget:
    """How many numbers a snapshot may still hold; small values come first, so that it falls on the large."""

    elements: int

    def take(self, count: int) -> bool:
        """Whether that many are left; then they are taken."""
        if count > self.elements:
            return False
        self.elements -= count
        return True


@dataclass(frozen=True, slots=True)
class Look:
    """How closely a value is looked at."""

    data: Budget
    """Numbers that may be kept."""
    stats: Budget
    """Numbers that may be read: of a tensor of a billion nothing is computed but its shape."""
    drawings: bool = False
    """Whether large tensors and figures are drawn."""
    known: dict[int, tuple[object, object, Value]] | None = None
    """Of tensors that were looked at before: by identity, with their state then. None where every look must be fresh."""
    brief: bool = False
    """Whether only what is counted is wanted: no text, no members, and nothing of the program's own code is called."""
    level: int = 0

    def below(self) -> Look:
        """At a member: not drawn."""
        return replace(self, drawings=False, level=self.level + 1)

    def affords(self, size: int) -> bool:
        """Whether all of so many numbers may be read."""
        return size <= ELEMENTS or self.stats.take(size)


def number_fields(array: NDArray[Any], look: Look) -> dict[str, Any]:
    """`data` up to 4,096 elements, else a `preview` if wanted; `stats` of real numbers. The look must afford the array."""
    fields: dict[str, Any] = {}
    budget = look.data
    if array.size <= (1 if look.brief else ELEMENTS) and budget.take(array.size):
        fields["data"] = array_data(array)
    if array.dtype.kind in "biuf" and array.size:
        fields["stats"] = stats_of(array)
        if look.drawings and array.size > ELEMENTS:
            with np.errstate(all="ignore"):
                fields["preview"] = Preview(_edges(array), tuple(_pictures(array)), fields["stats"])
    return fields


def _doubles(array: NDArray[Any]) -> NDArray[np.float64] | None:
    """Longer numbers, of which `tolist` makes objects that no JSON holds, in double precision; None where some are too large for it."""
    with np.errstate(all="ignore"):
        found = array.astype(np.float64)
    return found if np.array_equal(np.isfinite(found), np.isfinite(array)) else None


def array_data(array: NDArray[Any]) -> Json:
    """Nested lists; nan and inf as words, complex numbers and dates as text, None for objects."""
    match array.dtype.kind:
        case "f":
            plain = array if array.dtype.itemsize <= DOUBLE_BYTES else _doubles(array)
            if plain is None:
                return None
            listed = plain.tolist()
            return cast(Json, listed if np.isfinite(plain).all() else _worded(listed))
        case "b" | "i" | "u" | "U":
            return cast(Json, array.tolist())
        case "c" | "M" | "m":
            return cast(Json, np.vectorize(lambda x: str(x).strip("()"), otypes=[object])(array).tolist())
    return None


def number(value: float) -> Json:
    """The number; nan and inf as the words `nan`, `inf`, `-inf`."""
    return value if math.isfinite(value) else str(value)


def scalar(value: Any) -> Json:
    """As the base class has it; None for what is too long for JSON or a report."""
    match value:
        case bool() | np.bool_():
            return bool(value)
        case np.floating():
            return number(float(value))
        case float():
            return number(float.__float__(value))
        case int() | np.integer():
            whole = int.__int__(value) if isinstance(value, int) else int(value)
            return whole if whole.bit_length() <= INTEGER_BITS else None
        case str():
            return str.__str__(value) if str.__len__(value) <= ELEMENTS else None
    return None


def stats_of(array: NDArray[Any]) -> Stats:
    """Of the finite elements, which `count` counts; nan where there are none."""
    if array.size > LISTED:
        with np.errstate(all="ignore"):
            return _stats_of_many(array.astype(np.float64).ravel())
    numbers = array.ravel().tolist()
    finite = [float(x) for x in numbers if math.isfinite(x)]
    return _stats_of_few(finite, len(numbers))


def _stats_of_many(numbers: NDArray[np.float64]) -> Stats:
    finite = numbers
    total = np.add.reduce(finite)
    if not math.isfinite(total):  # else all of them are
        finite = numbers[np.isfinite(numbers)]
        total = np.add.reduce(finite)
    count = finite.size
    if not count:
        return Stats(math.nan, math.nan, math.nan, math.nan, numbers.size, 0)
    mean = total / count  # as `mean` and `std` do it, which look at their options first
    off = finite - mean
    std = math.sqrt(np.add.reduce(off * off) / (count - 1)) if count > 1 else math.nan
    low, high = np.minimum.reduce(finite), np.maximum.reduce(finite)
    return Stats(float(mean), std, float(low), float(high), numbers.size - count, count)


def _stats_of_few(finite: list[float], size: int) -> Stats:
    """A third of the time that arrays take."""
    count = len(finite)
    if not count:
        return Stats(math.nan, math.nan, math.nan, math.nan, size, 0)
    mean = sum(finite) / count
    std = math.nan
    if count > 1:
        off = [x - mean for x in finite]
        std = math.sqrt(sum([x * x for x in off]) / (count - 1))
    return Stats(mean, std, min(finite), max(finite), size - count, count)


def _worded(listed: object) -> object:
    return [_worded(x) for x in listed] if isinstance(listed, list) else number(cast(float, listed))


def _edges(array: NDArray[Any]) -> Json:
    """The corners: the first and last three places of each long axis."""
    places = [range(n) if n <= EDGE else (0, 1, 2, n - 3, n - 2, n - 1) for n in array.shape]
    if math.prod(len(p) for p in places) > EDGES:
        return None
    return array_data(array[np.ix_(*places)])


def _pictures(array: NDArray[Any]) -> list[Picture]:
    if array.ndim < 2 or min(array.shape[-2:]) <= EDGE:
        return []
    leading = array.shape[:-2]
    count = math.prod(leading)
    chosen = range(count) if count <= PICTURES else (0, 1, 2, count - 3, count - 2, count - 1)
    indices = (tuple(int(i) for i in np.unravel_index(n, leading)) if leading else () for n in chosen)
    return [_picture(array[index], index) for index in itertools.islice(indices, PICTURES)]


def _picture(plane: NDArray[Any], index: tuple[int, ...]) -> Picture:
    numbers = plane.astype(np.float64)
    averaged = _averaged(_averaged(numbers, 0), 1)
    rows = tuple(tuple(row) for row in _rounded(averaged).tolist())
    return Picture(index, (int(plane.shape[0]), int(plane.shape[1])), rows, stats_of(numbers))


def _averaged(plane: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """Means over blocks, so that at most 128 places are left on the axis; the last block may be smaller."""
    size = plane.shape[axis]
    block = -(-size // PICTURE_SIDE)
    starts = np.arange(0, size, block)
    lengths = np.diff(np.append(starts, size)).astype(np.float64)
    sums = np.add.reduceat(plane, starts, axis=axis)
    means: NDArray[np.float64] = sums / np.expand_dims(lengths, 1 - axis)
    return means


def _rounded(plane: NDArray[np.float64]) -> NDArray[np.float64]:
    """To five significant digits of the largest: a drawing shows no more, and a report would be twice as long."""
    finite = np.abs(plane[np.isfinite(plane)])
    largest = float(finite.max()) if finite.size else 0.0
    return plane if largest == 0.0 else np.round(plane, 4 - math.floor(math.log10(largest)))
