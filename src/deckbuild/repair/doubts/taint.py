"""What rests on assumptions. In: a program and the lines of its assumptions, or a state; out: the names whose values depend on them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Container

from deckbuild.syntax import parse_module

from ..draft import Addition, Program, State
from ..program.modules import modules_of
from ..program.names import bound, changed, last_name, used
from ..program.needs import BUILTINS, free
from ..stand_ins.values.scalars import setting

_PURE = frozenset("range len enumerate zip reversed sorted abs min max sum round int float str print".split())  # noqa: SIM905
"""Functions that change nothing that they are given: a loop with no other calls changes only what it binds and writes to."""
_WRITTEN = frozenset({"save", "savez", "savetxt", "dump", "to_csv", "tofile"})
_READ = frozenset({"load", "loadtxt", "genfromtxt", "read_csv", "fromfile"})
_DRAWN = re.compile(r"\brand\w*\(")
_WORDS = re.compile(r"f'(?:word|class)\{n\}' for n in range\(")
_LOSS = re.compile(r"loss(?:_fn)?$|criterion|cross_entropy|_loss_|^nll", re.IGNORECASE)


def resting_on(holds: Callable[[Addition], bool], state: State, program: Program) -> frozenset[str]:
    """The names whose values rest on the additions of which something holds."""
    tree = program.tree()
    places = [(n, p.draft, p.before) for n, p in enumerate(program.places, 1) if p.before is not None]
    lines = {n for n, draft, before in places if holds(state.drafts[draft].before[before])}
    return tainted(tree, lines) if tree is not None else frozenset()


def tainted(tree: ast.Module, assumptions: Container[int]) -> frozenset[str]:
    """The names bound at the lines of assumptions and all that is made from them; a name that is bound afresh is free again.

    What is read back from a file rests on what was written to one. A statement that reads such a name and is run for what it does
    (a loop, a call without a result, `backward` and `step`) may change whatever it and the functions that it calls mention.
    """
    functions = {s.name: s for s in tree.body if isinstance(s, ast.FunctionDef)}
    fixed = {
        n
        for s in tree.body
        if isinstance(s, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
        for n in bound(s)
    }
    found: set[str] = set()
    written = False
    for statement in tree.body:
        reads = free(statement)
        if statement.lineno in assumptions:
            found |= bound(statement)
        elif reads & found or (written and _calls(statement, _READ)):
            found |= bound(statement) | changed(statement)
            written = written or _calls(statement, _WRITTEN)
            if is_run_for_its_effect(statement):
                inner = {n for name in reads & functions.keys() for n in free(functions[name])}
                found |= (reads | inner) - fixed - BUILTINS
        elif isinstance(statement, ast.Assign):
            found -= bound(statement)
    return frozenset(found)


def made_up(state: State) -> list[str]:
    """The names whose values deckbuild made up."""
    assumed = [a for draft in state.drafts for a in draft.before if a.assumption and not a.partial]
    return [a.need for a in assumed if setting(a.need) is None]


def says_nothing(state: State, program: Program) -> frozenset[str]:
    """The names whose values tell a reader nothing: made by an untrained model, of entries unlike those that the deck shows,
    or the loss of what is drawn by chance."""
    unlike = resting_on(lambda a: is_untrained(a) or a.unlike, state, program)
    drawn = resting_on(is_drawn_by_chance, state, program)
    return unlike | (losses(program.tree() or ast.Module([], [])) & drawn)


def losses(tree: ast.Module) -> frozenset[str]:
    """What losses are bound to, and what is made of them."""
    found: set[str] = set()
    statements = [s for s in ast.walk(tree) if isinstance(s, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Expr)]
    for statement in sorted(statements, key=lambda s: s.lineno):
        calls = [last_name(n.func) for n in ast.walk(statement) if isinstance(n, ast.Call)]
        if any(map(_LOSS.search, calls)) or used(statement) & found:
            found |= bound(statement) | changed(statement)
    return frozenset(found)


def is_untrained(addition: Addition) -> bool:
    """Whether an addition is a stand-in for a model."""
    return addition.assumption and bool(modules_of(parse_module(addition.text)))


def is_drawn_by_chance(addition: Addition) -> bool:
    """Whether an addition is a stand-in of random entries."""
    return addition.assumption and _DRAWN.search(addition.text) is not None


def is_of_made_up_words(addition: Addition) -> bool:
    """Whether an addition is a stand-in for words or names that stand for numbers."""
    return addition.assumption and _WORDS.search(addition.text) is not None


def _calls(statement: ast.stmt, names: frozenset[str]) -> bool:
    return any(isinstance(n, ast.Call) and last_name(n.func) in names for n in ast.walk(statement))


def is_run_for_its_effect(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))) | ast.FunctionDef() | ast.ClassDef():
            return False
        case ast.Expr(value=ast.Call()):
            return True
        case ast.For() | ast.While() | ast.With():
            calls = [n.func for n in ast.walk(statement) if isinstance(n, ast.Call)]
            return not all(isinstance(f, ast.Name) and f.id in _PURE for f in calls)
        case _:
            return any(isinstance(n, ast.Attribute) and n.attr in ("backward", "step") for n in ast.walk(statement))
