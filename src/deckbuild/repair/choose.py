"""What a claim selects: a missing argument, or a whole set-up, found because only it gives what the card states.

In: the state of a whole card that runs; out: the state with the choice made, or the same state. Nothing is chosen that says
less than the choice cost (bits), that contradicts another claim, or between two settings that give different results.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from deckbuild.model import ClaimVerdict, Job, Judgement, Outcome, Snippet

from .conclude import Unrunnable
from .draft import State
from .scene import Scene
from .score import information, judged, score
from .settings.arguments import arguments
from .settings.setups import setups

FEW = 40
"""So many candidates are judged whole; of more only those that come near a stated number."""
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
        (outcome,) = scene.run.trial([Job(state.program().code)])
        as_is = _candidate(state, outcome, order, scene)
        if outcome.ok and _at_stake(as_is.judgements) > MARGIN_BITS:
            state = _best(as_is, tuple(family(state, scene)), order, scene)
    return state


def _best(
    as_is: Candidate, others: tuple[State, ...], order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> State:
    cost = math.log2(len(others) + 1) + MARGIN_BITS
    if not others or _at_stake(as_is.judgements) < cost:
        return as_is.state
    near = others if len(others) <= FEW else _near_ones(as_is, others, scene)
    outcomes = scene.run.trial([Job(s.program().code) for s in near])
    ran = [(s, o) for s, o in zip(near, outcomes, strict=True) if o.ok]
    candidates = [as_is, *(_candidate(s, o, order, scene) for s, o in ran)]
    best = max(c.score for c in candidates)
    winners = [c for c in candidates if c.score == best]
    if best - as_is.score < cost or _won(winners[0], as_is) < cost or not _equivalent(winners):
        return as_is.state
    winner = min(winners, key=lambda c: (c.state.cost, len(c.state.program().code)))
    return replace(winner.state, tried=(as_is.state.tried or 1) * (len(others) + 1))


def _near_ones(as_is: Candidate, others: tuple[State, ...], scene: Scene) -> tuple[State, ...]:
    """Those that run and come nearer to the stated numbers than the state as it is; recorded no further than it takes to tell."""
    stated = _stated(as_is.judgements)
    jobs = [Job(s.program().code, record="numbers") for s in (as_is.state, *others)]
    first, *rest = scene.run.trial(jobs)
    least = _near(first, stated)
    return tuple(s for s, o in zip(others, rest, strict=True) if o.ok and _near(o, stated) > least)


def _at_stake(judgements: tuple[Judgement, ...]) -> float:
    """The bits of the claims that a choice could still win."""
    return sum(information(j) for j in judgements if j.verdict is not ClaimVerdict.CONFIRMED)


def _won(winner: Candidate, as_is: Candidate) -> float:
    """The bits of what it confirms beyond the state as it is: a refuted claim that is only left undecided speaks for nothing."""
    return _confirmed(winner) - _confirmed(as_is)


def _confirmed(candidate: Candidate) -> float:
    return sum(information(j) for j in candidate.judgements if j.verdict is ClaimVerdict.CONFIRMED)


def _stated(judgements: tuple[Judgement, ...]) -> tuple[float, ...]:
    """The decimals that the claims at stake state."""
    texts = [j.claim.expected for j in judgements if j.verdict is not ClaimVerdict.CONFIRMED]
    return tuple(float(n) for text in texts for n in re.findall(r"-?\d+\.\d+", text.replace("−", "-")))


def _near(outcome: Outcome, stated: tuple[float, ...]) -> int:
    """How many numbers that the program bound are among the stated ones; the card's own literals are so in every candidate."""
    values = (*outcome.values, *(b.value for b in outcome.bindings))
    computed = [v.data for v in values if isinstance(v.data, int | float)]
    computed += [n for v in values if v.stats for n in (v.stats.mean, v.stats.std)]
    return sum(math.isclose(c, s, rel_tol=1e-3) for c in computed for s in stated)


def _candidate(state: State, outcome: Outcome, order: Mapping[Snippet, int | Unrunnable], scene: Scene) -> Candidate:
    judgements = judged(state, outcome, order, scene)
    return Candidate(state, outcome, score(judgements), judgements)


def _equivalent(winners: list[Candidate]) -> bool:
    """Whether all of them give what the claims speak of, and all that the program computes, the same values."""
    return len({(_told(w), _computed(w.outcome)) for w in winners}) == 1


def _told(winner: Candidate) -> str:
    return repr([(j.verdict, j.computed) for j in winner.judgements])


def _computed(outcome: Outcome) -> str:
    """The numbers that the program binds; modules are left out, whose settings differ where their results may not."""
    return repr(
        [
            (v.name, v.shape, v.data, v.stats)
            for v in outcome.values
            if v.shape is not None or isinstance(v.data, int | float)
        ]
    )
