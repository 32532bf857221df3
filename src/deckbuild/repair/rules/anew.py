"""Rule `stand-in`, third part: a name for which an earlier block's value does not do, and nothing that would do for both blocks.

The blocks then show two things that can be done, not one thing after the other. It must leave alone: values that the card states, blocks
that build on what an earlier one made or changed of it, and cards that say that something fails.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from deckbuild.model import Fault

from ..doubts.taint import resting_on
from ..draft import Addition, Draft, Program, State, parse
from ..meant import is_about_failure
from ..program.names import bound, changed, statement_at, used
from ..program.needs import Need
from ..program.usage import usage_of
from ..scene import Scene
from ..stand_ins.tensors.stated import stated_shapes
from ..stand_ins.values.scalars import setting
from .stand_ins import provide

MOST = 3
COST = 2.0
"""Dearer than another value for both blocks."""


def correct(state: State, program: Program, fault: Fault, scene: Scene) -> Iterator[State]:
    """The states whose last block has a value of its own for a name that an earlier one was given."""
    last, place = len(state.drafts) - 1, program.place(fault.line)
    draft = state.drafts[last]
    own = parse(draft.text)
    if own is None or place is None or place.draft != last or place.line is None or is_about_failure(scene):
        return
    statement = statement_at(program.tree(), fault.line)
    for addition in _given_above(state):
        if (
            statement is not None
            and addition.need in used(statement) - frozenset(n for s in own.body for n in bound(s))
            and not any(stated_shapes(addition.need, scene))
            and _stands_alone(addition, own, state)
        ):
            yield from _anew(state, draft, own, addition.need, scene)


def _given_above(state: State) -> Iterator[Addition]:
    """What deckbuild made up for the blocks above."""
    for draft in state.drafts[:-1]:
        yield from (
            a
            for a in draft.before
            if a.assumption and not a.copied and not a.partial and a.need and setting(a.need) is None
        )


def _stands_alone(addition: Addition, own: ast.Module, state: State) -> bool:
    """Whether the last block reads nothing that rests on the value but its name, and no block above changes it."""
    above = replace(state, drafts=state.drafts[:-1])
    rests = resting_on(lambda a: a is addition, above, above.program()) - {addition.need}
    blocks = [tree for d in above.drafts if (tree := parse(d.text)) is not None]
    kept = all(addition.need not in bound(s) | changed(s) for tree in blocks for s in tree.body)
    return kept and not rests & used(own)


def _anew(state: State, draft: Draft, own: ast.Module, name: str, scene: Scene) -> Iterator[State]:
    tree = state.program().tree()
    imports = [s for s in (tree.body if tree else []) if isinstance(s, ast.Import | ast.ImportFrom)]
    alone = ast.Module([*imports, *own.body], [])
    need = Need(name, min(n.lineno for n in ast.walk(own) if isinstance(n, ast.Name) and n.id == name), deferred=False)
    for provider in islice(provide(need, usage_of(own, name), alone, scene), MOST):
        before = (*draft.before, *provider.additions)
        yield state.with_draft(len(state.drafts) - 1, replace(draft, before=before), provider.cost + COST)
