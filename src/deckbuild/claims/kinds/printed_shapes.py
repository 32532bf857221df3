"""Shapes that the text behind code gives to what the code prints: "The output's shape is (2, 6, 4)." behind `print(model(x).shape)`;
recognised and held against the shape that the print shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim, Snippet
from deckbuild.prose import Size, sizes

from ..facts.evidence import Evidence
from ..findings import Finding, confirmed, refuted, untested
from ..standins import settle_shape
from ..text.sessions import is_session
from ..text.statements import Statement, is_hedged, statements
from ..text.unreal import is_of_another, is_option, is_otherwise, is_passing, is_supposed, is_unreal
from .shapes import ELSEWHERE, shape_at
from .shown import Asked, only_print, top_prints
from .statistics import CONDITION


@dataclass(frozen=True, slots=True)
class PrintedShapeTest:
    """What the line prints, or prints the shape of, has this shape."""

    dims: tuple[int, ...]
    words: str
    line: int
    """In the file, of the print."""
    surely: bool
    """Whether the sentence can speak of nothing else: then another shape of as many dimensions refutes it."""

    @property
    def expected(self) -> str:
        """The shape as the text writes it."""
        return self.words


SUBJECT = re.compile(
    r"(?:^|[.;:]\s+|\b(?:and|so)\s+)(?:so\s+|thus\s+|hence\s+|here,?\s+)?(?:the|this)\s+(?:(?:final|resulting|returned|printed)\s+)?"
    r"(?:output|result|shape)s?(?:['’]s\s+(?:shape|size)|\s+(?:shape|tensor))?(?:\s+of\s+the\s+(?:output|result)(?:\s+tensor)?)?"
    r"\s+(?:is|are|will\s+be|has|becomes)\s+(?:(?:an?|the|of)\s+){0,2}(?:(?:shape|size)s?\s+)?(?:of\s+)?[`$\\]*$",
    re.IGNORECASE,
)
TENSOR = re.compile(r"[`$]*\s+(?:tensor|matrix|array)\b", re.IGNORECASE)


def recognise_printed_shapes(card: Card) -> Iterator[Claim]:
    """The shapes that sentences behind a Python snippet give to all that it prints the shape of, in the same order."""
    for statement in statements(card):
        code = statement.explains
        if statement.here is not None or statement.introduces is not None or code is None or is_session(code):
            continue
        found = sizes(statement.text)
        if not found or (start := spoken_from(statement, found[0], code)) is None:
            continue
        prints = printed_by(code, statement, found)
        for size, print_ in zip(found, prints, strict=len(prints) > 0):
            yield claimed(card, statement, start, size, code.line + print_.statement.lineno - 1, len(found) > 1)


def spoken_from(statement: Statement, first: Size, code: Snippet) -> int | None:
    """Where the words begin that give a shape to the output; None where they only may, or speak of another."""
    text = statement.text
    match = SUBJECT.search(text[: first.start])
    if match is None:
        return None
    start = match.start() + len(match[0]) - len(match[0].lstrip(".;: "))
    unsure = (
        is_hedged(text, start)
        or is_unreal(text, start)
        or is_option(text, start)
        or is_passing(text[:start])
        or CONDITION.search(text) is not None
        or is_supposed(text, code.source)
    )
    return None if unsure else start


def printed_by(code: Snippet, statement: Statement, found: tuple[Size, ...]) -> tuple[Asked, ...]:
    """The prints whose shapes the sentence tells: as many as it tells; of "a 6 x 2 tensor" the only print of a call's result."""
    shapes = tuple(p for p in top_prints(code) if asks_for_shape(p.argument))
    if len(shapes) == len(found) and all(p.count == 1 for p in shapes):
        return () if any(size.kind == "product" for size in found) else shapes
    (only, *more), alone = found, only_print(code)
    told = TENSOR.match(statement.text, only.end) is not None and not more and not shapes
    results = [p for p in top_prints(code) if p.statement is alone and isinstance(p.argument, ast.Call)]
    return tuple(results) if told else ()


def asks_for_shape(argument: ast.expr) -> bool:
    """Whether an expression is the shape of something."""
    match argument:
        case ast.Attribute(attr="shape") | ast.Call(func=ast.Attribute(attr="size"), args=[]):
            return True
        case _:
            return False


def claimed(card: Card, statement: Statement, start: int, size: Size, at: int, several: bool) -> Claim:
    """The claim; where the sentence may speak of something else, tells several, or writes `6 x 2`, another shape refutes nothing."""
    text, code = statement.text, statement.explains
    doubtful = is_otherwise(text, start) or is_of_another(text, start) or ELSEWHERE.search(text) is not None
    surely = not (several or doubtful or size.kind == "product")
    words, line = text[size.start : size.end], statement.line_at(start)
    test = PrintedShapeTest(size.dims, words, at, surely)
    return Claim(card.path, line, text[start : size.end], "shape", words, code.line if code else None, test)


def judge_printed_shape(test: PrintedShapeTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against the shape that the line shows, in the run and in its variants."""
    trace = evidence.up_to(claim.snippet, test.line)
    statement = trace.statement(test.line) if trace else None
    shape = shape_at(trace, trace.outcome, statement) if trace and statement else None
    if trace is None or statement is None or shape is None:
        return untested()
    rests = trace.rests_on(statement.lineno)
    if rests.assumption or rests.assumed_form:
        others = [shape_at(trace, o, statement) for o in trace.repair.alternates]
        varies = any(s != shape for s in others) if others else None
        return settle_shape(test.dims, shape == test.dims, str(shape), trace, evidence.card, varies=varies)
    if shape == test.dims:
        return confirmed(str(shape), trace.repair)
    sure = trace.runs and test.surely and not rests.elsewhere and len(shape) == len(test.dims)
    return refuted(str(shape), trace.repair) if sure else untested(str(shape), trace.repair)
