"""Pictures by their names: `image1`, `img`, `photo`, where the program works with tensors. In: a name and its use; out: guesses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..scene import Scene
from ..usage import Usage
from .guess import Guess
from .parts import picture

_ONE = re.compile(r"^(?:\w+_)?(?:image|img|picture|photo|pic)_?\d*$", re.IGNORECASE)
_SEVERAL = re.compile(r"^(?:\w+_)?(?:images|imgs|pictures|photos|pics)$", re.IGNORECASE)
_BATCH = 4
_TENSOR_METHODS = frozenset({"permute", "unsqueeze", "squeeze", "detach"})


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A random picture, channels first, alone and as a batch of one; a batch for a name in the plural."""
    methods = {p.attr for c in usage.contexts for p in c.parents[:2] if isinstance(p, ast.Attribute)}
    if usage.calls or not (
        methods & _TENSOR_METHODS or "torch" in {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    ):
        return
    if _ONE.match(usage.name):
        yield picture(scene, None)
        yield picture(scene, 1)
    elif _SEVERAL.match(usage.name):
        yield picture(scene, _BATCH)
