"""One line in; the marks that stand in it out, whatever the lines around it say.

A mark's span holds what is no text of a card: a list bullet before `:p` belongs to it, a formula that the newline
before the mark was lost after does not. What a mark *does* is the machine's business.
"""

from __future__ import annotations

import enum
import re
from typing import NamedTuple


class Kind(enum.Enum):
    """What a mark looks like."""

    HEADING = "####"
    QUESTION = ":p"
    OPEN = "??x"
    CLOSE = "x??"
    RULE = "---"
    RATING = "**Rating: 8/10**"
    WEAK_QUESTION = ": …"
    WEAK_OPEN = "??Word"
    WEAK_CLOSE = "x?"


class Mark(NamedTuple):
    """A mark, at `row` from column `start` up to `end` (all counted from 0); `how` is the code of its odd place, or ""."""

    kind: Kind
    row: int
    start: int
    end: int
    how: str = ""


_WEAK_CLOSE = r":?[xX]\ ?\?(?:>>)?|:x|[xX]\ \?\?+|X\?\?+|\?\?[A-Za-z]\?\?|\?{2,}|\?\?X|\?x"
_START = re.compile(
    rf"""
    (?P<RULE> ---\s*+\Z )
  | (?P<HEADING> \ {{0,3}}\#{{4}}(?!\#) )
  | (?P<RATING> \*\*Rating:?(?:\*\*)?:?\s*+\d{{1,9}}(?:\.\d+)?\s*+/\s*+10\s*+(?:\*\*)?\s*+\Z )
  | \s*+ (?: (?P<QUESTION> :p(?=\s|\Z) )
      | (?P<OPEN> \?{{2,3}}x(?=[\s$]|\Z) )
      | (?P<CLOSE> :?x\?\?++(?=\s|\Z|---|\#{{4}}|```) )
      | (?P<WEAK_CLOSE> (?:{_WEAK_CLOSE})\s*+\Z )
      | (?P<WEAK_OPEN> \?\?(?=[^\s?]) )
    )
  | (?P<WEAK_QUESTION> :(?:p(?=[^a-z])|[a-z]\b)?(?=\s*+\S) | \?{{3}}p\s*+\Z )
    """,
    re.VERBOSE,
)
_END = re.compile(
    rf"""
    (?P<OPEN> (?<=[\s$.])\?\?x )\Z
  | (?P<CLOSE> (?:(?<=\$):|(?<=[\s$`.!)\]*]))x\?\?+ )\Z
  | (?P<RULE> (?<=\$)--- )\Z
  | (?P<WEAK_CLOSE> (?<=\$)(?:{_WEAK_CLOSE}) )\Z
    """,
    re.VERBOSE,
)
_QUESTION = re.compile(r":p(?=\s|\Z)")
_HEADING = re.compile(r"(?:(?<=\$)|(?<=[.!?…])|(?<=[.!?…] ))####(?!#)")
_COLON = re.compile(r"(?<=\$):(?!x\?*+(?:>>)?\s*+\Z)(?:[a-z]\b)?(?=\s*\S)")
_BULLET = re.compile(r"\s*(?:[-*+>#?_]|\d{1,3}[.)])[\s*>#?_]*")
_TICKS = re.compile(r"`+")
_LAST = frozenset({"?x", "?X", "??", "x?", "X?", " ?", ":x", "--", ">>"})
"""What a line with a mark at its end ends in."""
_LONGEST_END = 16
_KINDS = Kind.__members__
_WHOLE = {"---": Kind.RULE, "??x": Kind.OPEN, "x??": Kind.CLOSE}
"""Most marks are lines of their own, written as they should be."""


def find_marks(line: str, row: int) -> list[Mark]:
    """The marks of a line, from left to right, without overlaps; those in inline code do not count."""
    if (whole := _WHOLE.get(line)) is not None:
        return [Mark(whole, row, 0, 3)]
    if "`" in line:
        line = mask_code(line)
    marks: list[Mark] = []
    at = 0
    if line.startswith(":p "):
        at = 2
        marks.append(Mark(Kind.QUESTION, row, 0, at))
    elif line.startswith("#### "):
        at = 4
        marks.append(Mark(Kind.HEADING, row, 0, at))
    elif (first := _START.match(line)) is not None:
        kind = _KINDS[first.lastgroup or ""]
        at = first.end()
        marks.append(Mark(kind, row, 0, at, _spelling(kind, line, at)))
    if line.find(":p", at) >= 0:
        _add_questions(marks, line, row, at)
    if line.find("####", at) >= 0:
        marks += [Mark(Kind.HEADING, row, m.start(), m.end()) for m in _HEADING.finditer(line, at)]
    if line.find("$:", at) >= 0:
        marks += [
            Mark(Kind.WEAK_QUESTION, row, m.start(), m.end(), "question-mark-variant")
            for m in _COLON.finditer(line, at)
        ]
    if line[-2:] in _LAST or line[-1:].isspace():
        _add_last(marks, line, row)
    return marks if len(marks) < 2 else _apart(marks)


def mask_code(line: str) -> str:
    """The line with its inline code (runs of backticks that have a partner) made unreadable, of the same length."""
    runs = [(m.start(), m.end()) for m in _TICKS.finditer(line)]
    partner: dict[int, int] = {}
    after: list[int | None] = [None] * len(runs)
    for i in range(len(runs) - 1, -1, -1):
        length = runs[i][1] - runs[i][0]
        after[i] = partner.get(length)
        partner[length] = i
    pieces: list[str] = []
    at = i = 0
    while i < len(runs):
        end = after[i]
        if end is not None:
            pieces += (line[at : runs[i][0]], "`" * (runs[end][1] - runs[i][0]))
            at, i = runs[end][1], end
        i += 1
    return "".join((*pieces, line[at:]))


def _spelling(kind: Kind, line: str, end: int) -> str:
    """The code for a mark that is nearly right."""
    if kind is Kind.WEAK_QUESTION:
        return "question-mark-variant"
    return "close-mark-variant" if kind is Kind.CLOSE and line[:end].strip() != "x??" else ""


def _add_questions(marks: list[Mark], line: str, row: int, at: int) -> None:
    """The question marks that do not start their line."""
    in_heading = bool(marks) and marks[0].kind is Kind.HEADING
    for found in _QUESTION.finditer(line, at):
        start, how = found.start(), "question-mark-mid-line"
        if in_heading:
            how = "question-mark-in-heading"
        elif line[start - 1] == "$":
            how = "question-mark-glued"
        elif not marks and (bullet := _BULLET.match(line, 0, start)) is not None and bullet.end() == start:
            start, how = 0, "question-mark-decorated"
        marks.append(Mark(Kind.QUESTION, row, start, found.end(), how))


def _add_last(marks: list[Mark], line: str, row: int) -> None:
    """The mark that ends a line of text."""
    end = len(line.rstrip())
    found = _END.search(line, max(0, end - _LONGEST_END), end)
    if found is None or (marks and found.start() < marks[-1].end):
        return
    kind = _KINDS[found.lastgroup or ""]
    glued = line[found.start() - 1] == "$"
    match kind:
        case Kind.OPEN:
            how = "open-mark-glued"
        case Kind.CLOSE:
            how = "close-mark-glued" if glued else "close-mark-mid-line"
        case _:
            how = ""
    marks.append(Mark(kind, row, found.start(), len(line), how))


def _apart(marks: list[Mark]) -> list[Mark]:
    """The marks in order, the first of those that overlap."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: m.start):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept
