"""The rows that matter in; the next row of a sort out, however often and from wherever it is asked.

A *strong* row can only be a mark of the format, even where a fence seems to be open. Questions are asked from the top
down, so each sort has a cursor that only moves forward: a file of nothing but openings stays linear.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from .marks import Kind, Mark
from .page import Page
from .ticks import Role, Ticks

_BOUNDARY = (Kind.RULE, Kind.HEADING, Kind.QUESTION, Kind.RATING)


class Line(NamedTuple):
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


class Ahead:
    """What comes next in the rows of a page. All indices are into `lines`; one beyond the last means nothing comes."""

    def __init__(self, page: Page, lines: Sequence[Line]) -> None:
        self._page, self._lines = page, lines
        self._cursors: dict[str, int] = {}

    def strong(self, at: int) -> int:
        """The first strong row from `at` on."""
        return self._next("strong", self._is_strong, at)

    def heading(self, at: int) -> int:
        """The first heading from `at` on."""
        return self._next("heading", lambda line: self._lines[line].starts(Kind.HEADING), at)

    def close(self, at: int, run: str) -> int:
        """The first row from `at` on that closes what `run` opened."""
        return self._next(run, lambda line: closes(self._lines[line].ticks, run), at)

    def may_close(self, at: int) -> int:
        """The first row from `at` on that closes a block if nothing better does."""
        return self._next("may close", lambda line: _may_close(self._lines[line].ticks), at)

    @cached_property
    def partner(self) -> dict[int, int]:
        """The closing row of each opening row, if fences nest; both between the same strong rows."""
        pairs: dict[int, int] = {}
        stack: list[int] = []
        for at, line in enumerate(self._lines):
            role = line.ticks and line.ticks.role
            if role is Role.OPENS:
                stack.append(at)
            elif self._is_strong(at):
                stack.clear()
            elif role is Role.BARE and stack:
                pairs[stack.pop()] = at
        return pairs

    def _next(self, sort: str, is_one: Callable[[int], bool], at: int) -> int:
        """The first row of a sort from `at` on."""
        found = self._cursors.get(sort, -1)
        if found < at:
            found = at
            while found < len(self._lines) and not is_one(found):
                found += 1
            self._cursors[sort] = found
        return found

    def _is_strong(self, at: int) -> bool:
        """Whether a row is a mark of the format, or opens a block, and cannot be code."""
        line = self._lines[at]
        if line.ticks is not None and line.ticks.role is Role.OPENS:
            return True
        if not line.marks:
            return False
        if line.starts(Kind.QUESTION, Kind.OPEN, Kind.CLOSE):
            return line.marks[0].how != "question-mark-decorated" or self._follows(at, Kind.OPEN)
        if line.starts(Kind.WEAK_CLOSE):
            return self._page.next_text(line.row + 1) is None or self._follows(at, *_BOUNDARY)
        if line.starts(Kind.RULE):
            return self._follows(at, Kind.HEADING)
        return line.has(Kind.QUESTION) and self._follows(at, Kind.OPEN)

    def _follows(self, at: int, *kinds: Kind) -> bool:
        """Whether the next row with text starts with a mark of these kinds."""
        row = self._page.next_text(self._lines[at].row + 1)
        return at + 1 < len(self._lines) and self._lines[at + 1].row == row and self._lines[at + 1].starts(*kinds)


def closes(ticks: Ticks | None, run: str) -> bool:
    """Whether fence characters close what a run of them opened."""
    return ticks is not None and ticks.role in (Role.BARE, Role.CLOSES) and ticks.run.startswith(run)


def _may_close(ticks: Ticks | None) -> bool:
    """Whether fence characters close a block that nothing better closes."""
    return ticks is not None and ticks.role in (Role.MAY_CLOSE, Role.SPACED)
