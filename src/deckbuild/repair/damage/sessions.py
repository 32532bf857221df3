"""`>>>` sessions: the prompts and the shown lines are syntax, not code; what is shown is a claim, which other stages read."""

from __future__ import annotations

import re
from dataclasses import replace

from ..draft import Draft, Line

_PROMPT = re.compile(r"^\s*(?:>>>|In \[\d+\]:) ?(.*)$")
_MORE = re.compile(r"^\s*\.\.\.(?: (.*))?$")


def mend(draft: Draft) -> Draft:
    """The draft with only what stands behind prompts; the same draft where there are none."""
    if not any(line.text.lstrip().startswith(">>>") for line in draft.lines):
        return draft
    kept: list[Line] = []
    inside = False
    for line in draft.lines:
        prompt, more = _PROMPT.match(line.text), _MORE.match(line.text)
        if prompt:
            kept.append(replace(line, text=prompt[1]))
        elif more and inside:
            kept.append(replace(line, text=more[1] or ""))
        inside = bool(prompt or (more and inside))
    return replace(draft, lines=tuple(kept))
