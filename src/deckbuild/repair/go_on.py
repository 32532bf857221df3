"""A session that goes on behind an error, as a prompt does. In: its repair, which ends with the error that it shows; out: one that goes on.

What raises stands inside `try` there, so that what it changed before stays changed; it is no program of the report, and only claims are held
against it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from deckbuild.model import Fault, Job, Repair, Run, Snippet

from .draft import parse

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
    if file_line is None or not _stands_alone(repair.code, at) or not _shows(repair.snippet, file_line, fault):
        return None
    rows = repair.code.split("\n")
    rows[at - 1 : at] = [f"try: {rows[at - 1]}", "except Exception: pass"]
    lines = (*repair.line_map[:at], None, *repair.line_map[at:])
    return replace(repair, code="\n".join(rows), line_map=lines, own=(repair.own[0], repair.own[1] + 1))


def _stands_alone(code: str, line: int) -> bool:
    """Whether a simple statement fills a line of the program, outside any block."""
    tree = parse(code)
    found = [s for s in (tree.body if tree else []) if s.lineno <= line <= (s.end_lineno or s.lineno)]
    return len(found) == 1 and found[0].lineno == found[0].end_lineno and not hasattr(found[0], "body")


def _shows(snippet: Snippet, line: int, fault: Fault) -> bool:
    """Whether the session shows the error right below a line of the file, before its next prompt."""
    own, *below = snippet.source.split("\n")[line - snippet.line :]
    until = next((n for n, text in enumerate(below) if _PROMPT.match(text)), len(below))
    told = any(re.match(rf"\s*(?:\w+\.)*{re.escape(fault.type)}\b", text) for text in below[:until])
    return fault.kind == "raised" and _PROMPT.match(own) is not None and told
