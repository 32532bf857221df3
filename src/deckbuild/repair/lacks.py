"""Why a snippet does not run: what its own text lacks, not what befell something that deckbuild brought in.

In: a search that found nothing; out: the snippet as Unrunnable, with the reason and the fault told at a line of its own.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import PurePosixPath

from deckbuild.model import Fault, Job, Snippet
from deckbuild.syntax import parse_module

from .agree import cut_off
from .conclude import Unrunnable
from .draft import FOREIGN, Addition, Draft, Origin, Place, parse
from .invented import NOT_FINITE, UNFOUNDED
from .names import used
from .refuse import Refusal, explain
from .resolve import names_at
from .rules.imports import RULE as IMPORT
from .scene import Scene
from .search import FOREIGN_DATA, UNENDING, NotFound
from .stand_ins.scalars import setting

_OF_NAMES = ("NameError", "ModuleNotFoundError", "ImportError")
_NEAR = (Origin.SAME, Origin.EARLIER)


def lacking(snippet: Snippet, found: NotFound, scene: Scene) -> Unrunnable:
    """The reason; a package counts only if the snippet imports it, or what it builds on does."""
    program, draft = found.state.program(), found.state.drafts[-1]
    place = program.place(found.fault.line)
    own = place is not None and place.line is not None and place.draft == len(found.state.drafts) - 1
    if own and place is not None and place.line is not None:
        line = draft.origin(place.line)
        fault = _with_more(found.fault, draft, line, scene)
        refusal = explain(fault, _said(found), _statement_at(parse(program.code), fault.line))
        foreign = _foreign_at(found, place.line) if refusal.reason is None and fault.kind == "raised" else None
        if foreign is not None:
            return _missing(found, snippet, foreign, scene)
        return _unrunnable(found, snippet, refusal, fault, line)
    if found.fault.kind in UNENDING:
        return _unrunnable(found, snippet, explain(found.fault, "", None), found.fault, 1)
    import_fault = _fault_of_own_imports(draft, scene)
    if import_fault is not None:
        statement = _statement_at(parse(draft.text), import_fault.line)
        line = draft.lines[(import_fault.line or 1) - 1].first
        return _unrunnable(found, snippet, explain(import_fault, draft.text, statement), import_fault, line)
    if _asks_for_import(draft, place):
        refusal = explain(found.fault, _said(found), _statement_at(parse(program.code), found.fault.line))
        if refusal.reason is not None:
            return _unrunnable(found, snippet, refusal, found.fault, 1)
    return _unprovided(found, snippet, place, scene)


def _with_more(fault: Fault, draft: Draft, line: int, scene: Scene) -> Fault:
    """The fault of a missing name, with where the snippet sets it, or the parameters that the deck's functions of that name take."""
    if fault.type == "NameError" and fault.name and (below := _set_below(draft, fault.name, line)) is not None:
        return replace(fault, message=f"name '{fault.name}' is read before line {below} sets it")
    nodes = [d.statement.node for d in scene.book.definitions.get(fault.name or "", ())]
    takes = {ast.unparse(n.args) for n in nodes if isinstance(n, ast.FunctionDef)}
    if fault.type != "NameError" or not takes:
        return fault
    said = " or ".join(f"`{fault.name}({t})`" for t in sorted(takes)[:2])
    return replace(fault, message=f"{fault.message}: the deck defines {said}, which does not fit")


def _unrunnable(found: NotFound, snippet: Snippet, refusal: Refusal, fault: Fault, line: int) -> Unrunnable:
    at = snippet.line + max(line, 1) - 1
    fault = replace(fault, line=at)
    return Unrunnable(snippet, refusal.reason, refusal.why, found.state.program(), fault, state=found.state)


def _said(found: NotFound) -> str:
    """The program without the stand-ins: what cards say."""
    program, drafts = found.state.program(), found.state.drafts
    rows = zip(program.code.split("\n"), program.places, strict=False)
    return "\n".join(x for x, p in rows if p.before is None or not drafts[p.draft].before[p.before].assumption)


def _statement_at(tree: ast.Module | None, line: int | None) -> ast.stmt | None:
    """The innermost statement on a line."""
    here = [
        n
        for n in ast.walk(tree or ast.Module([], []))
        if isinstance(n, ast.stmt) and line is not None and n.lineno <= line <= (n.end_lineno or n.lineno)
    ]
    return max(here, key=lambda n: n.lineno, default=None)


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


def _asks_for_import(draft: Draft, place: Place | None) -> bool:
    """Whether the fault is that of an import for a name that the snippet reads itself, or a card before it that it builds on."""
    if place is None or place.before is None or place.before >= len(draft.before):
        return False
    addition = draft.before[place.before]
    tree = parse(draft.text)
    readers = [used(tree)] if tree is not None else []
    readers += [used(parse_module(a.text)) for a in draft.before if a.origin in _NEAR]
    return addition.change.rule == IMPORT and any(addition.need in reader for reader in readers)


def _unprovided(found: NotFound, snippet: Snippet, place: Place | None, scene: Scene) -> Unrunnable:
    """A name is missing: the one that the addition at fault was brought in for, or else the first that had to be invented."""
    draft = found.state.drafts[-1]
    at_fault = place is not None and place.before is not None and place.before < len(draft.before)
    need = _wanted_by_card(draft, place.before) if at_fault and place is not None and place.before is not None else None
    name = need or next((a.need for a in draft.before if a.assumption), None)
    if found.fault is FOREIGN_DATA and (cut := cut_off(found.state)) is not None:
        told = f"only the first entries of `{cut}` are shown in the deck, and the others are asked for"
        return _unrunnable(
            found, snippet, Refusal(None, told), replace(found.fault, message=told), _line_of(draft, cut)
        )
    if name is None or found.fault in (*UNFOUNDED, NOT_FINITE):
        return _unrunnable(found, snippet, explain(found.fault, "", None), found.fault, 1)
    return _missing(found, snippet, name, scene)


def _set_below(draft: Draft, name: str, line: int) -> int | None:
    """The line of the file, below a line of the snippet, on which the snippet itself first sets the name."""
    tree = parse(draft.text)
    stored = [n for n in ast.walk(tree or ast.Module([], [])) if isinstance(n, ast.Name) and n.id == name]
    lines = [draft.lines[n.lineno - 1].first for n in stored if isinstance(n.ctx, ast.Store)]
    return min((draft.snippet.line + n - 1 for n in lines if n > line), default=None)


def _missing(found: NotFound, snippet: Snippet, name: str, scene: Scene) -> Unrunnable:
    """A name of the snippet; where the deck defines it, what is nearest there was tried and does not fit."""
    line = _line_of(found.state.drafts[-1], name)
    fault = Fault(
        "raised", "NameError", f"name '{name}' {_whereabouts(found, name, line, scene)}", snippet.line, name=name
    )
    return _unrunnable(found, snippet, explain(fault, "", None), fault, line)


def _whereabouts(found: NotFound, name: str, line: int, scene: Scene) -> str:
    draft = found.state.drafts[-1]
    if (below := _set_below(draft, name, line)) is not None:
        return f"is read before line {below} sets it"
    own = scene.library.chunk(scene.card)
    places = [d for d in scene.book.definitions.get(name, ()) if own is None or d.chunk is not own]
    here = own.order if own is not None else 0
    nearest = min(places, key=lambda d: abs(d.chunk.order - here), default=None)
    if nearest is None:
        return "is defined nowhere in the deck"
    place = f"{PurePosixPath(nearest.chunk.path).name}:{nearest.statement.snippet.line}"
    return f"is not defined here, and that of “{nearest.chunk.title}” ({place}) does not fit"


def _foreign_at(found: NotFound, line: int) -> str | None:
    """A name that another card or a stand-in gave its value, read on an own line or by what it is made of: that is not the card's doing."""
    draft = found.state.drafts[-1]
    tree = parse(draft.text)
    read = {n.id for n in ast.walk(tree or ast.Module([], [])) if isinstance(n, ast.Name) and n.lineno == line + 1}
    brought = [a for a in draft.before if a.assumption or (a.origin in FOREIGN and _is_at_fault(a, found))]
    given = {n for a in brought for n in a.binds} - {"device"}
    values = {a.need for a in brought if a.need in given and not _makes_program(a)}
    whole = found.state.program().tree()
    if not read & given and whole is not None and found.fault.line is not None and found.fault.type not in _OF_NAMES:
        read = set(names_at(whole, (found.fault.line,))) & values
    return min(read & given, key=lambda name: (setting(name) is not None, name), default=None)


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


def _line_of(draft: Draft, name: str) -> int:
    """The first own line that reads the name."""
    tree = parse(draft.text)
    lines = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name] if tree is not None else []
    return draft.lines[min(lines) - 1].first if lines else 1
