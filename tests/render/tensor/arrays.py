"""Snapshots made of numpy arrays, as the worker makes them of tensors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from deckbuild.model import Json, Picture, Preview, Stats, Value

Array = npt.NDArray[Any]


def value(array: Array | list[Any], name: str = "x", dtype: str | None = None) -> Value:
    """The array as a torch tensor's snapshot, of a dtype that numpy may not know."""
    a = np.asarray(array)
    whole = a.size <= 4096
    return Value(
        name,
        "torch.Tensor",
        dtype or str(a.dtype),
        a.shape,
        data=_json(a.tolist()) if whole else None,
        text=f"tensor({a.tolist() if a.size < 20 else '...'})",
        preview=None if whole else _preview(a),
        stats=_stats(a) if a.size and a.dtype.kind in "biuf" else None,
    )


def _preview(a: Array) -> Preview:
    edges: Any = a
    for axis, length in enumerate(a.shape):
        if length > 8:
            edges = np.take(edges, [0, 1, 2, length - 3, length - 2, length - 1], axis=axis)
    pictures: tuple[Picture, ...] = ()
    if a.ndim > 1 and min(a.shape[-2:]) > 8 and a.dtype.kind in "biuf":
        places = list(np.ndindex(a.shape[:-2]))
        places = places if len(places) <= 8 else places[:3] + places[-3:]
        pictures = tuple(_picture(a[place], place) for place in places)
    return Preview(_json(edges.tolist()), pictures, _stats(a.real))


def _picture(matrix: Array, index: tuple[int, ...]) -> Picture:
    rows = tuple(tuple(float(x) for x in row) for row in matrix[:128, :128])
    return Picture(index, (matrix.shape[0], matrix.shape[1]), rows, _stats(matrix))


def _stats(a: Array) -> Stats:
    numbers = a.astype(np.float64).ravel()
    finite = numbers[np.isfinite(numbers)]
    if not finite.size:
        return Stats(math.nan, math.nan, math.nan, math.nan, numbers.size, numbers.size)
    with np.errstate(all="ignore"):
        std = float(finite.std(ddof=1)) if finite.size > 1 else math.nan
        mean = float(finite.mean())
    return Stats(mean, std, float(finite.min()), float(finite.max()), numbers.size - finite.size, numbers.size)


def _json(nested: Any) -> Json:
    match nested:
        case list():
            return [_json(x) for x in nested]
        case complex():
            return str(nested)
        case float() if not math.isfinite(nested):
            return str(nested)
        case bool() | int() | float():
            return nested
        case _:
            return str(nested)
