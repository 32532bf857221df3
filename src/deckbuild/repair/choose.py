"""What a claim selects: a missing argument, or a whole set-up, found because only it gives what the card states.

In: the state of a whole card that runs; out: the state with the choice made, or the same state. Nothing is chosen that says
less than the choice cost (bits), that contradicts another claim, or between two settings that give different results.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from deckbuild.model import Job, Judgement, Outcome, Snippet

from .conclude import Unrunnable
from .draft import State
from .scene import Scene
from .score import judged, score
from .settings.arguments import arguments
from .settings.setups import setups

MARGIN_BITS = 10.0
"""What the claims must say beyond the choice."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A state, what it did and how it meets the claims."""

    state: State
    outcome: Outcome
    score: float
    judgements: tuple[Judgement, ...]


def choose(state: State, order: Mapping[Snippet, int | Unrunnable], scene: Scene) -> State:
    """The state that meets the card's claims best, if one of the settings does so unmistakably."""
    if not scene.claims or not state.drafts or any(d.expects for d in state.drafts):
        return state
    families: tuple[Callable[[State, Scene], Iterator[State]], ...] = (setups, arguments)
    for family in families:
        state = _best(state, tuple(family(state, scene)), order, scene)
    return state


def _best(state: State, others: tuple[State, ...], order: Mapping[Snippet, int | Unrunnable], scene: Scene) -> State:
    if not others:
        return state
    states = (state, *others)
    outcomes = scene.run.trial([Job(s.program().code) for s in states])
    candidates = [_candidate(s, o, order, scene) for s, o in zip(states, outcomes, strict=True) if o.ok]
    if not candidates or candidates[0].state is not state:
        return state
    best = max(c.score for c in candidates)
    winners = [c for c in candidates if c.score == best]
    if best - candidates[0].score < math.log2(len(states)) + MARGIN_BITS or not _equivalent(winners):
        return state
    winner = min(winners, key=lambda c: (c.state.cost, len(c.state.program().code)))
    return replace(winner.state, tried=len(states))


def _candidate(state: State, outcome: Outcome, order: Mapping[Snippet, int | Unrunnable], scene: Scene) -> Candidate:
    judgements = judged(state, outcome, order, scene)
    return Candidate(state, outcome, score(judgements), judgements)


def _equivalent(winners: list[Candidate]) -> bool:
    """Whether all of them give what the claims speak of the same value."""
    first = [(j.verdict, j.computed) for j in winners[0].judgements]
    return all([(j.verdict, j.computed) for j in w.judgements] == first for w in winners[1:])
