"""The name that a snippet is told to lack. In: a search that found nothing, a name that lacked first; out: the name, what is told of it, where.

One that nothing gives, not even a stand-in, is told rather than one whose definition did not help: with it alone the snippet would not run.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from deckbuild.model import SkipReason, Snippet
from deckbuild.syntax import parse_module

from ..conclude import Unrunnable
from ..draft import Draft, parse
from ..program.names import used
from ..program.needs import BUILTINS
from ..scene import Scene
from ..search import NotFound
from ..stand_ins.values.scalars import setting
from .whereabouts import whereabouts

MOST_OTHERS = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that lacks."""

    name: str
    said: str
    """What follows “name 'x'”."""
    line: int
    """Of the source, 1-based."""
    reason: SkipReason | None = None
    """Why it cannot be had on this machine."""


def missing(
    name: str, line: int | None, found: NotFound, order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> Missing:
    """The name, or another that lacks more plainly, and the others that lack as it does; `line`: where it is read, if that is known."""
    draft = found.state.drafts[-1]
    at = line or line_of(name, draft)
    if is_set_below(name, at, draft):
        return Missing(name, f"is read before line {_first_set(name, at, draft)} sets it", at)
    lost = _lost(found, scene)
    if lost and name not in lost:
        name, at = lost[0], line_of(lost[0], draft)
    there = whereabouts(name, found.state, order, scene)
    invented = sorted(stood_for(draft, scene), key=lambda n: (n in BUILTINS, line_of(n, draft)))
    if invented and (not there.sure or name in invented):
        name, at = invented[0], line_of(invented[0], draft)
        there = whereabouts(name, found.state, order, scene)
        lost = (*lost, *invented)
    others = ", ".join(f"`{n}`" for n in [n for n in dict.fromkeys(lost) if n != name][:MOST_OTHERS])
    also = f"; nothing gives {others} either" if others and there.reason is None else ""
    return Missing(name, f"{there.said}{also}", at, there.reason)


def stood_for(draft: Draft, scene: Scene) -> list[str]:
    """The names that the snippet itself reads, that the deck nowhere defines, and for which something stands in; settings aside."""
    own = _own_reads(draft) - scene.book.definitions.keys()
    return [a.need for a in draft.before if a.assumption and a.need in own and setting(a.need) is None]


def is_set_below(name: str, line: int, draft: Draft) -> bool:
    """Whether the snippet itself first sets the name below a line of its source."""
    return _first_set(name, line, draft) is not None


def line_of(name: str, draft: Draft) -> int:
    """The first own line on which the name stands; 1 if it stands nowhere."""
    lines = [n.lineno for n in _named(name, draft)]
    return draft.lines[min(lines) - 1].first if lines else 1


def _first_set(name: str, line: int, draft: Draft) -> int | None:
    """The line of the file, below a line of the source, on which the snippet sets the name."""
    lines = [draft.lines[n.lineno - 1].first for n in _named(name, draft) if isinstance(n.ctx, ast.Store)]
    return min((draft.snippet.line + n - 1 for n in lines if n > line), default=None)


def _named(name: str, draft: Draft) -> list[ast.Name]:
    tree = parse(draft.text) or parse_module("")
    return [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name]


def _lost(found: NotFound, scene: Scene) -> tuple[str, ...]:
    """The names that the snippet itself reads for which nothing could be had, not even a stand-in, and that the deck nowhere defines."""
    own = _own_reads(found.state.drafts[-1])
    return tuple(n.name for n in found.missing if n.name in own and n.name not in scene.book.definitions)


def _own_reads(draft: Draft) -> frozenset[str]:
    tree = parse(draft.text)
    return used(tree) if tree is not None else frozenset()
