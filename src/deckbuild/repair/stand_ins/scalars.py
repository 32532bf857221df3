"""Settings that programs of this field name alike: devices, rates, counts. In: a name and its use; out: guesses."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..scene import Scene
from ..usage import Usage
from .guess import Guess

_SETTINGS = {
    "device": "'cpu'",
    "lr": "0.001",
    "learning_rate": "0.001",
    "batch_size": "2",
    "num_epochs": "1",
    "epochs": "1",
    "n_epochs": "1",
    "num_classes": "3",
    "vocab_size": "10",
    "seed": "0",
    "eps": "1e-5",
    "epsilon": "1e-5",
    "alpha": "0.5",
    "beta": "0.5",
    "gamma": "0.9",
    "temperature": "1.0",
    "dropout": "0.1",
    "seq_len": "4",
    "num_heads": "2",
    "hidden_size": "4",
    "input_size": "4",
    "latent_dim": "4",
    "z_dim": "4",
    "noise_dim": "4",
    "nz": "4",
    "hidden_dim": "4",
    "embedding_dim": "4",
    "embed_dim": "4",
    "emb_dim": "4",
    "d_model": "4",
    "num_layers": "1",
    "n_heads": "2",
    "in_features": "4",
    "out_features": "3",
}


def setting(name: str) -> object:
    """The small number that stands in for a setting of that name; None where it is none of the usual."""
    value = _SETTINGS.get(name.lower())
    return ast.literal_eval(value) if value is not None else None


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The usual small value of a setting of that name, where nothing is read from it as from a container."""
    value = _SETTINGS.get(usage.name.lower())
    if value is not None and not usage.subscripts and not usage.calls and not usage.methods:
        yield Guess(value, "a small setting of the usual kind")
