"""Small untrained generators of pictures: what they give has the rank, the channels and the number of pixels that its use asks for.

In: a name that is called like a generator; out: layers with their reasons, the likeliest first. Nothing is learned.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from math import prod

from ...program.usage import Usage, literal, usage_of
from ..reading.brought import brought
from ..reading.judges import GENERATORS

WIDTH = 4
"""Numbers of a latent vector, where nothing says how many."""
SIDE = 8
MOST_PIXELS = 100_000
OWNED = frozenset({"parameters", "state_dict", "named_parameters"})
_WHY = "it is called like a generator of pictures; nothing is learned"


def makes_pictures(usage: Usage) -> bool:
    """Whether a name is called, and is one that generators have."""
    return bool(usage.calls) and (GENERATORS.match(usage.name) is not None or usage.name.lower() == "decoder")


def shows_pictures(tree: ast.Module) -> bool:
    """Whether the program draws, or brings channels to where a drawing wants them."""
    return any(isinstance(n, ast.Attribute) and n.attr in ("permute", "imshow") for n in ast.walk(tree))


def painters(usage: Usage, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """A layer whose rows have the pixels that they are brought to; then one that makes pictures of pixels, one that makes them of rows.

    Of any input, unless its parameters are asked for, which it has only once it was called.
    """
    lazy = not usage.attributes & OWNED
    first = "nn.LazyLinear(" if lazy else f"nn.Linear({WIDTH}, "
    for dims in _rows_of(usage, tree):
        layer = f"{first}{prod(dims)})"
        yield (
            f"nn.Sequential(nn.Flatten(), {layer})" if lazy else layer,
            f"what it gives is brought to the shape ({', '.join(map(str, dims))}); nothing is learned",
        )
    channels = _channels(tree)
    yield (
        f"nn.LazyConvTranspose2d({channels}, {SIDE})" if lazy else f"nn.ConvTranspose2d({WIDTH}, {channels}, {SIDE})",
        _WHY,
    )
    pixels = channels * SIDE * SIDE
    yield f"nn.Sequential({first}{pixels}), nn.Unflatten(-1, ({channels}, {SIDE}, {SIDE})))", _WHY


def _rows_of(usage: Usage, tree: ast.Module) -> Iterator[tuple[int, ...]]:
    """The shapes that one row of what it gives is brought to."""
    for name in dict.fromkeys(_given(usage, tree)):
        for shape in brought(usage_of(tree, name), tree):
            dims = shape.dims if shape.of_row else shape.dims[1:]
            if len(dims) > 1 and -1 not in dims and prod(dims) <= MOST_PIXELS:
                yield dims


def _given(usage: Usage, tree: ast.Module) -> Iterator[str]:
    """The names that get what it gives, brought to another memory or cut off from its gradients: `fake = gen(z).cpu().detach()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
                value = value.func.value
            if value in usage.calls:
                yield node.targets[0].id


def _channels(tree: ast.Module) -> int:
    """One where pictures are drawn in grays and no channels are brought behind, three else."""
    grays = any(
        isinstance(n, ast.keyword) and n.arg == "cmap" and "gr" in str(literal(n.value)) for n in ast.walk(tree)
    )
    turned = any(isinstance(n, ast.Attribute) and n.attr == "permute" for n in ast.walk(tree))
    return 1 if grays and not turned else 3
