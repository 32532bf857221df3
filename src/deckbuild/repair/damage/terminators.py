"""Swallowed terminators: marks of the card format and stray fences that a script left inside the code."""

from __future__ import annotations

import re
from dataclasses import replace

from ..draft import Change, Draft, Line

RULE = "swallowed-terminator"
_MARK = re.compile(r"^\s*(?::?x\?{1,3}|\?{2,3}x?|`{3}\w*|-{3})\s*$")


def mend(draft: Draft) -> Draft:
    """The draft with lines that hold nothing but a mark turned into comments."""
    change = Change(RULE, "a mark of the card format stands in the code", "the line is no Python, and the rest is")
    return replace(
        draft, lines=tuple(_commented(line, change) if _MARK.match(line.text) else line for line in draft.lines)
    )


def _commented(line: Line, change: Change) -> Line:
    return replace(line, text=f"# {line.text.strip()}", changes=(*line.changes, change))
