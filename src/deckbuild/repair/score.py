"""How well a state meets the card's claims. In: judgements; out: a score, and what the agreement is worth in bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deckbuild.model import ClaimVerdict, Judgement, Outcome, Snippet

from .conclude import Unrunnable, provisional
from .draft import State
from .scene import Scene


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """Fewer refuted before more confirmed."""

    refuted: int
    """Negative, so that more is better."""
    confirmed: int
    bits: float


def score(judgements: Sequence[Judgement]) -> Score:
    """The score of a card's judgements."""
    refuted = sum(j.verdict is ClaimVerdict.REFUTED for j in judgements)
    confirmed = [j for j in judgements if j.verdict is ClaimVerdict.CONFIRMED]
    return Score(-refuted, len(confirmed), sum(map(information, confirmed)))


def information(judgement: Judgement) -> float:
    """What the claim says, in bits: its digits × log2(10)."""
    return 3.32 * sum(c.isdigit() for c in judgement.claim.expected)


def judged(
    state: State, outcome: Outcome, order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> tuple[Judgement, ...]:
    """The card's claims held against one run of the state's program."""
    return scene.judge(scene.card, scene.claims, provisional(state, outcome, order))
