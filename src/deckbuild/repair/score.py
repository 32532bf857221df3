"""How well a state meets the card's claims. In: judgements; out: a score, and what the agreement is worth in bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deckbuild.model import ClaimVerdict, Judgement, Outcome, Snippet

from .conclude import Unrunnable, provisional
from .draft import State
from .scene import Scene

_SIGN = {ClaimVerdict.CONFIRMED: 1, ClaimVerdict.REFUTED: -1}


def score(judgements: Sequence[Judgement]) -> float:
    """What the confirmed claims say minus what the refuted ones say, in bits."""
    return sum(information(j) * _SIGN.get(j.verdict, 0) for j in judgements)


def information(judgement: Judgement) -> float:
    """What the claim says, in bits: its digits × log2(10), at least one digit.

    A size, shape or relation counts as one digit: few outputs are to be had from the settings of a layer, and a text is often wrong of them.
    """
    digits = sum(c.isdigit() for c in judgement.claim.expected)
    return 3.32 * (1 if judgement.claim.kind in ("shape", "relation", "type") else max(1, digits))


def judged(
    state: State, outcome: Outcome, order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> tuple[Judgement, ...]:
    """The card's claims held against one run of the state's program."""
    return scene.judge(scene.card, scene.claims, provisional(state, outcome, order))
