"""Rule `missing-super`: a class that does not set up its base class, or not by `super()`.

It must leave alone: classes that set it up in other words, and cards that speak of `super`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, insert_line, respelt
from ..meant import is_about_self
from ..scene import Scene

RULE = "missing-super"
CALL = "super().__init__()"
_UNSET = re.compile(
    r"^cannot assign \w+ before Module\.__init__\(\) call|has no attribute '_(?:modules|parameters|buffers)'"
)
_AMISS = re.compile(
    r"^descriptor '__init__' of 'super' object needs an argument|^super\(type, obj\): obj |^name '\w+' is not defined"
)


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state whose class sets up its base class before anything else."""
    tree = program.tree()
    unset, amiss = _UNSET.search(fault.message), _AMISS.match(fault.message)
    if tree is None or not (unset or amiss) or is_about_self(scene):
        return
    for owner, method in _set_ups(tree):
        first, last = method.lineno, method.end_lineno or method.lineno
        if not any(n is not None and first <= n <= last for n in (*fault.frames, fault.line)):
            continue
        change = Change(RULE, "the base class is set up first, by `super()`", fault.message.split("\n")[0][:160])
        calls = [found for n in ast.walk(method) if (found := _by_super(n, owner.name)) is not None]
        if len(calls) == 1 and (unset or calls[0][0].lineno == fault.line):
            if (changed := respelt(state, program, *calls[0], change, 0.5)) is not None:
                yield changed
        elif unset and "__init__" not in "".join(map(ast.unparse, method.body)):
            place = program.place(method.body[0].lineno)
            if place is not None and place.line is not None:
                text = " " * method.body[0].col_offset + CALL
                yield state.with_draft(
                    place.draft, insert_line(state.drafts[place.draft], place.line, text, change), 0.5
                )


def _set_ups(tree: ast.Module) -> Iterator[tuple[ast.ClassDef, ast.FunctionDef]]:
    """Each class with its `__init__`."""
    for owner in ast.walk(tree):
        if isinstance(owner, ast.ClassDef):
            yield from ((owner, m) for m in owner.body if isinstance(m, ast.FunctionDef) and m.name == "__init__")


def _by_super(node: ast.AST, owner: str) -> tuple[ast.expr, str] | None:
    """(node, `super()`) for a `super` that is not called, bound to nothing, or of another class."""
    match node:
        case ast.Attribute(value=ast.Name(id="super") as name, attr="__init__"):
            return name, "super()"
        case ast.Call(func=ast.Name(id="super"), args=[_]):
            return node, "super()"
        case ast.Call(func=ast.Name(id="super"), args=[ast.Name(id=other), _]) if other != owner:
            return node, "super()"
        case _:
            return None
