"""A card, repaired. In: the card, the deck around it, its claims; out: one Repair per snippet, in the order of the card.

Its Python snippets share one namespace and are repaired one after the other; each may change those before it on the card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deckbuild.model import Ask, Card, Claim, Job, Judge, Repair, Run, Snippet

from .apply import apply_layers
from .as_stated import as_stated
from .by_claim import by_claim
from .choose import choose
from .conclude import Unrunnable, conclude
from .damage import clean
from .doubts.invented import contradicted
from .draft import State, start_draft
from .external import mend_outside
from .in_part import in_part
from .inverse import recover
from .lending.library import Library
from .meant import raising_as_told
from .own_names import own_names
from .refusals.lacks import lacking
from .refusals.refuse import refuse
from .refusals.shown import as_shown, shown_heads
from .scene import Scene
from .search import Found, NotFound, search
from .slips import without_slip


def repair_card(
    card: Card, library: Library, claims: Sequence[Claim], run: Run, judge: Judge, ask: Ask | None = None
) -> tuple[Repair, ...]:
    """One repair per snippet of the card."""
    scene = Scene(card, library, claims, run, judge, ask)
    state = State(())
    order: dict[Snippet, int | Unrunnable] = {}
    for snippet in card.snippets:
        settled = _settled(state, snippet, order, scene)
        if isinstance(settled, Unrunnable):
            settled = mend_outside(state, settled, order, scene)
        if isinstance(settled, Unrunnable):
            order[snippet] = settled
        else:
            state = settled
            order[snippet] = len(state.drafts) - 1
    state = recover(choose(apply_layers(state, scene), order, scene), order, scene)
    return conclude(state, {s: _unless_contradicted(state, place, scene) for s, place in order.items()}, scene)


def _unless_contradicted(state: State, place: int | Unrunnable, scene: Scene) -> int | Unrunnable:
    """The place, or why what runs there on invented data is not to be shown beside what the card states."""
    if isinstance(place, Unrunnable):
        return place
    part = replace(state, drafts=state.drafts[: place + 1])
    fault = contradicted(part, scene)
    if fault is None:
        return place
    snippet = part.drafts[-1].snippet
    return Unrunnable(snippet, None, fault.message, part.program(), replace(fault, line=snippet.line))


def _settled(
    state: State, snippet: Snippet, order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> State | Unrunnable:
    """The state in which the snippet runs, too, or why it does not."""
    start = without_slip(snippet, state, order, scene)
    refusal = None if start is not None else refuse(snippet, scene)
    if refusal is not None:
        if refusal.unless_it_runs and _runs_as_written(snippet, scene.run):
            return replace(state, drafts=(*state.drafts, start_draft(snippet)))
        if refusal.reason == "pseudo-code" and (part := in_part(snippet, state, scene)) is not None:
            return as_stated(part.state, part.outcome, order, scene)
        if refusal.reason is None:
            refusal = shown_heads(snippet.source, scene) or refusal
        return Unrunnable(snippet, refusal.reason, refusal.why)
    start = start or replace(state, drafts=(*state.drafts, clean(snippet)))
    if (meant := raising_as_told(start, scene)) is not None:
        return meant
    found = search(own_names(start, order, scene), scene)
    if isinstance(found, NotFound):
        found = by_claim(found, order, scene)
    if isinstance(found, Found):
        return as_stated(found.state, found.outcome, order, scene)
    return as_shown(lacking(found, order, scene), found, scene)


def _runs_as_written(snippet: Snippet, run: Run) -> bool:
    (outcome,) = run.trial([Job(snippet.source)])
    return outcome.ok
