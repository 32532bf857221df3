"""Names that a program uses before it sets them. In: a name, the line of its use, a tree; out: whether it is so."""

from __future__ import annotations

import ast

from .names import bound, used


def is_set_below(name: str, line: int, tree: ast.Module) -> bool:
    """Whether a plain statement at top level, below the use, binds the name without reading it.

    What is set later in the loop that uses it is left out: there only the first round lacks it.
    """
    return any(
        isinstance(s, ast.Assign | ast.AnnAssign) and s.lineno > line and name in bound(s) and name not in used(s)
        for s in tree.body
    )
