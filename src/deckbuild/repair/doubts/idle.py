"""What a program does in vain on made-up data. In: a state, its tree and outcome; out: whether it does.

A loop that goes through nothing, a slice that is empty, begins before the first entry or ends behind the last. It must leave alone:
slices that are as empty with any data (`row[5:2]`), cards that speak of what is empty or out of range, and whatever no made-up
name has a part in.
"""

from __future__ import annotations

import ast
import re
from itertools import zip_longest

from deckbuild.model import Outcome, Value

from ..draft import State
from ..meant import is_about_failure
from ..program.names import used
from ..program.usage import literal, usage_of
from ..scene import Scene
from ..stand_ins.fitting.reached import reached
from ..stand_ins.reading.constants import Environment, constants, evaluate
from .taint import resting_on

_SPOKEN_OF = re.compile(r"\bempty\b|\bout of (?:range|bounds)\b", re.IGNORECASE)
SIDE = 4
"""Rows and columns of the largest table that deckbuild makes up by itself."""


def idles(state: State, tree: ast.Module, outcome: Outcome, scene: Scene) -> bool:
    """Whether a loop, a slice or a row that rests on made-up data holds too little."""
    names = resting_on(lambda a: a.assumption, state, state.program())
    if _runs_no_round(tree, names, outcome):
        return True
    if _SPOKEN_OF.search(scene.text) or is_about_failure(scene):
        return False
    return _is_short(state, tree, outcome) or any(_is_in_vain(s, names, tree, outcome) for s in tree.body)


def _runs_no_round(tree: ast.Module, names: frozenset[str], outcome: Outcome) -> bool:
    """Whether a loop found nothing to go through: what it would bind at each round is not bound."""
    have = {v.name for v in outcome.values}
    loops = [n for s in tree.body if isinstance(s, ast.For) for n in ast.walk(s) if isinstance(n, ast.For)]
    return any(
        used(loop.iter) & names and have.isdisjoint(n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name))
        for loop in loops
    )


def _is_short(state: State, tree: ast.Module, outcome: Outcome) -> bool:
    """Whether a made-up row or table ends before a place or slice that one of deckbuild's would have."""
    for addition in (a for d in state.drafts for a in d.before if a.assumption and not a.partial and not a.copied):
        usage, value = usage_of(tree, addition.need), outcome.value(addition.need)
        text = addition.text.removeprefix(f"{addition.need} = ")
        if reached(text, usage, tree) != text:
            return True
        shape = (value.shape or ()) if value is not None else ()
        tables = [s.elts for s in usage.subscripts if isinstance(s, ast.Tuple) and len(s.elts) == len(shape) == 2]
        if any(size < _end(part) <= SIDE for parts in tables for part, size in zip(parts, shape, strict=True)):
            return True
    return False


def _end(part: ast.expr) -> int:
    last = literal(part.upper) if isinstance(part, ast.Slice) else None
    return last if isinstance(last, int) else 0


def _is_in_vain(statement: ast.stmt, names: frozenset[str], tree: ast.Module, outcome: Outcome) -> bool:
    """Whether a plain statement cuts out of made-up data what is not there: nothing, or what lies before the first entry."""
    if not isinstance(statement, ast.Assign | ast.Expr | ast.AugAssign):
        return False
    known = constants(tree)
    for node in ast.walk(statement):
        match node:
            case ast.Subscript(ctx=ast.Load(), value=ast.Name(id=name)) if used(node) & names:
                sizes = _sizes(outcome.value(name)) if name in names else ()
                parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
                slices = [(p, s) for p, s in zip_longest(parts, sizes) if isinstance(p, ast.Slice)]
                if any(_is_nowhere(p, s, known) and not _is_nowhere(p, None, {}) for p, s in slices):
                    return True
    return False


def _sizes(value: Value | None) -> tuple[int, ...]:
    """How long a value is along each of its dimensions, as far as its snapshot tells."""
    if value is None or value.shape is not None:
        return (value.shape or ()) if value is not None else ()
    return (value.length,) if value.type in ("list", "tuple", "str") and value.length is not None else ()


def _is_nowhere(part: ast.Slice, size: int | None, names: Environment) -> bool:
    """Whether a slice begins at a difference below 0, ends where it begins or before, or begins behind the end."""
    first, last = evaluate(part.lower, names), evaluate(part.upper, names)
    if isinstance(first, int) and size is not None and first >= max(size, 1):
        return True
    below = _is_calculated(part.lower, names) and isinstance(first, int) and first < 0
    return below or (isinstance(first, int) and isinstance(last, int) and 0 <= last <= first)


def _is_calculated(place: ast.expr | None, names: Environment) -> bool:
    """Whether a place is a difference or the like, by itself or by the name of one: `-2` counts from the end on purpose."""
    known = set(names)
    while isinstance(place, ast.Name) and place.id in known:
        known.remove(place.id)
        place = names[place.id]
    return isinstance(place, ast.BinOp)
