"""What cards in between do to an object that this card borrows: the layer of one card gets its weights on the next.

In: a state with definitions of earlier cards; out: the state with the statements of cards between them and this one that change these
objects, and with what those need from their own cards; None where there are none.
"""

from __future__ import annotations

from dataclasses import replace

from ..draft import Addition, Change, Origin, State
from ..lending.library import Chunk, Definition, Statement
from ..lending.overwrites import overwritten
from ..lending.slices import slice_of
from ..resolve import resolve
from ..rules.definitions import RULE
from ..scene import Scene

MOST_STATEMENTS = 12


def with_weights(state: State, scene: Scene) -> State | None:
    """The state with these statements behind the definitions that they change."""
    found = state
    for d, draft in enumerate(state.drafts):
        for addition in draft.before:
            if addition.origin is Origin.EARLIER and not addition.assumption:
                chunks = _between(addition, scene)
                made = [replace(a, at=addition.at) for c in chunks if (a := _changing(addition.need, c)) is not None]
                if any(overwritten(state.program(), d, a) for a in made):
                    return None
                own = found.drafts[d]
                at = own.before.index(addition) + 1
                found = found.with_draft(d, replace(own, before=(*own.before[:at], *made, *own.before[at:])), len(made))
    if found is state:
        return None
    resolved, missing = resolve(found, scene)
    return None if missing or resolved.program().code == state.program().code else resolved


def _between(addition: Addition, scene: Scene) -> list[Chunk]:
    """The cards of the file after the nearest that defines the name, and before this one."""
    own = scene.library.chunk(scene.card)
    if own is None:
        return []
    defined = [
        d.chunk.order
        for d in scene.book.definitions.get(addition.need, ())
        if d.chunk.path == own.path and d.chunk.order < own.order
    ]
    chunks = (c for c in scene.library.chunks.values() if c.path == own.path and c.order < own.order)
    return sorted((c for c in chunks if defined and c.order > max(defined)), key=lambda c: c.order)


def _changing(name: str, chunk: Chunk) -> Addition | None:
    """The statements of a card that change the object, and what makes the names that they read."""
    changing = [n for n, s in enumerate(chunk.statements) if name in s.changes]
    needed: list[Statement] = [chunk.statements[n] for n in changing]
    for used in {u for s in needed for u in s.uses}:
        binders = [n for n, s in enumerate(chunk.statements) if used in s.binds and n < max(changing)]
        if binders:
            needed += slice_of(Definition(used, chunk, binders[-1]))
    statements = [s for s in chunk.statements if s in needed]
    if not changing or len(statements) > MOST_STATEMENTS:
        return None
    place = Definition(name, chunk, changing[0]).place
    change = Change(RULE, f"`{name}` is changed on a card in between", place)
    binds = frozenset(n for s in statements for n in s.binds)
    return Addition("\n".join(s.text for s in statements), change, binds, "", origin=Origin.EARLIER)
