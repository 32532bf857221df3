"""What an outside program wrote, read strictly. In: parsed JSON; out: an Answer, or a ValueError that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deckbuild.model import Answer, Declined, Json, LineEdit, Proposal

MOST_EDITS = 8
MOST_CHARACTERS = 4000
"""Of all new lines together: more is a program of its own."""
MOST_REASON = 300


def read_answer(told: object) -> Answer:
    """`{"edits": […]}` or `{"refuse": "…"}`. Raises ValueError for anything else."""
    if not isinstance(told, Mapping) or set(told) not in ({"edits"}, {"refuse"}):
        raise ValueError('expected {"edits": […]} or {"refuse": "…"}')
    if "refuse" in told:
        return Declined(_text(told, "refuse", MOST_REASON))
    edits = told["edits"]
    if not isinstance(edits, list) or not 0 < len(edits) <= MOST_EDITS:
        raise ValueError(f"expected 1 to {MOST_EDITS} edits")
    found = tuple(map(_edit, edits))
    if sum(len(e.after) for e in found) > MOST_CHARACTERS:
        raise ValueError(f"the new lines have more than {MOST_CHARACTERS} characters")
    return Proposal(found)


def answer_json(answer: Answer) -> Json:
    """The answer as it is kept."""
    if isinstance(answer, Declined):
        return {"refuse": answer.why}
    return {"edits": [{"line": e.line, "before": e.before, "after": e.after, "why": e.why} for e in answer.edits]}


def _edit(told: object) -> LineEdit:
    if not isinstance(told, Mapping) or set(told) != {"line", "before", "after", "why"}:
        raise ValueError("an edit has just the fields line, before, after, why")
    line = told["line"]
    if not isinstance(line, int) or isinstance(line, bool) or line < 1:
        raise ValueError("an edit's line is a whole number from 1 on")
    before, after = _text(told, "before", MOST_CHARACTERS), _text(told, "after", MOST_CHARACTERS)
    if before == after or not after.strip():
        raise ValueError("an edit changes or adds lines; it takes none away")
    return LineEdit(line, before, after, " ".join(_text(told, "why", MOST_REASON).split()))


def _text(told: Mapping[Any, Any], name: str, most: int) -> str:
    value = told[name]
    if not isinstance(value, str) or len(value) > most or any(c in value for c in "\0\r"):
        raise ValueError(f"{name} is no text of at most {most} characters")
    return value.removesuffix("\n")
