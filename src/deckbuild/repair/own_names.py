"""A missing name that the snippet itself has under another: an attribute of `self`, or a name that it binds in another number.

In: the state before its last snippet is searched for; out: the state with the name that is meant, or the same state. It must leave
alone: names that anything else on the deck may give, cards that say that something fails, and names for which nothing speaks: an
item is not its collection unless a claim comes true with it, or the item itself does not fit; nor is a name one that is a stroke
away, unless two of its letters changed places and no other card has it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest

from deckbuild.model import ClaimVerdict, Job, Outcome, Snippet

from .conclude import Unrunnable
from .draft import Change, State, parse, respelt
from .meant import is_about_failure, is_about_self
from .program.names import bound
from .program.needs import Need, needs
from .program.strokes import is_near, is_swapped
from .resolve import providers, resolve
from .rules.spelling import RULE
from .scene import Scene
from .score import judged

SELF = "missing-self"
SHORTEST = 3
LONG = 5
"""A shorter word may be a stroke away from another that is just as well a name: `x_train` and `y_train`."""


def own_names(start: State, order: Mapping[Snippet, int | Unrunnable], scene: Scene) -> State:
    """The state whose last snippet reads its own names."""
    program = start.program()
    tree = program.tree()
    if tree is None or is_about_failure(scene):
        return start
    for need in needs(tree):
        place = program.place(need.line)
        if place is None or place.line is None or place.draft != len(start.drafts) - 1 or len(need.name) < SHORTEST:
            continue
        owned = _is_of_self(tree, need.name) and not is_about_self(scene)
        alike = {n for n in _in_reach(tree, need) if _is_alike(need.name, n)}
        if (owned or len(alike) == 1) and not _is_given(need, tree, scene):
            if owned:
                return _spelt(start, need.name, f"self.{need.name}", SELF, "its class sets it on `self`")
            return _meant(start, need, min(alike), start.drafts[place.draft].file_line(place.line), order, scene)
    return start


def _is_given(need: Need, tree: ast.Module, scene: Scene) -> bool:
    """Whether the deck or a library gives the name; what deckbuild would invent counts for nothing."""
    return any(
        not any(a.assumption for a in p.additions) for p in providers(replace(need, deferred=False), tree, scene)
    )


def _is_of_self(tree: ast.Module, name: str) -> bool:
    """Whether methods alone read the name, and their class sets it on `self` or has a method of that name."""
    reads = {id(n) for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name}
    for owner in (n for n in ast.walk(tree) if isinstance(n, ast.ClassDef)):
        methods = [
            m for m in owner.body if isinstance(m, ast.FunctionDef) and [a.arg for a in m.args.args[:1]] == ["self"]
        ]
        nodes = [n for m in methods for n in ast.walk(m)]
        sets = any(
            isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store) and ast.unparse(n) == f"self.{name}"
            for n in nodes
        )
        if (sets or any(m.name == name for m in methods)) and reads <= {id(n) for n in nodes}:
            return True
    return False


def _is_alike(wrong: str, right: str) -> bool:
    """Whether one is the other's plural, its beginning, a stroke away, or the same in other letters."""
    long, short = sorted((wrong, right), key=len, reverse=True)
    if wrong == right or len(short) < SHORTEST:
        return False
    return _is_plural(long, short) or long.startswith(short) or _is_stroke_away(wrong, right) or _is_same(wrong, right)


def _is_same(wrong: str, right: str) -> bool:
    """Whether the names have the same letters, large or small, with underscores or without."""
    return wrong.replace("_", "").lower() == right.replace("_", "").lower()


def _is_stroke_away(wrong: str, right: str) -> bool:
    """Whether the names differ by a stroke, in a word of some length."""
    words = [(a, b) for a, b in zip_longest(wrong.split("_"), right.split("_"), fillvalue="") if a != b]
    return len(words) == 1 and min(map(len, words[0])) >= LONG and is_near(*words[0])


def _is_plural(many: str, one: str) -> bool:
    return many in (f"{one}s", f"{one}es", f"{one.removesuffix('y')}ies")


def _in_reach(tree: ast.Module, need: Need) -> frozenset[str]:
    """The names that the program binds above the first use, and those of the function that alone reads the missing one."""
    above = frozenset(n for s in tree.body if s.lineno < need.line for n in bound(s))
    reads = {id(n) for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == need.name}
    inner = [f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and reads <= {id(n) for n in ast.walk(f)}]
    return above | {a.arg for f in inner for a in f.args.args} | {n for f in inner for s in f.body for n in bound(s)}


def _meant(
    start: State, need: Need, name: str, line: int, order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> State:
    """The state with the other name, if a claim from that line of the file on comes true by it, or if its items would not do."""
    why = f"no card binds it, and `{name}` is the only name like it here"
    state = _spelt(start, need.name, name, RULE, why)
    item = _spelt(start, need.name, f"{name}[0]", RULE, why)
    outcome, of_item = scene.run.trial([Job(resolve(s, scene)[0].program().code) for s in (state, item)])
    if not outcome.ok:
        return start
    told, told_of_item = (_verdicts(state, o, line, order, scene) for o in (outcome, of_item))
    if ClaimVerdict.REFUTED in told:
        return start
    fits_alone = not _is_plural(name, need.name) or not of_item.ok
    if ClaimVerdict.CONFIRMED in told:
        return state if fits_alone or ClaimVerdict.CONFIRMED not in told_of_item else start
    restyled = _is_same(name, need.name) and name[0] == need.name[0]
    slipped = is_swapped(need.name, name) and len(need.name) >= LONG and _is_only_here(need.name, name, start, scene)
    return state if restyled or slipped or (fits_alone and _is_plural(name, need.name)) else start


def _is_only_here(wrong: str, right: str, start: State, scene: Scene) -> bool:
    """Whether the snippet itself binds the right name, and neither the card's text nor another card has the wrong one."""
    own, tree = scene.library.chunk(scene.card), parse(start.drafts[-1].text)
    others = (s.uses | s.binds for c in scene.library.chunks.values() if c is not own for s in c.statements)
    binds = tree is not None and any(right in bound(s) for s in tree.body)
    return binds and re.search(rf"\b{wrong}\b", scene.prose) is None and not any(wrong in names for names in others)


def _verdicts(
    state: State, outcome: Outcome, line: int, order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> frozenset[ClaimVerdict]:
    """What becomes of the claims from that line of the file on, and whether any is refuted."""
    found = judged(state, outcome, {**order, state.drafts[-1].snippet: len(state.drafts) - 1}, scene)
    return frozenset(j.verdict for j in found if j.claim.line >= line or j.verdict is ClaimVerdict.REFUTED)


def _spelt(state: State, wrong: str, right: str, rule: str, why: str) -> State:
    """The state that reads the right name wherever its own text reads the wrong one."""
    change = Change(rule, why, f"NameError: name '{wrong}' is not defined")
    program = state.program()
    tree = program.tree()
    reads = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == wrong] if tree is not None else []
    for node in sorted(reads, key=lambda n: (n.lineno, n.col_offset), reverse=True):
        state = respelt(state, program, node, right, change, 0.0) or state
    return state
