"""Rule `module-called`: a module is imported where its callable of the same name is meant (`import array` and `array(…)`).

It must leave alone: modules whose attributes are used too, and modules without such a callable.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..program.usage import usage_of
from ..scene import Scene

RULE = "module-called"
_CALLABLES = frozenset({"array", "copy", "datetime", "glob", "pprint", "time", "timeit", "tqdm"})


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state whose import brings the callable."""
    tree = program.tree()
    if tree is None or "'module' object is not callable" not in fault.message:
        return
    for node in tree.body:
        match node:
            case ast.Import(names=[ast.alias(name=name, asname=None)]) if name in _CALLABLES:
                usage = usage_of(tree, name)
                if usage.calls and not usage.attributes:
                    change = Change(RULE, f"`{name}` is called, and the import brings the module", fault.message)
                    text = f"from {name} import {name}"
                    if (imported := respelt(state, program, node, text, change, 1.0)) is not None:
                        yield imported
