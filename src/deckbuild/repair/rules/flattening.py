"""Rule `flatten`: a batch of pictures fed to a linear layer whose inputs are as many as a picture has values.

It must leave alone: stand-ins (another one may have the sizes), sizes that do not multiply to just the layer's, and cards that speak of sizes that do not match.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator

from deckbuild.model import Fault, Job

from ..draft import Change, Program, State, respelt
from ..scene import Scene

RULE = "flatten"
_SHAPES = re.compile(r"shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x\d+\)")
_ABOUT_ERRORS = re.compile(
    r"\bmismatch|\bdo(?:es)? not match\b|\bincompatible|\berrors?\b|\bcannot be multiplied", re.IGNORECASE
)
_MARK = "its sizes:"


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state that feeds each picture as one row."""
    shapes, tree = _SHAPES.search(fault.message), program.tree()
    line = fault.frames[0] if fault.frames else fault.line
    body = tree.body if tree is not None else []
    statement = next((s for s in body if s.lineno <= (line or 0) <= (s.end_lineno or s.lineno)), None)
    if shapes is None or statement is None or _ABOUT_ERRORS.search(scene.prose):
        return
    fed = [
        n.args[0]
        for n in ast.walk(statement)
        if isinstance(n, ast.Call)
        and isinstance(n.func, ast.Name)
        and len(n.args) == 1
        and isinstance(n.args[0], ast.Name)
    ]
    for argument in fed:
        sizes = _sizes(argument.id, program, statement.lineno, scene)
        if (
            state.assumes(argument.id)
            or len(sizes) < 2
            or math.prod(sizes[:-1]) != int(shapes[1])
            or sizes[-1] != int(shapes[2])
        ):
            continue
        method = _flattening(sizes, int(shapes[3]))
        if method is None:
            continue
        why = f"the layer wants {shapes[3]} values, and `{argument.id}` has {' × '.join(map(str, sizes))}"
        change = Change(RULE, why, fault.message.split("\n")[0][:160])
        if (flat := respelt(state, program, argument, argument.id + method, change, 1.0)) is not None:
            yield flat


def _sizes(name: str, program: Program, line: int, scene: Scene) -> tuple[int, ...]:
    """The shape of what a name holds when the program comes to a line; empty where there is none."""
    before = "\n".join(program.code.split("\n")[: line - 1])
    (outcome,) = scene.run.trial([Job(f"{before}\nprint({_MARK!r}, *{name}.shape)\n")])
    said = outcome.stdout.rpartition(_MARK)[2].split() if outcome.ok else []
    return tuple(map(int, said)) if all(x.isdecimal() for x in said) else ()


def _flattening(sizes: tuple[int, ...], wanted: int) -> str | None:
    """How the trailing sizes become just the wanted number."""
    if len(sizes) > 2 and math.prod(sizes[1:]) == wanted:
        return ".flatten(1)"
    return ".flatten()" if math.prod(sizes) == wanted else None
