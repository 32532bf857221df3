"""What is not shown of a program that runs: pictures of a model that nothing trains, and how right one is that deckbuild made up.

In: a state and its outcome; out: the outcome without them, the names that they rest on, and an information for each. It must leave
alone: models and data that the cards give, and what is printed beside the figure.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from deckbuild.model import Diagnostic, Outcome

from .draft import State
from .names import used
from .scene import Scene
from .taint import made_up
from .untrained import untrained

CODE = "not-shown"
_PICTURES = "the pictures are not shown: they are of what a trained model makes, and no training of the model runs here"
_FIGURES = "the model's score is not shown: the model or its data are on no card"
_RIGHTNESS = re.compile(r"(?<![a-z])(?:acc|accuracy|precision|recall|f1|bleu|perplexity)(?![a-z])", re.IGNORECASE)


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
    if pictured := untrained(state, scene):
        shown = Withheld(_undrawn(outcome), pictured, (_diagnostic(state, _PICTURES),))
    figures = tuple(_figures(state)) if made_up(state) else ()
    if figures:
        names = shown.names.union(*map(used, figures))
        shown = Withheld(_unsaid(shown.outcome, figures), names, (*shown.diagnostics, _diagnostic(state, _FIGURES)))
    return shown


def _undrawn(outcome: Outcome) -> Outcome:
    """The outcome without its figures."""
    bindings = tuple(replace(b, value=replace(b.value, media=None)) for b in outcome.bindings)
    values = tuple(replace(v, media=None) for v in outcome.values if v.name or v.media is None)
    return replace(outcome, bindings=bindings, values=values)


def _figures(state: State) -> Iterator[ast.Call]:
    """The calls that print an accuracy or its like, by its name or by the words beside it."""
    tree = state.program().tree()
    for node in ast.walk(tree) if tree is not None else ():
        match node:
            case ast.Call(func=ast.Name(id="print"), args=args):
                if any(_RIGHTNESS.search(ast.unparse(a)) and used(a) for a in args):
                    yield node


def _unsaid(outcome: Outcome, calls: tuple[ast.Call, ...]) -> Outcome:
    """The outcome with `…` in the place of what the calls print."""
    lines = {n for c in calls for n in range(c.lineno, (c.end_lineno or c.lineno) + 1)}
    said = outcome.stdout
    for text in (p.text for p in outcome.prints if p.line in lines and p.text):
        said = said.replace(text, "…\n", 1)
    return replace(outcome, stdout=said, prints=tuple(p for p in outcome.prints if p.line not in lines))


def _diagnostic(state: State, message: str) -> Diagnostic:
    snippet = state.drafts[-1].snippet
    return Diagnostic(snippet.path, snippet.line, CODE, "info", message)
