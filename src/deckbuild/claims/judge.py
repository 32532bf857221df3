"""Holds what a card states against what was computed: claims and repairs in, judgements out."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from deckbuild.model import Card, Claim, ClaimVerdict, Judgement, Repair

from .facts.evidence import Evidence, gather
from .findings import Finding, assumed, untested
from .grounds import LUCK_DIGITS
from .kinds.arithmetic import ArithmeticTest, judge_arithmetic
from .kinds.asked import AskedTest, judge_asked
from .kinds.counted import CountTest, judge_count
from .kinds.dimensions import SizeTest, judge_size
from .kinds.functions import FunctionTest, judge_function
from .kinds.held import HeldTest, judge_held
from .kinds.literals import LiteralTest, judge_literal
from .kinds.made import MadeTest, judge_made
from .kinds.named import NamedShapeTest, judge_named_shape
from .kinds.normalized import NormalizedTest, judge_normalized
from .kinds.positions import EntryTest, judge_entry
from .kinds.printed import PrintedTest, judge_printed
from .kinds.printed_shapes import PrintedShapeTest, judge_printed_shape
from .kinds.raises import RaisesTest, judge_raises
from .kinds.relations import RelationTest, judge_relation
from .kinds.settings import SettingTest, judge_setting
from .kinds.shapes import ShapeTest, judge_shape
from .kinds.shown import ShownTest, judge_shown
from .kinds.statistics import NumberTest, judge_number
from .kinds.types import TypeTest, judge_type

BITS_PER_DIGIT = 3.32
# Each takes the kind of test that it stands behind; a table cannot say so to the type checker.
JUDGES: dict[type, Callable[[Any, Claim, Evidence], Finding]] = {
    ArithmeticTest: judge_arithmetic,
    AskedTest: judge_asked,
    CountTest: judge_count,
    EntryTest: judge_entry,
    FunctionTest: judge_function,
    HeldTest: judge_held,
    LiteralTest: judge_literal,
    MadeTest: judge_made,
    NamedShapeTest: judge_named_shape,
    NormalizedTest: judge_normalized,
    NumberTest: judge_number,
    PrintedShapeTest: judge_printed_shape,
    PrintedTest: judge_printed,
    RaisesTest: judge_raises,
    RelationTest: judge_relation,
    SettingTest: judge_setting,
    ShapeTest: judge_shape,
    ShownTest: judge_shown,
    SizeTest: judge_size,
    TypeTest: judge_type,
}
ENOUGH_BITS = 10
"""So much more than the choice cost must the claims that could have made it say together."""
FORM = frozenset({"shape", "type", "relation"})
"""Kinds of claims that can be confirmed of what rests on an assumption about data."""


def judge(card: Card, claims: Sequence[Claim], repairs: Sequence[Repair]) -> tuple[Judgement, ...]:
    """A judgement for each claim, in their order; `repairs` are those of the card's snippets, in the order of the snippets.

    Pure and quick: the search for a repair asks for it again for each candidate.
    """
    evidence = gather(card, repairs)
    findings = [find(claim, evidence) for claim in claims]
    shown = [tuple(evidence.shown(*s) for s in f.shows) for f in findings]
    return tuple(weigh(c, f, s, findings) for c, f, s in zip(claims, findings, shown, strict=True))


def find(claim: Claim, evidence: Evidence) -> Finding:
    """The finding for one claim; `untested`, if it depends on what was drawn. Raises KeyError for a test that this stage did not make."""
    finding = find_once(claim, evidence)
    decided = finding.verdict is ClaimVerdict.REFUTED or (
        finding.verdict is ClaimVerdict.CONFIRMED and finding.digits < LUCK_DIGITS
    )
    if decided and any(differ(claim, finding, find_once(claim, other)) for other in evidence.under_other_seeds()):
        return untested(finding.computed, finding.repair)
    return finding


def differ(claim: Claim, finding: Finding, other: Finding) -> bool:
    """Whether another seed decides differently; what is no relation must be refuted by the same value."""
    by_value = finding.verdict is ClaimVerdict.REFUTED and claim.kind != "relation"
    return finding.verdict is not other.verdict or (by_value and finding.computed != other.computed)


def find_once(claim: Claim, evidence: Evidence) -> Finding:
    """The finding for one claim in one run of each program; `assumed`, if a stand-in was made from it."""
    finding = JUDGES[type(claim.test)](claim.test, claim, evidence)
    copied = {text for t in evidence.traces for a in t.repair.assumptions for text in a.copied}
    partial = claim.kind not in FORM and finding.repair and any(a.partial for a in finding.repair.assumptions)
    taken = (claim.text in copied or partial) and finding.verdict is ClaimVerdict.CONFIRMED
    if taken or (finding.verdict is ClaimVerdict.UNTESTED and claim.expected in copied):
        return assumed(finding.computed, finding.repair)
    return finding


def weigh(
    claim: Claim, finding: Finding, shows: tuple[tuple[int, str], ...], all_findings: Sequence[Finding]
) -> Judgement:
    """The judgement; where claims chose the set-up, what they say beyond the price of the choice.

    If all that could have chosen together say hardly more than the choice cost, they prove nothing: `assumed`.
    """
    repair, tried = finding.repair, finding.repair.tried if finding.repair else None
    verdict, bits = finding.verdict, None
    if repair is not None and tried and verdict is ClaimVerdict.CONFIRMED:
        together = {
            id(f): f.digits for f in all_findings if f.repair and f.repair.tried == tried and f.verdict is verdict
        }
        if sum(together.values()) * BITS_PER_DIGIT - math.log2(tried) < ENOUGH_BITS:
            verdict = ClaimVerdict.ASSUMED
        bits = round(finding.digits * BITS_PER_DIGIT - math.log2(tried), 1) if finding.digits else None
    chose = bits is not None and bits > 0
    return Judgement(claim, verdict, finding.computed, tried if chose else None, bits if chose else None, shows)
