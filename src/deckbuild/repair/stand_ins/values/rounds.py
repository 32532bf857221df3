"""How often a loop was run: `4 * hits / N` behind `for i in range(5000)`, in which `hits` is counted. In: a use of a name; out: the number.

It must leave alone: names that do not divide, what no loop counts, and counts of loops of which two are of different lengths.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...program.names import changed, used
from ...program.usage import Usage
from ...scene import Scene
from ..guess import Guess
from ..reading.constants import constants, evaluate


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """The rounds of the loops that count what the name divides."""
    rounds: set[int] = set()
    for context in usage.contexts:
        match context.parents:
            case (ast.BinOp(op=ast.Div(), left=counted, right=right), *_) if right is context.node:
                rounds |= {n for loop in tree.body if (n := _rounds(loop, counted, tree)) is not None}
            case _:
                return
    if len(rounds) == 1:
        yield Guess(str(rounds.pop()), "it divides what is counted in so many rounds of the loop")


def _rounds(loop: ast.stmt, counted: ast.expr, tree: ast.Module) -> int | None:
    """How often the loop is run, where it adds to what is counted."""
    match loop:
        case ast.For(iter=ast.Call(func=ast.Name(id="range"), args=[stop])) if changed(loop) & used(counted):
            number = evaluate(stop, constants(tree))
            return number if isinstance(number, int) and number > 0 else None
        case _:
            return None
