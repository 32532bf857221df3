"""What speaks for edits from outside. In: a state that runs with them; out: the bits that claims say for each, less what it costs.

A claim speaks for an edit only if it is confirmed with it, and no longer if what the edit makes is taken for an assumption:
what would be confirmed anyway, once the snippet runs, speaks for nothing. An edit costs what its words could have been chosen to
say, so that a number copied from a claim never pays. Source: J. Rissanen, Modeling by shortest data description (1978).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from deckbuild.model import ClaimVerdict, Judgement, Outcome, Repair, Snippet

from ..conclude import Unrunnable, provisional
from ..doubts.taint import tainted
from ..draft import Change, Program, State
from ..program.names import used
from ..scene import Scene
from ..score import information
from .limits import differing

BITS_PER_DIGIT = 3.32
BITS_PER_WORD = 8.0
"""A name, number or text among some 250 that could stand there."""
BITS_PER_SIGN = 2.0
MOST_BITS = 50.0
"""What costs more is no correction but a program of its own."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The claims, with the edits, and what they say for each of them."""

    judgements: tuple[Judgement, ...]
    bits: Mapping[Change, float]
    together: float
    """What the claims say that rest on any of them."""


def price(before: str, after: str) -> float:
    """What new words in the place of old ones could have been chosen to say, in bits; nothing is free."""
    difference = differing(before, after)
    return max(BITS_PER_SIGN, sum(map(_price, difference.came)) + BITS_PER_SIGN * len(difference.gone))


def weigh(
    state: State, outcome: Outcome, order: Mapping[Snippet, int | Unrunnable], changes: Sequence[Change], scene: Scene
) -> Weighed:
    """The card's claims after a run of the state's program, and for each change the bits of the claims that rest on it."""
    repairs = provisional(state, outcome, order)
    judgements = scene.judge(scene.card, scene.claims, repairs)
    program = state.program()

    def said(doubted: Sequence[Change]) -> float:
        """The bits of the claims that are confirmed only as long as these changes are not in doubt."""
        changed = _statements(state, program, doubted)
        without = scene.judge(scene.card, scene.claims, tuple(_doubted(r, program, changed) for r in repairs))
        resting = sum(
            information(j)
            for j, other in zip(judgements, without, strict=True)
            if j.verdict is ClaimVerdict.CONFIRMED and other.verdict is not ClaimVerdict.CONFIRMED
        )
        return min(resting, _shown_bits(program, outcome, changed))

    return Weighed(judgements, {change: said([change]) for change in changes}, said(changes))


def _price(token: str) -> float:
    if not re.search(r"\w", token):
        return BITS_PER_SIGN
    return BITS_PER_WORD + BITS_PER_DIGIT * sum(c.isdigit() for c in token)


def _doubted(repair: Repair, program: Program, changed: Sequence[ast.stmt]) -> Repair:
    """The repair as if what the statements make were an assumption, and what they print unknown."""
    tree = program.tree()
    if repair.outcome is None or tree is None or repair.code != program.code:
        return repair
    span = _span(changed)
    unknown = replace(
        repair.outcome,
        prints=tuple(p for p in repair.outcome.prints if p.line not in span),
        bindings=tuple(b for b in repair.outcome.bindings if b.line not in span),
    )
    return replace(repair, outcome=unknown, assumed=repair.assumed | tainted(tree, {s.lineno for s in changed}))


def _shown_bits(program: Program, outcome: Outcome, changed: Sequence[ast.stmt]) -> float:
    """The digits that what rests on the statements printed or left: no claim can say more about it."""
    tree = program.tree()
    if tree is None:
        return 0.0
    names = tainted(tree, {s.lineno for s in changed})
    span = _span([s for s in tree.body if s in changed or used(s) & names])
    texts = [p.text for p in outcome.prints if p.line in span]
    texts += [b.value.text for b in outcome.bindings if b.line in span]
    return BITS_PER_DIGIT * sum(c.isdigit() for text in texts for c in text)


def _statements(state: State, program: Program, changes: Sequence[Change]) -> list[ast.stmt]:
    """The top-level statements that hold a line of the changes."""
    lines = {
        n
        for n, place in enumerate(program.places, 1)
        if place.line is not None and set(changes) & set(state.drafts[place.draft].lines[place.line].changes)
    }
    tree = program.tree()
    return [s for s in tree.body if lines & _span([s])] if tree is not None else []


def _span(statements: Sequence[ast.stmt]) -> set[int]:
    return {n for s in statements for n in range(s.lineno, (s.end_lineno or s.lineno) + 1)}
