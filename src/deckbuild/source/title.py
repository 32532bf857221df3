"""The line of a heading in; its title out."""

from __future__ import annotations

import re

from .marks import mask_code

_QUESTION = re.compile(r":p(?=\s|\Z)")
_CONTEXT = re.compile(r"(?<=\$) (?=Background context\b)")
_CLOSING = re.compile(r"\s#+\Z")


def cut_title(line: str, start: int) -> tuple[str, int]:
    """The title that starts at column `start`, and the column where it ends: at a question, or at the context
    that a lost newline joined to it."""
    end = len(line)
    if ":p" in line or "$ B" in line:
        masked = mask_code(line)
        for pattern in (_QUESTION, _CONTEXT):
            if found := pattern.search(masked, start, end):
                end = found.start()
    title = line[start:end].strip()
    return _CLOSING.sub("", title) if title.endswith("#") else title, end
