"""The rows that matter in; for each of them the next row of each sort out: all look-ahead, in one pass from the end.

A *strong* row can only be a mark of the format, even where a fence seems to be open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .marks import Kind, Mark
from .page import Page
from .ticks import Role, Ticks

_FIRST = frozenset({Kind.QUESTION, Kind.OPEN, Kind.CLOSE})
_BOUNDARY = frozenset({Kind.RULE, Kind.HEADING, Kind.QUESTION, Kind.RATING})


@dataclass(frozen=True, slots=True)
class Line:
    """A row that has marks or fence characters."""

    row: int
    marks: Sequence[Mark]
    ticks: Ticks | None

    def starts(self, *kinds: Kind) -> bool:
        """Whether its first mark starts the row and is one of these."""
        return bool(self.marks) and not self.marks[0].start and self.marks[0].kind in kinds

    def has(self, kind: Kind) -> bool:
        """Whether one of its marks is of this kind."""
        return any(mark.kind is kind for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Ahead:
    """For each index of the rows that matter, and one beyond: the index of the next row of a sort, itself included."""

    strong: Sequence[int]
    close: Sequence[int]
    may_close: Sequence[int]
    heading: Sequence[int]
    partner: dict[int, int]
    """Closing rows of opening ones, as brackets pair, between strong rows."""


def look_ahead(page: Page, lines: Sequence[Line]) -> Ahead:
    """Where each row's next strong row, closing fence, possible closing fence and heading are."""
    size = len(lines)
    strong, close, may_close, heading = ([size] * (size + 1) for _ in range(4))
    for at in range(size - 1, -1, -1):
        line = lines[at]
        role = line.ticks and line.ticks.role
        strong[at] = at if role is Role.OPENS or _is_mark(page, lines, at) else strong[at + 1]
        close[at] = at if role in (Role.BARE, Role.CLOSES) else close[at + 1]
        may_close[at] = at if role in (Role.MAY_CLOSE, Role.SPACED) else may_close[at + 1]
        heading[at] = at if line.starts(Kind.HEADING) else heading[at + 1]
    return Ahead(strong, close, may_close, heading, _pairs(lines, strong))


def _is_mark(page: Page, lines: Sequence[Line], at: int) -> bool:
    """Whether a row is a mark of the format and cannot be code."""
    line = lines[at]
    if not line.marks:
        return False
    first = line.marks[0]
    if line.starts(*_FIRST):
        return first.how != "question-mark-decorated" or _next(page, lines, at, Kind.OPEN)
    if line.starts(Kind.WEAK_CLOSE):
        return _next(page, lines, at, *_BOUNDARY, end=True)
    if line.starts(Kind.RULE):
        return _next(page, lines, at, Kind.HEADING)
    return line.has(Kind.QUESTION) and _next(page, lines, at, Kind.OPEN)


def _next(page: Page, lines: Sequence[Line], at: int, *kinds: Kind, end: bool = False) -> bool:
    """Whether the next row with text starts with a mark of these kinds, or with `end` that there is none."""
    row = page.next_text(lines[at].row + 1)
    if row is None:
        return end
    return at + 1 < len(lines) and lines[at + 1].row == row and lines[at + 1].starts(*kinds)


def _pairs(lines: Sequence[Line], strong: Sequence[int]) -> dict[int, int]:
    """The closing row of each opening row, if fences nest."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for at, line in enumerate(lines):
        role = line.ticks and line.ticks.role
        if role is Role.OPENS:
            stack.append(at)
        elif strong[at] == at:
            stack.clear()
        elif role is Role.BARE and stack:
            pairs[stack.pop()] = at
    return pairs
