"""The layers and optimizers that a program made, with their settings: a run in, what their `repr` says of them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Json, Value

from ..agreement.written import Call, Group, Node, Num, Pair, read_written
from .trace import Trace

Setting = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer."""

    kind: str
    """Its class, bare."""
    settings: tuple[tuple[str, Setting], ...]
    """Numbers by name; a size as several of them."""
    line: int
    """Of the program: where it was made; layers of one model have the same."""

    def get(self, name: str) -> Setting | None:
        """A setting; None where the layer has none of that name."""
        return next((v for n, v in self.settings if n == name), None)


# What a layer's text gives without names, in its order.
POSITIONAL = {
    "Conv": ("in_channels", "out_channels"),
    "ConvTranspose": ("in_channels", "out_channels"),
    "BatchNorm": ("num_features",),
    "InstanceNorm": ("num_features",),
    "Embedding": ("num_embeddings", "embedding_dim"),
    "LSTM": ("input_size", "hidden_size"),
    "GRU": ("input_size", "hidden_size"),
    "RNN": ("input_size", "hidden_size"),
    "LayerNorm": ("normalized_shape",),
    "Linear": (),
}
CONTAINERS = frozenset({"Sequential", "ModuleList", "ModuleDict"})


def layers_of(trace: Trace, *, own: bool) -> tuple[Layer, ...]:
    """The layers in the values that the program bound, those inside models included, in their order; `own`: bound by the snippet itself."""
    first, last = trace.repair.own or (1, len(trace.repair.line_map))
    final = {b.value.name: b for b in trace.outcome.bindings if b.value.name}
    chosen = [b for b in final.values() if not own or first <= b.line <= last]
    return tuple(layer for b in chosen if is_module(b.value) for layer in layers_in(b.value, b.line))


def is_module(value: Value) -> bool:
    """Whether a value is a layer, a model, or an optimizer."""
    return value.type.startswith(("torch.nn.", "torch.optim.")) or bool(value.settings) or "): " in value.text


def layers_in(value: Value, line: int) -> Iterator[Layer]:
    """A layer by its settings, a model's layers by its text."""
    kind = value.type.rpartition(".")[2]
    if value.settings:
        yield Layer(kind, tuple((n, s) for n, v in value.settings if (s := setting_of(v)) is not None), line)
        return
    if value.type.startswith("torch.optim."):
        pairs = re.findall(r"^\s+(\w+): ([-+\d.e]+)$", value.text, re.MULTILINE)
        yield Layer(kind, tuple((n, s) for n, v in pairs for node in read_written(v) if (s := numbers_in(node))), line)
        return
    for node in read_written(value.text):
        yield from in_text(node, line)


def in_text(node: Node, line: int) -> Iterator[Layer]:
    """The layers in a text like `Sequential((0): Linear(in_features=4, out_features=2, bias=True))`."""
    match node:
        case Call(name=name, items=items, options=options):
            inner = [layer for item in items for layer in in_text(item, line)]
            if inner or name in CONTAINERS:
                yield from inner
            elif name[:1].isupper():
                named = tuple((k, s) for k, v in options if (s := numbers_in(v)) is not None)
                yield Layer(name, (*positional(name, items), *named), line)
        case Group(items=items):
            for item in items:
                yield from in_text(item, line)
        case _:
            return


def positional(name: str, items: tuple[Node, ...]) -> Iterator[tuple[str, Setting]]:
    """The settings that stand without a name."""
    family = name.rstrip("d123")
    for key, item in zip(POSITIONAL.get(family, ()), items, strict=False):
        if (found := numbers_in(item)) is not None:
            yield key, found


def numbers_in(node: Node) -> Setting | None:
    """One number, or those of a tuple."""
    match node:
        case Num(number=number):
            return (number.value,)
        case Group(items=items) if items and all(isinstance(i, Num) for i in items):
            return tuple(i.number.value for i in items if isinstance(i, Num))
        case Pair():
            return None
        case _:
            return None


def setting_of(value: Json) -> Setting | None:
    """A constant of a layer as numbers."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (float(value),)
    if isinstance(value, list) and value and all(isinstance(v, int | float) and not isinstance(v, bool) for v in value):
        return tuple(float(v) for v in value if isinstance(v, int | float))
    return None
