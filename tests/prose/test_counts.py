"""Counts as they are written."""

from __future__ import annotations

import pytest

from deckbuild.prose import counts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a three-channel picture", (3, "channel", "")),
        ("one input channel", (1, "channel", "input")),
        ("46 elements", (46, "element", "")),
        ("a batch of 2", (2, "batch", "")),
        ("the batch size is 16", (16, "batch", "")),
        ("12 attention heads", (12, "head", "attention")),
        ("50,000 images", (50000, "image", "")),
        ("the number of trainable parameters is 130", (130, "parameter", "trainable")),
        ("five classes", (5, "class", "")),
        ("two matrices", (2, "matrix", "")),
    ],
)
def test_is_read(text: str, expected: tuple[int, str, str]) -> None:
    assert [(c.number, c.noun, c.qualifier) for c in counts(text)] == [expected]


@pytest.mark.parametrize(
    "text", ["14 by 14 pixels", "conv2 layers", "2.5 elements", "one of the layers", "3 and the rows", "part 4"]
)
def test_is_left_alone(text: str) -> None:
    assert counts(text) == ()
