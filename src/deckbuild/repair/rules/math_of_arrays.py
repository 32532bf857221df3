"""Rule `math-of-arrays`: a function of `math`, which takes one number, is given an array or a tensor.

It must leave alone: functions that the library does not have under the same name, and cards that speak of the difference.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..program.names import imported_as
from ..scene import Scene

RULE = "math-of-arrays"
_ONE_NUMBER = re.compile(r"^only (?:length-1|0-dimensional|size-1) arrays? can be converted to Python scalars?")
_ONE_ENTRY = re.compile(
    r"^only one element tensors can be converted to Python scalars|^a Tensor with \d+ elements cannot be converted"
)
_SAME = frozenset("sin cos tan sinh cosh tanh exp expm1 log log2 log10 log1p sqrt floor ceil".split())  # noqa: SIM905  a list of words


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with the library's own function."""
    tree = program.tree()
    if tree is None or re.search(r"\bmath\b(?! )|`math", scene.prose):
        return
    module = "numpy" if _ONE_NUMBER.match(fault.message) else "torch" if _ONE_ENTRY.match(fault.message) else None
    if module is None:
        return
    alias = imported_as(tree, module) or ("np" if module == "numpy" else "torch")
    change = Change(RULE, f"`math` takes one number at a time, {module} an array", fault.message.split("\n")[0][:160])
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=(ast.Attribute(value=ast.Name(id="math"), attr=name) | ast.Name(id=name)) as func) if (
                name in _SAME and node.lineno == fault.line
            ):
                if (changed := respelt(state, program, func, f"{alias}.{name}", change, 0.6)) is not None:
                    yield changed
