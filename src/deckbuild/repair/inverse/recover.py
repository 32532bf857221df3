"""Rule `recovered-input`: an input that is defined nowhere and follows from the prose's own products and the shown output.

In: the state of a whole card that runs on one stand-in; out: the state with the entries that alone fit, or the same state. Entries that
products name are taken; the others are small whole numbers that solve what the claims say. It must leave alone: what has two
solutions or none, and what leaves no statement to test it by. It stays an assumption, and what it was solved from proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from deckbuild.model import Job
from deckbuild.prose import ProductSum, numbers, product_sums

from ..draft import Change, State
from ..scene import Scene
from .named import Naming, agreed, naming, tests
from .probes import Places, Spoken, Unknown, exact, readings, spoken, unknowns_of, with_entries
from .system import LARGEST, Equation, solve
from .weights import with_weights

RULE = "recovered-input"


@dataclass(frozen=True, slots=True)
class Solved:
    """The entries, and what they rest on."""

    entries: tuple[Fraction, ...]
    namings: tuple[Naming, ...]
    used: tuple[Spoken, ...]
    """Claims without which there would be another solution."""
    tested: tuple[Fraction, ...]
    """Stated values that are met without having been needed."""


def recover(state: State, order: Places, scene: Scene) -> State:
    """The state with the recovered input, if there is just one."""
    if not scene.claims or not state.drafts or any(d.expects for d in state.drafts):
        return state
    if sum(a.assumption for d in state.drafts for a in d.before) != 1:
        return state
    for base in (state, with_weights(state, scene)):
        found = _recovered(base, order, scene) if base is not None else None
        if found is not None:
            return found
    return state


def _recovered(state: State, order: Places, scene: Scene) -> State | None:
    (outcome,) = scene.run.trial([Job(state.program().code)])
    sums = [s for _, passage in scene.card.passages for prose in passage.prose for s in product_sums(prose.text)]
    lengths = [len(s.products) for s in sums]
    for filled, unknown in unknowns_of(state, outcome, lengths, scene) if outcome.ok else ():
        claims = spoken(filled, unknown, order, scene)
        solved = _solved(claims, unknown, sums)
        if solved is None:
            continue
        change = Change(RULE, f"`{unknown.name}` is defined nowhere in the deck", _told(solved, unknown))
        copied = tuple(s.claim.expected for s in solved.used)
        found = with_entries(filled, unknown, solved.entries, change, copied)
        if _meets(found, claims, order, scene):
            return found
    return None


def _solved(claims: Sequence[Spoken], unknown: Unknown, sums: Sequence[ProductSum]) -> Solved | None:
    """The only entries that fit all that is said, some of which they were not needed for."""
    equations = _of(claims)
    namings = tuple(naming(sums, equations))
    known = agreed(namings)
    entries = solve(equations, known, unknown.size) if known is not None and equations else None
    if known is None or entries is None:
        return None
    idle = {n.equation for n in namings if not tests(n, namings, unknown.size)}
    tested = [
        e.value
        for e in equations
        if any(e.coefficients)
        and e not in idle
        and solve([x for x in equations if x != e], known, unknown.size) == entries
    ]
    used = list(claims)
    for one in reversed(claims):
        others = [c for c in used if c is not one]
        if solve(_of(others), known, unknown.size) == entries:
            used = others
    return Solved(entries, namings, tuple(used), tuple(dict.fromkeys(tested))) if tested else None


def _of(claims: Sequence[Spoken]) -> list[Equation]:
    """Their equations, each once."""
    return list(dict.fromkeys(e for c in claims for e in c.equations))


def _meets(state: State, claims: Sequence[Spoken], order: Places, scene: Scene) -> bool:
    """Whether the program, run with the entries, gives all that the claims say, those that make no equation, too."""
    (outcome,) = scene.run.trial([Job(state.program().code)])
    if not outcome.ok:
        return False
    told = dict(zip(scene.claims, readings(state, outcome, order, scene), strict=True))
    return all(told[s.claim] == exact(numbers(s.claim.expected)) for s in claims)


def _told(solved: Solved, unknown: Unknown) -> str:
    """Which numbers of the card decided it."""
    named = {place for one in solved.namings for place, _ in one.entries}
    parts = []
    if named:
        quoted = "; ".join(f"`{_plain(one.sum.text)}`" for one in solved.namings)
        parts.append(f"the text's products name {len(named)} of {unknown.size} entries: {quoted}")
    rest = [f"{float(x):g}" for n, x in enumerate(solved.entries) if n not in named]
    if rest:
        parts.append(
            f"of whole numbers from 0 to {LARGEST} only {', '.join(rest)} give the {'others' if named else 'entries'} of "
            "what the card shows"
        )
    parts.append(f"not needed for it, and met: {', '.join(f'{float(x):g}' for x in solved.tested)}")
    return "; ".join(parts)


def _plain(text: str) -> str:
    return text.replace("\\times", "×").replace("\\cdot", "·")
