"""An answer, put into the snippet's draft. In: edits; out: the draft, or a ValueError that says which edit is none of this snippet."""

from __future__ import annotations

from dataclasses import dataclass

from deckbuild.model import LineEdit, Proposal

from ..draft import Change, Draft, insert_line, replace_lines
from .limits import stands_for

RULE = "external"


@dataclass(frozen=True, slots=True)
class Applied:
    """A draft with the edits, each with the change that marks its lines."""

    draft: Draft
    changes: tuple[tuple[LineEdit, Change], ...]


def apply(draft: Draft, proposal: Proposal) -> Applied:
    """The draft with all edits. Raises ValueError if one names lines that are not the snippet's, or two meet."""
    source = draft.snippet.source.split("\n")
    changes = []
    taken: set[int] = set()
    for edit in sorted(proposal.edits, key=lambda e: -e.line):  # from the end, so that lines keep their numbers
        lines = _lines(edit)
        if lines.stop > len(source) + 1 or [source[n - 1] for n in lines] != edit.before.split("\n")[: len(lines)]:
            raise ValueError(f"the lines from {edit.line} on are not what the edit says")
        touched = set(lines) or {edit.line}
        if taken & touched:
            raise ValueError(f"two edits meet at line {edit.line}")
        taken |= touched
        change = Change(RULE, edit.why or "proposed from outside", f"proposed for line {edit.line}")
        draft = _changed(draft, edit, change)
        changes.append((edit, change))
    return Applied(draft, tuple(reversed(changes)))


def _changed(draft: Draft, edit: LineEdit, change: Change) -> Draft:
    """Each line of the snippet becomes the line that stands for it; what stands for none is inserted."""
    old, new = edit.before.split("\n") if edit.before else [], edit.after.split("\n")
    places = {x.first: n for n, x in enumerate(draft.lines) if x.first and x.first == x.last}
    if any(draft.lines[n].text != old[at - edit.line] for at in _lines(edit) if (n := places.get(at, -1)) >= 0):
        raise ValueError(f"the lines from {edit.line} on were mended as they were read")
    if any(at not in places for at in _lines(edit)):
        raise ValueError(f"the lines from {edit.line} on are none of the program")
    end = next((n for n, x in enumerate(draft.lines) if x.first >= edit.line + len(old)), len(draft.lines))
    for text in reversed(new):
        if old and stands_for(text, old[-1]):
            end = places[edit.line + len(old) - 1]
            draft = replace_lines(draft, end, end, [text], change)
            old.pop()
        else:
            draft = insert_line(draft, end, text, change)
    if old:
        raise ValueError(f"`{old[-1].strip()}` is taken away or moved")
    return draft


def _lines(edit: LineEdit) -> range:
    """The lines of the source that it replaces."""
    return range(edit.line, edit.line + (edit.before.count("\n") + 1 if edit.before else 0))
