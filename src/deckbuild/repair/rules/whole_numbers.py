"""Rule `whole-number`: a quotient that comes out whole where a whole number is asked for (`range(n / 2)`).

It must leave alone: quotients that do not come out whole, of which nobody says how they are to be rounded.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault, Job

from ..draft import Change, Program, State, respelt
from ..scene import Scene

RULE = "whole-number"
_NO_INTEGER = re.compile(
    r"^'(?:numpy\.)?float(?:64)?' object cannot be interpreted as an integer|^expected a sequence of integers or a single integer"
    r"|^can't multiply sequence by non-int of type 'float'|^slice indices must be integers|^list indices must be integers or slices, not float"
    r"|^only integers, slices"
)


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state with a whole quotient, if a run finds that each comes out whole."""
    tree = program.tree()
    if tree is None or not _NO_INTEGER.search(fault.message) or re.search(r"\bdivision|\brounds?\b", scene.prose):
        return
    change = Change(RULE, "a quotient is no whole number to Python, even where it comes out whole", fault.message[:160])
    found = [n for n in _outermost(tree, fault.line) if any(isinstance(x, ast.Div) for x in ast.walk(n))]
    if len(found) != 1:
        return
    value = ast.get_source_segment(program.code, found[0]) or ""
    probe = respelt(state, program, found[0], f"[q := ({value}), int(q) if q == int(q) else None][1]", change, 0.6)
    if probe is None or not scene.run.trial([Job(probe.program().code)])[0].ok:
        return
    texts = [f"int({value})"]
    if isinstance(found[0].op, ast.Div):
        texts.insert(0, f"{_segment(program, found[0].left)} // {_segment(program, found[0].right)}")
    for more, text in enumerate(texts):
        if (whole := respelt(state, program, found[0], text, change, 0.6 + more)) is not None:
            yield whole


def _segment(program: Program, node: ast.expr) -> str:
    text = ast.get_source_segment(program.code, node) or ""
    return f"({text})" if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub) else text


def _outermost(tree: ast.Module, line: int | None) -> list[ast.BinOp]:
    """The calculations on a line that are no part of another: arguments, indices, bounds."""
    sums = [
        n for n in ast.walk(tree) if isinstance(n, ast.BinOp) and n.lineno == line and not isinstance(n.left, ast.List)
    ]
    inner = {id(x) for n in sums for x in ast.walk(n) if x is not n}
    return [n for n in sums if id(n) not in inner]
