"""Rules `missing-self` and `dunder`: a method without `self` or `cls` among its parameters, an `__init__` whose underscores got lost.

It must leave alone: static methods, and cards that speak of `self`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from deckbuild.model import Fault

from ..draft import Change, Program, State, replace_lines, respelt
from ..meant import is_about_self
from ..scene import Scene

SELF, DUNDER = "missing-self", "dunder"
_TAKES = re.compile(r"^(?:\w+\.)*?(\w+)\.(\w+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given")
_NO_ARGUMENTS = re.compile(r"^(\w+)\(\) takes no arguments|^'super' object has no attribute '_?init_?'")
_LIKE_INIT = frozenset({"init", "_init", "_init_", "_init__", "__init", "__init_", "__int__", "__inti__", "__intit__"})


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The state whose class has the part that it lacks."""
    tree = program.tree()
    if tree is None or is_about_self(scene):
        return
    takes = _TAKES.match(fault.message)
    if takes is not None and int(takes[4]) == int(takes[3]) + 1:
        yield from _with_self(state, program, tree, takes[1], takes[2], fault)
    elif _NO_ARGUMENTS.match(fault.message) and re.search(r"underscore|dunder", scene.prose) is None:
        yield from _with_init(state, program, tree, fault)


def _with_self(
    state: State, program: Program, tree: ast.Module, owner: str, name: str, fault: Fault
) -> Iterator[State]:
    """The state whose method takes the object that it is called on."""
    change = Change(SELF, f"`{name}` is called on an object, which is its first argument", fault.message)
    for method in _methods(tree, owner, name):
        first = method.args.args[0] if method.args.args else None
        marks = [ast.unparse(d) for d in method.decorator_list]
        if marks in ([], ["classmethod"]) and (first is None or first.arg not in ("self", "cls")):
            given = ("cls" if marks else "self") + ("" if first is None else ", ")
            if (
                changed := _with_head(state, program, method, rf"\b{name}\s*\(\s*", f"{name}({given}", change)
            ) is not None:
                yield changed


def _with_init(state: State, program: Program, tree: ast.Module, fault: Fault) -> Iterator[State]:
    """The state with `__init__` where its underscores got lost."""
    change = Change(DUNDER, "the method that sets up an object is `__init__`", fault.message)
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name, args=ast.arguments(args=[ast.arg(arg="self"), *_])) if name in _LIKE_INIT:
                changed = _with_head(state, program, node, rf"\b{name}\b", "__init__", change)
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super")) as owner, attr=name) if name in _LIKE_INIT:
                changed = respelt(state, program, node, f"{ast.unparse(owner)}.__init__", change, 0.5)
            case _:
                continue
        if changed is not None:
            yield changed


def _with_head(
    state: State, program: Program, method: ast.FunctionDef, old: str, new: str, change: Change
) -> State | None:
    """The state with something else in the first line of a method."""
    place = program.place(method.lineno)
    if place is None or place.line is None:
        return None
    draft = state.drafts[place.draft]
    text = re.sub(old, new, draft.lines[place.line].text, count=1)
    return state.with_draft(place.draft, replace_lines(draft, place.line, place.line, [text], change), 0.5)


def _methods(tree: ast.Module, owner: str, name: str) -> list[ast.FunctionDef]:
    return [
        m
        for c in ast.walk(tree)
        if isinstance(c, ast.ClassDef) and c.name == owner
        for m in c.body
        if isinstance(m, ast.FunctionDef) and m.name == name
    ]
