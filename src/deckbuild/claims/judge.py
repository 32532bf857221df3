"""Holds what a card states against what was computed: claims and repairs in, judgements out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from deckbuild.model import Card, Claim, ClaimVerdict, Judgement, Repair

from .arithmetic import ArithmeticTest, judge_arithmetic
from .dimensions import SizeTest, judge_size
from .findings import Finding
from .literals import LiteralTest, judge_literal
from .normalized import NormalizedTest, judge_normalized
from .positions import EntryTest, judge_entry
from .printed import PrintedTest, judge_printed
from .raises import RaisesTest, judge_raises
from .relations import RelationTest, judge_relation
from .shapes import ShapeTest, judge_shape
from .statistics import NumberTest, judge_number
from .trace import Evidence, gather
from .types import TypeTest, judge_type

BITS_PER_DIGIT = 3.32
ENOUGH_BITS = 10
"""So much more than the choice cost must the claims that could have made it say together."""


def judge(card: Card, claims: Sequence[Claim], repairs: Sequence[Repair]) -> tuple[Judgement, ...]:
    """A judgement for each claim, in their order; `repairs` are those of the card's snippets, in the order of the snippets.

    Pure and quick: the search for a repair asks for it again for each candidate.
    """
    evidence = gather(card, repairs)
    findings = [find(claim, evidence) for claim in claims]
    shown = [tuple(evidence.shown(*s) for s in f.shows) for f in findings]
    return tuple(weigh(c, f, s, findings) for c, f, s in zip(claims, findings, shown, strict=True))


def find(claim: Claim, evidence: Evidence) -> Finding:
    """The finding for one claim. Raises TypeError for a test that this stage did not make."""
    match claim.test:
        case PrintedTest() as test:
            return judge_printed(test, claim, evidence)
        case LiteralTest() as test:
            return judge_literal(test, claim, evidence)
        case NumberTest() as test:
            return judge_number(test, claim, evidence)
        case EntryTest() as test:
            return judge_entry(test, claim, evidence)
        case NormalizedTest() as test:
            return judge_normalized(test, claim, evidence)
        case ShapeTest() as test:
            return judge_shape(test, claim, evidence)
        case SizeTest() as test:
            return judge_size(test, claim, evidence)
        case RelationTest() as test:
            return judge_relation(test, claim, evidence)
        case TypeTest() as test:
            return judge_type(test, claim, evidence)
        case RaisesTest() as test:
            return judge_raises(test, claim, evidence)
        case ArithmeticTest() as test:
            return judge_arithmetic(test, claim, evidence)
        case _:
            raise TypeError(f"no claim of this stage: {claim.test!r}")


def weigh(
    claim: Claim, finding: Finding, shows: tuple[tuple[int, str], ...], all_findings: Sequence[Finding]
) -> Judgement:
    """The judgement; where claims chose the set-up, what they say beyond the price of the choice.

    If all that could have chosen together say hardly more than the choice cost, they prove nothing: `assumed`.
    """
    repair, tried = finding.repair, finding.repair.tried if finding.repair else None
    verdict, bits = finding.verdict, None
    if repair is not None and tried and finding.digits and verdict is ClaimVerdict.CONFIRMED:
        together = {
            id(f): f.digits for f in all_findings if f.repair and f.repair.tried == tried and f.verdict is verdict
        }
        if sum(together.values()) * BITS_PER_DIGIT - math.log2(tried) < ENOUGH_BITS:
            verdict = ClaimVerdict.ASSUMED
        bits = round(finding.digits * BITS_PER_DIGIT - math.log2(tried), 1)
    chose = bits is not None and bits > 0
    return Judgement(claim, verdict, finding.computed, tried if chose else None, bits if chose else None, shows)
