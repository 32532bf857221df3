"""Shapes that a comment states of the value on its line: `# shape: (2, 6, 3)`, `# (batch, 3, 64, 64)`, recognised and held against it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from deckbuild.model import Card, Claim, Outcome, Snippet

from .comments import Comment, comments
from .findings import Finding, confirmed, refuted, untested
from .sessions import is_session
from .standins import settle_shape
from .trace import Evidence, Trace

Dimension: TypeAlias = "int | str | None"
"""A number, the name of one, or None for a place left open (`…`, `None`, `-1`)."""


@dataclass(frozen=True, slots=True)
class ShapeTest:
    """The value that the line leaves has this shape; equal names stand for equal numbers."""

    dims: tuple[Dimension, ...]
    words: str
    line: int
    """In the file, of the code."""
    perhaps: bool = False
    """Whether the words may speak of what goes in, or of how it was: another shape then refutes nothing."""

    @property
    def expected(self) -> str:
        """The shape as the text writes it."""
        return self.words


ENTRY = r"(?:\d{1,9}|[A-Za-z_][\w.]*(?:\s?[*/+-]\s?\w+)*|-1|\.\.\.|None|\?)"
BRACKET = rf"[(\[]\s*(?P<dims>{ENTRY}(?:\s*[,×x]\s*{ENTRY})*)\s*,?\s*[)\]]"
SAID = re.compile(
    rf"(?:\b(?:shape|size|dim(?:ension)?s?)\b[^()\[\]\n]{{0,12}}?(?:torch\.Size\()?){BRACKET}", re.IGNORECASE
)
ALONE = re.compile(rf"^(?:->|=>|→)?\s*{BRACKET}(?:\s*(?:->|→|=>).*)?$")
BY_ITSELF = re.compile(
    rf"^(?:(?:the|its|output|result|resulting|final|new|tensor)\s+)*(?:shape|size)\s*(?::|=|->|→|\bis\b)?\s*(?:torch\.Size\()?{BRACKET}\)?\.?$",
    re.IGNORECASE,
)
PRINTED_SHAPE = re.compile(r"(?:torch\.Size\()?[(\[](?P<dims>\d+(?:, \d+)*),?[)\]]\)?")
ELSEWHERE = re.compile(
    r"\b(?:in|inputs?|expects?|requires?|needs?|takes?|wants?|accepts?|before|previous(?:ly)?|was|were|originals?(?:ly)?|from|instead|not|target|labels?|masks?)\b|\bshape\b.*\bshape\b|[)\]]\s*(?:->|→|=>)",
    re.IGNORECASE,
)
SYMBOL = re.compile(
    r"^(?:[A-Z]|[a-z]|[A-Za-z]+_?(?:size|len|length|dim|channels?|heads?|features?|tokens?|classes)|batch|seq|height|width|channels?|heads?|time|hidden|embed(?:ding)?|vocab|[BTCHWNDLK]\w?|d_\w+|n_\w+|num_\w+)$"
)


def recognise_shapes(card: Card) -> Iterator[Claim]:
    """The shapes that comments state of the code that they stand behind, or right below."""
    for snippet in card.snippets:
        if not snippet.is_python or is_session(snippet):
            continue
        for comment in comments(snippet):
            speaks = comment.inline or (BY_ITSELF.match(comment.text) and is_below_its_code(comment, snippet))
            if speaks and (found := shape_in(comment.text)):
                dims, words = found
                yield Claim(
                    card.path,
                    comment.line,
                    comment.quote,
                    "shape",
                    words,
                    snippet.line,
                    ShapeTest(dims, words, comment.last, ELSEWHERE.search(comment.text) is not None),
                )


def is_below_its_code(comment: Comment, snippet: Snippet) -> bool:
    """Whether a comment on a line by itself can only speak of the statement above it: at its place, and no code follows at once.

    Between two statements it may as well announce the second; below a `print` it does not.
    """
    rows = snippet.source.split("\n")
    at = comment.line - snippet.line
    above, row = rows[at - 1] if at else "", rows[at]
    follows = at + 1 < len(rows) and bool(rows[at + 1].strip())
    indent = len(above) - len(above.lstrip())
    if comment.last != comment.line - 1 or indent != row.index("#"):
        return False
    if re.match(r"(?:import|from|def|class)\b", above.lstrip()) or above.rstrip().endswith((":", ",", "\\")):
        return False
    return not follows or above.lstrip().startswith("print(")


def shape_in(text: str) -> tuple[tuple[Dimension, ...], str] | None:
    """The shape that a comment states: behind a word for it, or as all that it says, with a name among its places."""
    match = SAID.search(text) or ALONE.match(text)
    if match is None:
        return None
    parts = [p.strip() for p in re.split(r"[,×]|\sx\s", match["dims"]) if p.strip()]
    dims = tuple(dimension(p) for p in parts)
    alone = match.re is ALONE
    if not alone:
        return (
            (dims, match[0][match[0].index(match["dims"]) - 1 :])
            if any(isinstance(d, int) or d for d in dims)
            else None
        )
    symbols = [p for p in parts if SYMBOL.match(p)]
    numbers = [d for d in dims if isinstance(d, int)]
    known = len(symbols) + len(numbers) == len(parts) and len(parts) > 1
    return (dims, match[0]) if symbols and known else None


def dimension(text: str) -> Dimension:
    """One place of a shape."""
    if re.fullmatch(r"\d+", text):
        return int(text)
    return text if re.fullmatch(r"[A-Za-z_]\w*", text) and text != "None" else None


def judge_shape(test: ShapeTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against the shape of the value that the line binds, prints or returns from a layer."""
    trace = evidence.of(claim.snippet)
    statement = trace.statement(test.line) if trace else None
    if trace is None or statement is None:
        return untested()
    shape = shape_at(trace, trace.outcome, statement)
    if shape is None:
        return untested(repair=trace.repair)
    computed = str(shape)
    same = fits(test.dims, shape, trace.outcome)
    if same is None or (test.perhaps and not same):
        return untested(computed, trace.repair)
    rests = trace.rests_on(statement.lineno)
    if rests.assumption or rests.assumed_form:
        others = [s for o in trace.repair.alternates if (s := shape_at(trace, o, statement))]
        varies = any(s != shape for s in others) if others else None
        numbers = tuple(d for d in test.dims if isinstance(d, int))
        return settle_shape(numbers, same, computed, trace, evidence.card, varies=varies)
    if same:
        return confirmed(computed, trace.repair)
    return refuted(computed, trace.repair) if trace.runs and not rests.elsewhere else untested(computed, trace.repair)


def shape_at(trace: Trace, outcome: Outcome, statement: ast.stmt) -> tuple[int, ...] | None:
    """The shape of what a statement left, that it printed and nothing else, or of what the last layer gave that it called."""
    last = statement.end_lineno or statement.lineno
    for binding in reversed(outcome.bindings):
        if statement.lineno <= binding.line and binding.end_line <= last:
            value = binding.value
            if value.type.endswith("Size") and isinstance(value.data, list):
                return tuple(d for d in value.data if isinstance(d, int))
            return value.shape
    printed = "".join(p.text for p in outcome.prints if statement.lineno <= p.line <= last).strip()
    if written := PRINTED_SHAPE.fullmatch(printed):
        return tuple(int(d) for d in written["dims"].split(", "))
    calls = [c.output for c in outcome.calls if c.line is not None and statement.lineno <= c.line <= last and c.output]
    return calls[-1] if calls and len(set(calls)) == 1 else None


def fits(dims: tuple[Dimension, ...], shape: tuple[int, ...], outcome: Outcome) -> bool | None:
    """Whether a shape is the stated one; names stand for the program's own numbers, or for equal ones. None where nothing is certain."""
    if len(dims) != len(shape):
        return False
    known: dict[str, int] = {}
    certain = 0
    for stated, have in zip(dims, shape, strict=True):
        meant = resolved(stated, outcome, known)
        if meant is None:
            if isinstance(stated, str):
                known[stated] = have
            continue
        if meant != have:
            return False
        certain += 1
    return True if certain else None


def resolved(stated: Dimension, outcome: Outcome, known: dict[str, int]) -> int | None:
    """The number that a place stands for: itself, that of an equal name before it, or a variable of the program."""
    if stated is None or isinstance(stated, int):
        return stated
    value = outcome.value(stated)
    if stated in known:
        return known[stated]
    return value.data if value and isinstance(value.data, int) and not isinstance(value.data, bool) else None
