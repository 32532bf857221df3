"""Stand-ins in the wrong company. In: a state; out: whether one is fed to what was not made for it.

`context = batch.shape[1]` of a card whose `batch` holds features says nothing any more where ids stand in for `batch`; and where a
line was corrected to suit the deck's `batch`, a stand-in that came later is not what it was corrected for. It must leave alone:
functions and classes, what reads settings, data that the deck does not write down, and lines as the card has them.
"""

from __future__ import annotations

import ast
import re

from deckbuild.syntax import parse_module

from ..draft import FOREIGN, Addition, Draft, Line, State
from ..program.needs import free
from ..resolve import Swap
from ..scene import Scene
from ..stand_ins.shown.written import is_whole
from .taint import made_up

_CALLED = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\.(\w+)\(")


def misfed(state: State, scene: Scene) -> Swap | None:
    """What another card gives where a stand-in is read for what its file writes down; None where nothing is so."""
    invented = frozenset(made_up(state))
    places = (
        Swap(state, d, i)
        for d, draft in enumerate(state.drafts)
        for i, a in enumerate(draft.before)
        if a.origin in FOREIGN and any(_is_written_down(name, scene) for name in invented & _read(a))
    )
    return next(places, None)


def converts(state: State) -> bool:
    """Whether a line calls a method of a stand-in that the card's own line does not call: `rows.long()`, where it has `rows`."""
    return any(_converts(state, draft, line) for draft in state.drafts for line in draft.lines if line.changes)


def _read(addition: Addition) -> frozenset[str]:
    statements = parse_module(addition.text).body
    return frozenset(n for s in statements if not isinstance(s, ast.FunctionDef | ast.ClassDef) for n in free(s))


def _is_written_down(name: str, scene: Scene) -> bool:
    places = scene.book.definitions.get(name, ())
    return any(d.chunk.path == scene.card.path and is_whole(d.statement.node) for d in places)


def _converts(state: State, draft: Draft, line: Line) -> bool:
    own = "\n".join(draft.snippet.source.split("\n")[max(line.first - 1, 0) : line.last])
    called = set(_CALLED.findall(line.text)) - set(_CALLED.findall(own))
    return any(state.assumes(name) for name, _ in called)
