"""What the network that judges a generator's output takes: so many numbers must the generator give. In: a name, a card; out: their number.

It must leave alone: names of other networks, files whose judges differ, and judges whose first layer is no linear one of a written width.
"""

from __future__ import annotations

import ast
import re

from ...program.modules import construction
from ...program.names import last_name
from ...program.usage import literal
from ...scene import Scene

GENERATORS = re.compile(r"^(?:net_?g|gen(?:erator)?(?:_\w+)?|[gG])$", re.IGNORECASE)
JUDGES = re.compile(r"^(?:net_?d|disc(?:riminator)?(?:_\w+)?|critic(?:_\w+)?|[dD])$", re.IGNORECASE)


def judged_width(name: str, scene: Scene) -> int | None:
    """The features that the one judge of the file takes in a row, for a generator's name."""
    if not GENERATORS.match(name):
        return None
    judges = [d for n, places in scene.book.definitions.items() if JUDGES.match(n) for d in places]
    widths = {_width(d.statement.node) for d in judges if d.chunk.path == scene.card.path}
    return widths.pop() if len(widths) == 1 else None


def _width(node: ast.stmt) -> int | None:
    """The first argument of the linear layer that a value begins with."""
    made = construction(node.value) if isinstance(node, ast.Assign) else None
    if made is not None and last_name(made.func) == "Sequential" and made.args:
        made = construction(made.args[0])
    if made is None or last_name(made.func) != "Linear" or not made.args:
        return None
    width = literal(made.args[0])
    return width if isinstance(width, int) else None
