"""What an addition would take from the card that it is brought in for. In: a state, additions, a place; out: where they may stand, and names.

A slice never binds anew, or changes, what the card itself has bound by then: it stands above that line, or nowhere. What the card
binds only in passing (the variable of a loop) and reads no more may be bound by others.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from deckbuild.syntax import parse_module

from ..draft import Addition, Origin, Place, Program, State
from ..program.names import bound, first_line
from ..program.needs import Need, free, needs
from ..program.touches import touched


@dataclass(frozen=True, slots=True)
class Stand:
    """Where additions stand."""

    draft: int
    index: int
    """Among the draft's additions."""
    at: int
    """The own line of the draft that they stand before."""
    overwritten: frozenset[str]
    """The names that they would take there from the card, or from what was brought in for them."""


@dataclass(frozen=True, slots=True)
class _Own:
    """A statement of the card itself, at top level."""

    node: ast.stmt
    draft: int
    line: int

    @property
    def binds(self) -> frozenset[str]:
        """What it binds, by functions that set a global included."""
        return bound(self.node) | _globals(self.node)


def stand(state: State, program: Program, need: Need, additions: tuple[Addition, ...]) -> Stand:
    """The place of additions: in the draft that needs them, or before the addition that does.

    What is made from names that the draft itself binds stands right before the statement of the use: higher up it would be made
    from something else; what binds such names stands above the first of them.
    """
    place = program.place(need.line) or Place(len(state.drafts) - 1)
    before = state.drafts[place.draft].before
    own, body = _own(program), [s for a in additions for s in parse_module(a.text).body]
    at = before[place.before].at if place.before is not None else _line(own, place.draft, need.line, body)
    index = place.before if place.before is not None else len(before)
    takes, reads = _taken(body), {n.name for n in needs(ast.Module(body, []))}
    first = next((i for i, a in enumerate(before[:index]) if a.need in takes and a.at <= at), index)
    between = before[first:index]
    stuck = bool({n for a in between for n in a.binds} & reads) or any(a.at < at for a in between)
    lost = _lost(takes, own, (place.draft, at)) | _set_late(body, own) | _captured(additions, body, own)
    return Stand(place.draft, first, at, lost | ({before[first].need} if stuck else frozenset()))


def overwritten(program: Program, draft: int, addition: Addition) -> frozenset[str]:
    """The names of the card that an addition would take from it where it stands."""
    body, own = parse_module(addition.text).body, _own(program)
    return _lost(_taken(body), own, (draft, addition.at)) | _set_late(body, own)


def _line(own: list[_Own], draft: int, line: int, body: list[ast.stmt]) -> int:
    """The own line of the draft above which the statements stand that a line of the program needs."""
    use = next((s for s in own if s.draft == draft and first_line(s.node) <= line <= (s.node.end_lineno or line)), None)
    here = [s for s in own if s.draft == draft and use is not None and s.line < use.line]
    reads = frozenset(n.name for n in needs(ast.Module(body, [])) if not n.deferred)
    made = max((s.line for s in here if s.binds & reads), default=None)
    kept = min((s.line for s in here if s.binds & _taken(body)), default=None)
    if made is None or use is None:
        return 0
    return kept if kept is not None and made < kept else use.line


def _own(program: Program) -> list[_Own]:
    tree = program.tree() or ast.Module([], [])
    places = [(s, program.place(first_line(s))) for s in tree.body]
    return [_Own(s, p.draft, p.line) for s, p in places if p is not None and p.line is not None]


def _taken(body: list[ast.stmt]) -> frozenset[str]:
    """What the statements bind, delete or change where they stand."""
    names = {n.id for s in body for n in ast.walk(s) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Del)}
    return frozenset(names | {n for s in body for n in bound(s)} | touched(body))


def _lost(takes: frozenset[str], own: list[_Own], place: tuple[int, int]) -> frozenset[str]:
    """The names that the card has bound above the place, but for what it bound in passing and reads no more."""
    above = [s for s in own if (s.draft, s.line) < place]
    read = {n for s in own if (s.draft, s.line) >= place for n in free(s.node)}
    read |= {n for s in above if isinstance(s.node, ast.FunctionDef | ast.ClassDef) for n in free(s.node)}
    passing = {n for n in takes if n not in read and all(n in _passing(s.node) for s in above if n in s.binds)}
    return frozenset(n for s in above for n in s.binds & takes) - passing


def _passing(statement: ast.stmt) -> frozenset[str]:
    """The variables of a loop and of those in it."""
    loops = [n.target for n in ast.walk(statement) if isinstance(n, ast.For)]
    return frozenset(n.id for target in loops for n in ast.walk(target) if isinstance(n, ast.Name))


def _set_late(body: list[ast.stmt], own: list[_Own]) -> frozenset[str]:
    """The card's names that functions of the slice set whenever they are called."""
    return frozenset(n for s in body for n in _globals(s)) & frozenset(n for s in own for n in s.binds)


def _globals(statement: ast.stmt) -> frozenset[str]:
    return frozenset(n for g in ast.walk(statement) if isinstance(g, ast.Global) for n in g.names)


def _captured(additions: tuple[Addition, ...], body: list[ast.stmt], own: list[_Own]) -> frozenset[str]:
    """The globals of functions that stand below the card, in the slice and in the card of another making.

    Of a card above, the functions read what is set last, as they would in one notebook.
    """
    if all(a.origin in (Origin.NEW, Origin.EARLIER) for a in additions):
        return frozenset()
    late = frozenset(n for s in body if isinstance(s, ast.FunctionDef | ast.ClassDef) for n in free(s))
    theirs = {n: ast.dump(s) for s in body for n in bound(s) & late}
    return frozenset(n for s in own for n in s.binds & theirs.keys() if ast.dump(s.node) != theirs[n])
