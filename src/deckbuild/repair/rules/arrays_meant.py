"""Rule `array-meant`: a list of numbers that is used as only an array can be (`rows[:, 1]`, `a.mean()`, `a * 0.5`).

The array is made where it is used, or where the list is made if nothing else reads it. It must leave alone: lists whose entries are
no numbers, or rows of different lengths. Whether an array was meant is for a claim to say.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, respelt
from ..program.names import imported_as
from ..program.usage import literal
from ..scene import Scene

RULE = "array-meant"
_NO_ARRAY = re.compile(
    r"^list indices must be integers or slices, not tuple"
    r"|^'list' object has no attribute '(?:shape|ndim|dtype|T|mean|std|var|sum|min|max|argmax|argmin|reshape|flatten|size|dot|cumsum|astype)'"
    r"|^can't multiply sequence by non-int of type 'float'|^can only concatenate list \(not \"(?:int|float)\"\) to list"
    r"|^unsupported operand type\(s\) for (?:[-/@%]|\*\*(?: or pow\(\))?|//): '(?:list|int|float)' and '(?:list|int|float)'"
    r"|^'[<>]=?' not supported between instances of 'list' and '(?:int|float)'"
)


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The states in which one list on the fault's line is an array."""
    tree = program.tree()
    if tree is None or not _NO_ARRAY.match(fault.message):
        return
    numpy, torch = imported_as(tree, "numpy"), imported_as(tree, "torch")
    make = f"{torch}.tensor" if torch is not None and numpy is None else f"{numpy or 'np'}.array"
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.List() as value) if _is_rectangular(literal(value)):
                reads = [
                    n
                    for n in ast.walk(tree)
                    if isinstance(n, ast.Name) and n.id == name and n is not statement.targets[0]
                ]
                here = [n for n in reads if n.lineno == fault.line]
                if not here:
                    continue
                change = Change(RULE, f"`{name}` is used as an array", fault.message.split("\n")[0][:160])
                node = value if len(reads) == len(here) else here[0]
                text = f"{make}({ast.get_source_segment(program.code, node)})"
                if len(here) == 1 and (made := respelt(state, program, node, text, change, 1.0)) is not None:
                    yield made


def _is_rectangular(value: object) -> bool:
    """Whether a list holds numbers, or lists of one length that do."""
    if not isinstance(value, list) or not value:
        return False
    if all(isinstance(x, int | float) and not isinstance(x, bool) for x in value):
        return True
    return all(map(_is_rectangular, value)) and len({len(x) for x in value}) == 1
