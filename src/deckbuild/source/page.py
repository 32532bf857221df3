"""A file's lines as one text with places in it: what stands between two places, and whether it is blank.

Rows and columns are counted from 0; a place is the gap before a character.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """Before column `col` of row `row`; ordered as one reads."""

    row: int
    col: int


class Stretch(NamedTuple):
    """What stands from `start` up to `end`."""

    start: Place
    end: Place


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a file; marks that turn out to mean nothing are blanked out in them."""

    lines: list[str]

    @property
    def end(self) -> Place:
        """Behind the last character."""
        return Place(len(self.lines), 0)

    def first_text(self, stretch: Stretch) -> int | None:
        """The first row that has something other than blanks within the stretch."""
        (row, col), (last, stop) = stretch
        if row == last:
            return row if row < len(self.lines) and self.lines[row][col:stop].strip() else None
        if self.lines[row][col:].strip():
            return row
        for between in range(row + 1, last):
            if not _blank(self.lines[between]):
                return between
        return last if stop and self.lines[last][:stop].strip() else None

    def next_text(self, row: int) -> int | None:
        """The first row from `row` on that has something other than blanks."""
        for at in range(row, len(self.lines)):
            if not _blank(self.lines[at]):
                return at
        return None

    def cut(self, stretch: Stretch) -> list[str]:
        """The lines of the stretch; the first and the last, where they are parts of lines, without blanks at the cut."""
        (row, col), (last, stop) = stretch
        if row == last:
            return [self.lines[row][col:stop].strip()] if row < len(self.lines) else []
        lines = self.lines[row : last + 1]
        if col:
            lines[0] = lines[0][col:].lstrip()
        if last < len(self.lines):
            lines[-1] = lines[-1][:stop].rstrip()
        return lines

    def erase(self, row: int, start: int, end: int) -> None:
        """Blanks out a mark, so that every other place stays where it is."""
        line = self.lines[row]
        self.lines[row] = line[:start] + " " * (end - start) + line[end:] if line[end:] else line[:start]


def _blank(line: str) -> bool:
    """Whether a line has nothing but white space."""
    return not line or line.isspace()


def trimmed(row: int, lines: list[str]) -> tuple[int, list[str]]:
    """Lines, the first of them at `row`, without blank ones at either end."""
    start, end = 0, len(lines)
    while start < end and (not lines[start] or lines[start].isspace()):
        start += 1
    while end > start and (not lines[end - 1] or lines[end - 1].isspace()):
        end -= 1
    return row + start, lines[start:end] if start or end < len(lines) else lines
