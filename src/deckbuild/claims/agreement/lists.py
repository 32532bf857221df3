"""Lists of numbers as they are written, `tensor([[1., 2.], [3., 4.]])`: a text in, where they stand in it out, and their shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuild.prose import numbers

MOST_DIMENSIONS = 16
# Possessive: from each of a thousand open brackets on it is looked once for the last closing one.
LITERAL = re.compile(
    r"(?:(?P<head>(?:torch\.|np\.|numpy\.)?(?:tensor|array)\()\s*)?(?P<list>\[(?!\])(?:(?:[-+−\d.,\s\[eE]|\\n)*+\])++)(?(head)(?:(?:,\s*\w+=[^()\[\]`\n]*)?\))?)"
)
LITERAL_OR_OPENED = re.compile(LITERAL.pattern + r"|\[(?:[-+−\d.,\s\[eE]|\\n)*+")
"""The same, or brackets that nothing closes: no literal begins in them."""


def literals_in(text: str) -> Iterator[re.Match[str]]:
    """The literals of a text, in their order."""
    return (m for m in LITERAL_OR_OPENED.finditer(text) if m["list"])


def shape_of(text: str) -> tuple[int, ...] | None:
    """The shape of nested brackets around numbers; None if ragged, or deeper than any tensor."""
    return shape_within(text, MOST_DIMENSIONS)


def shape_within(text: str, dimensions: int) -> tuple[int, ...] | None:
    """The same, of at most so many dimensions."""
    text = text.strip()
    if not (text.startswith("[") and text.endswith("]")) or not dimensions:
        return None
    inner = text[1:-1].strip()
    if "[" not in inner:
        return (len(numbers(inner + "]")),)
    rows = [shape_within(r, dimensions - 1) for r in split_rows(inner)]
    return (len(rows), *rows[0]) if rows and rows[0] is not None and len(set(rows)) == 1 else None


def split_rows(inner: str) -> Iterator[str]:
    """The bracketed parts on the first level."""
    depth = start = 0
    for i, char in enumerate(inner):
        start = i if char == "[" and depth == 0 else start
        depth += (char == "[") - (char == "]")
        if char == "]" and depth == 0:
            yield inner[start : i + 1]
