"""Calls of functions that a snippet only defines: they are run once, so that a `ran` is not hollow.

In: a state that runs; out: for each draft the lines that such calls reached, and what they raised. The calls are no part of any
program that is shown or reported, and their values are never shown.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Diagnostic, Fault, Job
from deckbuild.syntax import parse_module

from .draft import Draft, Program, State, assemble
from .program.names import bound, used
from .program.needs import needs
from .program.usage import usage_of
from .refusals.nowhere import lack
from .rules.conventions import MODULES
from .scene import Scene
from .stand_ins.guesses import guesses

CODE = "call-failed"
_WRONG_CALL = re.compile(r"\(\) (?:takes|missing|got an unexpected)|^module '")


@dataclass(frozen=True, slots=True)
class Exercise:
    """What calling a draft's functions showed."""

    lines: frozenset[int]
    """Lines of the draft's program that ran only then."""
    diagnostics: tuple[Diagnostic, ...]


def exercise(state: State, index: int, scene: Scene) -> Exercise:
    """One call of each function that the draft defines, nothing calls, and for whose parameters values can be inferred."""
    program = assemble(state.drafts[: index + 1])
    tree = program.tree()
    draft = state.drafts[index]
    if tree is None or draft.expects:
        return Exercise(frozenset(), ())
    unknown = tuple(_unknown(tree, draft, program, index, scene))
    calls = [(f, call) for f in _idle(tree, program, index) if (call := _call(f, tree, scene)) is not None]
    outcomes = scene.run.confirm([Job(f"{program.code}{_imports(call, tree)}{call}\n") for _, call in calls])
    lines = frozenset(n for o in outcomes for n in o.lines_run)
    found = [
        _diagnostic(
            draft,
            program,
            f,
            call,
            f"{o.fault.type}: {o.fault.message.splitlines()[0][:120] if o.fault.message else ''}",
        )
        for (f, call), o in zip(calls, outcomes, strict=True)
        if o.fault is not None and _is_its_own(o.fault) and not (o.fault.type == "NameError" and unknown)
    ]
    return Exercise(lines, (*unknown, *found))


def _unknown(tree: ast.Module, draft: Draft, program: Program, index: int, scene: Scene) -> Iterator[Diagnostic]:
    """A diagnostic for each name that a function reads, the card's or one that was brought in, and that neither the program nor the deck defines."""
    for need in needs(tree):
        place = program.place(need.line)
        if not need.deferred or place is None or place.draft != index or place.after is not None:
            continue
        if need.name not in scene.book.definitions and need.name not in scene.book.imports:
            lent = draft.before[place.before] if place.before is not None else None
            reader = f"`{lent.need}`, which is brought in," if lent is not None else "what reads it"
            line = draft.file_line(place.line) if place.line is not None else draft.snippet.line
            message = f"`{need.name}` {lack(need.name, scene)}: {reader} would fail when called"
            yield Diagnostic(draft.snippet.path, line, CODE, "info", message)


def _is_its_own(fault: Fault) -> bool:
    """Whether the fault is the function's: not one that only the value causes which deckbuild made up for the call."""
    return fault.type in ("NameError", "UnboundLocalError") or _WRONG_CALL.search(fault.message) is not None


def _idle(tree: ast.Module, program: Program, index: int) -> list[ast.FunctionDef]:
    """The plain functions of the draft's own text that nothing in the program mentions."""
    mentioned = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    return [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and node.name not in mentioned
        and not node.decorator_list
        and (place := program.place(node.lineno)) is not None
        and place.draft == index
        and place.line is not None
    ]


def _call(function: ast.FunctionDef, tree: ast.Module, scene: Scene) -> str | None:
    """`f(a, b)` with a value inferred for each parameter that has no default, behind a line for each that another's value reads.

    None where a parameter's use says nothing, or its value reads what the program lacks.
    """
    given: dict[str, str] = {}
    required = function.args.args[: len(function.args.args) - len(function.args.defaults)]
    for parameter in [*function.args.posonlyargs, *required]:
        usage = usage_of(ast.Module(list(function.body), []), parameter.arg)
        guess = next(iter(guesses(usage, ast.Module([*tree.body, *function.body], []), scene)), None)
        if guess is None:
            return None
        given[parameter.arg] = guess.value
    have = {name for statement in tree.body for name in bound(statement)} | MODULES.keys()
    lacks = {n.name for value in given.values() for n in needs(parse_module(value))} - have
    if not lacks <= given.keys() or any(d is None for d in function.args.kw_defaults):
        return None
    lines = [f"{name} = {value}\n" for name, value in given.items() if name in lacks]
    return f"{''.join(lines)}{function.name}({', '.join(n if n in lacks else v for n, v in given.items())})"


def _imports(call: str, tree: ast.Module) -> str:
    """The imports that the call's values need and the program lacks."""
    have = {name for statement in tree.body for name in bound(statement)}
    return "".join(f"{MODULES[name]}\n" for name in sorted(used(parse_module(call)) - have) if name in MODULES)


def _diagnostic(draft: Draft, program: Program, function: ast.FunctionDef, call: str, error: str) -> Diagnostic:
    place = program.place(function.lineno)
    line = draft.lines[place.line].first if place is not None and place.line is not None else 1
    message = f"`{function.name}` is only defined here; called as `{call.splitlines()[-1][:80]}` it raises {error}"
    return Diagnostic(draft.snippet.path, draft.snippet.line + max(line, 1) - 1, CODE, "info", message)
