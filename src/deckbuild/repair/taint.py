"""What rests on assumptions. In: a program and the lines of its assumptions, or a state; out: the names whose values depend on them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Container

from deckbuild.syntax import parse_module

from .draft import Addition, Program, State
from .modules import modules_of
from .names import bound, changed
from .needs import BUILTINS, free


def resting_on(holds: Callable[[Addition], bool], state: State, program: Program) -> frozenset[str]:
    """The names whose values rest on the additions of which something holds."""
    tree = program.tree()
    places = [(n, p.draft, p.before) for n, p in enumerate(program.places, 1) if p.before is not None]
    lines = {n for n, draft, before in places if holds(state.drafts[draft].before[before])}
    return tainted(tree, lines) if tree is not None else frozenset()


def tainted(tree: ast.Module, assumptions: Container[int]) -> frozenset[str]:
    """The names bound at the lines of assumptions and all that is made from them; a name that is bound afresh is free again.

    A statement that reads such a name and is run for what it does (a loop, a call without a result, `backward` and `step`) may
    change whatever it and the functions that it calls mention.
    """
    functions = {s.name: s for s in tree.body if isinstance(s, ast.FunctionDef)}
    fixed = {
        n
        for s in tree.body
        if isinstance(s, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
        for n in bound(s)
    }
    found: set[str] = set()
    for statement in tree.body:
        reads = free(statement)
        if statement.lineno in assumptions:
            found |= bound(statement)
        elif reads & found:
            found |= bound(statement) | changed(statement)
            if _is_run_for_its_effect(statement):
                inner = {n for name in reads & functions.keys() for n in free(functions[name])}
                found |= (reads | inner) - fixed - BUILTINS
        elif isinstance(statement, ast.Assign):
            found -= bound(statement)
    return frozenset(found)


def is_untrained(addition: Addition) -> bool:
    """Whether an addition is a stand-in for a model."""
    return addition.assumption and bool(modules_of(parse_module(addition.text)))


def _is_run_for_its_effect(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))) | ast.FunctionDef() | ast.ClassDef():
            return False
        case ast.Expr(value=ast.Call()) | ast.For() | ast.While() | ast.With():
            return True
        case _:
            return any(isinstance(n, ast.Attribute) and n.attr in ("backward", "step") for n in ast.walk(statement))
