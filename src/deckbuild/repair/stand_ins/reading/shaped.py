"""The sizes in a stand-in's text, and the same stand-in with others. In: the text of a value; out: its dimensions, or another text.

`torch.rand(2, 3)`, `torch.arange(6.).reshape(2, 3)`, rows of ids, two batches that are alike, a plain count, and the arguments of a layer
are understood.
"""

from __future__ import annotations

import ast
import math
import re

from ...program.usage import literal

_DRAWN = re.compile(r"^torch\.rand\((?P<dims>\d+(?:, \d+)*)\)$")
_COUNTED = re.compile(r"^torch\.arange\((?:\d+\.?, )?\d+\.\)\.reshape\((?P<dims>\d+(?:, \d+)*)\)$")
_IDS = re.compile(r"^torch\.tensor\((?P<rows>\[\[.*\]\])\)$")
_BELOW = re.compile(r"^torch\.arange\(\d+\)\.reshape\((?P<dims>\d+(?:, \d+)*)\) % (?P<below>\d+)$")
_LAYER = re.compile(r"^(?P<kind>nn\.\w+)\((?P<dims>\d+(?:, \d+)*)\)$")
_BATCHES = re.compile(r"^\[(?P<one>torch\..+), (?P=one)\]$")
_MOST = 256


def dims_of(value: str) -> tuple[int, ...]:
    """The sizes that can be chosen in it; none where it has none."""
    found = next((m for form in (_DRAWN, _COUNTED, _BELOW, _LAYER) if (m := form.match(value)) is not None), None)
    if found is not None:
        return tuple(map(int, found["dims"].split(", ")))
    if (ids := _rows(value)) is not None:
        return len(ids), len(ids[0])
    if (batches := _BATCHES.match(value)) is not None:
        return dims_of(batches["one"])
    return (int(value),) if value.isdecimal() else ()


def with_dims(value: str, dims: tuple[int, ...]) -> str:
    """The stand-in with other sizes, as many as `dims_of` gives (a tensor may have more or fewer)."""
    if (batches := _BATCHES.match(value)) is not None:
        one = with_dims(batches["one"], dims)
        return f"[{one}, {one}]"
    said = ", ".join(map(str, dims))
    if (layer := _LAYER.match(value)) is not None:
        return f"{layer['kind']}({said})"
    if (ids := _rows(value)) is not None:
        return f"torch.arange({math.prod(dims)}).reshape({said}) % {1 + max(n for row in ids for n in row)}"
    if (below := _BELOW.match(value)) is not None:
        return f"torch.arange({math.prod(dims)}).reshape({said}) % {below['below']}"
    if value.isdecimal():
        return str(dims[0])
    if _DRAWN.match(value) or math.prod(dims) > _MOST:
        return f"torch.rand({said})"
    return f"torch.arange({math.prod(dims)}.).reshape({said})"


def is_tensor(value: str) -> bool:
    """Whether it is a tensor of which the number of dimensions can be chosen, too."""
    return bool(dims_of(value)) and not value.isdecimal() and _LAYER.match(value) is None


def _rows(value: str) -> list[list[int]] | None:
    """The rows of ids that it lists."""
    found = _IDS.match(value)
    rows = literal(ast.parse(found["rows"], mode="eval").body) if found is not None else None
    whole = isinstance(rows, list) and all(isinstance(r, list) and all(isinstance(n, int) for n in r) for r in rows)
    return rows if whole and isinstance(rows, list) and len({len(r) for r in rows}) == 1 else None
