"""Edits and assumptions of a draft, and the lines that the card shows. In: a draft; out: its notes and shown lines."""

from __future__ import annotations

import ast
import textwrap
from dataclasses import dataclass

from deckbuild.model import Assumption, Edit, ShownLine

from .draft import Addition, Draft, Line, parse
from .program.names import used


@dataclass(frozen=True, slots=True)
class Notes:
    """What was done to a snippet."""

    edits: tuple[Edit, ...]
    assumptions: tuple[Assumption, ...]
    shown: tuple[ShownLine, ...]


def notes_of(draft: Draft) -> Notes:
    """The edits in the order of the text (additions before, changes, additions after), the assumptions, the shown lines."""
    edits: list[Edit] = []
    additions: dict[int, int] = {}
    for addition in (a for a in draft.before if not is_supplied(a)):
        additions[id(addition)] = len(edits)
        edits.append(_added(addition, draft))
    changed: dict[int, int] = {}
    for first, last in _groups(draft):
        for index in range(first, last + 1):
            changed[index] = len(edits)
        edits += _edits_of(draft, first, last)
    for addition in draft.after:
        additions[id(addition)] = len(edits)
        edits.append(_added(addition, draft))
    assumed = [a for a in draft.before if is_supplied(a)]
    additions |= {id(a): len(edits) + n for n, a in enumerate(assumed)}
    return Notes(tuple(edits), tuple(map(assumption_of, assumed)), tuple(_shown(draft, additions, changed)))


def is_supplied(addition: Addition) -> bool:
    """Whether it is told as an assumption: a stand-in, or the part of a list of which the rest was found not to matter."""
    return addition.assumption or addition.partial


def _added(addition: Addition, draft: Draft) -> Edit:
    change = addition.change
    served = _served(addition, draft)
    why = f"what is assumed of {' and '.join(f'`{n}`' for n in served)} is made with it" if served else change.why
    return Edit(change.rule, None, "", addition.text, why, change.evidence)


def _served(addition: Addition, draft: Draft) -> tuple[str, ...]:
    """The stand-ins that alone read what an addition binds; none where the snippet or another addition reads it."""
    readers = [a for a in draft.additions if a is not addition and _reads(a.text, addition.binds)]
    if _reads(draft.text, addition.binds) or not all(map(is_supplied, readers)):
        return ()
    return tuple(a.need for a in readers)


def _reads(code: str, names: frozenset[str]) -> bool:
    tree = parse(code)
    return tree is not None and not names.isdisjoint(used(tree))


def assumption_of(addition: Addition) -> Assumption:
    """A stand-in as it is told."""
    name, _, value = addition.text.partition(" = ")
    given = addition.partial and not addition.assumption
    return Assumption(name, value, addition.change.evidence, addition.copied, given)


def _shown(draft: Draft, additions: dict[int, int], changed: dict[int, int]) -> list[ShownLine]:
    shown: list[ShownLine] = []
    for index, line in enumerate(draft.lines):
        own = [a for a in draft.before if a.at == index]
        shown += [ShownLine(text, None, additions[id(a)]) for a in own for text in a.text.split("\n")]
        shown.append(ShownLine(line.text, line.first or None, changed.get(index) if line.changes else None))
    return shown + [ShownLine(text, None, additions[id(a)]) for a in draft.after for text in a.text.split("\n")]


def _groups(draft: Draft) -> list[tuple[int, int]]:
    """Ranges of lines (indices) that were changed, widened to whole statements, so that before and after can be read alone."""
    heads = _statement_lines(draft.text)
    groups: list[tuple[int, int]] = []
    for index, line in enumerate(draft.lines):
        if not line.changes:
            continue
        first, last = heads.get(index, (index, index))
        while first > 0 and _same_origin(draft.lines[first - 1], draft.lines[first]):
            first -= 1
        while last + 1 < len(draft.lines) and _same_origin(draft.lines[last], draft.lines[last + 1]):
            last += 1
        if groups and first <= groups[-1][1]:
            groups[-1] = (groups[-1][0], max(last, groups[-1][1]))
        else:
            groups.append((first, last))
    return [(first, _to_body(draft, first, last)) for first, last in groups]


def _to_body(draft: Draft, first: int, last: int) -> int:
    """The line on which the first statement below a changed head ends, if then before and after can be read alone; `last` else."""
    tree = parse(draft.text)
    bodies = [b for n in ast.walk(tree) if isinstance(b := getattr(n, "body", None), list)] if tree is not None else []
    ends = [(b[0].end_lineno or b[0].lineno) - 1 for b in bodies if b and b[0].lineno - 2 == last]
    below = draft.lines[last + 1 : ends[0] + 1] if ends else ()
    if not below or any(line.changes or not line.first for line in below) or not draft.lines[first].first:
        return last
    after = "\n".join(line.text for line in (*draft.lines[first : last + 1], *below))
    before = "\n".join(draft.snippet.source.split("\n")[draft.lines[first].first - 1 : below[-1].last])
    return ends[0] if all(parse(textwrap.dedent(t)) is not None for t in (before, after)) else last


def _same_origin(a: Line, b: Line) -> bool:
    return bool(a.first and b.first and (a.first, a.last) == (b.first, b.last))


def _statement_lines(code: str) -> dict[int, tuple[int, int]]:
    """For each line (index) of a statement's head the range of that head: of a compound one only what stands before its body."""
    tree = parse(code)
    found: dict[int, tuple[int, int]] = {}
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 2 if isinstance(body, list) and body else (node.end_lineno or node.lineno) - 1
            first = node.lineno - 1
            found |= dict.fromkeys(range(first, max(first, last) + 1), (first, max(first, last)))
    return found


def _edits_of(draft: Draft, first: int, last: int) -> list[Edit]:
    lines = draft.lines[first : last + 1]
    origins = [n for x in lines if x.first for n in (x.first, x.last)]
    source = draft.snippet.source.split("\n")
    inserted = all(not x.first for x in lines if x.changes)
    changes = dict.fromkeys(c for x in lines for c in x.changes)
    if inserted or not origins:
        after = "\n".join(x.text for x in lines if x.changes)
        return [Edit(c.rule, None, "", after, c.why, c.evidence) for c in changes]
    before = "\n".join(source[min(origins) - 1 : max(origins)])
    after = "\n".join(x.text for x in lines)
    return [Edit(c.rule, min(origins), before, after, c.why, c.evidence) for c in changes]
