"""Whether the entries that a card leaves out of a list matter to a program. In: a state and its outcome; out: the state, them given.

A program that reads such a list only in parts, and does the same whatever follows the entries that are shown, rests on nothing but
what the deck says: what the card states of it can be refuted, though the list is still told as an assumption. It must leave alone: programs that take the list as a whole, and those that
show or bind anything else with other entries behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from deckbuild.model import Job, Outcome, Run

from ..draft import Addition, Change, Draft, Origin, State
from ..stand_ins.shown.elided import is_read_whole

RULE = "left-out-entries"
SAME = "the same comes out whatever entries follow"


def as_given(state: State, outcome: Outcome, run: Run) -> State:
    """The state with the lists that are shown in part as given, where its last program does the same with other entries behind them."""
    partial = [a for d in state.drafts for a in d.before if a.partial]
    if not outcome.ok or not partial or not _reads_only_parts(state, partial):
        return state
    number = min(len(a.alternates) for a in partial)
    others = run.confirm([Job(_with_rest(state, n).program().code) for n in range(number)])
    names = frozenset(n for a in partial for n in a.binds)
    if not others or any(not o.ok or _shown(o, names) != _shown(outcome, names) for o in others):
        return state
    return _each(state, _given)


def _reads_only_parts(state: State, partial: list[Addition]) -> bool:
    """Whether the program takes no such list as a whole, nor the last snippet writes it itself and so shows it."""
    tree = state.program().tree()
    own = any(a.origin is Origin.SAME for a in state.drafts[-1].before if a.partial)
    return not own and tree is not None and not any(is_read_whole(a.need, tree) for a in partial)


def is_of_the_card(state: State) -> bool:
    """Whether the card itself writes all lists that are shown in part."""
    return all(a.origin is Origin.SAME for d in state.drafts for a in d.before if a.partial)


def _shown(outcome: Outcome, names: frozenset[str]) -> tuple[object, ...]:
    """What a program printed and bound, but for the lists themselves."""
    return outcome.stdout, [v for v in outcome.values if v.name not in names]


def _with_rest(state: State, place: int) -> State:
    return _each(state, lambda a: replace(a, text=a.alternates[place]))


def _given(addition: Addition) -> Addition:
    change = addition.change
    evidence = f"{change.evidence}; {SAME}"
    return replace(addition, assumption=False, alternates=(), change=Change(RULE, change.why, evidence))


def _each(state: State, made: Callable[[Addition], Addition]) -> State:
    """The state with each addition that is shown in part made another."""

    def changed(draft: Draft) -> Draft:
        return replace(draft, before=tuple(made(a) if a.partial else a for a in draft.before))

    return replace(state, drafts=tuple(map(changed, state.drafts)))
