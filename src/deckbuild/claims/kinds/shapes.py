"""Shapes that a comment states of the value on its line: `# shape: (2, 6, 3)`, `# (batch, 3, 64, 64)`, recognised and held against it."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim, Outcome, Snippet

from ..agreement.comparable import lines_of
from ..agreement.letters import Dimension, Fit, fit, learn, names_in
from ..facts.evidence import Evidence
from ..facts.trace import Trace
from ..findings import Finding, confirmed, refuted, untested
from ..standins import settle_shape
from ..text.comments import Comment, comments
from ..text.sessions import is_session


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


ENTRY = r"(?:\d{1,9}(?!\w)(?:\s?[*/+-]+\s?\w+)*|[A-Za-z_][\w.]*(?:\s?[*/+-]+\s?\w+)*|-1|\.\.\.|None|\?)"
BRACKET = rf"[(\[]\s*(?P<dims>{ENTRY}(?:\s*[,×x]\s*{ENTRY})*)\s*,?\s*[)\]]"
SAID = re.compile(
    rf"(?:\b(?:shape|size|dim(?:ension)?s?)\b[^()\[\]\n]{{0,12}}?(?:torch\.Size\()?){BRACKET}", re.IGNORECASE
)
ALONE = re.compile(rf"^(?:->|=>|→)?\s*{BRACKET}(?:\s*(?:->|→|=>).*)?$")
BY_ITSELF = re.compile(
    rf"^(?:(?:the|its|output|result|resulting|final|new|tensor)\s+)*(?:shape|size)\s*(?::|=|->|→|\bis\b)?\s*(?:torch\.Size\()?{BRACKET}\)?\.?$",
    re.IGNORECASE,
)
PRINTED_SHAPE = re.compile(r"(?:[^\[\](){}\d]*[:=]\s*)?(?:torch\.Size\()?[(\[](?P<dims>\d+(?:, \d+)*),?[)\]]\)?")
ELSEWHERE = re.compile(
    r"\b(?:in|inputs?|expects?|requires?|needs?|takes?|wants?|accepts?|before|previous(?:ly)?|was|were|originals?(?:ly)?|from|instead|not|target|labels?|masks?)\b|\bshape\b.*\bshape\b|[)\]]\s*(?:->|→|=>)",
    re.IGNORECASE,
)
SHORT = 4
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
    names = [n for d in dims if isinstance(d, str) for n in names_in(d)]
    symbols = [n for n in names if SYMBOL.match(n)]
    # One that nobody would take for anything but a size vouches for short others: `(B, nh, T, hs)`.
    known = all(len(n) <= SHORT for n in names if n not in symbols) and 2 * len(symbols) >= len(names)
    return (dims, match[0]) if symbols and known and None not in dims and len(parts) > 1 else None


def dimension(text: str) -> Dimension:
    """One place of a shape."""
    if re.fullmatch(r"\d+", text):
        return int(text)
    return text if re.match(r"\w", text) and text != "None" else None


def judge_shape(test: ShapeTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against the shape of the value that the line binds, prints or returns from a layer, in the run and in its variants."""
    trace = evidence.up_to(claim.snippet, test.line)
    statement = trace.statement(test.line) if trace else None
    if trace is None or statement is None:
        return untested()
    shape = shape_at(trace, trace.outcome, statement)
    if shape is None:
        return in_words(claim.text, statement, trace)
    others = [fit_in(test, o, statement, trace, evidence.card) for o in trace.repair.alternates]
    found = fit_in(test, trace.outcome, statement, trace, evidence.card)
    if found is Fit.OPEN and Fit.SAME in others and not {Fit.DIFFERENT, Fit.SWAPPED} & set(others):
        # Two letters had the same number in the run itself; in a variant they have not, and it fits.
        found = Fit.SAME
    if found is Fit.OPEN or (test.perhaps and found is not Fit.SAME):
        return untested(str(shape), trace.repair)
    rests = trace.rests_on(statement.lineno)
    if rests.assumption or rests.assumed_form:
        if found is Fit.SWAPPED and all(f is found for f in others):
            return refuted(str(shape), trace.repair)
        numbers = tuple(d for d in test.dims if isinstance(d, int))
        varies = any(f in (Fit.DIFFERENT, Fit.SWAPPED) for f in others) if others else None
        return settle_shape(numbers, found is Fit.SAME, str(shape), trace, evidence.card, varies=varies)
    if found is Fit.SAME:
        return confirmed(str(shape), trace.repair)
    sure = trace.runs and not rests.elsewhere
    return refuted(str(shape), trace.repair) if sure else untested(str(shape), trace.repair)


def in_words(comment: str, statement: ast.stmt, trace: Trace) -> Finding:
    """Of a statement that leaves no array, the words that it printed, if the comment is these: `show(x)  # x has shape (2, 3)`."""
    printed, rests = trace.printed(statement), trace.rests_on(statement.lineno)
    if printed is None or rests.assumption or rests.assumed_form:
        return untested(printed, trace.repair)
    same = lines_of(comment.lstrip("# ")) == lines_of(printed)
    return confirmed(printed, trace.repair) if same else untested(printed, trace.repair)


def fit_in(test: ShapeTest, outcome: Outcome, statement: ast.stmt, trace: Trace, card: Card) -> Fit:
    """How the stated shape fits that of one run; its letters are what the shapes above it on the card made them, or the layer's input."""
    shape = shape_at(trace, outcome, statement)
    letters: dict[str, int] = {}
    for earlier in stated_shapes(card):
        above = trace.statement(earlier.line)
        had = shape_at(trace, outcome, above) if above is not None and above.lineno < statement.lineno else None
        if above is not None and had is not None and not earlier.perhaps:
            learn_input(earlier.dims, outcome, above, letters)
            learn(earlier.dims, had, outcome, letters)
    learn_input(test.dims, outcome, statement, letters)
    return Fit.OPEN if shape is None else fit(test.dims, shape, outcome, letters)


@functools.lru_cache(maxsize=64)
def stated_shapes(card: Card) -> tuple[ShapeTest, ...]:
    """All shapes that the card's comments state, in reading order."""
    return tuple(c.test for c in recognise_shapes(card) if isinstance(c.test, ShapeTest))


def learn_input(dims: tuple[Dimension, ...], outcome: Outcome, statement: ast.stmt, letters: dict[str, int]) -> None:
    """Of `(N, 8, H/2, W/2)` behind a layer the letters in calculations mean what goes in."""
    taken = taken_at(outcome, statement)
    if taken is not None:
        learn(tuple(first_name(d) for d in dims), taken, outcome, letters)


def taken_at(outcome: Outcome, statement: ast.stmt) -> tuple[int, ...] | None:
    """The shape of what the only layer on a statement's lines took."""
    last = statement.end_lineno or statement.lineno
    found = {
        c.inputs[0] for c in outcome.calls if c.line is not None and statement.lineno <= c.line <= last and c.inputs
    }
    return found.pop() if len(found) == 1 else None


def first_name(dim: Dimension) -> Dimension:
    """Of `H/2` the letter, which means the input's; of other places nothing."""
    names = names_in(dim) if isinstance(dim, str) else []
    return names[0] if len(names) == 1 and names[0] != dim else None


def shape_at(trace: Trace, outcome: Outcome, statement: ast.stmt) -> tuple[int, ...] | None:
    """The shape of what a statement left, that it printed, perhaps behind a label, and nothing else, or of what the last layer gave that it called."""
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
