"""Rules `missing-brackets` and `surplus-brackets`: what is given one by one where one tuple or list is wanted, or the other way round.

`np.zeros(2, 3)`, `torch.cat(a, b)`, `torch.tensor(1, 2)`; `nn.Sequential([a, b])`. It must leave alone: calls whose further arguments
may be what the function's own next parameters want.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..program.names import last_name
from ..program.usage import literal
from ..scene import Scene

RULE, SURPLUS = "missing-brackets", "surplus-brackets"
_NO_TYPE = re.compile(r"^Cannot interpret '\d+' as a data type")
_NO_TUPLE = re.compile(r"argument 'tensors' \(position 1\) must be tuple of Tensors, not Tensor")
_TOO_MANY = re.compile(
    r"^[vhd]?stack\(\) takes 1 positional argument but \d+ were given|only integer scalar arrays can be converted"
)
_TOO_MANY_ENTRIES = re.compile(
    r"^(?:tensor|array)\(\) takes (?:from )?1 (?:to 2 )?positional arguments? but \d+ were given"
)
_NO_MODULE = re.compile(r"^(?:list|tuple) is not a Module subclass|^\S*list is not a Module subclass")
_OF_SIZES = frozenset({"zeros", "ones", "empty"})
_OF_ENTRIES = frozenset({"tensor", "array"})
_OF_ARRAYS = frozenset({"cat", "concat", "stack", "hstack", "vstack", "dstack", "concatenate"})


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with the arguments of the call in brackets of their own."""
    tree = program.tree()
    if _NO_TYPE.search(fault.message):
        names = _OF_SIZES
    elif _NO_TUPLE.search(fault.message) or _TOO_MANY.search(fault.message):
        names = _OF_ARRAYS
    elif _TOO_MANY_ENTRIES.search(fault.message):
        names = _OF_ENTRIES
    else:
        yield from _unpacked(state, program, tree, fault)
        return
    calls = [n for n in ast.walk(tree or ast.Module([], [])) if isinstance(n, ast.Call) and n.lineno == fault.line]
    calls = [c for c in calls if last_name(c.func) in names and len(c.args) > 1 and _are_alike(c.args, names)]
    if len(calls) == 1:
        (call,) = calls
        left, right = "[]" if names is _OF_ENTRIES else "()"
        together = f"{left}{', '.join(map(ast.unparse, call.args))}{right}"
        text = f"{ast.unparse(call.func)}({', '.join([together, *map(ast.unparse, call.keywords)])})"
        change = Change(RULE, f"`{last_name(call.func)}` takes them as one", fault.message.split("\n")[0][:160])
        if (bracketed := respelt(state, program, call, text, change, 0.6)) is not None:
            yield bracketed


def _unpacked(state: State, program: Program, tree: ast.Module | None, fault: Fault) -> Iterator[State]:
    """The state that gives `nn.Sequential` its layers one by one."""
    if tree is None or not _NO_MODULE.match(fault.message):
        return
    change = Change(SURPLUS, "`Sequential` takes its layers one by one", fault.message.split("\n")[0][:160])
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=func, args=[layers], keywords=[]) if (
                node.lineno == fault.line and last_name(func) == "Sequential" and not isinstance(layers, ast.Starred)
            ):
                text = f"*{ast.get_source_segment(program.code, layers)}"
                if (unpacked := respelt(state, program, layers, text, change, 0.6)) is not None:
                    yield unpacked


def _are_alike(arguments: list[ast.expr], names: frozenset[str]) -> bool:
    """Whether all are whole numbers where sizes are wanted, numbers where entries are, and names where arrays are."""
    if names is _OF_SIZES:
        return all(isinstance(a, ast.Constant) and type(a.value) is int for a in arguments)
    if names is _OF_ENTRIES:
        return all(isinstance(literal(a), int | float | list) for a in arguments)
    return all(isinstance(a, ast.Name | ast.Attribute | ast.Call) for a in arguments)
