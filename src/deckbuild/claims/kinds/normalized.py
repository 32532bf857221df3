"""What normalization does to any data: "a mean close to 0 and a standard deviation of approximately 1", recognised and held against the
values that the card normalizes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from deckbuild.model import Binding, Card, Claim, Outcome

from ..facts.evidence import Evidence
from ..facts.results import walk_statements
from ..facts.trace import Trace
from ..findings import Finding, confirmed, refuted, untested
from ..text.statements import statements


@dataclass(frozen=True, slots=True)
class NormalizedTest:
    """The normalized values have this mean or standard deviation."""

    statistic: Literal["mean", "std"]
    target: float
    words: str

    @property
    def expected(self) -> str:
        """As the text says it."""
        return self.words


NEAR = r"(?:is|are|of|becomes?|equal(?:s)?|have|has|a|an|the|will|be|should|very|to|close|approximately|about|roughly|near(?:ly)?|around|≈|=|\\approx|\s|[$`(\\])*"
MEAN = re.compile(rf"\bmeans?\b(?:\s+of\s+[\w\s]{{1,30}}?)?\s+{NEAR}\s*(?P<n>0(?:\.0+)?|zero)\b(?!\.\d)", re.IGNORECASE)
STD = re.compile(
    rf"\b(?:standard deviations?|std(?:dev)?|variances?)\b(?:\s+of\s+[\w\s]{{1,30}}?)?\s+{NEAR}\s*(?P<n>1(?:\.0+)?|one|unity)\b(?!\.\d)",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"\bnormali[sz]|\bstandardi[sz]", re.IGNORECASE)
NORMALIZING = re.compile(r"norm|standard|scaled|z_?score", re.IGNORECASE)
CLOSE = 0.02
"""Batch normalization divides by a root that a small constant was added to, and by n, not n - 1."""


def recognise_normalized(card: Card) -> Iterator[Claim]:
    """Mean 0 and deviation 1 where the sentence speaks of normalization, on a card with Python."""
    if not any(s.is_python for s in card.snippets):
        return
    for statement in statements(card):
        if not SUBJECT.search(statement.text):
            continue
        for statistic, pattern, target in (("mean", MEAN, 0.0), ("std", STD, 1.0)):
            if match := pattern.search(statement.text):
                line = statement.line_at(match.start())
                near = statement.snippet
                test = NormalizedTest("mean" if statistic == "mean" else "std", target, match["n"])
                yield Claim(card.path, line, match[0], "number", match["n"], near.line if near else None, test)


def judge_normalized(test: NormalizedTest, claim: Claim, evidence: Evidence) -> Finding:
    """It must hold for each value that the card normalizes, whatever the data: in the run and in each variant."""
    found = [(t, s, list(statistics(test, t, s.lineno))) for t in evidence.runs for s in normalizing(t)]
    values = [v for _, _, some in found for v in some]
    if not values:
        return untested()
    trace, statement, _ = next(f for f in found if f[2])
    computed = f"{values[0]:.3g}"
    if all(abs(v - test.target) <= CLOSE for v in values):
        name = next((b.value.name for b in trace.outcome.bindings if b.line == statement.lineno), "")
        return confirmed(computed, trace.repair, shows=((trace.line, name),))
    rests = trace.rests_on(statement.lineno)
    sure = not (rests.assumption or rests.elsewhere or rests.chance)
    wrong = all(abs(v - test.target) > 10 * CLOSE for v in values)
    return refuted(computed, trace.repair) if sure and wrong else untested(computed, trace.repair)


def normalizing(trace: Trace) -> Iterator[ast.Assign]:
    """The statements that subtract and divide, or apply a layer that normalizes, and bind a name that says so."""
    for statement in walk_statements(trace):
        match statement:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.BinOp(left=ast.BinOp(op=ast.Sub()), op=ast.Div())
            ) if NORMALIZING.search(name):
                yield statement
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call()) if NORMALIZING.search(name):
                yield statement


def statistics(test: NormalizedTest, trace: Trace, line: int) -> Iterator[float]:
    """The mean or deviation of what the statement left, in each run."""
    for outcome in (trace.outcome, *trace.repair.alternates):
        found = last_binding(outcome, line)
        if found is not None and found.value.stats is not None and found.value.stats.count > 1:
            yield found.value.stats.mean if test.statistic == "mean" else found.value.stats.std


def last_binding(outcome: Outcome, line: int) -> Binding | None:
    """What the statement left last."""
    return next((b for b in reversed(outcome.bindings) if b.line == line), None)
