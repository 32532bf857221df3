"""Errors that code is said to raise: `# raises TypeError`, "this throws an `IndexError`", recognised and held against how the program ended."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckbuild.model import Card, Claim, Edit, Fault, Snippet

from ..facts.evidence import Evidence
from ..facts.trace import Trace
from ..findings import Finding, confirmed, refuted, untested
from ..text.comments import comments
from ..text.sessions import is_session, read_session
from ..text.statements import is_hedged, is_possible, statements


@dataclass(frozen=True, slots=True)
class RaisesTest:
    """The code on these lines of the file raises this error."""

    error: str
    first: int
    last: int

    @property
    def expected(self) -> str:
        """The error's name."""
        return self.error


ERROR = r"`?(?:[a-z_]\w*\.)*(?P<error>[A-Z]\w*(?:Error|Exception|Interrupt|Iteration|Warning)|StopIteration|KeyboardInterrupt)`?"
SAID = re.compile(
    rf"\b(?:raises?|throws?|will (?:raise|throw|cause|fail with|give|result in)|causes?|results? in|fails with|gives|triggers)\s+(?:an?\s+|the\s+)?{ERROR}",
    re.IGNORECASE,
)
# What points at the code before it; any other sentence may tell of such errors in general.
POINTS = re.compile(
    r"\W*(?:this|it|the (?:\w+ ){0,2}?(?:code|snippet|call|example|line|above|program|second|third|assignment|statement|operation|expression|lookup|access|attempt)|running (?:this|it|the code))\b[^.,;]*$",
    re.IGNORECASE,
)
GENERAL = re.compile(r"\s*(?:if|when(?:ever)?|for|unless|otherwise|in case|on)\b", re.IGNORECASE)
SHOWN = re.compile(rf"^(?:->\s*|=>\s*|Output:\s*|Error:\s*)?{ERROR}(?::.*)?$", re.DOTALL)
LAST_LINE = re.compile(rf"^\s*{ERROR}(?::.*)?$", re.MULTILINE)

LACKING = frozenset({"NameError", "ImportError", "ModuleNotFoundError", "UnboundLocalError", "AttributeError"})


def recognise_raises(card: Card) -> Iterator[Claim]:
    """The errors that comments name at a line of code, that sessions show, and that prose right behind code says it raises."""
    yield from in_prose(card)
    for snippet in card.snippets:
        if not snippet.is_python:
            continue
        if is_session(snippet):
            yield from in_session(card, snippet)
            continue
        for comment in comments(snippet):
            match = SHOWN.match(comment.text) or SAID.search(comment.text)
            if match and not is_possible(comment.text, match.start()) and not catches(snippet, comment.last):
                first = comment.last if comment.inline else comment.first
                test = RaisesTest(match["error"], first, comment.last)
                yield Claim(card.path, comment.line, comment.quote, "raises", test.error, snippet.line, test)


def in_prose(card: Card) -> Iterator[Claim]:
    """ "This raises a `TypeError`" behind code."""
    for statement in statements(card):
        code = statement.explains if statement.here is None else None
        match = SAID.search(statement.text) if code is not None else None
        if code is None or match is None or is_session(code) or is_hedged(statement.text, match.start()):
            continue
        general = GENERAL.match(statement.text[match.end() :]) is not None
        if POINTS.match(statement.text[: match.start()]) is not None and not general:
            line = statement.line_at(match.start())
            test = RaisesTest(match["error"], code.line, code.end_line)
            yield Claim(card.path, line, match[0], "raises", test.error, code.line, test)


def in_session(card: Card, snippet: Snippet) -> Iterator[Claim]:
    """The tracebacks of a session, by their last line."""
    for shown in read_session(snippet):
        found = (
            list(LAST_LINE.finditer(shown.output))
            if "Traceback" in shown.output or LAST_LINE.match(shown.output)
            else []
        )
        if found:
            offset = shown.output.count("\n", 0, found[-1].start("error"))
            test = RaisesTest(found[-1]["error"], shown.first, shown.last)
            yield Claim(
                card.path, shown.output_line + offset, found[-1][0].strip(), "raises", test.error, snippet.line, test
            )


def catches(snippet: Snippet, line: int) -> bool:
    """Whether the comment stands on an `except` or `raise` line, which describes itself."""
    lines = snippet.source.split("\n")
    index = line - snippet.line
    return 0 <= index < len(lines) and re.match(r"\s*(?:except|raise|class|def|try)\b", lines[index]) is not None


def judge_raises(test: RaisesTest, claim: Claim, evidence: Evidence) -> Finding:
    """Confirmed by exactly that error from that line; contradicted where the line ran to its end, unaided, or another error came from it."""
    trace = evidence.stopping(claim.snippet)
    if trace is None:
        return untested()
    fault = trace.outcome.fault if trace.halfway else trace.repair.error or trace.outcome.fault
    if fault is not None and (fault.line is None or comes_from(fault, test, trace)):
        return judge_fault(test, fault, trace)
    if trace.halfway:
        return untested(repair=trace.repair)
    statement = trace.statement(test.last)
    passed = (
        statement is not None
        and trace.reached(statement)
        and trace.outcome.ok
        and not any(can_spare_error(e, test.error) for e in trace.repair.edits)
        and not trace.repair.assumptions
    )
    caught = any(re.match(r"\s*(?:except|with .*(?:raises|suppress))\b", text) for text in trace.code.split("\n"))
    inside = statement is not None and statement.col_offset > 0
    return refuted("no error", trace.repair) if passed and not caught and not inside else untested(repair=trace.repair)


def can_spare_error(edit: Edit, error: str) -> bool:
    """Whether the code may raise nothing because of an edit: any but an import that was missing, which spares it none but the lack of a name."""
    rows = [t for t in edit.after.split("\n") if t.strip()]
    imports = not edit.before.strip() and all(re.match(r"(?:import|from)\s", t) for t in rows)
    return not imports or error in LACKING


def judge_fault(test: RaisesTest, fault: Fault, trace: Trace) -> Finding:
    """Confirmed by that error; contradicted by one of no kinship with it, in the author's own last words on the author's own data."""
    text = f"{fault.type}: {fault.message}"
    doubtful = trace.halfway and (fault.name is not None or is_supplied_for(fault, trace))
    if fault.type == test.error and not doubtful:
        return confirmed(text, trace.repair)
    shown_for = trace.repair.error is not None and not trace.halfway
    sure = fault.kind == "raised" and fault.name is None and not trace.repair.assumptions and not shown_for
    if not sure or are_kin(fault.type, test.error) or is_supplied_for(fault, trace):
        return untested(text, trace.repair)
    return refuted(text, trace.repair) if is_at_end(test, fault, trace) else untested(text, trace.repair)


def are_kin(error: str, other: str) -> bool:
    """Whether one error is a kind of the other, as far as Python's own tell; of errors that it does not have nothing is known."""
    one, two = getattr(builtins, error, None), getattr(builtins, other, None)
    if not (isinstance(one, type) and isinstance(two, type)):
        return True
    return issubclass(one, two) or issubclass(two, one)


def is_supplied_for(fault: Fault, trace: Trace) -> bool:
    """Whether what failed rests on something that is not the author's on this card."""
    line = fault.frames[0] if fault.frames else fault.line
    rests = trace.rests_on(line) if line is not None else None
    return rests is not None and (rests.assumption or rests.assumed_form or rests.elsewhere)


def is_at_end(test: RaisesTest, fault: Fault, trace: Trace) -> bool:
    """Whether the error comes from the line that is spoken of, or, where all of the code is, from its last statement."""
    statement = trace.statement(test.last)
    if test.first == test.last or statement is None:
        return statement is not None
    at = fault.frames[0] if fault.frames else fault.line
    return at is not None and statement.lineno <= at <= (statement.end_lineno or statement.lineno)


def comes_from(fault: Fault, test: RaisesTest, trace: Trace) -> bool:
    """Whether the error passed through the code that is spoken of; lines are those of the file in a repair's error, else of the program."""
    if trace.repair.error is not None and fault is trace.repair.error:
        own = trace.outcome.fault
        in_file = fault.line is not None and test.first <= fault.line <= test.last
        return in_file or (own is not None and any(i in trace.code_lines(test.first, test.last) for i in own.frames))
    lines = trace.code_lines(test.first, test.last)
    return fault.line in lines or any(i in lines for i in fault.frames)
