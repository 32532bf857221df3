"""Notebook magics and shell lines: set aside as comments, as plain Python has none."""

from __future__ import annotations

import re
from dataclasses import replace

from ..draft import Change, Draft

RULE = "notebook-magic"
_MAGIC = re.compile(
    r"^(\s*)(%{1,2}[A-Za-z]\w*\b.*|![A-Za-z].*|percent(?:matplotlib|timeit|time|run|load_ext|pip)\b.*|pip3? install .*)$"
)


def mend(draft: Draft) -> Draft:
    """The draft with magics and shell lines commented out."""
    change = Change(RULE, "a notebook's command, which plain Python does not know", "set aside as a comment")
    lines = []
    for line in draft.lines:
        found = _MAGIC.match(line.text)
        lines.append(replace(line, text=f"{found[1]}# {found[2]}", changes=(*line.changes, change)) if found else line)
    return replace(draft, lines=tuple(lines))
