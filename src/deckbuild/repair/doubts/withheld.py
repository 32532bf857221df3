"""What is not shown of a program that runs: pictures of a model that nothing trains or of what chance drew, and what is printed of a
model or of words that deckbuild made up.

In: a state and its outcome; out: the outcome without them, the names that they rest on, and an information for each. It must leave
alone: models and data that the cards give, shapes and types, losses, and what is printed beside.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from deckbuild.model import Diagnostic, Outcome

from ..draft import Addition, State
from ..program.names import used
from ..scene import Scene
from ..stand_ins.values.scalars import setting
from .pictured import pictured
from .taint import is_of_made_up_words, is_untrained, losses, made_up, resting_on
from .untrained import untrained

CODE = "not-shown"
_PICTURES = "the pictures are not shown: they are of what a trained model makes, and no training of the model runs here"
_CHANCE = "the pictures are not shown: they are of random entries that stand in for data that is on no card"
_FIGURES = "the model's score is not shown: the model or its data are on no card"
_NOISE = "what it prints is not shown: a model makes it that is on no card"
_WORDS = "what it prints is not shown: its words are made up, and so are the numbers that stand for them"
_RIGHTNESS = re.compile(r"(?<![a-z])(?:acc|accuracy|precision|recall|f1|bleu|perplexity)(?![a-z])", re.IGNORECASE)

_FORM = frozenset({"shape", "size", "dim", "ndim", "numel", "dtype", "device", "len", "type", "isinstance"})


@dataclass(frozen=True, slots=True)
class Withheld:
    """An outcome as it may be shown."""

    outcome: Outcome
    names: frozenset[str] = frozenset()
    """Those whose values tell a reader nothing."""
    diagnostics: tuple[Diagnostic, ...] = ()


def withheld(state: State, outcome: Outcome, scene: Scene) -> Withheld:
    """The outcome of the state's last draft without what says nothing."""
    shown = Withheld(outcome)
    if not outcome.ok:
        return shown
    if names := untrained(state, scene):
        shown = Withheld(_undrawn(outcome), names, (_diagnostic(state, _PICTURES),))
    elif names := pictured(state, scene):
        shown = Withheld(_undrawn(outcome), names, (_diagnostic(state, _CHANCE),))
    figures = _figures(state)
    noise = tuple(c for c in _resting(is_untrained, state) if c not in figures)
    words = tuple(c for c in _made_up_words(state) if c not in (*figures, *noise))
    for calls, message in ((figures, _FIGURES), (noise, _NOISE), (words, _WORDS)):
        if calls:
            names = shown.names.union(*map(used, figures))
            shown = Withheld(_unsaid(shown.outcome, calls), names, (*shown.diagnostics, _diagnostic(state, message)))
    return shown


def _undrawn(outcome: Outcome) -> Outcome:
    """The outcome without its figures."""
    bindings = tuple(replace(b, value=replace(b.value, media=None)) for b in outcome.bindings)
    values = tuple(replace(v, media=None) for v in outcome.values if v.name or v.media is None)
    return replace(outcome, bindings=bindings, values=values)


def _figures(state: State) -> tuple[ast.Call, ...]:
    """The calls that print an accuracy or its like, by its name or by the words beside it, where it rests on what was made up."""
    program = state.program()
    tree = program.tree() or ast.Module([], [])
    inside = (
        {n for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)} if made_up(state) else set()
    )
    names = resting_on(lambda a: a.assumption and not a.partial, state, program)
    return tuple(
        call
        for call in _prints(state)
        if any(_RIGHTNESS.search(ast.unparse(a)) and used(a) for a in call.args)
        and (call in inside or used(call) & names)
    )


def _resting(holds: Callable[[Addition], bool], state: State) -> tuple[ast.Call, ...]:
    """The calls that print what rests on such additions, but for losses and other than its form."""
    program = state.program()
    told = losses(program.tree() or ast.Module([], []))
    names = resting_on(holds, state, program) - told
    return tuple(call for call in _prints(state) if any(_read(a) & names for a in call.args))


def _made_up_words(state: State) -> tuple[ast.Call, ...]:
    """The calls that print words that are made up, looked up by numbers that are made up as well: by the card's own they tell the place."""
    numbers = _resting(lambda a: a.assumption and not is_of_made_up_words(a) and setting(a.need) is None, state)
    return tuple(call for call in _resting(is_of_made_up_words, state) if call in numbers)


def _prints(state: State) -> Iterator[ast.Call]:
    tree = state.program().tree()
    for node in ast.walk(tree) if tree is not None else ():
        match node:
            case ast.Call(func=ast.Name(id="print")):
                yield node


def _read(node: ast.AST) -> frozenset[str]:
    """The names whose values an expression tells, not only their form."""
    match node:
        case ast.Attribute(attr=attr) | ast.Call(func=ast.Attribute(attr=attr) | ast.Name(id=attr)) if attr in _FORM:
            return frozenset()
        case ast.Name(id=name):
            return frozenset({name})
        case _:
            return frozenset().union(*map(_read, ast.iter_child_nodes(node)))


def _unsaid(outcome: Outcome, calls: tuple[ast.Call, ...]) -> Outcome:
    """The outcome with `…` in the place of what the calls print."""
    lines = {n for c in calls for n in range(c.lineno, (c.end_lineno or c.lineno) + 1)}
    said, rest = "", outcome.stdout
    for printed in (p for p in outcome.prints if p.text):
        before, text, behind = rest.partition(printed.text)
        if text:
            said, rest = said + before + ("…\n" if printed.line in lines else text), behind
    return replace(outcome, stdout=said + rest, prints=tuple(p for p in outcome.prints if p.line not in lines))


def _diagnostic(state: State, message: str) -> Diagnostic:
    snippet = state.drafts[-1].snippet
    return Diagnostic(snippet.path, snippet.line, CODE, "info", message)
