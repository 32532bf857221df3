"""Slips of quotes: a text that is not closed, closed by the other mark, broken over two lines, or quoted like the f-string around it.

It must leave alone: marks inside comments, and texts of which other marks could be meant as well (all places are offered).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft
from .offer import Offer, line_offer

NESTED = "quotes of an f-string's own kind inside its braces are read only from Python 3.12 on"
_OTHER = {'"': "'", "'": '"'}
_F_STRING = re.compile(r"(?<![\w\"'])[fF][rR]?([\"'])(?!\1)")
_COMMENT = re.compile(r"\s+#(?:\s|$)")


def offers(draft: Draft, error: SyntaxError) -> Iterator[Offer]:
    """The draft's lines with their quotes in order."""
    index = (error.lineno or 1) - 1
    if str(error.msg).startswith("unterminated string literal"):
        yield from _closed(draft, index, max((error.offset or 1) - 1, 0))
    texts = tuple(_requoted(line.text) for line in draft.lines)
    if texts != tuple(line.text for line in draft.lines):
        yield Offer(0, len(texts) - 1, texts, why=NESTED)


def _closed(draft: Draft, index: int, at: int) -> Iterator[Offer]:
    """The line with its text closed: by the right mark, at each place behind a word, or on the next line."""
    line = draft.lines[index].text
    start = next((n for n in range(at, len(line)) if line[n] in _OTHER), None)
    if start is None:
        return
    mark, comment = line[start], _COMMENT.search(line, start)
    end = comment.start() if comment else len(line.rstrip())
    other = re.fullmatch(rf"([^{_OTHER[mark]}]*){_OTHER[mark]}([)\]}}:,]*)", line[start + 1 : end])
    if other is not None:
        yield line_offer(index, f"{line[: start + 1]}{other[1]}{mark}{other[2]}{line[end:]}")
        return
    for place in range(end, start, -1):
        if not line[place - 1].isspace():
            yield line_offer(index, line[:place] + mark + line[place:])
    if index + 1 < len(draft.lines) and mark in draft.lines[index + 1].text:
        below = draft.lines[index + 1].text
        yield from (Offer(index, index + 1, (line + between + below.lstrip(),)) for between in ("\\n", " "))


def _requoted(line: str) -> str:
    """The line in which the texts inside an f-string's braces have the other mark than the f-string."""
    text = line
    for found in _F_STRING.finditer(line):
        places = _inner_marks(line, found.end(), found[1])
        text = "".join(_OTHER[c] if n in places else c for n, c in enumerate(text))
    return text


def _inner_marks(line: str, start: int, mark: str) -> frozenset[int]:
    """Where an f-string's own mark stands inside its braces; nowhere if the other one does, too, or if it does not end."""
    inner: set[int] = set()
    depth, n = 0, start
    while n < len(line):
        if line[n] == "\\" or (depth == 0 and line[n : n + 2] in ("{{", "}}")):
            n += 1
        elif line[n] in "{}":
            depth += 1 if line[n] == "{" else -1
        elif line[n] == mark:
            if depth == 0:
                return frozenset(inner)
            inner.add(n)
        elif depth > 0 and line[n] == _OTHER[mark]:
            return frozenset()
        n += 1
    return frozenset()
