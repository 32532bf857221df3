"""Rule `view`: a tensor whose memory is not in one piece is reshaped, as torch's own message says.

It must leave alone: cards that speak of views or of contiguous memory.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..scene import Scene

RULE = "view"


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with `reshape` for `view` at the line of the fault."""
    tree = program.tree()
    if tree is None or "Use .reshape(...) instead" not in fault.message:
        return
    if re.search(r"\bviews?\b|\bcontiguous", scene.prose, re.IGNORECASE):
        return
    change = Change(RULE, "its memory is not in one piece", fault.message.split("\n")[0][:160])
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=owner, attr="view") if node.end_lineno == fault.line or node.lineno == fault.line:
                text = f"{ast.get_source_segment(program.code, owner)}.reshape"
                if (reshaped := respelt(state, program, node, text, change, 0.6)) is not None:
                    yield reshaped
