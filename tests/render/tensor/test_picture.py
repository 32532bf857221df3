"""Pictures: valid PNGs whose names depend on what they show alone."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest

from deckbuild.render.tensor.picture import draw_picture


def read_png(data: bytes) -> tuple[int, int, list[list[int]], bytes, bytes]:
    """Width, height, palette places, palette and opacities of a picture, its check sums verified."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + length
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    raw = zlib.decompress(chunks[b"IDAT"])
    lines = [list(raw[y * (width + 1) + 1 : (y + 1) * (width + 1)]) for y in range(height)]
    return width, height, lines, chunks[b"PLTE"], chunks[b"tRNS"]


def test_sign_is_hue_and_size_is_opacity() -> None:
    _, _, lines, palette, opacity = read_png(draw_picture([[-2.0, 0.0], [1.0, float("nan")]], 2.0, 112).media.data)
    assert lines == [[0, 15], [23, 31]]
    assert [opacity[i] for i in (0, 15, 30, 31)] == [255, 0, 255, 255]
    assert palette[0:3] != palette[90:93] != palette[93:96]


@pytest.mark.parametrize(
    ("shape", "size"), [((28, 28), (112, 112)), ((64, 64), (128, 128)), ((9, 300), (100, 9)), ((40, 20), (60, 120))]
)
def test_pixels_are_whole_dots(shape: tuple[int, int], size: tuple[int, int]) -> None:
    picture = draw_picture(np.ones(shape).tolist(), 1.0, 112)
    width, height, *_ = read_png(picture.media.data)
    assert max(width, height) <= 128
    assert (picture.width_px % width, picture.height_px % height) == (0, 0)
    assert (picture.width_px, picture.height_px) == size


def test_large_slices_are_averaged_and_nan_stays() -> None:
    rows = np.zeros((256, 256))
    rows[0, 1], rows[4, 4] = 4.0, float("nan")
    _, _, lines, *_ = read_png(draw_picture(rows.tolist(), 1.0, 112).media.data)
    assert lines[0][0] == 30
    assert lines[2][2] == 31
    assert lines[1][1] == 15


def test_the_name_is_that_of_the_pixels() -> None:
    one, same, other = (
        draw_picture(r, s, p)
        for r, s, p in (([[1.0, 0.0]], 1.0, 112), ([[2.0, 0.0]], 2.0, 56), ([[1.0], [0.0]], 1.0, 112))
    )
    assert one.media == same.media
    assert one.media.name != other.media.name


def test_nothing_but_zero_is_drawn() -> None:
    assert read_png(draw_picture([[0.0]], 0.0, 56).media.data)[2] == [[15]]
