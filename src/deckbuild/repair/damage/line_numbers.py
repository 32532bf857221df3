"""Line numbers: the numbers of a listing, in front of each of its lines. It must leave alone: numbers that do not count the lines."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from itertools import pairwise

from ..draft import Change, Draft

RULE = "line-numbers"
FEWEST = 3
"""Fewer lines may begin with numbers that are their own."""
_NUMBERED = re.compile(r"^ *(\d{1,6})[.:|)]?(?:\s(.*))?$")


def mend(draft: Draft) -> Draft:
    """The draft without the numbers, if they count its lines one by one."""
    found = [_NUMBERED.match(line.text) if line.text.strip() else None for line in draft.lines]
    numbers = [int(m[1]) for m in found if m]
    written = sum(bool(line.text.strip()) for line in draft.lines)
    if len(numbers) < max(FEWEST, written) or any(b - a != 1 for a, b in pairwise(numbers)):
        return draft
    change = Change(
        RULE, "the numbers of a listing stand in front of its lines", "they count the lines, and the rest is Python"
    )
    texts = textwrap.dedent("\n".join(m[2] or "" if m else "" for m in found)).split("\n")
    lines = [
        replace(line, text=text, changes=(*line.changes, change)) if m else line
        for line, text, m in zip(draft.lines, texts, found, strict=True)
    ]
    return replace(draft, lines=tuple(lines))
