"""A page in; its marks outside code and its fenced blocks out, in the order in which one reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .ahead import Line
from .diagnostics import Findings
from .fences import Fence, find_fences
from .marks import Mark, find_marks
from .page import Page
from .ticks import read_ticks

_QUERY = re.compile(r"(?:\A\s*|\$):?[xX]\ ?\?|\A\s*\?x")
"""What misspelt closing marks with a single question mark look like."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the structure of a page is read from."""

    marks: tuple[Mark, ...]
    fences: tuple[Fence, ...]


def find_tokens(page: Page, findings: Findings) -> Tokens:
    """The marks and the fences of a page. Most lines are nothing but text, and are told from the others cheaply."""
    lines: list[Line] = []
    for row, line in enumerate(page.lines):
        if not line:
            continue
        ticks = read_ticks(line) if "```" in line or "~~~" in line else None
        if (
            ("?" in line and ("??" in line or ":p" in line or _QUERY.search(line)))
            or (":" in line and (":p" in line or "$:" in line or line[0] == ":"))
            or "---" in line
            or "####" in line
            or line.startswith("**Rating")
        ):
            marks = find_marks(line, row)
        elif ticks is not None:
            marks = []
        else:
            continue
        if marks or ticks is not None:
            lines.append(Line(row, marks, ticks))
    fences = find_fences(page, lines, findings)
    return Tokens(tuple(_outside(page, lines, fences)), fences)


def _outside(page: Page, lines: list[Line], fences: tuple[Fence, ...]) -> list[Mark]:
    """The marks that stand in no fenced block; rows that a block shares with text are read again in part."""
    marks: list[Mark] = []
    at = 0
    for fence in fences:
        while at < len(lines) and lines[at].row < fence.start[0]:
            marks += lines[at].marks
            at += 1
        marks += _before(page, fence)
        while at < len(lines) and lines[at].row < fence.end[0]:
            at += 1
        if fence.end[1]:
            at += at < len(lines) and lines[at].row == fence.end[0]
            marks += _after(page, fence)
    for line in lines[at:]:
        marks += line.marks
    return marks


def _before(page: Page, fence: Fence) -> list[Mark]:
    """The marks between the start of a line and the block that opens on it."""
    text = page.lines[fence.start[0]][: fence.start[1]]
    return find_marks(text, fence.start[0]) if text.strip() else []


def _after(page: Page, fence: Fence) -> list[Mark]:
    """The marks between the end of a block and the end of its line."""
    row, col = fence.end
    text = page.lines[row][col:]
    if not text.strip():
        return []
    return [mark._replace(start=mark.start + col, end=mark.end + col) for mark in find_marks(text, row)]
