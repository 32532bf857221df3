"""Large slices -> pictures: hue is the sign, opacity the size. One PNG serves light and dark, since zero is transparent.

The PNG has a palette of 32 colours and is written with zlib alone. Its name is a hash of its pixels, its shape and the palette: zlib
builds compress differently, and a name must not depend on the machine.
"""

from __future__ import annotations

import hashlib
import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from deckbuild.model import Media

PALETTE_VERSION = 1
STEPS = 15
"""Shades of each sign."""
LIMIT = 128
"""Pixels a side; larger slices are averaged over blocks."""

_NEGATIVE, _POSITIVE, _NOT_FINITE = (38, 110, 219), (222, 108, 8), (214, 51, 132)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file, and the width at which a pixel is a whole number of dots."""

    media: Media
    width_px: int
    height_px: int


def draw_picture(rows: Sequence[Sequence[float]], scale: float, size_px: int) -> Picture:
    """The slice as a picture of about `size_px`; `scale` is the absolute value with the full colour."""
    values = _averaged(np.asarray(rows, dtype=np.float64))
    pixels = _levels(values, scale)
    height, width = pixels.shape
    zoom = max(1, round(size_px / max(height, width)))
    identity = b"%d %d %d " % (PALETTE_VERSION, height, width) + pixels.tobytes()
    name = f"deckbuild-{hashlib.sha256(identity).hexdigest()[:24]}.png"
    return Picture(Media(name, _png(pixels)), width * zoom, height * zoom)


def _averaged(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The mean of each block, blocks so large that no side exceeds LIMIT; a block with nan or inf keeps it."""
    for axis in (0, 1):
        if (length := values.shape[axis]) > LIMIT:
            starts = np.arange(0, length, math.ceil(length / LIMIT))
            sizes = np.diff(np.append(starts, length))
            with np.errstate(all="ignore"):
                sums = np.add.reduceat(values, starts, axis=axis)
            values = sums / (sizes[:, None] if axis == 0 else sizes)
    return values


def _levels(values: npt.NDArray[np.float64], scale: float) -> npt.NDArray[np.uint8]:
    """Places in the palette: 0…14 negative, 15 zero, 16…30 positive, 31 not finite."""
    with np.errstate(all="ignore"):
        relative = np.clip(values / (scale or 1.0), -1, 1)
    levels = np.where(np.isfinite(values), np.round(np.nan_to_num(relative) * STEPS) + STEPS, 2 * STEPS + 1)
    return levels.astype(np.uint8)


def _png(pixels: npt.NDArray[np.uint8]) -> bytes:
    height, width = pixels.shape
    colours = [_NEGATIVE] * STEPS + [_POSITIVE] * (STEPS + 1) + [_NOT_FINITE]
    alphas = [round(255 * abs(i - STEPS) / STEPS) for i in range(2 * STEPS + 1)] + [255]
    lines = b"".join(b"\0" + pixels[y].tobytes() for y in range(height))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(part for colour in colours for part in colour)),
            _chunk(b"tRNS", bytes(alphas)),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
