"""Pictures by their names: `image1`, `img`, `photo`, where the program works with tensors. In: a name and its use; out: guesses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...program.usage import Context, Usage
from ...scene import Scene
from ..guess import Guess
from ..networks.models import is_model_name
from ..reading.parts import picture

_ONE = re.compile(r"^(?:\w+_)?(?:image|img|picture|photo|pic)_?\d*$", re.IGNORECASE)
_SEVERAL = re.compile(r"^(?:\w+_)?(?:images|imgs|pictures|photos|pics)$", re.IGNORECASE)
_BATCH = 4
_TENSOR_METHODS = frozenset({"permute", "unsqueeze", "squeeze", "detach"})


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """A random picture, channels first, alone and as a batch of one (the other way round for a model); a batch for a name in the plural."""
    methods = {p.attr for c in usage.contexts for p in c.parents[:2] if isinstance(p, ast.Attribute)}
    if usage.calls or not (methods & _TENSOR_METHODS or _works_with_tensors(tree)):
        return
    if _ONE.match(usage.name):
        for rows in (1, None) if any(map(_is_fed, usage.contexts)) else (None, 1):
            yield picture(scene, rows)
    elif _SEVERAL.match(usage.name):
        yield picture(scene, _BATCH)


def _is_fed(context: Context) -> bool:
    """Whether a model gets it, which takes batches."""
    call = context.parent
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and is_model_name(call.func.id)


def _works_with_tensors(tree: ast.Module) -> bool:
    return bool({n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} & {"torch", "nn", "F"})
