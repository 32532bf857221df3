"""Models whose layers are only given first weights: `net.apply(init)`, `for m in net.modules(): …`. In: a use; out: a layer of each kind.

It must leave alone: what is called or trained besides, and `apply` with a function that does not treat its argument as a layer.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...program.usage import Usage, usage_of
from ...scene import Scene
from ..guess import Guess

_LAYERS = {
    "ConvTranspose2d": "nn.ConvTranspose2d(3, 3, 2)",
    "Conv2d": "nn.Conv2d(3, 3, 2)",
    "Conv1d": "nn.Conv1d(3, 3, 2)",
    "Conv": "nn.Conv2d(3, 3, 2)",
    "BatchNorm2d": "nn.BatchNorm2d(3)",
    "BatchNorm1d": "nn.BatchNorm1d(3)",
    "BatchNorm": "nn.BatchNorm2d(3)",
    "LayerNorm": "nn.LayerNorm(3)",
    "Linear": "nn.Linear(3, 3)",
    "Embedding": "nn.Embedding(3, 3)",
    "LSTM": "nn.LSTM(3, 3)",
    "GRU": "nn.GRU(3, 3)",
}
_WALKS = frozenset({"modules", "children"})
_NAMED = frozenset({"named_modules", "named_children"})
_TREATED = re.compile(r"^(?:weight|bias|__class__)$")


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The kinds of layers that are looked for, one of each; a single `Linear` where none is named."""
    if usage.calls or usage.attributes - _WALKS - _NAMED - {"apply"}:
        return
    bodies = list(_treatments(usage, tree))
    if not bodies:
        return
    kinds = list(dict.fromkeys(kind for layer, body in bodies for kind in _kinds(layer, body)))
    layers = list(dict.fromkeys(_LAYERS[k] for k in kinds)) or [_LAYERS["Linear"]]
    yield Guess(
        f"nn.Sequential({', '.join(layers)})",
        "each of its layers is looked at: a small one of each kind that is asked for; nothing is learned",
    )


def _treatments(usage: Usage, tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    """(the name that each layer gets, what is done with it)."""
    functions = {s.name: s for s in tree.body if isinstance(s, ast.FunctionDef)}
    for context in usage.contexts:
        match context.parents:
            case (ast.Attribute(attr="apply"), ast.Call(args=[ast.Name(id=given)]), *_) if given in functions:
                function = functions[given]
                if len(function.args.args) == 1:
                    yield from _treating(function.args.args[0].arg, function.body)
            case (ast.Attribute(attr=walk), ast.Call(), ast.For(target=ast.Name(id=layer), body=body), *_) if (
                walk in _WALKS
            ):
                yield from _treating(layer, body)
            case (
                ast.Attribute(attr=walk),
                ast.Call(),
                ast.For(target=ast.Tuple(elts=[_, ast.Name(id=layer)]), body=body),
                *_,
            ) if walk in _NAMED:
                yield from _treating(layer, body)


def _treating(layer: str, body: list[ast.stmt]) -> Iterator[tuple[str, ast.Module]]:
    """What treats its argument as a layer: by its weights, its class, or what is named like a layer."""
    inside = ast.Module(body, [])
    attributes = usage_of(inside, layer).attributes
    if any(map(_TREATED.match, attributes)) or next(_kinds(layer, inside), None) is not None:
        yield layer, inside


def _kinds(layer: str, body: ast.Module) -> Iterator[str]:
    """`Linear` of `isinstance(m, nn.Linear)`, `type(m) == nn.Linear`, `name.find('Linear')`, `'Linear' in name`."""
    if not usage_of(body, layer).contexts:
        return
    for node in ast.walk(body):
        match node:
            case ast.Attribute(value=ast.Name(id="nn") | ast.Attribute(attr="nn"), attr=kind) if kind in _LAYERS:
                yield kind
            case ast.Constant(value=str(kind)) if kind in _LAYERS:
                yield kind
