"""A correction that only a claim may choose: a list that is used as an array, where the card states what comes out.

In: a search that found nothing; out: what is found with one such correction, if a claim of the snippet comes true by it and none
false; what the claim chose among is told with it. It must leave alone: cards that say that something fails, and snippets of which no claim speaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from deckbuild.model import ClaimVerdict, Snippet

from .conclude import Unrunnable
from .meant import is_about_failure
from .rules.arrays_meant import correct
from .scene import Scene
from .score import judged
from .search import Found, NotFound, search


def by_claim(missed: NotFound, order: Mapping[Snippet, int | Unrunnable], scene: Scene) -> Found | NotFound:
    """What a claim chooses, or the search as it ended."""
    line = missed.state.drafts[-1].snippet.line
    if is_about_failure(scene) or not any(c.snippet == line for c in scene.claims):
        return missed
    states = list(correct(missed.state, missed.state.program(), missed.fault, scene))
    for state in states:
        found = search(state, scene)
        if isinstance(found, NotFound):
            continue
        places = {**order, found.state.drafts[-1].snippet: len(found.state.drafts) - 1}
        own = [j for j in judged(found.state, found.outcome, places, scene) if j.claim.snippet == line]
        below = [j.verdict for j in own if j.claim.line >= _file_line(missed)]
        if ClaimVerdict.CONFIRMED in below and all(j.verdict is not ClaimVerdict.REFUTED for j in own):
            tried = (found.state.tried or 1) * (len(states) + 1)
            return replace(found, state=replace(found.state, tried=tried))
    return missed


def _file_line(missed: NotFound) -> int:
    """The line of the file at which the search ended."""
    place = missed.state.program().place(missed.fault.line)
    return missed.state.drafts[-1].file_line(place.line if place is not None and place.line is not None else 0)
