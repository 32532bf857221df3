"""The rows that matter in; the fenced blocks out, closed or not.

A fence that is never closed must not swallow the cards after it: it ends before the next strong row (see `ahead`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .ahead import Ahead, Line, closes
from .diagnostics import Findings
from .marks import Kind
from .page import Page, Place, Stretch
from .ticks import Role, Ticks

_REMARK = re.compile(r"(.*\S)\s*(?:#|//)\s*\Z")
_NESTING = frozenset({"markdown", "md"})
"""Languages whose blocks hold fenced blocks."""


class Fence(NamedTuple):
    """A fenced block from its opening backticks up to behind its closing ones."""

    start: Place
    end: Place
    code: Stretch
    """Whole lines, but for code that shares a line with a fence."""
    language: str | None
    indent: int
    """Blanks before the opening backticks."""
    rest: str = ""
    """Code of the row that cuts the block off."""


def find_fences(page: Page, lines: Sequence[Line], findings: Findings) -> tuple[Fence, ...]:
    """The fenced blocks, in order."""
    if not any(line.ticks for line in lines):
        return ()
    ahead = Ahead(page, lines)
    fences: list[Fence] = []
    at = 0
    while (start := at) < len(lines):
        ticks = lines[at].ticks
        close = None if ticks is None else _close(lines, ahead, at, ticks)
        if ticks is None or not _opens(ticks, ahead, at, close):
            if ticks is not None and ticks.role in (Role.BARE, Role.CLOSES):
                findings.add("fence-stray", lines[at].row, mark=ticks.run)
            at += 1
            continue
        if ticks.glued:
            findings.add("fence-open-glued", lines[at].row)
        if close is None:
            at, end = _cut_off(page, lines, ahead, at, findings)
            fence = _fence(page, lines[start].row, ticks, end, end)
            fences.append(fence._replace(rest=_rest(page, lines[at]) if at < len(lines) else ""))
        else:
            at, code_end, end = _closed(page, lines, close, findings)
            fences.append(_fence(page, lines[start].row, ticks, code_end, end))
    return tuple(fences)


def _close(lines: Sequence[Line], ahead: Ahead, at: int, ticks: Ticks) -> int | None:
    """The index of the row that closes what opens at `at`, if there is one before the next strong row."""
    if ticks.language in _NESTING and at in ahead.partner:
        return ahead.partner[at]
    if at + 1 < len(lines) and closes(lines[at + 1].ticks, ticks.run):
        return at + 1
    close, strong = ahead.close(at + 1, ticks.run), ahead.strong(at + 1)
    if close < strong:
        return close
    other = ahead.may_close(at + 1)
    return other if other < strong and ticks.role is Role.OPENS else None


def _opens(ticks: Ticks, ahead: Ahead, at: int, close: int | None) -> bool:
    """Whether a block opens here."""
    match ticks.role:
        case Role.OPENS:
            return True
        case Role.MAY_OPEN | Role.SPACED:
            return close is not None
        case Role.BARE:
            return close is not None and close < ahead.heading(at + 1)
        case Role.CLOSES | Role.MAY_CLOSE:
            return False


def _closed(page: Page, lines: Sequence[Line], close: int, findings: Findings) -> tuple[int, Place, Place]:
    """Where to go on, where the code ends and where the fence ends, for a block that is closed."""
    row, ticks = lines[close].row, lines[close].ticks
    if ticks is None:
        raise AssertionError("a closing row has fence characters")
    text = page.lines[row]
    before = bool(text[: ticks.start].strip())
    if before or text[ticks.end :].strip():
        findings.add("fence-close-glued", row)
    return close + 1, (row, ticks.start if before else 0), (row, ticks.end)


def _cut_off(page: Page, lines: Sequence[Line], ahead: Ahead, at: int, findings: Findings) -> tuple[int, Place]:
    """Where to go on and where the code ends, for a block that is never closed."""
    stop, heading = ahead.strong(at + 1), ahead.heading(at + 1)
    if heading < stop < len(lines) and lines[stop].has(Kind.QUESTION):
        stop = heading
    end = (lines[stop].row, 0) if stop < len(lines) else page.end
    before = f"line {end[0] + 1}" if stop < len(lines) else "the end of the file"
    findings.add("fence-not-closed", lines[at].row, before=before)
    return stop, end


def _rest(page: Page, line: Line) -> str:
    """What the row that cuts a block off holds of its code: all before a question that takes the place of a remark."""
    mark = line.marks[0] if line.marks else None
    if mark is None or mark.kind is not Kind.QUESTION:
        return ""
    found = _REMARK.match(page.lines[line.row][: mark.start])
    return found[1] if found else ""


def _fence(page: Page, row: int, ticks: Ticks, code_end: Place, end: Place) -> Fence:
    """The block that opens with these fence characters."""
    code_start = (row + 1, 0) if ticks.code_col is None else (row, ticks.code_col)
    before = page.lines[row][: ticks.start]
    indent = ticks.start if not before.strip() else 0
    return Fence((row, ticks.start), end, (code_start, max(code_start, code_end)), ticks.language, indent)
