"""Slips of indentation: a line that is one blank off the lines around it. It must leave alone: lines that are further off."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft
from .offer import Offer, line_offer

NEAR = 1
"""So many blanks are a slip of the pen; more may be a block whose head is missing."""


def offers(draft: Draft, error: SyntaxError) -> Iterator[Offer]:
    """The line of the error, or the one above it, as deep as other lines that are one blank deeper or less deep."""
    if not isinstance(error, IndentationError):
        return
    texts = [line.text for line in draft.lines]
    written = [n for n, text in enumerate(texts) if text.strip()]
    place = written.index((error.lineno or 1) - 1) if (error.lineno or 1) - 1 in written else 0
    for index in reversed(written[max(place - 1, 0) : place + 1]):
        own = _depth(texts[index])
        for depth in sorted({_depth(texts[n]) for n in written if n != index}):
            if abs(depth - own) == NEAR:
                yield line_offer(index, " " * depth + texts[index].lstrip())


def _depth(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
