"""Rule `state-dict-alias`: a name that is used as a layer's state dict is that layer's `state_dict()`.

It must leave alone: names that the deck defines, and dicts whose entries are not written in place or have no parameter's key.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..draft import Addition, Change
from ..program.modules import modules_of
from ..program.needs import Need
from ..program.usage import Usage, literal
from ..scene import Provider, Scene

RULE = "state-dict-alias"


def provide(need: Need, usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Provider]:
    """`sd = layer.state_dict()` for each module that is made before the use, the nearest first; the run tells which has the keys."""
    if not _is_state_dict(usage) or scene.book.definitions.get(need.name):
        return
    made = [name for name, call in modules_of(tree).items() if call.lineno < need.line]
    for rank, name in enumerate(reversed(made)):
        change = Change(
            RULE,
            f"`{need.name}` is used as a state dict and nowhere defined",
            f"`{name}` is the layer whose parameters have the keys that are used",
        )
        text = f"{need.name} = {name}.state_dict()"
        yield Provider((Addition(text, change, frozenset({need.name}), need.name, rank),), 1.0 + rank)


def _is_state_dict(usage: Usage) -> bool:
    written = any(
        isinstance(attribute, ast.Attribute) and attribute.attr.endswith("_") and not attribute.attr.endswith("__")
        for context in usage.contexts
        for attribute in context.parents[1:2]
        if isinstance(context.parent, ast.Subscript)
    )
    keys = [k for s in usage.subscripts if isinstance(k := literal(s), str)]
    return written or any(k.split(".")[-1] in ("weight", "bias", "running_mean", "running_var") for k in keys)
