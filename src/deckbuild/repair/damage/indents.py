"""Slips of indentation: a line that is one blank off the lines around it, a first line without the others' indentation, mixed tabs.

It must leave alone: single lines that are further off, which may be a block whose head is missing.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ..draft import Draft
from .offer import Offer, line_offer

NEAR = 1
"""So many blanks are a slip of the pen."""


def offers(draft: Draft, error: SyntaxError) -> Iterator[Offer]:
    """The line of the error, or the one above it, as deep as other lines that are one blank deeper or less deep."""
    if not isinstance(error, IndentationError):
        return
    texts = [line.text for line in draft.lines]
    yield from (Offer(0, len(texts) - 1, tuple(found)) for found in (*_without_tabs(texts), *_aligned(texts)))
    written = [n for n, text in enumerate(texts) if text.strip()]
    place = written.index((error.lineno or 1) - 1) if (error.lineno or 1) - 1 in written else 0
    for index in reversed(written[max(place - 1, 0) : place + 1]):
        own = _depth(texts[index])
        for depth in sorted({_depth(texts[n]) for n in written if n != index}):
            if abs(depth - own) == NEAR:
                yield line_offer(index, " " * depth + texts[index].lstrip())


def _without_tabs(texts: list[str]) -> Iterator[list[str]]:
    """The lines with blanks for tabs, four or eight for one."""
    if any("\t" in text for text in texts):
        yield from ([text.expandtabs(size) for text in texts] for size in (4, 8))


def _aligned(texts: list[str]) -> Iterator[list[str]]:
    """The lines below the first as deep as the first, if all of them are deeper and it opens no block."""
    below = textwrap.dedent("\n".join(texts[1:])).split("\n")
    stands_alone = texts[0].strip() and not texts[0].startswith("@") and not texts[0].rstrip().endswith(":")
    if stands_alone and below != texts[1:]:
        yield [texts[0], *(" " * _depth(texts[0]) + text if text else "" for text in below)]


def _depth(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
