"""The word ` percent` where a script replaced a percent sign."""

from __future__ import annotations

import re
from dataclasses import replace

from ..draft import Change, Draft, Line

RULE = "percent-sign"
_WORD = re.compile(r" ?\bpercent\b ?|(?<=[{:'\"\d])percent(?=[\d.\w])")


def mend(draft: Draft) -> Draft:
    """The draft with the sign put back outside comments."""
    change = Change(RULE, "a script replaced `%` by the word “percent”", "the line is Python with the sign")
    return replace(draft, lines=tuple(_signed(line, change) for line in draft.lines))


def _signed(line: Line, change: Change) -> Line:
    code, mark, comment = line.text.partition("#")
    text = _WORD.sub(lambda m: " % " if m[0].startswith(" ") and m[0].endswith(" ") else "%", code)
    return line if text == code else replace(line, text=text + mark + comment, changes=(*line.changes, change))
