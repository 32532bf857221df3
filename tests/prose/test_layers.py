"""Layers as they are named in words."""

from __future__ import annotations

import pytest

from deckbuild.prose import layer_words


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a 2D convolutional layer", ["Conv2d"]),
        ("a one-dimensional convolution", ["Conv1d"]),
        ("transposed convolution", ["ConvTranspose2d"]),
        ("a deconvolution layer", ["ConvTranspose2d"]),
        ("a fully connected layer", ["Linear"]),
        ("a dense layer", ["Linear"]),
        ("Batch normalization in 3D", ["BatchNorm3d"]),
        ("max pooling and an embedding layer", ["MaxPool2d", "Embedding"]),
        ("an LSTM", ["LSTM"]),
        ("`nn.GELU` behind `Conv1d`", ["GELU", "Conv1d"]),
        ("leaky ReLU", ["LeakyReLU"]),
    ],
)
def test_is_read(text: str, kinds: list[str]) -> None:
    assert [w.kind for w in layer_words(text)] == kinds


@pytest.mark.parametrize("text", ["a linear function", "embeddings of words", "a pool of workers", "the layer below"])
def test_is_left_alone(text: str) -> None:
    assert layer_words(text) == ()
