"""Rule `older-python` at run time: what `map`, `zip`, `filter` and a dict's views give was a list in Python 2, and is used as one.

It must leave alone: cards that speak of iterators, views or lists of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..damage.tongues import OLDER
from ..draft import Change, Program, State, respelt
from ..scene import Scene

_NO_LIST = re.compile(
    r"^'(dict_keys|dict_values|dict_items|map|zip|filter|range)' object (?:is not subscriptable|has no attribute '(?:sort|append|reverse)')"
    r"|^object of type '(map|zip|filter)' has no len\(\)"
    r"|^unsupported operand type\(s\) for \+: '(range|dict_keys|dict_values|dict_items)' and"
)
_ABOUT = re.compile(r"\biterat|\blaz(?:y|ily)\b|\bviews?\b|\bgenerator", re.IGNORECASE)


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state in which a list is made where the thing is made, or else where it is used."""
    tree, found = program.tree(), _NO_LIST.match(fault.message)
    if tree is None or found is None or _ABOUT.search(scene.prose):
        return
    kind = next(g for g in found.groups() if g)
    change = Change(OLDER, f"what gives a `{kind}` today gave a list", fault.message.split("\n")[0][:160])
    makers = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and _makes(n, kind)]
    here = [n for n in makers if n.lineno == fault.line]
    read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and n.lineno == fault.line}
    bound = [
        s.value
        for s in ast.walk(tree)
        if isinstance(s, ast.Assign) and s.value in makers and {ast.unparse(t) for t in s.targets} & read
    ]
    nodes = here or bound
    if len(nodes) == 1:
        text = f"list({ast.get_source_segment(program.code, nodes[0])})"
        if (listed := respelt(state, program, nodes[0], text, change, 0.5)) is not None:
            yield listed


def _makes(call: ast.Call, kind: str) -> bool:
    match call.func:
        case ast.Name(id=name):
            return name == kind
        case ast.Attribute(attr=name):
            return f"dict_{name}" == kind
        case _:
            return False
