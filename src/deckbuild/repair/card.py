"""A card, repaired. In: the card, the deck around it, its claims; out: one Repair per snippet, in the order of the card.

Its Python snippets share one namespace and are repaired one after the other; each may change those before it on the card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuild.model import Card, Claim, Job, Judge, Repair, Run, Snippet

from .apply import apply_layers
from .choose import choose
from .conclude import Unrunnable, conclude
from .damage import clean
from .draft import State, start_draft
from .lacks import lacking
from .library import Library
from .meant import raising_as_told
from .refuse import refuse
from .scene import Scene
from .search import Found, search
from .slips import without_slip


def repair_card(card: Card, library: Library, claims: Sequence[Claim], run: Run, judge: Judge) -> tuple[Repair, ...]:
    """One repair per snippet of the card."""
    scene = Scene(card, library, claims, run, judge)
    state = State(())
    order: dict[Snippet, int | Unrunnable] = {}
    for snippet in card.snippets:
        mended = without_slip(snippet, state, order, scene)
        refusal = None if mended is not None else refuse(snippet, scene)
        if refusal is not None and refusal.unless_it_runs and _runs_as_written(snippet, run):
            state = replace(state, drafts=(*state.drafts, start_draft(snippet)))
            order[snippet] = len(state.drafts) - 1
            continue
        if refusal is not None:
            order[snippet] = Unrunnable(snippet, refusal.reason, refusal.why)
            continue
        start = mended or replace(state, drafts=(*state.drafts, clean(snippet)))
        if (meant := raising_as_told(start, scene)) is not None:
            state = meant
            order[snippet] = len(state.drafts) - 1
            continue
        found = search(start, scene)
        if isinstance(found, Found):
            state = found.state
            order[snippet] = len(state.drafts) - 1
        else:
            order[snippet] = lacking(snippet, found, scene)
    state = choose(apply_layers(state, scene), order, scene)
    return conclude(state, order, scene)


def _runs_as_written(snippet: Snippet, run: Run) -> bool:
    (outcome,) = run.trial([Job(snippet.source)])
    return outcome.ok
