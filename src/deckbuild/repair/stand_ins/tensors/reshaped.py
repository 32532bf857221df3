"""How many elements a name must have, told by the shape that it is brought to: `x.reshape(2, 46)`, `x.view(-1, 784)`.

In: a use; out: a guess with just so many; of a name that speaks of labels one class of so many, set apart from the others.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from math import prod

from ...program.usage import Usage, literal
from ...scene import Scene
from ..guess import Guess, filled
from ..reading.brought import Brought, brought
from .tensors import of_library

ROWS = 2
MOST = 200_000
MOST_CLASSES = 16
_LABEL = re.compile(r"(?:^|_)(?:labels?|one_?hot|classes)(?:_|$|\d)", re.IGNORECASE)


def guess(usage: Usage, tree: ast.Module, scene: Scene, rows: int | None = None) -> Iterator[Guess]:
    """A row of as many elements as a shape has, that shape where it is indexed so; two rows, where one is reshaped or their number is left open.

    `rows`: how many it has, if that is known; a shape that begins with them and leaves the rest open tells nothing.
    """
    for shape in brought(usage, tree, rows):
        dims, of_row = shape.dims, shape.of_row
        if prod(abs(d) for d in dims) > MOST:
            continue
        if rows is not None and dims[0] == rows:
            if -1 in dims:
                continue
            dims, of_row = dims[1:], True
        why = f"it is brought to the shape ({', '.join(map(str, dims))})"
        if rows is None and (label := _label(usage, shape)) is not None:
            yield Guess(label, f"{why}; one class of so many, the others 0")
        size = prod(d for d in dims if d != -1)
        indexed = -1 not in dims and not of_row and _is_indexed(usage, dims)
        sides = dims if indexed else (ROWS, size) if of_row or -1 in dims else (size,)
        yield Guess(of_library(filled(sides), tree, usage.name, scene), why)


def _label(usage: Usage, shape: Brought) -> str | None:
    """One class of as many as the shape has places, by the name of a label that is brought to one pixel: `(1, 3, 1, 1)`."""
    dims, classes = shape.dims, prod(shape.dims)
    of_pixel = len(dims) > 2 and dims.count(1) == len(dims) - 1
    if not of_pixel or not _LABEL.search(usage.name) or not 1 < classes <= MOST_CLASSES:
        return None
    return f"torch.eye({classes})" if shape.of_row else f"torch.eye({classes})[0]"


def _is_indexed(usage: Usage, dims: tuple[int, ...]) -> bool:
    """Whether it has places in as many dimensions itself, all of them inside that shape."""
    places = [s.elts for s in usage.subscripts if isinstance(s, ast.Tuple)]
    return bool(places) and all(len(p) == len(dims) and all(map(_is_inside, p, dims)) for p in places)


def _is_inside(place: ast.expr, size: int) -> bool:
    ends = [literal(e) for e in (place.lower, place.upper)] if isinstance(place, ast.Slice) else [literal(place)]
    numbers = [n for n in ends if isinstance(n, int)]
    return all(-size <= n < size + isinstance(place, ast.Slice) for n in numbers)
