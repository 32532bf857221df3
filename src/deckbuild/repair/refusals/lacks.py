"""Why a snippet does not run: what its own text lacks, not what befell something that deckbuild brought in.

In: a search that found nothing; out: the snippet as Unrunnable, with the reason and the fault told at a line of its own.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace

from deckbuild.model import Fault, Job, Snippet
from deckbuild.syntax import parse_module

from ..conclude import Unrunnable
from ..doubts.invented import NOT_FINITE, UNFOUNDED
from ..draft import FOREIGN, Addition, Draft, Origin, Place, parse
from ..lending.agree import cut_off
from ..program.lineage import names_at
from ..program.names import bound, statement_at, used
from ..rules.imports import RULE as IMPORT
from ..scene import Scene
from ..search import FOREIGN_DATA, UNENDING, NotFound
from ..stand_ins.values.scalars import setting
from .missing import is_set_below, line_of, missing, stood_for
from .read import handed_over, read_at
from .refuse import Refusal, explain, told
from .whereabouts import handed_on, said_of, unrun

_OF_NAMES = ("NameError", "ModuleNotFoundError", "ImportError")
_NEAR = (Origin.SAME, Origin.EARLIER)


def lacking(found: NotFound, order: Mapping[Snippet, int | Unrunnable], scene: Scene) -> Unrunnable:
    """The reason; a package counts only if the snippet imports it, or what it builds on does."""
    program, draft = found.state.program(), found.state.drafts[-1]
    place = program.place(found.fault.line)
    if place is not None and place.line is not None and place.draft == len(found.state.drafts) - 1:
        return _of_own_line(found, place.line, order, scene)
    if found.fault.kind in UNENDING:
        fault = _with_what_lacks(found, scene)
        return _unrunnable(found, explain(fault, "", None), fault, _own_line(found))
    import_fault = _fault_of_own_imports(draft, scene)
    if import_fault is not None:
        statement = statement_at(parse(draft.text), import_fault.line)
        line = draft.origin((import_fault.line or 1) - 1)
        return _unrunnable(found, explain(import_fault, draft.text, statement), import_fault, line)
    handed = _of_imports_built_on(found, scene)
    if isinstance(handed, NotFound):
        return lacking(handed, order, scene)
    if handed is not None:
        return _unrunnable(found, handed, found.fault, 1)
    return _unprovided(found, place, order, scene)


def _of_own_line(found: NotFound, at: int, order: Mapping[Snippet, int | Unrunnable], scene: Scene) -> Unrunnable:
    """The fault at a line of the snippet's own, unless it is that a name is missing, or what another card or a stand-in gave it."""
    program, draft, fault = found.state.program(), found.state.drafts[-1], found.fault
    line = draft.origin(at)
    name = fault.name if fault.type == "NameError" else None
    if name is not None and (is_set_below(name, line, draft) or name not in _bound(draft)):
        return _missing(found, name, line, order, scene)
    refusal = explain(fault, _said(found), statement_at(parse(program.code), fault.line))
    if fault.kind in UNENDING:
        fault = _with_what_lacks(found, scene)
        refusal = explain(fault, "", None)
    if refusal.reason is not None or fault.kind != "raised":
        return _unrunnable(found, refusal, fault, line)
    if (foreign := _foreign_at(found, at)) is not None:
        return _missing(found, foreign, None, order, scene)
    block = unrun(read_at(draft, at, fault) - _bound(draft), found.state, order)
    if block is not None:
        fault = replace(fault, message=f"{fault.message}; what it reads comes from {said_of(block)}")
        refusal = Refusal(handed_on(block), told(fault))
    return _unrunnable(found, refusal, fault, line)


def _unrunnable(found: NotFound, refusal: Refusal, fault: Fault, line: int) -> Unrunnable:
    """The state's last snippet, with the fault at a line of its source."""
    snippet = found.state.drafts[-1].snippet
    fault = replace(fault, line=snippet.line + max(line, 1) - 1)
    return Unrunnable(snippet, refusal.reason, refusal.why, found.state.program(), fault, state=found.state)


def _missing(
    found: NotFound, name: str, line: int | None, order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> Unrunnable:
    lost = missing(name, line, found, order, scene)
    message = f"name '{lost.name}' {lost.said}"
    refusal = Refusal(lost.reason, message if lost.reason is not None else f"NameError: {message}")
    return _unrunnable(found, refusal, Fault("raised", "NameError", message, None, name=lost.name), lost.line)


def _said(found: NotFound) -> str:
    """The program without the stand-ins: what cards say."""
    program, drafts = found.state.program(), found.state.drafts
    rows = zip(program.code.split("\n"), program.places, strict=False)
    return "\n".join(x for x, p in rows if p.before is None or not drafts[p.draft].before[p.before].assumption)


def _fault_of_own_imports(draft: Draft, scene: Scene) -> Fault | None:
    """The fault of the snippet's own imports, run by themselves at their lines; None where all of them load."""
    tree = parse(draft.text)
    imports = [s for s in (tree.body if tree else []) if isinstance(s, ast.Import | ast.ImportFrom)]
    if not imports:
        return None
    lines = [""] * len(draft.lines)
    for statement in imports:
        lines[statement.lineno - 1] = ast.unparse(statement)
    (outcome,) = scene.run.trial([Job("\n".join(lines) + "\n")])
    return outcome.fault


def _of_imports_built_on(found: NotFound, scene: Scene) -> Refusal | NotFound | None:
    """What lacks if an import was brought in, for the snippet itself or a card before it that it builds on, that does not load.

    The search without such imports, where the program ends before it reads what they bind.
    """
    draft = found.state.drafts[-1]
    tree = parse(draft.text)
    near: list[tuple[Addition | None, ast.Module]] = [(None, tree)] if tree is not None else []
    near += [(a, parse_module(a.text)) for a in draft.before if a.origin in _NEAR]
    lost: list[tuple[Addition, Refusal]] = []
    for addition in draft.before:
        readers = [by for by, reader in near if addition.need in used(reader)]
        if addition.change.rule != IMPORT or not readers:
            continue
        (outcome,) = scene.run.trial([Job(f"{addition.text}\n")])
        refusal = explain(outcome.fault, draft.text, parse_module(addition.text).body[0]) if outcome.fault else None
        if refusal is not None and refusal.reason is not None:
            by = readers[0]
            built_on = f": `{by.need}` is made with it on {by.change.evidence}" if by is not None else ""
            lost.append((addition, replace(refusal, why=f"{refusal.why}{built_on}")))
    if not lost:
        return None
    return _ended_before(found, [addition for addition, _ in lost], scene) or lost[0][1]


def _ended_before(found: NotFound, lost: list[Addition], scene: Scene) -> NotFound | None:
    """The search without imports that do not load, where the program then ends at a line of the snippet that reads none of their names."""
    last, draft = len(found.state.drafts) - 1, found.state.drafts[-1]
    state = found.state.with_draft(last, replace(draft, before=tuple(a for a in draft.before if a not in lost)))
    program = state.program()
    (outcome,) = scene.run.trial([Job(program.code)])
    fault = outcome.fault
    place = program.place(fault.line) if fault is not None else None
    statement = statement_at(program.tree(), fault.line) if fault is not None else None
    if fault is None or statement is None or place is None or place.line is None or place.draft != last:
        return None
    if {a.need for a in lost} & (used(statement) | {fault.name}):
        return None
    return NotFound(state, fault, found.missing)


def _unprovided(
    found: NotFound, place: Place | None, order: Mapping[Snippet, int | Unrunnable], scene: Scene
) -> Unrunnable:
    """A name is missing: the one that the addition at fault was brought in for, or else the first that had to be invented."""
    draft = found.state.drafts[-1]
    at_fault = place is not None and place.before is not None and place.before < len(draft.before)
    need = _wanted_by_card(draft, place.before) if at_fault and place is not None and place.before is not None else None
    own = used(parse(draft.text) or parse_module(""))
    made_up = (a.need for a in (*draft.before, *_made_up_above(found.state.drafts)) if a.assumption)
    name = need or next((n for n in made_up if n in own or n in {a.need for a in draft.before}), None)
    if found.fault is FOREIGN_DATA and (cut := cut_off(found.state)) is not None:
        shown = f"only the first entries of `{cut}` are shown in the deck, and the others are asked for"
        fault = replace(found.fault, message=shown)
        return _unrunnable(found, Refusal(None, shown), fault, line_of(cut, draft))
    if found.fault is FOREIGN_DATA and name is None and (taken := _brought_values(draft, own)):
        return _unrunnable(found, *_of_other_data(taken, found), line_of(taken[0], draft))
    if name is None or found.fault in (*UNFOUNDED, NOT_FINITE):
        fault = _with_what_lacks(found, scene)
        return _unrunnable(found, explain(fault, "", None), fault, _own_line(found))
    return _missing(found, name, None, order, scene)


def _own_line(found: NotFound) -> int:
    """The line of the source that ran when the fault came, in what it calls; 1 where none did."""
    program, draft, last = found.state.program(), found.state.drafts[-1], len(found.state.drafts) - 1
    places = [program.place(n) for n in reversed(found.fault.frames)]
    return next((draft.origin(p.line) for p in places if p and p.draft == last and p.line is not None), 1)


def _with_what_lacks(found: NotFound, scene: Scene) -> Fault:
    """The fault, with the names for which something of our own stood in when it came."""
    nowhere = ", ".join(f"`{n}`" for n in stood_for(found.state.drafts[-1], scene))
    return replace(found.fault, message=f"{found.fault.message}; nothing gives {nowhere}") if nowhere else found.fault


def _brought_values(draft: Draft, own: frozenset[str]) -> list[str]:
    """The names of the snippet that hold other cards' data."""
    return [a.need for a in draft.before if a.origin in FOREIGN and a.need in own and not _makes_program(a)]


def _of_other_data(names: list[str], found: NotFound) -> tuple[Refusal, Fault]:
    """What is told of names whose only values are not what the card speaks of."""
    said = " and ".join(f"`{name}`" for name in names)
    message = f"{said} {'are' if len(names) > 1 else 'is'} set only on cards whose data is not what this card's text speaks of"
    fault = replace(found.fault, message=message)
    return Refusal(None, told(fault)), fault


def _foreign_at(found: NotFound, line: int) -> str | None:
    """A name that another card or a stand-in gave its value, read on an own line or by what it is made of: that is not the card's doing."""
    draft = found.state.drafts[-1]
    read = read_at(draft, line, found.fault) | handed_over(found)
    brought = [a for a in draft.before if a.assumption or (a.origin in FOREIGN and _is_at_fault(a, found))]
    brought += _made_up_above(found.state.drafts)
    given = {n for a in brought for n in a.binds} - {"device"}
    values = {a.need for a in brought if a.need in given and not _makes_program(a)}
    whole = found.state.program().tree()
    if not read & given and whole is not None and found.fault.line is not None and found.fault.type not in _OF_NAMES:
        makers = tuple(s.lineno for s in whole.body if s.lineno < found.fault.line and bound(s) & read)
        read = names_at(whole, makers if found.fault.type == "ZeroDivisionError" else (found.fault.line,)) & values
    return min(read & given, key=lambda name: (setting(name) is not None, name), default=None)


def _made_up_above(drafts: tuple[Draft, ...]) -> list[Addition]:
    """What deckbuild made up for the blocks above, where none of them binds the name itself."""
    above = drafts[:-1]
    own = {n for d in above for n in _bound(d)}
    return [a for d in above for a in d.before if a.assumption and a.need not in own]


def _bound(draft: Draft) -> frozenset[str]:
    """What the snippet binds: of such a name Python's own words tell what is amiss."""
    return frozenset(n for s in (parse(draft.text) or parse_module("")).body for n in bound(s))


def _is_at_fault(addition: Addition, found: NotFound) -> bool:
    """Whether a definition from elsewhere may be wrong: a value always, a function or class only if the fault names it."""
    return not _makes_program(addition) or addition.need in found.fault.message


def _makes_program(addition: Addition) -> bool:
    makers = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(isinstance(s, makers) and s.name == addition.need for s in parse_module(addition.text).body)


def _wanted_by_card(draft: Draft, index: int) -> str | None:
    """The name in the snippet's own text that an addition serves, through what other additions need."""
    tree = parse(draft.text)
    own = used(tree) if tree is not None else frozenset()
    names = {draft.before[index].need}
    for _ in draft.before:
        if names & own:
            return min(names & own)
        names |= {a.need for a in draft.before if used(parse_module(a.text)) & names}
    return draft.before[index].need or None
