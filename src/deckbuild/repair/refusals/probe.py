"""A definition of another card, tried: what then stops the snippet. In: the definition, a state; out: one line, and a reason.

The search looks for what runs; here a definition is put in that it passed over, to learn what was against it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from deckbuild.model import Fault, Job, SkipReason
from deckbuild.syntax import parse_module

from ..damage import clean
from ..doubts.taint import resting_on
from ..draft import FOREIGN, Addition, Change, Program, State, parse
from ..lending.library import Definition
from ..lending.slices import slice_of
from ..program.names import statement_at, used
from ..program.needs import needs
from ..resolve import resolve, taken
from ..rules.definitions import origin_of
from ..scene import Scene
from ..stand_ins.values.scalars import setting
from .nowhere import lack
from .refuse import explain, told

MOST_CHARACTERS = 160
_PROBED = Change("deck-definition", "", "")


@dataclass(frozen=True, slots=True)
class Probed:
    """What became of the snippet with the definition."""

    said: str
    reason: SkipReason | None = None
    sure: bool = True
    """Whether the definition has to do with what stopped it."""


def probe(definition: Definition, where: str, state: State, scene: Scene) -> Probed:
    """What is against the definition: what it needs itself, where the snippet ends with it, or that it is other data."""
    start, own = _with(definition, state, scene)
    if taking := _overwritten(start, own):
        return Probed(
            f"is not defined here, and what makes it on {where} would set this card's own `{min(taking)}` anew"
        )
    state, missing = resolve(start, scene)
    lost = next((n for n in missing if n.name in used(parse_module(own.text))), None)
    if lost is not None:
        return Probed(f"is not defined here, and that of {where} needs `{lost.name}`, which {_lost(lost.name, scene)}")
    program = state.program()
    (outcome,) = scene.run.trial([Job(program.code)])
    if outcome.fault is None:
        return _with_which_it_runs(where, state, scene)
    return _ended(outcome.fault, program, state, own, where, scene)


def _with(definition: Definition, state: State, scene: Scene) -> tuple[State, Addition]:
    """The state with the snippet as written, and the slice that makes the name before it."""
    statements, here = slice_of(definition), scene.library.chunk(scene.card)
    text = "\n".join(s.text for s in statements)
    binds = frozenset(n for s in statements for n in s.binds)
    own = Addition(
        text,
        _PROBED,
        binds,
        definition.name,
        origin=origin_of(definition, here.order if here is not None else 0, scene),
    )
    draft = replace(clean(state.drafts[-1].snippet), before=(own,))
    return State((*state.drafts[:-1], draft)), own


def _overwritten(start: State, own: Addition) -> frozenset[str]:
    """The names of the card that the definition's slice would set anew."""
    state = start.with_draft(len(start.drafts) - 1, replace(start.drafts[-1], before=()))
    program = state.program()
    tree = program.tree()
    need = next((n for n in needs(tree) if n.name == own.need), None) if tree is not None else None
    return taken(state, program, need, (own,)) if need is not None else frozenset()


def _with_which_it_runs(where: str, state: State, scene: Scene) -> Probed:
    """What else the snippet lacks, for which something stands in, settings aside; or that it may be other data."""
    own = used(parse(state.drafts[-1].text) or parse_module(""))
    invented = [a.need for a in state.drafts[-1].before if a.assumption and a.need in own and setting(a.need) is None]
    if not invented:
        return Probed(f"is not defined here, and that of {where} need not be the one that is meant")
    also = f"with that of {where} the card lacks `{invented[0]}` still, which {_lost(invented[0], scene)}"
    return Probed(f"is not defined here; {also}", sure=False)


def _lost(name: str, scene: Scene) -> str:
    return "is set only where it is not to be had" if name in scene.book.definitions else lack(name, scene)


def _ended(fault: Fault, program: Program, state: State, own: Addition, where: str, scene: Scene) -> Probed:
    """What is told of the fault: by whose line it was raised."""
    draft = state.drafts[-1]
    at = next((n for n in (fault.line, *reversed(fault.frames)) if _is_own(program, n, state)), None)
    place = program.place(fault.line)
    by = draft.before[place.before] if place is not None and place.before is not None else None
    if fault.kind != "raised":
        return Probed(
            f"is not defined here, and whether that of {where} helps could not be tried to its end", sure=False
        )
    serves = by is not None and _serves(by, own)
    if by is not None and serves:
        refusal = explain(fault, by.text, parse_module(by.text).body[0])
        if refusal.reason is not None:
            return Probed(f"is set on {where}, and {refusal.why}", refusal.reason)
    apart = _of_different_cards(by, state) if by is not None else ()
    if serves and apart:
        names = " and ".join(f"`{name}`" for name in apart)
        return Probed(f"is not defined here, and that of {where} is made of {names}, which no one card gives together")
    if any(_is_made_up_at(program, line, state) for line in (fault.line, *fault.frames)):
        return Probed(f"is not defined here, and that of {where} alone does not make it run", sure=False)
    if at is not None and (by == own or own.need in _read_at(program, at)):
        with_it = f"is not defined here; with that of {where}, line {draft.file_line(_index(program, at))}"
        return Probed(f"{with_it} ends in {_short(fault)}")
    if serves:
        return Probed(f"is not defined here, and that of {where} ends in {_short(fault)}")
    return Probed(f"is not defined here, and that of {where} alone does not make it run", sure=False)


def _is_own(program: Program, line: int | None, state: State) -> bool:
    """Whether a line of the program is one of the snippet's."""
    place = program.place(line)
    return place is not None and place.line is not None and place.draft == len(state.drafts) - 1


def _index(program: Program, line: int) -> int:
    """The place of a line of the program among the draft's own."""
    place = program.place(line)
    return place.line if place is not None and place.line is not None else 0


def _serves(by: Addition, own: Addition) -> bool:
    """Whether the addition at fault is the definition, or was brought in for it."""
    return by == own or by.need in used(parse_module(own.text))


def _of_different_cards(by: Addition, state: State) -> tuple[str, ...]:
    """The data that an addition reads, where it was brought in from more than one card."""
    read = used(parse_module(by.text))
    given = [a for a in state.drafts[-1].before if a.origin in FOREIGN and a != by and a.need in read and _is_data(a)]
    return tuple(sorted(a.need for a in given)) if len({(a.origin, a.distance) for a in given}) > 1 else ()


def _is_data(addition: Addition) -> bool:
    body = parse_module(addition.text).body
    return not any(isinstance(s, ast.FunctionDef | ast.ClassDef) and s.name == addition.need for s in body)


def _is_made_up_at(program: Program, line: int | None, state: State) -> bool:
    """Whether what a line reads rests on a value that deckbuild made up, settings aside: then the fault may be that value's."""
    made_up = resting_on(lambda a: a.assumption and setting(a.need) is None, state, program)
    return bool(made_up & _read_at(program, line))


def _read_at(program: Program, line: int | None) -> frozenset[str]:
    """What the innermost statement on a line reads."""
    statement = statement_at(program.tree(), line)
    return used(statement) if statement is not None else frozenset()


def _short(fault: Fault) -> str:
    return told(fault)[:MOST_CHARACTERS]
