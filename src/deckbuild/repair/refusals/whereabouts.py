"""Where a name that a snippet lacks is to be found, and why that does not help. In: a search that found nothing, a name; out: one line.

It names the definition that is nearest to the card and what becomes of the snippet with it, so that nothing is said not to fit that does.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace

from deckbuild.model import SkipReason, Snippet
from deckbuild.syntax import parse_module

from ..conclude import Unrunnable
from ..draft import State, parse
from ..lending.fits import accepts, fits, is_stub
from ..lending.library import Definition
from ..lending.slices import slice_of
from ..lending.stars import from_star
from ..program.names import bound, changed
from ..program.usage import usage_of
from ..rules.conventions import MODULES
from ..rules.definitions import allowed
from ..scene import Scene
from .nowhere import lack, place_of
from .probe import probe
from .pseudo import called_pseudo
from .refuse import refuse

_NOT_PYTHON = {"true": "True", "false": "False", "null": "None"}
_HANDED_ON = ("needs-package", "needs-file", "needs-network")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is told of a name."""

    said: str
    """What follows “name 'x'”."""
    reason: SkipReason | None = None
    """Why it cannot be had on this machine."""
    sure: bool = True
    """Whether this is what the snippet lacks; else it may be another name."""


def whereabouts(name: str, state: State, order: Mapping[Snippet, Unrunnable | int], scene: Scene) -> Whereabouts:
    """What is told of a name that the state's last snippet reads and that nothing of its card gives."""
    block = unrun(frozenset({name}), state, order)
    if block is not None:
        return Whereabouts(f"is set by {said_of(block)}", handed_on(block))
    snippet = state.drafts[-1].snippet
    places = [d for d in scene.book.definitions.get(name, ()) if not _is_above(d, snippet, scene)]
    usable = [d for d in places if allowed(d, scene)]
    if usable:
        return _of_nearest(min(usable, key=lambda d: _distance(d, state, scene)), state, scene)
    if not places and name in _NOT_PYTHON:
        return Whereabouts(f"belongs to JSON or another language: Python writes `{_NOT_PYTHON[name]}`")
    if places:
        return _of_others(min(places, key=lambda d: _distance(d, state, scene)), scene)
    star = from_star(name, parse(state.drafts[-1].text), scene)
    return Whereabouts(star.said, star.reason) if star is not None else Whereabouts(lack(name, scene))


def unrun(names: frozenset[str], state: State, order: Mapping[Snippet, Unrunnable | int]) -> Unrunnable | None:
    """The last block of the card above the snippet that gives one of the names its value and does not run."""
    *above, last = state.drafts
    blocks = [b for b in order.values() if isinstance(b, Unrunnable) and b.snippet.is_python]
    for block in sorted(blocks, key=lambda b: -b.snippet.line):
        anew = {n for d in above if d.snippet.line > block.snippet.line for n in _given(d.text)}
        if block.snippet.line < last.snippet.line and (names - anew) & _given(block.snippet.source):
            return block
    return None


def _given(code: str) -> frozenset[str]:
    """The names that code binds, or whose objects it changes."""
    return frozenset(n for s in (parse(code) or parse_module("")).body for n in bound(s) | changed(s))


def said_of(block: Unrunnable) -> str:
    """The block and why it does not run."""
    return f"the block at line {block.snippet.line}, which does not run: {block.why}"


def handed_on(block: Unrunnable) -> SkipReason | None:
    """The block's reason, where it holds for what builds on it as well."""
    return block.reason if block.reason in _HANDED_ON else None


def _is_above(definition: Definition, snippet: Snippet, scene: Scene) -> bool:
    """Whether it stands on the card itself, and not below the snippet: then the card has it, or it was told before."""
    return definition.chunk is scene.library.chunk(scene.card) and definition.statement.snippet.line <= snippet.line


def _distance(definition: Definition, state: State, scene: Scene) -> tuple[bool, bool, bool, bool, bool, int]:
    """Those of the file first, then what is a program, then what fits the use, what can be made, and what stands before."""
    own = scene.library.chunk(scene.card)
    here = own.order if own is not None else 0
    tree = parse(state.drafts[-1].text) or parse_module("")
    misfit = not fits(definition.statement.node, usage_of(tree, definition.name))
    order = definition.chunk.order
    elsewhere = definition.chunk.path != scene.card.path
    return (
        elsewhere,
        _is_sketched(definition, scene),
        misfit,
        _is_unmade(definition, scene),
        order > here,
        abs(order - here),
    )


def _is_sketched(definition: Definition, scene: Scene) -> bool:
    """Whether another card calls the function or class pseudo-code: that it parses does not make a program of it."""
    statement, chunk = definition.statement, definition.chunk
    program = isinstance(statement.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    own = chunk is scene.library.chunk(scene.card)
    return program and not own and called_pseudo(statement.snippet, scene.library.cards[chunk.path, chunk.line])


def _is_unmade(definition: Definition, scene: Scene) -> bool:
    """Whether what makes it reads a name that nothing in the deck gives."""
    statements = slice_of(definition)
    reads = {n for s in statements for n in s.uses} - {n for s in statements for n in s.binds}
    return not reads <= scene.book.definitions.keys() | scene.book.imports.keys() | MODULES.keys()


def _of_others(definition: Definition, scene: Scene) -> Whereabouts:
    """Loops' variables are nobody's definition, and data of another file is other data."""
    where = place_of(definition)
    if definition.chunk.path == scene.card.path:
        return Whereabouts(f"is set in this file only as what a loop runs through, on {where}")
    return Whereabouts(f"is set on no card of this file; what another file sets is not taken, as on {where}")


def _of_nearest(definition: Definition, state: State, scene: Scene) -> Whereabouts:
    where = place_of(definition)
    match definition.statement.node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() as node if is_stub(node):
            return Whereabouts(f"is only begun on {where}: nothing stands in its body")
        case ast.FunctionDef(args=args) if not _takes(args, definition.name, state):
            takes = f"`{definition.name}({ast.unparse(args)})`"
            return Whereabouts(f"is not defined here, and the deck's {takes} of {where} takes other arguments")
    card = scene.library.cards[definition.chunk.path, definition.chunk.line]
    if _is_sketched(definition, scene):
        return Whereabouts(f"is given only by what {where} calls pseudo-code")
    refusal = refuse(definition.statement.snippet, replace(scene, card=card))
    if refusal is not None and not refusal.unless_it_runs:
        return Whereabouts(f"is set only on {where}, which is not run itself: {refusal.why}")
    found = probe(definition, where, state, scene)
    near = definition.chunk.path == scene.card.path and definition.statement.snippet.line < scene.card.line
    return Whereabouts(found.said, found.reason if near else None, found.sure)


def _takes(arguments: ast.arguments, name: str, state: State) -> bool:
    tree = parse(state.drafts[-1].text) or parse_module("")
    return all(accepts(arguments, call) for call in usage_of(tree, name).calls)
