"""The search: best first over small corrections, judged by execution. In: a state; out: the state that runs, or the fault.

Source: the shape of the search follows Treefix (ICSE 2025): a tree of prefixes that grows from the first fault.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from deckbuild.model import Fault, Job, Outcome

from .doubts.invented import IDLE, NOT_FINITE, UNFOUNDED, amiss
from .doubts.misfed import converts, misfed
from .draft import FOREIGN, Program, State
from .lending.agree import agrees, compared, foreign
from .marked import ends_as_marked
from .meant import is_about_failure, is_shown_for, raising
from .program.needs import Need
from .resolve import Swap, is_overgrown, provided, resolve, swap, swaps, without
from .rules import SETUP_RULES, TEXT_RULES
from .scene import FaultRule, Scene

BUDGET_RUNS = 48
BATCH = 6
PROGRESS_WORTH = 2.0
SWAP_COST = 0.5
BUDGET_STATES = 160
"""States that are looked at, run or not: most of what the search thinks of needs no run to be left out."""
UNENDING = ("timeout", "memory", "killed")
"""Kinds of faults that say nothing of a name: the program asks for more than it is given."""
FOREIGN_DATA = Fault(
    "raised", "NameError", "a name is defined only on cards whose data is not what this card's text speaks of", None
)
Heap: TypeAlias = list[tuple[float, int, State | Swap]]


@dataclass(frozen=True, slots=True)
class Found:
    """A state whose program runs (or raises what the card says that it raises)."""

    state: State
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class NotFound:
    """The cheapest state that was run, and why it does not run."""

    state: State
    fault: Fault
    missing: tuple[Need, ...]


def search(start: State, scene: Scene) -> Found | NotFound:
    """The first state whose program runs, in the order of cost and progress; at most BUDGET_RUNS runs."""
    order = itertools.count()
    heap: Heap = [(start.cost, next(order), start)]
    seen: set[str] = set()
    first: NotFound | None = None
    runs = 0
    budget = itertools.count(1)
    while heap and runs < BUDGET_RUNS:
        batch = _take(heap, seen, scene, min(BATCH, BUDGET_RUNS - runs), budget)
        if not batch:
            break
        outcomes = _tried([program for _, program, _ in batch], scene)
        runs += len(batch)
        for (state, program, missing), outcome in zip(batch, outcomes, strict=True):
            if len(batch) > 1 and _is_final(outcome.fault, state, program, scene):
                (outcome,) = _tried([program], scene)
            if (done := _succeeds(state, program, outcome, scene)) is not None:
                return Found(done, outcome)
            fault = outcome.fault or amiss(state, outcome, scene) or FOREIGN_DATA
            first = first or NotFound(state, fault, missing)
            if _is_final(fault, state, program, scene):
                return NotFound(state, fault, missing)
            gain = PROGRESS_WORTH * _progress(program, fault)
            for child in _children(state, program, outcome, fault, scene):
                heapq.heappush(heap, (_cost(child) - gain, next(order), child))
    return first or _too_much(start, scene)


def _too_much(start: State, scene: Scene) -> NotFound:
    """The snippet as written, where nothing short of inventing most of it would make it run."""
    outcome = _tried([start.program()], scene)[0]
    fault = outcome.fault or Fault("raised", "NameError", "too many names are defined nowhere in the deck", None)
    return NotFound(start, fault, ())


def _tried(programs: list[Program], scene: Scene) -> tuple[Outcome, ...]:
    """One outcome per program. A trial ends early; a single program that ran out of its time gets all of it."""
    outcomes = scene.run.trial([Job(p.code) for p in programs])
    if len(programs) == 1 and outcomes[0].fault is not None and outcomes[0].fault.kind == "timeout":
        return scene.run.confirm([Job(programs[0].code)])
    return outcomes


def _take(
    heap: Heap, seen: set[str], scene: Scene, most: int, budget: Iterator[int]
) -> list[tuple[State, Program, tuple[Need, ...]]]:
    """The cheapest states whose programs are new, their names provided for; the first alone, as it mostly runs."""
    batch: list[tuple[State, Program, tuple[Need, ...]]] = []
    most = most if seen else 1
    while heap and len(batch) < most and next(budget) <= BUDGET_STATES:
        entry = heapq.heappop(heap)[2]
        found = _resolved(swap(entry, scene) if isinstance(entry, Swap) else entry, scene)
        if found is None:
            continue
        state, missing = found
        program = state.program()
        if program.code not in seen and not is_overgrown(state) and not converts(state):
            seen.add(program.code)
            batch.append((state, program, missing))
    return batch


def _resolved(state: State | None, scene: Scene) -> tuple[State, tuple[Need, ...]] | None:
    """The state with its names provided for, and what lacks; none of another card's values from what is made up in place of its own."""
    while state is not None:
        state, missing = resolve(state, scene)
        place = misfed(state, scene)
        if place is None:
            return state, missing
        state = swap(place, scene)
    return None


def _succeeds(state: State, program: Program, outcome: Outcome, scene: Scene) -> State | None:
    fault = outcome.fault
    if fault is None:
        return _chosen(state) if agrees(state, outcome, scene) and amiss(state, outcome, scene) is None else None
    last = len(state.drafts) - 1
    places = [program.place(n) for n in (fault.line, *fault.frames)]
    if not any(p is not None and p.draft == last and p.line is not None for p in places):
        return None
    made_up = any(a.assumption for d in state.drafts for a in d.additions)
    if not made_up and (is_shown_for(fault, scene) or ends_as_marked(state, program, fault, scene.run)):
        return raising(state, program, fault)
    return None


def _chosen(state: State) -> State:
    """The state, with what the choice between definitions cost."""
    number = compared(state)
    return replace(state, tried=number) if number > 1 else state


def _children(state: State, program: Program, outcome: Outcome, fault: Fault, scene: Scene) -> Iterator[State | Swap]:
    if fault in UNFOUNDED:
        return  # another guess would be no better founded
    if fault is FOREIGN_DATA and (names := foreign(state, outcome, scene)):
        yield without(state, names)
    if fault in (FOREIGN_DATA, IDLE, NOT_FINITE):
        yield from (
            Swap(state, d, i)
            for d, draft in enumerate(state.drafts)
            for i, a in enumerate(draft.before)
            if (a.origin in FOREIGN if fault is FOREIGN_DATA else a.assumption)
        )
        return
    if fault.type == "NameError" and fault.name:
        yield from provided(state, program, fault.name, scene)
    for rule in _rules(scene):
        yield from rule(state, program, fault, scene)
    yield from swaps(state, program, tuple(dict.fromkeys((*fault.frames, *([fault.line] if fault.line else [])))))


def _rules(scene: Scene) -> tuple[FaultRule, ...]:
    """A text that says that the code fails must not be contradicted by code that does not."""
    return SETUP_RULES if is_about_failure(scene) else SETUP_RULES + TEXT_RULES


def _cost(child: State | Swap) -> float:
    return child.state.cost + SWAP_COST if isinstance(child, Swap) else child.cost


def _is_final(fault: Fault | None, state: State, program: Program, scene: Scene) -> bool:
    """Whether nothing that the search could change is at fault: a missing package that the card itself imports, say."""
    place = program.place(fault.line) if fault is not None else None
    if fault is not None and fault.kind in UNENDING and (place is None or place.line is not None):
        return True
    if fault is None or place is None or place.line is None:
        return False
    return fault.type == "ModuleNotFoundError" and not any(
        True for rule in _rules(scene) for _ in rule(state, program, fault, scene)
    )


def _progress(program: Program, fault: Fault) -> float:
    """The share of the program's lines that stand before the fault's outermost frame."""
    line = fault.frames[0] if fault.frames else fault.line
    return (line or 0) / max(1, len(program.places))
