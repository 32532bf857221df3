"""Entries that are looked up with are whole numbers: `words[ids[0, -1].item()]`. In: a stand-in and its use; out: the stand-in.

It must leave alone: stand-ins of which no single entry is a key or a place in something else.
"""

from __future__ import annotations

import ast
import re

from ...program.usage import Context, Usage

_COUNTED = re.compile(r"\barange\((\d+)\.(?:, (\d+)\.)?\)")


def as_places(value: str, usage: Usage) -> str:
    """The value, counted in whole numbers where an entry of it is a place."""
    if not any(map(_gives_place, usage.contexts)):
        return value
    return _COUNTED.sub(lambda m: f"arange({', '.join(n for n in m.groups() if n)})", value)


def _gives_place(context: Context) -> bool:
    """Whether what is read of the name, an entry of it or its `item()`, is what something is indexed by."""
    below: ast.AST = context.node
    for parent in context.parents:
        if isinstance(parent, ast.Subscript) and parent.slice is below:
            return below is not context.node
        if not isinstance(parent, ast.Subscript | ast.Attribute | ast.Call):
            return False
        below = parent
    return False
