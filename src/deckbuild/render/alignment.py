"""Highlighted lines -> the blanks that only align them. A line that goes on within brackets is often pushed far to the right, to stand
under its bracket; on a phone nothing fits there any more. The card folds those blanks, and never those that make a block.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from .highlight import Line

Columns: TypeAlias = tuple[int, int]

SHORT = 8
"""So many blanks are not worth folding: they may well be levels of a nested literal."""

_FOLDED, _DEEPEST = 4, 3
_NOTHING: Columns = (0, 0)


def find_alignment(lines: Sequence[Line], language: str | None) -> tuple[Columns, ...]:
    """For each line the columns of its blanks beyond the indentation of the line that its statement began with.

    None outside of Python: elsewhere braces make blocks.
    """
    if not (language or "").lower().startswith("py"):
        return (_NOTHING,) * len(lines)
    found, depth, base = [], 0, 0
    for line in lines:
        leading = _leading(line)
        if depth <= 0:
            depth, base = 0, leading
            found.append(_NOTHING)
        else:
            found.append((base, leading) if leading - base > SHORT and line[0].kind != "s" else _NOTHING)
        depth += _opened(line)
    return tuple(found)


def depth_class(line: Line, blanks: Columns) -> str:
    """d1, d2, d3: how far the line is indented as it is seen, so that what wraps of it hangs behind its own beginning."""
    seen = blanks[0] + _FOLDED if blanks[1] else _leading(line)
    return f"d{min(_DEEPEST, seen // 4)}" if seen >= 4 else ""


def _leading(line: Line) -> int:
    written = "".join(token.text for token in line)
    return len(written) - len(written.lstrip(" "))


def _opened(line: Line) -> int:
    """Brackets that the line opens and leaves open, less those that it closes."""
    code = "".join(token.text for token in line if token.kind not in ("s", "c"))
    return sum((c in "([{") - (c in ")]}") for c in code)
