"""What a record of a program may hold: JSON that a report can hold again, sizes and places that there are.

Goes in: what JSON was read as. Comes out: the same. A program can reach what records it and write anything there; whatever passes here is
drawn, compared and reported without another look.
"""

from __future__ import annotations

from base64 import b64decode
from itertools import chain
from math import isfinite
from typing import Any

from deckbuild.model import Json

from .frames import WireError

NESTING = 100
"""Arrays have at most 64 axes, other data is sent 30 deep."""
LONGEST = 1 << 63
LINES = 1 << 31
PICTURE = b"\x89PNG\r\n\x1a\n"
LEAVES = frozenset({bool, int, str, type(None)})
SCALARS = LEAVES | {float}
HOLDING = frozenset({list, dict})


def plain(data: Json) -> Json:
    """Finite numbers, not too deep. Raises WireError."""
    if type(data) in LEAVES:
        return data
    layer: list[Any] = [data]
    for _ in range(NESTING):
        kinds = set(map(type, layer))
        if float in kinds and not all(map(isfinite, layer if len(kinds) == 1 else filter(_is_float, layer))):
            raise WireError("a number that is none")
        if kinds <= SCALARS:
            return data
        layer = [*chain.from_iterable(x.values() if type(x) is dict else x for x in layer if type(x) in HOLDING)]
    raise WireError(f"data more than {NESTING} deep")


def size(data: object) -> int:
    """Of an axis, or how many there are of something. Raises WireError."""
    if type(data) is not int or not 0 <= data < LONGEST:
        raise WireError(f"{data!r:.100} is no size")
    return data


def line(data: object) -> int:
    """Of a program, from 1 on; 0 is before the first. Raises WireError."""
    if type(data) is not int or not 0 <= data < LINES:
        raise WireError(f"{data!r:.100} is no line")
    return data


def nested(data: Json, shape: tuple[int, ...]) -> None:
    """Raises WireError unless the lists are nested as the shape says."""
    layer: list[Any] = [data]
    for length in shape:
        if not all(type(row) is list and len(row) == length for row in layer):
            raise WireError(f"data that is not of the shape {shape}")
        layer = [*chain.from_iterable(layer)]
    if not SCALARS.issuperset(map(type, layer)):
        raise WireError(f"data that is not of the shape {shape}")


def picture(data: object) -> str:
    """A PNG in base64. Raises WireError."""
    if type(data) is not str or not _decoded(data).startswith(PICTURE):
        raise WireError("a picture that is none")
    return data


def _is_float(data: object) -> bool:
    return type(data) is float


def _decoded(data: str) -> bytes:
    try:
        return b64decode(data, validate=True)
    except ValueError:
        return b""
