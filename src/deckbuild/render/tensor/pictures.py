"""A tensor whose slices are too large for digits -> pictures with one scale, their statistics and the key."""

from __future__ import annotations

import itertools
import math

from deckbuild.model import Json, Media, Value
from deckbuild.model import Picture as Sample

from ..html import NOTHING, Html, element, rows, text
from .grid import EDGE, WHOLE
from .numbers import write_number
from .picture import draw_picture
from .stats import draw_stats, magnitude, measure
from .table import label

LARGE_PX, SMALL_PX = 112, 56
"""Up to four slices are drawn large, with their own statistics; more are a filmstrip."""
_LARGE_UP_TO = 4


def draw_pictures(value: Value) -> tuple[Html, tuple[Media, ...]] | None:
    """The slices as pictures and the files they need; None where the elements are not known."""
    samples = _samples(value)
    if not samples:
        return None
    total = math.prod((value.shape or ())[:-2])
    stats = (
        value.stats
        or (value.preview.stats if value.preview else None)
        or measure(x for s in samples for row in s.rows for x in row)
    )
    scale, large = magnitude(stats), total <= _LARGE_UP_TO
    drawn, media = [], []
    for sample in samples:
        picture = draw_picture(sample.rows, scale, LARGE_PX if large else SMALL_PX)
        told = f"{value.name} {list(sample.index) or ''} from {write_number(sample.stats.low)} to {write_number(sample.stats.high)}"
        image = element(
            "img", src=picture.media.name, width=picture.width_px, height=picture.height_px, alt=told.strip()
        )
        below = draw_stats(sample.stats, value.dtype) if large and total > 1 else NOTHING
        drawn.append(element("div", label(sample.index) if total > 1 else NOTHING, image, below, classes="slice"))
        media.append(picture.media)
    if total > len(samples):
        drawn.insert(EDGE, element("div", text(f"{total - len(samples)} more"), classes="more"))
    slices = element("div", Html("\n"), rows(*drawn), Html("\n"), classes="slices")
    pooled = NOTHING if large and total > 1 else draw_stats(stats, value.dtype)
    return rows(slices, pooled, _draw_key(scale, stats.low)), _unique(media)


def _draw_key(scale: float, low: float) -> Html:
    """What the colours mean; the blue half only where something is negative."""
    ends = ["0", write_number(scale)] if low >= 0 else [write_number(-scale), "0", write_number(scale)]
    return element("div", *(element("span", text(e)) for e in ends), classes="key" if low < 0 else "key half")


def _samples(value: Value) -> tuple[Sample, ...]:
    """The slices as numbers: as the snapshot brings them, or cut from its data."""
    if value.preview is not None and value.preview.pictures:
        return value.preview.pictures
    shape = value.shape or ()
    if value.data is None:
        return ()
    indices = list(itertools.product(*(range(n) for n in shape[:-2])))
    if len(indices) > WHOLE:
        indices = [*indices[:EDGE], *indices[-EDGE:]]
    found = []
    for index in indices:
        matrix = _numbers(value.data, index, (shape[-2], shape[-1]))
        if matrix is None:
            return ()
        found.append(Sample(index, (shape[-2], shape[-1]), matrix, measure(x for row in matrix for x in row)))
    return tuple(found)


def _numbers(data: Json, index: tuple[int, ...], shape: tuple[int, int]) -> tuple[tuple[float, ...], ...] | None:
    """One slice of the nested lists, None where they hold something else."""
    for i in index:
        if not isinstance(data, list) or i >= len(data):
            return None
        data = data[i]
    try:
        matrix = tuple(tuple(float(x) for x in row) for row in data)  # type: ignore[union-attr,arg-type]
    except (TypeError, ValueError):  # complex numbers, lists of another shape: the caller falls back to the digits
        return None
    return matrix if len(matrix) == shape[0] and all(len(row) == shape[1] for row in matrix) else None


def _unique(media: list[Media]) -> tuple[Media, ...]:
    return tuple({m.name: m for m in media}.values())
