"""The bytes of a file <-> its lines with all that an editor does not show, so that what is not changed stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = "\ufeff"
_ERRORS = "surrogateescape"
"""Bytes that are no UTF-8 come back as they were."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file, cut at its line ends where the stage `source` cuts it."""

    mark: str
    """The byte order mark, if there is one."""
    lines: tuple[str, ...]
    ends: tuple[str, ...]
    """Of each line; only the last may be empty."""


@dataclass(frozen=True, slots=True)
class Splice:
    """Lines that take the place of lines."""

    first: int
    last: int
    lines: tuple[str, ...]
    origins: tuple[int, ...]
    """For each new line the line that it was, or that it is put behind or above."""


def read_text(data: bytes) -> Text:
    """The file's lines."""
    text = data.decode("utf-8", _ERRORS)
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(_MARK)
    cut = re.compile(r"\r*\n" if "\n" in text else r"\r")
    ends = cut.findall(text)
    lines = cut.split(text)
    return Text(mark, tuple(lines), (*ends, ""))


def write_text(text: Text) -> bytes:
    """The bytes of the file."""
    whole = "".join(line + end for line, end in zip(text.lines, text.ends, strict=True))
    return (text.mark + whole).encode("utf-8", _ERRORS)


def splice(text: Text, splices: Sequence[Splice]) -> Text:
    """The file with the lines replaced; a new line ends like the line that it comes from, the last one like the last before."""
    lines, ends = list(text.lines), list(text.ends)
    for one in sorted(splices, key=lambda s: s.first, reverse=True):
        start, stop = one.first - 1, one.last
        usual = next((end for end in (*ends[start:stop], *reversed(ends[:start])) if end), "\n")
        lines[start:stop] = one.lines
        ends[start:stop] = [*(ends[origin - 1] or usual for origin in one.origins[:-1]), ends[stop - 1]]
    return Text(text.mark, tuple(lines), tuple(ends))


def moved(origins: Sequence[int], splices: Sequence[Splice]) -> tuple[int, ...]:
    """Where each line of the spliced file comes from, given where each line came from before."""
    found = list(origins)
    for one in sorted(splices, key=lambda s: s.first, reverse=True):
        found[one.first - 1 : one.last] = [origins[line - 1] for line in one.origins]
    return tuple(found)
