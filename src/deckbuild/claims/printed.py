"""What a program prints or gives, stated in a comment, an output fence or a session: recognised, and held against what it printed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim, ClaimKind, Snippet
from deckbuild.prose import numbers

from .comments import Comment, comments
from .compare import Match, compare_text
from .findings import Finding, refuted, untested
from .grounds import rule_for, settle
from .numbers import roughly
from .sessions import is_session
from .standins import settle_printed_shape
from .trace import Evidence, Trace
from .written import Call, Group, Num, is_literal, read_written


@dataclass(frozen=True, slots=True)
class PrintedTest:
    """The code on lines `first` to `last` of the file prints, or has the value, `stated`."""

    stated: str
    first: int
    last: int
    vague: bool = False

    @property
    def expected(self) -> str:
        """The text that is stated."""
        return self.stated


MARKER = re.compile(
    r"""^(?:(?:example|expected|sample|the|this|will|would|should|also)\s+)*
    (?P<word>outputs?|prints?|printed|out|results?(?:\s+in)?|returns?|gives|displays|shows|evaluates\s+to|value|equals)
    (?:\s+(?:is|will\s+be|would\s+be|should\s+be|looks?\s+like))?
    \s*(?P<sign>[:=]>?|-+>|→|⇒)?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
ARROW = re.compile(r"^(?:=+>|-+>|→|⇒|>>+)\s*")
# Behind these a comment speaks of the line, not of a value.
STATEMENT = re.compile(r"(?:def|class|import|from|for|while|if|elif|else|return|with|yield|raise|assert|lambda)\b")
VAGUE = re.compile(
    r"\b(?:approx(?:imately)?|about|around|roughly|close to|nearly|almost|e\.?g\.?|for example|may vary|might vary|will vary|varies|depends?|"
    r"similar|something like|random(?:ly)?|could be|might be|possible|some|or similar|etc)\b|[~≈]",
    re.IGNORECASE,
)
LAYOUT = re.compile(r"^(?:tensor|array|torch\.Size|\[|\(|\{|[-+]?\d|['\"]|True$|False$|None$)")


def recognise_printed(card: Card) -> Iterator[Claim]:
    """The outputs that comments of the card's Python state."""
    for snippet in card.snippets:
        if snippet.is_python and not is_session(snippet):
            found = [(c, s) for c in comments(snippet) if (s := stated_output(c, snippet))]
            yield from (claim(card, snippet, c, s) for c, s in found if not is_callout(s, found))


def stated_output(comment: Comment, snippet: Snippet) -> str | None:
    """The output that a comment states; None for a comment that explains."""
    if comment.inline and STATEMENT.match(code_before(comment, snippet)):
        return None
    head, _, rest = comment.text.partition("\n")
    marker = MARKER.match(head)
    arrow = ARROW.match(head)
    if marker and (marker["sign"] or LAYOUT.match(head[marker.end() :])):
        body = head[marker.end() :]
        if marker["sign"] == "=" or (not body.strip() and not rest):
            return None
        return trimmed(body, rest, whole=not body.strip()) if marker["sign"] or is_value(body) else None
    if arrow:
        return trimmed(head[arrow.end() :], rest, whole=False) or None
    whole = comment.text if comment.inline else head
    return whole.strip() if comment.inline and is_value(whole) and shows_value(comment, snippet) else None


def trimmed(body: str, rest: str, *, whole: bool) -> str:
    """The stated text: all lines where the marker stands alone, else its line and those that close its brackets."""
    lines = [body, *rest.split("\n")] if rest else [body]
    if whole:
        return "\n".join(lines).strip()
    text = lines[0]
    for line in lines[1:]:
        if text.count("[") + text.count("(") + text.count("{") <= text.count("]") + text.count(")") + text.count("}"):
            break
        text += "\n" + line
    return text.strip()


def is_value(text: str) -> bool:
    """Whether a text is one literal and nothing else, so that it can only be meant as a value."""
    nodes = read_written(text.strip().rstrip("."))
    return is_literal(nodes) and not (
        isinstance(nodes[0], Call) and nodes[0].name[:1].islower() and not LAYOUT.match(text.strip())
    )


def shows_value(comment: Comment, snippet: Snippet) -> bool:
    """Whether the code before a bare literal prints or is an expression, or the literal is too rich to be a remark."""
    code = code_before(comment, snippet)
    nodes = read_written(comment.text)
    rich = isinstance(nodes[0], Call | Group) or (isinstance(nodes[0], Num) and not nodes[0].number.is_integer)
    plain = re.match(r"[\w.]+\s*(?::[^=]*)?=(?!=)", code) is None and not code.endswith((",", "(", "[", "{", ":", "\\"))
    assigned = re.match(r"[a-z_]\w*\s*=(?!=)\s*(?P<value>\S.*)$", code, re.IGNORECASE)
    return plain or (rich and assigned is not None and (isinstance(nodes[0], Call | Group) or "(" in assigned["value"]))


def code_before(comment: Comment, snippet: Snippet) -> str:
    """The code on the comment's line."""
    return snippet.source.split("\n")[comment.line - snippet.line].split("#")[0].strip()


def is_callout(stated: str, found: list[tuple[Comment, str]]) -> bool:
    """Whether bare integers count the lines of a listing: 1, 2, 3, … in a row."""
    bare = [s for c, s in found if re.fullmatch(r"\d+", s) and c.text == s]
    return stated in bare and len(bare) > 1 and [int(s) for s in bare] == list(range(1, len(bare) + 1))


def claim(card: Card, snippet: Snippet, comment: Comment, stated: str) -> Claim:
    """The claim that a comment makes of the code before it."""
    quote = comment.quote
    if "\n" not in stated and "\n" in quote:
        quote = next((q for q in quote.split("\n") if stated in q), quote)
    first = comment.last if comment.inline else comment.first
    test = PrintedTest(stated, first, comment.last, VAGUE.search(comment.text) is not None)
    return Claim(card.path, comment.line, quote, kind_of(stated), stated, snippet.line, test)


def kind_of(stated: str) -> ClaimKind:
    """By what is stated: a tensor, a number, a size, or any printed text."""
    match read_written(stated):
        case (Call(name=name),) if name.endswith("Size"):
            return "shape"
        case (Call(name="tensor" | "array"),):
            return "tensor"
        case (Num(),):
            return "number"
        case _:
            return "printed"


def judge_printed(test: PrintedTest, claim: Claim, evidence: Evidence) -> Finding:
    """Held against what the statement printed, or else the value that it left."""
    trace = evidence.of(claim.snippet)
    if trace is None:
        return untested()
    outputs = list(outputs_of(test, trace))
    if not outputs:
        return untested(repair=trace.repair)
    rule = rule_for(trace.code)
    results = [(compare_text(test.stated, text, rule), statements, text) for statements, text in outputs]
    # Of several readings ("the last print", "all since the last comment") the one that agrees is meant.
    ranked = sorted(results, key=lambda r: (Match.SAME, Match.DIFFERENT, Match.UNCLEAR).index(r[0]))
    match, statements, text = ranked[0]
    lines = tuple(s.lineno for s in statements)
    if test.vague:
        return judge_vague(test.stated, text, trace, lines)
    if (shape := settle_printed_shape(test.stated, match, trace, lines, text, evidence.card)) is not None:
        return shape
    return settle(match, trace, lines, text, stated=test.stated)


def outputs_of(test: PrintedTest, trace: Trace) -> Iterator[tuple[tuple[ast.stmt, ...], str]]:
    """What the code printed: by its last statement that prints, and by the last two, three, … together; else the value it left."""
    statements: list[ast.stmt] = []
    for line in range(test.last, test.first - 1, -1):
        statement = trace.statement(line)
        if statement is not None and statement not in statements:
            statements.append(statement)
    printing = [(s, text) for s in statements if (text := trace.printed(s)) is not None]
    for count in range(1, len(printing) + 1):
        yield tuple(s for s, _ in printing[:count]), "".join(text for _, text in reversed(printing[:count]))
    if not printing:
        yield from (((s,), v.text) for s in statements[:1] if (v := trace.value(s)) is not None and trace.reached(s))


def judge_vague(stated: str, computed: str, trace: Trace, lines: tuple[int, ...]) -> Finding:
    """Only sign and size of single numbers can contradict "about"."""
    said, have = numbers(stated), numbers(computed)
    rests = trace.rests_on(*lines)
    firm = trace.runs and not (rests.assumption or rests.assumed_form or rests.chance or rests.elsewhere)
    if len(said) == len(have) == 1 and firm and "…" not in computed and not roughly(said[0], have[0].value):
        return refuted(computed, trace.repair)
    return untested(computed, trace.repair)
