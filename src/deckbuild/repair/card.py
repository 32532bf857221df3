"""A card, repaired. In: the card, the deck around it, its claims; out: one Repair per snippet, in the order of the card.

Its Python snippets share one namespace and are repaired one after the other; each may change those before it on the card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuild.model import Ask, Card, Claim, Fault, Job, Judge, Repair, Run, Snippet

from .apply import apply_layers
from .choose import choose
from .conclude import Unrunnable, conclude
from .damage import clean
from .draft import Draft, Place, State, start_draft
from .external import mend_outside
from .inverse import recover
from .library import Library
from .refuse import Refusal, explain, refuse
from .rules.imports import RULE as IMPORT
from .scene import Scene
from .search import Found, NotFound, search


def repair_card(
    card: Card, library: Library, claims: Sequence[Claim], run: Run, judge: Judge, ask: Ask | None = None
) -> tuple[Repair, ...]:
    """One repair per snippet of the card."""
    scene = Scene(card, library, claims, run, judge, ask)
    state = State(())
    order: dict[Snippet, int | Unrunnable] = {}
    for snippet in card.snippets:
        refusal = refuse(snippet, scene)
        if refusal is not None and refusal.unless_it_runs and _runs_as_written(snippet, run):
            state = replace(state, drafts=(*state.drafts, start_draft(snippet)))
            order[snippet] = len(state.drafts) - 1
            continue
        settled = _settled(state, snippet, refusal, scene)
        if isinstance(settled, Unrunnable):
            settled = mend_outside(state, settled, order, scene)
        if isinstance(settled, Unrunnable):
            order[snippet] = settled
        else:
            state = settled
            order[snippet] = len(state.drafts) - 1
    state = recover(choose(apply_layers(state, scene), order, scene), order, scene)
    return conclude(state, order, scene)


def _settled(state: State, snippet: Snippet, refusal: Refusal | None, scene: Scene) -> State | Unrunnable:
    """The state in which the snippet runs, too, or why it does not."""
    if refusal is not None:
        return Unrunnable(snippet, refusal.reason, refusal.why)
    found = search(replace(state, drafts=(*state.drafts, clean(snippet))), scene)
    return found.state if isinstance(found, Found) else _unrunnable(snippet, found)


def _runs_as_written(snippet: Snippet, run: Run) -> bool:
    (outcome,) = run.trial([Job(snippet.source)])
    return outcome.ok


def _unrunnable(snippet: Snippet, found: NotFound) -> Unrunnable:
    """Why the snippet does not run: what its own text lacks, not what befell something that deckbuild brought in."""
    drafts = found.state.drafts
    program = found.state.program()
    place = program.place(found.fault.line)
    own = place is not None and place.line is not None and place.draft == len(drafts) - 1
    line = drafts[-1].lines[place.line].first if own and place is not None and place.line is not None else 1
    fault = replace(found.fault, line=snippet.line + max(line, 1) - 1)
    missing = _unprovided(drafts[-1], None if own else place)
    refusal = explain(fault, snippet, own or _is_at_import(drafts[-1], place))
    if refusal.reason is None and missing is not None:
        fault = Fault(
            "raised", "NameError", f"name '{missing}' is defined nowhere that fits", snippet.line, name=missing
        )
        refusal = explain(fault, snippet, own=True)
    return Unrunnable(snippet, refusal.reason, refusal.why, program, fault)


def _is_at_import(draft: Draft, place: Place | None) -> bool:
    """Whether the fault is that of an import that the snippet's own names ask for."""
    return (
        place is not None
        and place.before is not None
        and place.before < len(draft.before)
        and draft.before[place.before].change.rule == IMPORT
    )


def _unprovided(draft: Draft, place: Place | None) -> str | None:
    """The name for which what was brought in is at fault, or else the first name that had to be invented."""
    if place is not None and place.before is not None and place.before < len(draft.before):
        return draft.before[place.before].need or None
    return next((a.need for a in draft.before if a.assumption), None)
