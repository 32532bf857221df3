"""Models of which only parts are used: `vae.decoder(z)`, `model.head.weight`. In: a name; out: an untrained layer for each part.

It must leave alone: models that are called themselves or by a method of their own (`encode`, `generate`), parts that give
several results, which no layer does whose rows do not depend on one another, and parts whose names are not those of layers.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from math import prod

from ...program.usage import Context, Usage
from ...scene import Scene
from ..guess import Guess
from ..reading.parts import WIDTH, picture_size, speaks_of_pictures

_MODULE = frozenset(
    {"eval", "train", "parameters", "state_dict", "to", "cpu", "cuda", "zero_grad", "named_parameters", "training"}
)
_PART = re.compile(
    r"^(?:\w+_)?(?:encoder|decoder|generator|discriminator|critic|head|classifier|backbone|features|emb(?:edding)?s?|proj(?:ection)?"
    r"|linear|fc|lin|out|output|hidden|dense|conv|query|key|value|layer|norm)_?\d*$|^W_\w+$",
    re.IGNORECASE,
)
_DECODES = re.compile(r"^(?:\w+_)?(?:decoder|generator)$", re.IGNORECASE)


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A module with a small layer in the place of each part."""
    parts = usage.attributes - _MODULE
    if usage.calls or usage.subscripts or not parts or not usage.contexts or not all(map(_PART.match, parts)):
        return
    uses = {(c.parent.attr, _use(c)) for c in usage.contexts if isinstance(c.parent, ast.Attribute)}
    if len({c.parent for c in usage.contexts if isinstance(c.parent, ast.Attribute)}) < len(usage.contexts):
        return
    if all(map(_is_given_weights, usage.contexts)):
        yield Guess("nn.Module()", "it is given weights; nothing else of it is used")
        return
    if any(use is None for _, use in uses) or not any(use in ("called", "weight") for _, use in uses):
        return
    made = {part: _layer(part, scene) if (part, "called") in uses else "nn.Linear(4, 4)" for part in sorted(parts)}
    layers = ", ".join(f"{part!r}: {layer}" for part, layer in made.items())
    yield Guess(
        f"nn.ModuleDict({{{layers}}})",
        "a small layer in the place of each part; nothing is learned, so that what comes out is noise",
    )


def _layer(part: str, scene: Scene) -> str:
    """A layer that takes any features; what decodes them where the card speaks of pictures gives one."""
    if not _DECODES.match(part) or not speaks_of_pictures(scene):
        return f"nn.LazyLinear({WIDTH})"
    dims, _ = picture_size(scene)
    return f"nn.Sequential(nn.LazyLinear({prod(dims)}), nn.Unflatten(-1, {dims}))"


def _is_given_weights(context: Context) -> bool:
    """Whether a part of it is set to a parameter or a layer."""
    match context.parents:
        case (ast.Attribute(ctx=ast.Store()), ast.Assign(value=ast.Call(func=func)), *_):
            return ast.unparse(func).split(".")[-1] == "Parameter" or ".nn." in f".{ast.unparse(func)}"
        case _:
            return False


def _use(context: Context) -> str | None:
    """How a part is used: "called" with one input, for its "weight", or as the "module"; None in any other way."""
    match context.parents:
        case (ast.Attribute(attr=attr), *_) if attr in _MODULE:
            return "module"
        case (ast.Attribute(), ast.Call(), ast.Assign(targets=[ast.Tuple()]), *_):
            return None
        case (ast.Attribute() as part, ast.Call(func=func, args=[_], keywords=[]), *_) if func is part:
            return "called"
        case (ast.Attribute(), ast.Attribute(attr="weight" | "bias"), *_):
            return "weight"
        case (ast.Attribute(ctx=ast.Store()), *_):
            return "module"
        case _:
            return None
