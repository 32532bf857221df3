"""`>>>` and `In [1]:` sessions: the prompts and the shown lines are syntax, not code; what is shown is a claim, which other stages read.

Definitions that stand without a prompt before the session, or after a blank line inside it, are code like any other. `In [1]: x = 3`
is Python too, an annotation, so there the prompts are taken away, and the shown lines set aside as comments, by an edit.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from deckbuild.syntax import continued

from ..draft import Change, Draft, Line, parse

RULE = "notebook-prompt"
_PROMPT = re.compile(r"^\s*(?:>>>|In \[\d+\]:) ?(.*)$")
_MORE = re.compile(r"^\s*\.\.\.:?(?: (.*))?$")
_SHOWN = re.compile(r"^\s*Out\[\d+\]:")


def mend(draft: Draft) -> Draft:
    """The draft with what stands behind prompts and the code between; the same draft where there are no prompts."""
    if not any(_PROMPT.match(line.text) for line in draft.lines):
        return draft
    kept: list[Line] = []
    bare: list[Line] = []
    inside = shown = False
    rest = 0
    for place, line in enumerate(draft.lines):
        prompt, more = _PROMPT.match(line.text), _MORE.match(line.text)
        if prompt or (more and inside):
            kept += _code(bare, begins=not shown)
            bare, inside, shown = [], True, True
            kept.append(replace(line, text=(prompt[1] if prompt else more[1] if more else "") or ""))
            rest = _unprompted([prompt[1]], draft.lines[place + 1 :]) if prompt else 0
        elif rest:
            kept.append(line)
            rest -= 1
        else:
            bare.append(line)
            inside = False
    lines = (*kept, *_code(bare, begins=False))
    return replace(draft, lines=lines if any(">>>" in line.text for line in draft.lines) else _corrected(draft, lines))


def _unprompted(code: list[str], below: tuple[Line, ...]) -> int:
    """How many of the lines below a prompt continue its statement without `...`."""
    end = next((n for n, line in enumerate(below) if _PROMPT.match(line.text) or _MORE.match(line.text)), len(below))
    return continued(code, [line.text for line in below[:end]])


def _corrected(draft: Draft, kept: tuple[Line, ...]) -> tuple[Line, ...]:
    """All lines of a notebook's session, each that is not code as it stands with the change."""
    change = Change(RULE, "a notebook's prompts and outputs, which are no Python", "its lines are numbered `In [n]:`")
    code = {line.first: line for line in kept}
    lines = []
    for line in draft.lines:
        text = code[line.first].text if line.first in code else f"# {line.text}".rstrip() if line.text.strip() else ""
        lines.append(line if text == line.text else replace(line, text=text, changes=(*line.changes, change)))
    return tuple(lines)


def _code(lines: list[Line], begins: bool) -> list[Line]:
    """What of lines without a prompt is code: all before the first prompt, later only what stands after a blank line."""
    blank = next((n for n, line in enumerate(lines) if not line.text.strip()), len(lines))
    found = lines if begins else lines[blank:]
    if any(_SHOWN.match(line.text) for line in found):
        return []
    tree = parse("\n".join(line.text for line in found))
    statements = tree.body if tree is not None else []
    return found if any(not isinstance(s, ast.Expr) or (begins and _is_call(s)) for s in statements) else []


def _is_call(statement: ast.Expr) -> bool:
    return isinstance(statement.value, ast.Call)
