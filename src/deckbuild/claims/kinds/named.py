"""Shapes said of a name or of what the code results in: "`x` has shape (2, 3)", "the resulting tensor has a shape of 4×2"; recognised and
held against that value."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim, Value
from deckbuild.prose import Size, sizes

from ..facts.calls import MOVING
from ..facts.evidence import Evidence
from ..facts.reliance import parse, reads
from ..facts.scopes import is_inner
from ..facts.trace import Trace
from ..findings import Finding, assumed, confirmed, refuted, untested
from ..standins import settle_shape
from ..text.near import words_before
from ..text.statements import Statement, is_hedged, statements
from ..text.unreal import is_of_another, is_otherwise, is_passing
from .shapes import shape_at


@dataclass(frozen=True, slots=True)
class NamedShapeTest:
    """The value of a name, or (name None) the last array that the snippet binds, has this shape."""

    name: str | None
    dims: tuple[int, ...]
    words: str
    surely: bool = True
    """Whether nothing says that it is the shape of something else: of one example, of another input."""

    @property
    def expected(self) -> str:
        """The shape as the text writes it."""
        return self.words


NAMED = re.compile(
    r"`(?P<name>[A-Za-z_]\w*)(?:\.(?:shape|size\(\)))?`[^.`]{0,40}?\b(?:shape|size|dimensions?)\b[^.`()\d]{0,20}[`$\\(]*$|\b(?:shape|size|dimensions?) of (?:the\s+)?`(?P<of>[A-Za-z_]\w*)`[^.`]{0,25}`?$",
    re.IGNORECASE,
)
RESULT = re.compile(
    r"\b(?:resulting|output|final|new|combined|reshaped|returned|created)\s+(?:\w+\s+)?(?:tensor|array|matrix)\b[^.`]{0,40}?\b(?:shape|size|dimensions?)\b[^.()\d]{0,20}[`$\\(]*$|\b(?:this|the) (?:output|result) (?:has|is of|will have) (?:an?\s+|the\s+)?(?:shape|size|dimensions?)\b[^.()\d]{0,10}[`$\\(]*$|\b(?:creates?|gives?|returns?|produces?|results? in) (?:an?\s+|the\s+)?(?:\w+\s+){0,2}(?:tensor|array|matrix) (?:of|with) (?:an?\s+|the\s+)?(?:shape|size|dimensions?)\b[^.()\d]{0,10}[`$\\(]*$",
    re.IGNORECASE,
)


OUTPUT_SHAPE = re.compile(
    r"\bthe\s+(?:output|resulting|result's|final)\s+(?:shape|size|dimensions?)\s+(?:is|are|will be|becomes)\s+[`$\\(]*$",
    re.IGNORECASE,
)
OUTPUT_NAME = re.compile(r"out|res|y\b|logits|pred")


def recognise_named_shapes(card: Card) -> Iterator[Claim]:
    """The shapes that the prose of a card with Python gives to names and results."""
    if not any(s.is_python for s in card.snippets):
        return
    for statement in statements(card):
        for size in sizes(statement.text):
            if statement.here is None and (found := said_of(statement, size, card)):
                start, name = found
                if is_passing(words_before(statement.text, start)):
                    continue
                near = statement.snippet
                line = statement.line_at(start)
                words = statement.text[size.start : size.end]
                surely = not (is_otherwise(statement.text, start) or is_of_another(statement.text, start))
                test = NamedShapeTest(name, size.dims, words, surely)
                quote = statement.text[start : size.end]
                yield Claim(card.path, line, quote, "shape", words, near.line if near else None, test)


def said_of(statement: Statement, size: Size, card: Card) -> tuple[int, str | None] | None:
    """Where the words begin that a size belongs to, and the name that they give; None for a size of nothing known."""
    before = words_before(statement.text, size.start)
    match = NAMED.search(before)
    if match and not is_hedged(before, match.start()) and (name := match["name"] or match["of"]) in bound_names(card):
        return match.start(), name
    match = RESULT.search(before)
    if match is None and not has_moving_layers(card):
        # Of layers that move over their input the sentence's own premises decide.
        match = OUTPUT_SHAPE.search(before)
    if match and not is_hedged(before, match.start()) and statement.snippet is not None:
        return match.start(), None
    return None


@functools.lru_cache(maxsize=64)
def has_moving_layers(card: Card) -> bool:
    """Whether a layer of the card's code moves over its input."""
    return any(MOVING.search(s.source) for s in card.snippets)


@functools.lru_cache(maxsize=64)
def bound_names(card: Card) -> frozenset[str]:
    """The names that stand in the card's Python."""
    found = (re.findall(r"[A-Za-z_]\w*", s.source) for s in card.snippets if s.is_python)
    return frozenset(name for names in found for name in names)


def judge_named_shape(test: NamedShapeTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against the shape of the value."""
    trace = evidence.of(claim.snippet) or (evidence.runs[-1] if evidence.runs else None)
    found = meant(test, trace) if trace else None
    if trace is None or found is None:
        return untested()
    value, line = found
    shown = shown_shape(trace) if test.name is None and not OUTPUT_NAME.match(value.name) else None
    if shown is not None and shown[1].lineno > line:
        return held_against_shown(test, *shown, trace)
    same = value.shape == test.dims or (test.name is None and is_extent(test, value))
    computed = f"{value.name}: {value.shape}" if value.name else str(value.shape)
    rests = trace.rests_on(line)
    if value.name in trace.stand_ins() and trace.is_supplied(line):
        return assumed(computed, trace.repair) if same else untested(computed, trace.repair)
    if rests.assumption or rests.assumed_form:
        others = [v.shape for o in trace.repair.alternates if (v := o.value(value.name))]
        return settle_shape(
            test.dims,
            same,
            computed,
            trace,
            evidence.card,
            varies=any(s != value.shape for s in others) if others else None,
        )
    if same:
        return confirmed(computed, trace.repair, shows=((trace.line, value.name),) if value.name else ())
    certain = is_only(value, test, trace) if test.name is None else len(set(shapes(test.name, trace))) == 1
    inside = is_inner(test.name, evidence.card) and test.dims in shapes_inside(trace)
    sure = trace.runs and not rests.elsewhere and certain and not inside
    return refuted(computed, trace.repair) if sure else untested(computed, trace.repair)


def held_against_shown(test: NamedShapeTest, shape: tuple[int, ...], statement: ast.stmt, trace: Trace) -> Finding:
    """Held against the shape of a result that has no name and is only printed."""
    rests = trace.rests_on(statement.lineno)
    if rests.assumption or rests.assumed_form:
        return untested(str(shape), trace.repair)
    if shape == test.dims:
        return confirmed(str(shape), trace.repair)
    # What the printed call takes is no output.
    taken = reads(statement).data | reads(statement).form
    fitting = [b for b in trace.outcome.bindings if b.value.shape == test.dims and b.value.name not in taken]
    other = bool(fitting) or len(shape) != len(test.dims)
    sure = trace.runs and test.surely and not rests.elsewhere and not other
    return refuted(str(shape), trace.repair) if sure else untested(str(shape), trace.repair)


def shown_shape(trace: Trace) -> tuple[tuple[int, ...], ast.stmt] | None:
    """The only shape of a call's result that the snippet prints, as in `print(pool(x).shape)` or `print(layer(x))`, with the statement."""
    first, last = trace.repair.own or (1, len(trace.repair.line_map))
    tree = parse(trace.code)
    found: set[tuple[tuple[int, ...], ast.stmt]] = set()
    for statement in tree.body if tree else []:
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=[argument])) if (
                first <= statement.lineno <= last
            ):
                shape = shape_at(trace, trace.outcome, statement) if is_of_call(argument) else None
                found |= {(shape, statement)} if shape is not None else set()
    return found.pop() if len({shape for shape, _ in found}) == 1 else None


def is_of_call(argument: ast.expr) -> bool:
    """Whether an expression is a call or calculation, or the shape of its result."""
    match argument:
        case ast.Call(func=ast.Attribute(value=value, attr="size"), args=[]) | ast.Attribute(value=value, attr="shape"):
            return isinstance(value, ast.Call | ast.BinOp)
        case _:
            return isinstance(argument, ast.Call | ast.BinOp)


def meant(test: NamedShapeTest, trace: Trace) -> tuple[Value, int] | None:
    """The value that is spoken of, with the line that left it: one of that shape, if the name had several."""
    found = [b for b in trace.outcome.bindings if b.value.shape is not None and test.name in (None, b.value.name)]
    first, last = trace.repair.own or (1, len(trace.repair.line_map))
    own = [b for b in found if first <= b.line <= last]
    if test.name is None:
        latest = [b for b in own if b.line == own[-1].line]
        found = own = [b for b in latest if OUTPUT_NAME.match(b.value.name)][:1] or latest[-1:]
    fitting = [b for b in found if b.value.shape == test.dims] or own or found
    return (fitting[-1].value, fitting[-1].line) if fitting and parse(trace.code) else None


def is_extent(test: NamedShapeTest, value: Value) -> bool:
    """Whether the text gives height and width alone, with a cross, and these are the last two dimensions."""
    return "," not in test.words and len(test.dims) == 2 and (value.shape or ())[-2:] == test.dims


def is_only(value: Value, test: NamedShapeTest, trace: Trace) -> bool:
    """Whether a value, of as many dimensions, is the only array whose shape the program prints, that it binds, or that is called an output,
    and no other has the stated shape."""
    if not test.surely or ("," in test.words and len(value.shape or ()) != len(test.dims)):
        return False
    first, last = trace.repair.own or (1, len(trace.repair.line_map))
    printed = "".join(p.text for p in trace.outcome.prints if first <= p.line <= last).strip()
    arrays = [b.value for b in trace.outcome.bindings if b.value.shape and first <= b.line <= last]
    names = {v.name for v in arrays}
    if any(v.shape == test.dims for v in arrays) or str(list(test.dims)) in printed:
        return False
    outputs = [n for n in names if OUTPUT_NAME.match(n)]
    alone = value.name in names and len(names) == 1
    return alone or outputs == [value.name] or printed in (str(value.shape), f"torch.Size({list(value.shape or ())})")


def shapes_inside(trace: Trace) -> frozenset[tuple[int, ...]]:
    """The shapes of what layers inside of models took and gave."""
    inside = [c for c in trace.outcome.calls if c.depth > 0]
    return frozenset({s for c in inside for s in c.inputs} | {c.output for c in inside if c.output is not None})


def shapes(name: str, trace: Trace) -> list[tuple[int, ...]]:
    """All shapes that a name had."""
    return [b.value.shape for b in trace.outcome.bindings if b.value.name == name and b.value.shape is not None]
