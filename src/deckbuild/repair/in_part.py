"""A block that writes only the first entries of a list, `depths = [3.5, 2.25, ...]`: it runs on those, as an assumption.

In: a block with `...` in it; out: the state in which it runs. It must leave alone: `...` for anything but the further entries of a
list of data, pseudo-code, blocks that ask for the end or the number of the entries, and those beside which another value is stated.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from deckbuild.model import Snippet
from deckbuild.syntax import holds_ellipsis, is_ellipsis

from .damage import clean
from .doubts.invented import contradicted
from .doubts.rests import RULE
from .draft import Addition, Change, Draft, Origin, State, parse, replace_lines
from .refusals.pseudo import called_pseudo
from .scene import Scene
from .search import Found, search
from .stand_ins.shown.elided import LEFT_OUT, other_rests, without_rest


@dataclass(frozen=True, slots=True)
class _Row:
    """A statement `name = [1, 2, ...]`, nothing shown behind the `...`."""

    statement: ast.Assign
    name: str
    shown: str


def in_part(snippet: Snippet, state: State, scene: Scene) -> Found | None:
    """The state in which each such list holds the entries that the block writes; None where it does not run so."""
    draft = clean(snippet)
    tree = parse(draft.text)
    rows = [row for s in (tree.body if tree is not None else ()) if (row := _row(s)) is not None]
    if tree is None or not rows or called_pseudo(snippet, scene.card):
        return None
    if any(holds_ellipsis(s) for s in tree.body if all(s is not row.statement for row in rows)):
        return None
    for row in reversed(rows):
        draft = _cut(draft, row)
    found = search(replace(state, drafts=(*state.drafts, draft)), scene)
    if not isinstance(found, Found) or _kept(found.state) < len(rows) or contradicted(found.state, scene) is not None:
        return None
    return found


def _kept(state: State) -> int:
    """How many lists still hold what the block writes, and no other stand-in."""
    return sum(a.change.rule == RULE for a in state.drafts[-1].before)


def _row(statement: ast.stmt) -> _Row | None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if not _goes_on(value):
            shown = without_rest(value)
            return _Row(statement, name, shown) if shown is not None else None
        case _:
            return None


def _goes_on(value: ast.expr) -> bool:
    """Whether a list shows entries behind those that it leaves out."""
    return any(is_ellipsis(e) for n in ast.walk(value) if isinstance(n, ast.List) for e in n.elts[:-1])


def _cut(draft: Draft, row: _Row) -> Draft:
    """The draft with the statement as a comment of one line, what it shows assumed in its place."""
    first, last = row.statement.lineno - 1, (row.statement.end_lineno or row.statement.lineno) - 1
    change = Change(RULE, "the block leaves its further entries out", "`...` is none of them")
    written = draft.lines[first].text if first == last else ast.unparse(row.statement)
    draft = replace_lines(draft, first, last, [f"# {written}"], change)
    part = Addition(
        f"{row.name} = {row.shown}",
        replace(change, evidence=f"the card {LEFT_OUT}"),
        frozenset({row.name}),
        row.name,
        assumption=True,
        alternates=tuple(f"{row.name} = {rest}" for rest in other_rests(row.statement.value)),
        at=first,
        origin=Origin.SAME,
        partial=True,
    )
    below = (replace(a, at=a.at - (last - first)) if a.at > first else a for a in draft.before)
    return replace(draft, before=(part, *below))
