"""Rule `add-dimensions`: a tensor that lacks the batch or channel dimensions that a layer asks for.

The tensor is reshaped where the card makes it, or else where it is fed to the layer. It must leave alone: tensors with as many
dimensions as are asked for, and channel numbers that do not fit (ones alone may be added).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..scene import Scene

RULE = "add-dimensions"
_RANKS = re.compile(r"[Ee]xpected (?:(\d)D(?: \(unbatched\))?(?:,? or (\d)D(?: \(batched\))?)?) input(?: to (\w+))?")
_SIZE = re.compile(r"got (?:input of size: )?\[([\d, ]+)\]")
_LENGTH = re.compile(r"\(got (\d)D input\)")


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """States in which the tensor that is fed has ones before its dimensions."""
    ranks, size = _RANKS.search(fault.message), _SIZE.search(fault.message)
    tree = program.tree()
    if ranks is None or size is None or tree is None:
        return
    dims = [int(n) for n in size[1].split(",")]
    rank = int(ranks[2] or ranks[1])
    if len(dims) >= rank:
        return
    shape = [1] * (rank - len(dims)) + dims
    layer = f"`{ranks[3]}`" if ranks[3] else "the layer"
    change = Change(
        RULE, f"{layer} wants {rank} dimensions, [N, C, …], and gets {dims}", fault.message.split("\n")[0][:160]
    )
    for name, call in _fed(tree, fault):
        yield from _at_definition(state, program, tree, name, shape, change)
        yield from _at_call(state, program, call, shape, change)


def _fed(tree: ast.Module, fault: Fault) -> Iterator[tuple[str, ast.Call]]:
    """The names that are fed to something on the fault's line."""
    lines = {*fault.frames[:1], fault.line}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.lineno in lines and node.args and isinstance(node.args[0], ast.Name):
            yield node.args[0].id, node


def _at_definition(
    state: State, program: Program, tree: ast.Module, name: str, shape: list[int], change: Change
) -> Iterator[State]:
    makers = [s for s in tree.body if isinstance(s, ast.Assign) and [ast.unparse(t) for t in s.targets] == [name]]
    if len(makers) != 1:
        return
    value = makers[0].value
    text = f"{ast.get_source_segment(program.code, value)}.reshape({', '.join(map(str, shape))})"
    if (made := respelt(state, program, value, text, change, 1.0)) is not None:
        yield made


def _at_call(state: State, program: Program, call: ast.Call, shape: list[int], change: Change) -> Iterator[State]:
    argument = call.args[0]
    text = f"{ast.unparse(argument)}.reshape({', '.join(map(str, shape))})"
    if (fed := respelt(state, program, argument, text, change, 1.5)) is not None:
        yield fed
