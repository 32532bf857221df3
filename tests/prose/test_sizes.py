"""Sizes as they are written."""

from __future__ import annotations

import pytest

from deckbuild.prose import role_sizes, sizes


@pytest.mark.parametrize(
    ("text", "dims"),
    [
        ("a 7x5 grid", (7, 5)),
        ("64 × 48 pixels", (64, 48)),
        (r"\(2 \times 2\)", (2, 2)),
        ("14 by 10", (14, 10)),
        ("a 5-by-4 matrix", (5, 4)),
        ("3×64×64", (3, 64, 64)),
        ("of shape (2, 6, 3)", (2, 6, 3)),
        ("has shape `(5,)`", (5,)),
        ("torch.Size([2, 4])", (2, 4)),
        ("the shape is `[2, 9]`", (2, 9)),
    ],
)
def test_is_read(text: str, dims: tuple[int, ...]) -> None:
    assert [s.dims for s in sizes(text)] == [dims]


@pytest.mark.parametrize(
    "text",
    [
        r"\(2 \times 1 + 3 \times 0 = 2\)",
        r"6 \times 7 = 42",
        r"3 \times 10^8",
        "2x faster",
        "0x10",
        "pick the items [2, 6, 3]",
        "call f(2, 6)",
        "x2x3y",
        "3.5 x 2.5",
    ],
)
def test_is_left_alone(text: str) -> None:
    assert sizes(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an input picture with a size of 7x7", [("input", (7, 7))]),
        ("The kernel size is 4x4.", [("kernel", (4, 4))]),
        ("the output will be 2x2 because of that", [("output", (2, 2))]),
        ("we slide a 3x3 kernel over a 9x9 input image", [("kernel", (3, 3)), ("input", (9, 9))]),
        ("a 4x4 image is padded with one ring of zeros and becomes 6x6", [("input", (4, 4)), ("padded", (6, 6))]),
        ("a stride of 2", [("stride", (2,))]),
        ("`padding=1`", [("padding", (1,))]),
        ("with kernel_size=5", [("kernel", (5,))]),
        ("it shrinks from 28x28 to 14x14", [("input", (28, 28)), ("output", (14, 14))]),
        ("a 2x2 transposed convolution", [("kernel", (2, 2))]),
        ("Images are 8x8. The result has size 3x3.", [("input", (8, 8)), ("output", (3, 3))]),
    ],
)
def test_roles(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(r.role, r.size.dims) for r in role_sizes(text)] == expected


@pytest.mark.parametrize("text", ["a 3x3 thing", "the chessboard is 8x8"])
def test_sizes_of_unknown_things_have_no_role(text: str) -> None:
    assert role_sizes(text) == ()
