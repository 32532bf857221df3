"""What a comment says that its statement makes: `# a 3x4 matrix`, `# list of three images`, `# the last five elements`; recognised and held
against the value that the statement binds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from deckbuild.model import Card, Claim, ClaimKind, Snippet, Value
from deckbuild.prose import Count, counts, sizes

from ..facts.evidence import Evidence
from ..findings import Finding, confirmed, refuted, untested
from ..standins import settle_shape
from ..text.comments import Comment, comments, is_code
from ..text.sessions import is_session
from ..text.unreal import is_unreal


@dataclass(frozen=True, slots=True)
class MadeTest:
    """The value that a statement binds has this shape, or so many entries."""

    dims: tuple[int, ...]
    words: str
    line: int
    """In the file, of the statement."""
    of: str | None = None
    """What is counted, where it is a count: `element`, `row`, …"""

    @property
    def expected(self) -> str:
        """The size or number as the text writes it."""
        return self.words


THING = r"(?:matrix|tensors?|arrays?|images?|identity matrix)"
BEHIND = re.compile(
    rf"[`)\]]*\s+(?:(?:random|zero|identity|one|float|integer|boolean|empty|square|2D|3D|NumPy|PyTorch)\s+)*{THING}\b",
    re.IGNORECASE,
)
BEFORE = re.compile(
    rf"\b{THING}\s+(?:of\s+(?:\w+\s+)?)?(?:of|with|has|having|in)?\s*(?:(?:the|a)\s+)?(?:shape|size|dimensions?)?\s*[(`]*$|\b(?:re)?shaped?\b[^.\n]{{0,40}}\b(?:in)?to\s+(?:an?\s+)?[(`]*$",
    re.IGNORECASE,
)
HOLDER = re.compile(
    r"\b(?:list|tuple|array|tensor|set|vector|dict(?:ionary)?|batch|sequence)\s+(?:of|with|containing|holding)\s+$",
    re.IGNORECASE,
)
PICKED = re.compile(r"\b(?:first|last|top)\s+$", re.IGNORECASE)
ENTRIES = frozenset({"element", "entry", "item", "value", "number"})
# "The first rows of the 4x4 matrix": what it is made from.
SOURCE = re.compile(r"\b(?:of|from|in|by|with|on|over|using|for)\s+(?:the|an?|this)\s+(?:\w+\s+)?$", re.IGNORECASE)
CHANGES = re.compile(r"\bfrom\b.*\bto\b|->|→")
# "img is a 3x3 tensor" speaks of `img`, whatever the line makes.
SEVERAL = re.compile(
    r"^\W*(?:\w+\s+)?\w+\s+(?:is|has|was|are|must|should)\b|\bassum\w+\b|\bor\b|\be\.g\.|\beach\b|\bper\b|\bneeds?\b|\bexpects?\b|\binputs?\b",
    re.IGNORECASE,
)


def recognise_made(card: Card) -> Iterator[Claim]:
    """The sizes and counts that comments of the card's Python state of what is made on their line, or on the line right below."""
    for snippet in card.snippets:
        if snippet.is_python and not is_session(snippet):
            for comment in comments(snippet):
                line = statement_of(comment, snippet)
                if line is not None and not SEVERAL.search(comment.text) and "\n" not in comment.text:
                    yield from (claim(card, snippet, comment, t) for t in stated(comment.text, line))


def statement_of(comment: Comment, snippet: Snippet) -> int | None:
    """The file line of the assignment that a comment speaks of: its own, or that right below a comment on a line by itself."""
    rows = snippet.source.split("\n")
    at = comment.line - snippet.line
    index = at if comment.inline else at + 1
    if index >= len(rows) or not is_code(rows[index]):
        return None
    return snippet.line + index if re.match(r"\s*[A-Za-z_]\w*\s*=(?!=)", rows[index]) else None


def stated(text: str, line: int) -> Iterator[MadeTest]:
    """The only size of a thing that has one, and the only count of what a holder has or a slice takes."""
    found = [] if CHANGES.search(text) else [s for s in sizes(text) if not is_unreal(text, s.start)]
    made = len(found) == 1 and not SOURCE.search(text[: found[0].start])
    if made and (BEHIND.match(text, found[0].end) or BEFORE.search(text[: found[0].start])):
        yield MadeTest(found[0].dims, text[found[0].start : found[0].end], line)
    counted = [c for c in counts(text) if is_of_the_value(c, text)]
    if len(counted) == 1:
        words = re.match(r"[\w,-]+", text[counted[0].start : counted[0].end])
        yield MadeTest((counted[0].number,), words[0] if words else "", line, counted[0].noun)


def is_of_the_value(count: Count, text: str) -> bool:
    """Whether a count is said of the value: "list of three images", "the last five elements", "array with 12 elements"."""
    before = text[: count.start]
    if count.qualifier or is_unreal(text, count.start):
        return False
    picked = count.noun in ENTRIES | {"row", "column"} and PICKED.search(before) is not None
    return picked or HOLDER.search(before) is not None


def claim(card: Card, snippet: Snippet, comment: Comment, test: MadeTest) -> Claim:
    """The claim, quoted as the whole comment."""
    kind: ClaimKind = "shape" if test.of is None else "number"
    return Claim(card.path, comment.line, comment.quote, kind, test.words, snippet.line, test)


def judge_made(test: MadeTest, claim: Claim, evidence: Evidence) -> Finding:
    """Confirmed by the shape or length of what the statement bound; contradicted where it has as many dimensions, and others."""
    trace = evidence.up_to(claim.snippet, test.line)
    statement = trace.statement(test.line) if trace else None
    value = trace.value(statement) if trace and statement else None
    if trace is None or statement is None or value is None:
        return untested()
    have = value.shape if test.of is None else number_of(value, test.of)
    if have is None:
        return untested(repair=trace.repair)
    rests = trace.rests_on(statement.lineno)
    computed = " × ".join(map(str, have))
    same = have == test.dims or (test.of is None and test.dims in (tuple(d for d in have if d != 1), have[-2:]))
    supplied = rests.assumption or rests.assumed_form
    if supplied and not is_written_out(statement):
        return settle_shape(test.dims, same, computed, trace, evidence.card, varies=None)
    if same:
        shows = ((trace.line, value.name),) if value.name and not supplied else ()
        return confirmed(computed, trace.repair, shows=shows)
    sure = trace.runs and not rests.elsewhere and len(have) == len(test.dims)
    return refuted(computed, trace.repair) if sure else untested(computed, trace.repair)


def is_written_out(statement: ast.stmt) -> bool:
    """Whether it binds a list or the like whose entries stand on it, one by one: their number rests on nothing else."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=ast.List(elts=entries) | ast.Tuple(elts=entries)):
            return not any(isinstance(e, ast.Starred) for e in entries)
        case ast.Assign(targets=[ast.Name()], value=ast.Dict(keys=keys)):
            return all(isinstance(k, ast.Constant) for k in keys)
        case _:
            return False


def number_of(value: Value, noun: str) -> tuple[int] | None:
    """How many a value has: of an array all entries, its rows, its columns, or what its first dimension counts; of others the length."""
    if value.shape is None:
        return (value.length,) if value.length is not None and value.type in ("list", "tuple", "set", "dict") else None
    if not value.shape:
        return None
    if noun in ENTRIES:
        return (prod(value.shape),)
    return (value.shape[-1] if noun == "column" else value.shape[0],)
