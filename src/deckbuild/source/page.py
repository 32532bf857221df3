"""A file's lines as one text with places in it: what stands between two places, and whether it is blank.

Rows and columns are counted from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Place: TypeAlias = tuple[int, int]
"""Row and column: the gap before that character. Plain tuples, since a card takes dozens of them."""
Stretch: TypeAlias = tuple[Place, Place]
"""What stands from the first place up to the second."""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a file; marks that turn out to mean nothing are blanked out in them."""

    lines: list[str]

    @property
    def end(self) -> Place:
        """Behind the last character."""
        return len(self.lines), 0

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

    def cut(self, stretch: Stretch) -> tuple[int, list[str]]:
        """The lines of the stretch without blank ones at either end, and the row of the first of them.

        The first and the last, where they are parts of lines, have no blanks at the cut.
        """
        (row, col), (last, stop) = stretch
        lines = self.lines
        if row == last:
            text = lines[row][col:stop].strip() if row < len(lines) else ""
            return row, [text] if text else []
        head = lines[row][col:].lstrip() if col else ""
        tail = lines[last][:stop].rstrip() if stop else ""
        first = row + 1 if col else row
        if not head:
            while first < last and (not lines[first] or lines[first].isspace()):
                first += 1
        if not tail:
            while last > first and (not lines[last - 1] or lines[last - 1].isspace()):
                last -= 1
        cut = lines[first:last]
        if tail:
            cut.append(tail)
        return (row, [head, *cut]) if head else (first, cut)

    def erase(self, row: int, start: int, end: int) -> None:
        """Blanks out a mark, so that every other place stays where it is."""
        line = self.lines[row]
        self.lines[row] = line[:start] + " " * (end - start) + line[end:] if line[end:] else line[:start]


def _blank(line: str) -> bool:
    """Whether a line has nothing but white space."""
    return not line or line.isspace()
