"""A session that goes on behind an error, as a prompt does. In: its repair, which ends with the error that it shows; out: one that goes on.

What raises stands inside `try` there, so that what it changed before stays changed; it is no program of the report, and only claims are held
against it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from deckbuild.model import Fault, Job, Repair, Run, Snippet

from .marked import without

_MOST = 6
"""Errors behind which a session is followed."""
_PROMPT = re.compile(r"^\s*(?:>>>|In \[\d+\]:)")


def go_on(done: Repair, run: Run) -> Repair | None:
    """The repair of the session with its errors caught; None where it shows none, or nothing stands behind."""
    beyond = done
    for _ in range(_MOST):
        caught = _caught(beyond)
        if caught is None:
            break
        (outcome,) = run.confirm([Job(caught.code or "")])
        beyond = replace(caught, outcome=outcome)
    return None if beyond is done else beyond


def _caught(repair: Repair) -> Repair | None:
    """The repair with the line inside `try` that raised what the session shows below it; None where that is not so."""
    fault = repair.outcome.fault if repair.outcome else None
    at = (fault.frames[0] if fault.frames else fault.line) if fault else None
    if fault is None or at is None or repair.code is None or repair.own is None or at >= repair.own[1]:
        return None
    file_line = repair.line_map[at - 1]
    if file_line is None or not _shows(repair.snippet, file_line, fault):
        return None
    code = without(repair.code, at)
    lines = (*repair.line_map[:at], None, *repair.line_map[at:])
    return replace(repair, code=code, line_map=lines, own=(repair.own[0], repair.own[1] + 1)) if code else None


def _shows(snippet: Snippet, line: int, fault: Fault) -> bool:
    """Whether the session shows the error right below a line of the file, before its next prompt."""
    own, *below = snippet.source.split("\n")[line - snippet.line :]
    until = next((n for n, text in enumerate(below) if _PROMPT.match(text)), len(below))
    told = any(re.match(rf"\s*(?:\w+\.)*{re.escape(fault.type)}\b", text) for text in below[:until])
    return fault.kind == "raised" and _PROMPT.match(own) is not None and told
