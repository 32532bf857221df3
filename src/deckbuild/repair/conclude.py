"""The result: states confirmed in clean runs and told as repairs. In: drafts and refusals; out: a Repair per snippet."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace

from deckbuild.model import (
    Assumption,
    Diagnostic,
    Fault,
    Job,
    Outcome,
    Repair,
    Run,
    SkipReason,
    Snippet,
    SnippetVerdict,
)

from .carried import carried
from .damage import syntax_fault
from .doubts.rests import as_given
from .doubts.taint import resting_on, says_nothing
from .doubts.withheld import withheld
from .draft import Addition, Draft, Origin, Program, State, assemble, parse
from .edits import assumption_of, is_supplied, notes_of
from .exercise import exercise
from .go_on import go_on
from .scene import Scene


@dataclass(frozen=True, slots=True)
class Unrunnable:
    """A snippet that is skipped (with a reason) or failed (without one)."""

    snippet: Snippet
    reason: SkipReason | None
    why: str
    program: Program | None = None
    fault: Fault | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    state: State | None = None
    """The state whose last draft is the snippet as far as it could be provided for."""


def conclude(state: State, order: Mapping[Snippet, int | Unrunnable], scene: Scene) -> tuple[Repair, ...]:
    """One repair per snippet of `order`: an index into the state's drafts, or why it is not run; each draft run by itself."""
    parts = [carried(state, n) for n in range(len(state.drafts))]
    programs = [part.program() for part in parts]
    outcomes = scene.run.confirm([Job(p.code) for p in programs])
    variants = [_alternates(part, scene.run) for part in parts]
    repairs = []
    for place in order.values():
        if isinstance(place, Unrunnable):
            repairs.append(_stopped(place, scene))
        else:
            part = as_given(parts[place], outcomes[place], scene.run)
            shown = withheld(part, outcomes[place], scene)
            done = _repaired(part, place, programs[place], shown.outcome, variants[place])
            done = replace(done, aside=go_on(done, scene.run), noise=done.noise | shown.names)
            done = _exercised(_as_it_ended(done, programs[place]), parts[place], place, programs[place], scene)
            repairs.append(replace(done, diagnostics=(*done.diagnostics, *shown.diagnostics)))
    return tuple(repairs)


def _as_it_ended(done: Repair, program: Program) -> Repair:
    """The repair; one that failed after all shows nothing of its program, against which only claims are held."""
    if done.verdict is not SnippetVerdict.FAILED:
        return done
    refused = _refused(Unrunnable(done.snippet, None, done.why, program, done.error))
    return replace(refused, aside=done.aside or done)


def _exercised(done: Repair, state: State, index: int, program: Program, scene: Scene) -> Repair:
    """The repair with the lines counted that run when its functions are called."""
    if done.outcome is None or not done.outcome.ok or done.lines_run == done.lines:
        return done
    found = exercise(state, index, scene)
    statements = _statement_lines(state.drafts[index], program, index)
    reached = found.lines | frozenset(done.outcome.lines_run)
    return replace(done, lines_run=sum(n in reached for n in statements), diagnostics=found.diagnostics)


def provisional(state: State, outcome: Outcome, order: Mapping[Snippet, int | Unrunnable]) -> tuple[Repair, ...]:
    """The repairs as far as one run of the last draft's program tells: for judging candidates during the search."""
    program = state.program()
    repairs = []
    for place in order.values():
        if isinstance(place, Unrunnable):
            repairs.append(_refused(place))
        elif place < len(state.drafts):
            repairs.append(_repaired(state, place, program, outcome, ()))
    return tuple(repairs)


def _repaired(state: State, index: int, program: Program, outcome: Outcome, alternates: tuple[Outcome, ...]) -> Repair:
    draft = state.drafts[index]
    notes = notes_of(draft)
    ran = set(outcome.lines_run)
    statements = _statement_lines(draft, program, index)
    assumed = _assumed(state, index)
    raised = draft.expects is not None and outcome.fault is not None and outcome.fault.type == draft.expects
    ok = outcome.ok or raised
    error = _at_file(outcome.fault, program, state) if outcome.fault else None
    base = Repair(
        snippet=draft.snippet,
        verdict=_verdict(ok, notes.edits != (), assumed),
        why="" if ok or error is None else f"{error.type}: {error.message}",
        code=program.code,
        line_map=tuple(_file_line(state, program, n) for n in range(1, len(program.places) + 1)),
        own=_own(program, index),
        outcome=outcome,
        alternates=alternates,
        error=error,
        assumed=resting_on(lambda a: a.assumption, state, program),
        noise=says_nothing(state, program),
        lines=len(statements),
        lines_run=sum(n in ran for n in statements),
        tried=state.tried,
    )
    if not ok:
        return base
    return replace(base, edits=notes.edits, assumptions=assumed, shown=notes.shown)


def _own(program: Program, index: int) -> tuple[int, int] | None:
    """The first and last line of a draft in its program, less what was moved above other drafts."""
    lines = [n for n, p in enumerate(program.places, 1) if p.draft == index]
    together = [n for k, n in enumerate(reversed(lines)) if n == lines[-1] - k]
    return (together[-1], lines[-1]) if lines else None


def _verdict(ok: bool, edited: bool, assumed: tuple[Assumption, ...]) -> SnippetVerdict:
    if not ok:
        return SnippetVerdict.FAILED
    if assumed:
        return SnippetVerdict.COMPLETED
    return SnippetVerdict.CORRECTED if edited else SnippetVerdict.RAN


def _assumed(state: State, index: int) -> tuple[Assumption, ...]:
    """The assumptions of a draft and of those before it that its program runs, each once."""
    drafts = carried(state, index).drafts
    made = [a for n, d in enumerate(drafts) for a in (d.before if n == index else d.handed_on) if is_supplied(a)]
    told = map(assumption_of, reversed(made))
    return tuple({(a.name, a.value): a for a in told}.values())[::-1]


def _statement_lines(draft: Draft, program: Program, index: int) -> list[int]:
    """The lines of the program on which statements of the draft's source begin."""
    tree = parse(program.code)
    own = {
        n
        for n, p in enumerate(program.places, 1)
        if p.draft == index and p.line is not None and draft.lines[p.line].first
    }
    return (
        sorted({node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt)} & own) if tree is not None else []
    )


def _file_line(state: State, program: Program, line: int) -> int | None:
    place = program.place(line)
    if place is None:
        return None
    draft = state.drafts[place.draft]
    if place.before is not None and (part := draft.before[place.before]).partial and part.origin is Origin.SAME:
        return draft.file_line(part.at)
    if place.line is None:
        return None
    first = draft.lines[place.line].first
    return draft.snippet.line + first - 1 if first else None


def _at_file(fault: Fault, program: Program, state: State) -> Fault:
    """The fault with its line in the file: the innermost line of the card's own, else the nearest line before an addition."""
    lines = [n for n in (fault.line, *reversed(fault.frames)) if n is not None]
    found = next((at for n in lines if (at := _file_line(state, program, n)) is not None), None)
    return replace(fault, line=found if found is not None else state.drafts[-1].snippet.line)


def _stopped(place: Unrunnable, scene: Scene) -> Repair:
    """A refused snippet; where it failed by an error, and claims are made about it, with what it did before."""
    refused = _refused(place)
    asked = any(claim.snippet == place.snippet.line for claim in scene.claims)
    if place.reason is not None or place.state is None or not asked:
        return refused
    program = place.state.program()
    (outcome,) = scene.run.confirm([Job(program.code)])
    if outcome.fault is None or outcome.fault.kind != "raised":
        return refused
    told = _repaired(place.state, len(place.state.drafts) - 1, program, outcome, ())
    return replace(refused, aside=told)


def _refused(place: Unrunnable) -> Repair:
    """The repair; its code is the author's own: what was tried with it and did not help is told in words."""
    verdict = SnippetVerdict.SKIPPED if place.reason else SnippetVerdict.FAILED
    fault = place.fault
    if fault is None and not place.reason:
        fault = syntax_fault(place.snippet)
        fault = replace(fault, message=place.why) if place.why else fault
    return Repair(
        snippet=place.snippet,
        verdict=verdict,
        reason=place.reason,
        why=place.why or (f"{fault.type}: {fault.message}" if fault else ""),
        code=place.snippet.source if place.program else None,
        error=None if place.reason else fault,
        lines=_count(place.snippet),
        diagnostics=place.diagnostics,
    )


def _count(snippet: Snippet) -> int:
    tree = parse(snippet.source)
    return len({n.lineno for n in ast.walk(tree) if isinstance(n, ast.stmt)}) if tree is not None else 0


def _alternates(state: State, run: Run) -> tuple[Outcome, ...]:
    """The outcomes of the state's program with deckbuild's own sizes replaced by the others that fit."""
    most = max((len(a.alternates) for d in state.drafts for a in d.before), default=0)
    jobs = [Job(assemble(tuple(_with_alternate(d, n) for d in state.drafts)).code) for n in range(most)]
    return tuple(o for o in run.trial(jobs) if o.ok) if jobs else ()


def _with_alternate(draft: Draft, n: int) -> Draft:
    def other(addition: Addition) -> Addition:
        return replace(addition, text=addition.alternates[n]) if n < len(addition.alternates) else addition

    return replace(draft, before=tuple(map(other, draft.before)))
