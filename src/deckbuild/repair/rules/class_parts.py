"""Rules `missing-self` and `missing-super`: a method without `self` among its parameters, a module that does not set up its base.

It must leave alone: static and class methods, and cards that speak of `self` or `super`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from deckbuild.model import Fault

from ..draft import Change, Program, State, insert_line, respelt
from ..meant import is_about_self
from ..scene import Scene

SELF, SUPER = "missing-self", "missing-super"
_TAKES = re.compile(r"^(?:\w+\.)*?(\w+)\.(\w+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given")
_UNSET = re.compile(
    r"^cannot assign \w+ before Module\.__init__\(\) call|has no attribute '_(?:modules|parameters|buffers)'"
)
_UNCALLED = "descriptor '__init__' of 'super' object needs an argument"
CALL = "super().__init__()"


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state whose class has the part that it lacks."""
    tree = program.tree()
    if tree is None or is_about_self(scene):
        return
    takes = _TAKES.match(fault.message)
    if takes is not None and int(takes[4]) == int(takes[3]) + 1:
        yield from _with_self(state, program, tree, takes[1], takes[2], fault)
    elif _UNSET.search(fault.message):
        yield from _with_super(state, program, tree, fault)
    elif fault.message.startswith(_UNCALLED):
        change = Change(SUPER, "`super` is called to reach the base class", fault.message)
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id="super") as name, attr="__init__") if node.lineno == fault.line:
                    if (called := respelt(state, program, name, "super()", change, 0.5)) is not None:
                        yield called


def _with_self(
    state: State, program: Program, tree: ast.Module, owner: str, name: str, fault: Fault
) -> Iterator[State]:
    """The state whose method takes the object that it is called on."""
    change = Change(SELF, f"`{name}` is called on an object, which is its first argument", fault.message)
    for method in _methods(tree, owner, name):
        first = method.args.args[0] if method.args.args else None
        if method.decorator_list or (first is not None and first.arg in ("self", "cls")):
            continue
        if first is not None:
            text = f"self, {ast.get_source_segment(program.code, first)}"
            changed = respelt(state, program, first, text, change, 0.5)
        else:
            changed = _in_head(state, program, method, change)
        if changed is not None:
            yield changed


def _in_head(state: State, program: Program, method: ast.FunctionDef, change: Change) -> State | None:
    """The state with `self` between the empty brackets of a method's head."""
    place = program.place(method.lineno)
    if place is None or place.line is None:
        return None
    draft = state.drafts[place.draft]
    line = draft.lines[place.line]
    text = re.sub(rf"\b{method.name}\s*\(\s*", f"{method.name}(self", line.text, count=1)
    lines = (
        *draft.lines[: place.line],
        replace(line, text=text, changes=(*line.changes, change)),
        *draft.lines[place.line + 1 :],
    )
    return state.with_draft(place.draft, replace(draft, lines=lines), 0.5)


def _with_super(state: State, program: Program, tree: ast.Module, fault: Fault) -> Iterator[State]:
    """The state whose class sets up its base class before anything else."""
    lines = {*fault.frames, fault.line}
    change = Change(SUPER, "a module must be set up by its base class first", fault.message.split("\n")[0][:160])
    for owner in (n for n in ast.walk(tree) if isinstance(n, ast.ClassDef)):
        for method in _methods(tree, owner.name, "__init__"):
            within = any(n is not None and method.lineno <= n <= (method.end_lineno or 0) for n in lines)
            place = program.place(method.body[0].lineno)
            if (
                within
                and "__init__" not in ast.unparse(ast.Module(method.body[:], []))
                and place is not None
                and place.line is not None
            ):
                text = " " * method.body[0].col_offset + CALL
                yield state.with_draft(
                    place.draft, insert_line(state.drafts[place.draft], place.line, text, change), 0.5
                )


def _methods(tree: ast.Module, owner: str, name: str) -> list[ast.FunctionDef]:
    return [
        m
        for c in ast.walk(tree)
        if isinstance(c, ast.ClassDef) and c.name == owner
        for m in c.body
        if isinstance(m, ast.FunctionDef) and m.name == name
    ]
