"""Missing names, provided for. In: a state; out: the state with additions for the names that its program needs.

The cheapest provider of each name is taken; the search comes back for the next one where a run shows that it is wrong.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from deckbuild.syntax import parse_module

from .draft import FOREIGN, Addition, Origin, Program, State
from .lending.overwrites import stand
from .program.lineage import names_at
from .program.names import used
from .program.needs import Need, needs
from .program.usage import usage_of
from .rules import NAME_RULES
from .scene import Provider, Scene
from .stand_ins.values.scalars import setting

MOST_NAMES = 40
MOST_ADDITIONS = 16
MOST_INVENTED = 6
"""Stand-ins of one snippet, without settings such as a device, and what the card states: more is a story of deckbuild's own."""


@dataclass(frozen=True, slots=True)
class Swap:
    """An addition of a state that may be the wrong one."""

    state: State
    draft: int
    index: int


def resolve(state: State, scene: Scene) -> tuple[State, tuple[Need, ...]]:
    """The state with all names provided for, and the needs for which nothing is to be had."""
    hopeless: dict[str, Need] = {}
    for _ in range(MOST_NAMES):
        program = state.program()
        tree = program.tree()
        if tree is None:
            break
        need = next(
            (n for n in needs(tree) if n.name not in hopeless and not (n.deferred and n.name in state.spent)), None
        )
        if need is None or is_overgrown(state):
            break
        offers = _offers(state, program, need, tree, scene)
        aside = _aside(need, offers, tree, hopeless)
        first = _offers(state, program, aside, tree, scene) if aside is not None else ()
        if aside is not None and first and _is_of_another_place(first[0], offers[0]):
            need, offers = aside, first
        if offers:
            state = _add(state, program, need, offers[0], 0)
        else:
            hopeless[need.name] = need
    return state, tuple(n for n in hopeless.values() if not n.deferred)


def _aside(need: Need, offers: tuple[Provider, ...], tree: ast.Module, hopeless: Mapping[str, Need]) -> Need | None:
    """Another name that the program lacks and that the cheapest provider would bind on its way: its own providers come first."""
    binds = _binds(offers[0]) if offers else frozenset()
    others = (n for n in needs(tree) if n.name in binds and n.name != need.name)
    return next((n for n in others if n.name not in hopeless and not n.deferred), None)


def _is_of_another_place(first: Provider, other: Provider) -> bool:
    """Whether a card gives it, and not the one that gives the other."""
    return not first.additions[0].assumption and _card(first) != _card(other)


def is_overgrown(state: State) -> bool:
    """Whether more was brought in for the snippet under repair than can be called its set-up."""
    additions = state.drafts[-1].additions
    invented = sum(a.assumption and not a.copied and setting(a.need) is None for a in additions)
    return len(additions) > MOST_ADDITIONS or invented > MOST_INVENTED


def provided(state: State, program: Program, name: str, scene: Scene) -> Iterator[State]:
    """The state with a name provided for that a function turned out to need when it was called."""
    tree = program.tree()
    need = next((n for n in needs(tree) if n.name == name), None) if tree is not None else None
    if tree is not None and need is not None:
        offers = _offers(state, program, replace(need, deferred=False), tree, scene)
        if offers:
            yield _add(state, program, need, offers[0], 0)


def providers(need: Need, tree: ast.Module, scene: Scene) -> tuple[Provider, ...]:
    """All providers of a name, the cheapest first; for a name that only uncalled functions read, no values: none is looked at."""
    usage = usage_of(tree, need.name)
    offers = [p for rule in NAME_RULES for p in rule(need, usage, tree, scene)]
    if need.deferred:
        offers = [p for p in offers if all(_is_program(a) for a in p.additions)]
    different = {"\n".join(a.text for a in p.additions): p for p in sorted(offers, key=lambda p: -p.cost)}
    return tuple(sorted(different.values(), key=lambda p: p.cost))


def _offers(state: State, program: Program, need: Need, tree: ast.Module, scene: Scene) -> tuple[Provider, ...]:
    """The providers that take nothing from the card; behind one that does, no values: what the card means is not to be told.

    Nor may one bind on its way another name that the program lacks and that would not be taken from there for itself.
    """
    offers = [p for p in providers(need, tree, scene) if need.name not in state.foreign or not _is_from_elsewhere(p)]
    chunk = scene.library.chunk(scene.card)
    own = {n for s in chunk.statements for n in s.binds} if chunk is not None else set()
    others = [n for n in needs(tree) if n.name != need.name]
    lent = [frozenset(o.name for o in others if not _is_given(o, p, tree, scene)) for p in offers]
    taking = [n for n, p in enumerate(offers) if lent[n] & own or taken(state, program, need, p.additions)]
    return tuple(
        p
        for n, p in enumerate(offers)
        if n not in taking and not lent[n] and (not taking or n < taking[0] or all(map(_is_program, p.additions)))
    )


def _is_from_elsewhere(provider: Provider) -> bool:
    return any(a.origin in FOREIGN for a in provider.additions)


def without(state: State, names: frozenset[str]) -> State:
    """The state as if no other card defined these names."""
    for d, draft in enumerate(state.drafts):
        kept = tuple(a for a in draft.before if a.need not in names or a.origin not in FOREIGN)
        state = state.with_draft(d, replace(draft, before=kept))
    return replace(_drop_unused(state), foreign=state.foreign | names)


def _is_given(other: Need, provider: Provider, tree: ast.Module, scene: Scene) -> bool:
    """Whether a name that a provider binds on its way, if it does, would be taken from the same card for itself."""
    if other.name not in _binds(provider):
        return True
    offers = providers(replace(other, deferred=False), tree, scene)
    return any(_card(p) == _card(provider) for p in offers)


def _card(provider: Provider) -> tuple[Origin, int]:
    """Which card gives it."""
    return provider.additions[0].origin, provider.additions[0].distance


def _binds(provider: Provider) -> frozenset[str]:
    return frozenset(n for a in provider.additions for n in a.binds)


def taken(state: State, program: Program, need: Need, additions: tuple[Addition, ...]) -> frozenset[str]:
    """The names that additions for a need would take from the card, or from what was brought in for it."""
    return frozenset() if all(map(_is_import, additions)) else stand(state, program, need, additions).overwritten


def _is_program(addition: Addition) -> bool:
    """Whether an addition is an import, of this card, or defines its name as a function or class."""
    if _is_import(addition) or addition.origin is Origin.SAME:
        return True
    makers = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(isinstance(s, makers) and s.name == addition.need for s in parse_module(addition.text).body)


def swaps(state: State, program: Program, lines: tuple[int, ...]) -> Iterator[Swap]:
    """The additions that the given lines of the program depend on, to be replaced by the next provider of their names.

    What chooses a device ends with the processor and is never at fault.
    """
    tree = program.tree()
    if tree is None:
        return
    names = names_at(tree, lines)
    faulty = {(p.draft, p.before) for n in lines if (p := program.place(n)) is not None}
    serving = _served(state, faulty)
    for d, draft in enumerate(state.drafts):
        for i, addition in enumerate(draft.before):
            if addition.need not in ("", "device") and (
                addition.binds & names or (d, i) in faulty or addition.need in serving
            ):
                yield Swap(state, d, i)


def _served(state: State, faulty: set[tuple[int, int | None]]) -> frozenset[str]:
    """The needs of the additions that read what an addition at fault binds: without them it would not be there."""
    additions = [a for draft in state.drafts for a in draft.before]
    names = {n for d, i in faulty if i is not None for n in state.drafts[d].before[i].binds}
    served: set[str] = set()
    for _ in additions:
        readers = {a.need for a in additions if used(parse_module(a.text)) & (names | served)}
        if readers <= served:
            break
        served |= readers
    return frozenset(served - {""})


def swap(choice: Swap, scene: Scene) -> State | None:
    """The state with the next provider in the addition's place; None where there is no other."""
    state, draft = choice.state, choice.state.drafts[choice.draft]
    addition = draft.before[choice.index]
    others = draft.before[: choice.index] + draft.before[choice.index + 1 :]
    state = _drop_unused(state.with_draft(choice.draft, replace(draft, before=others)))
    program = state.program()
    tree = program.tree()
    need = next((n for n in needs(tree) if n.name == addition.need), None) if tree is not None else None
    if tree is None or need is None:
        return None
    offers, rank = _offers(state, program, need, tree, scene), addition.rank + 1
    if addition.rank == 0 and offers and addition.text not in {a.text for a in offers[0].additions}:
        rank = 0  # what was brought in since tells more of the name
    if rank < len(offers):
        return _add(state, program, need, offers[rank], rank)
    return replace(state, spent=state.spent | {need.name}, cost=state.cost + 0.5) if need.deferred else None


def _add(state: State, program: Program, need: Need, provider: Provider, rank: int) -> State:
    """The additions stand where they take nothing from the card; imports at the top of the draft."""
    place = stand(state, program, need, provider.additions)
    before = state.drafts[place.draft].before
    additions = tuple(replace(a, rank=rank, at=0 if _is_import(a) else place.at) for a in provider.additions)
    before = _imports_first((*before[: place.index], *additions, *before[place.index :]))
    changed = replace(state.drafts[place.draft], before=before)
    return state.with_draft(place.draft, changed, provider.cost + 0.35 * rank)


def _imports_first(additions: tuple[Addition, ...]) -> tuple[Addition, ...]:
    return tuple(sorted(additions, key=lambda a: (not _is_import(a), a.text if _is_import(a) else "")))


def _is_import(addition: Addition) -> bool:
    return addition.text.startswith(("import ", "from ")) and "\n" not in addition.text


def _drop_unused(state: State) -> State:
    """The state without additions whose names nothing reads any more."""
    while True:
        tree = state.program().tree()
        if tree is None:
            return state
        read = used(tree)
        for d, draft in enumerate(state.drafts):
            kept = tuple(a for a in draft.before if not a.need or a.need in read or a.binds & read)
            if len(kept) < len(draft.before):
                state = state.with_draft(d, replace(draft, before=kept))
                break
        else:
            return state
