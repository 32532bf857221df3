"""What chance decides: repairs in, those with the outcomes of their programs under other seeds out.

Whether a length, a shape or a verdict of a comparison depends on the numbers that were drawn cannot be read off the code
(`len(set(drawn))`, `x[x > 0].shape`); that it stays the same whatever is drawn can be seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deckbuild.model import Claim, Job, Outcome, Repair, Run

from .chance import Library, draws, seeds
from .reliance import parse

OTHER_SEEDS = tuple(range(1, 8))
"""Added to the build's own. With it they are eight: a choice between two falls alike in all of them once in 128 times."""


def reseed(claims: Sequence[Claim], repairs: Sequence[Repair], run: Run) -> tuple[Repair, ...]:
    """The repairs of a card; those that a claim may be held against, and whose programs draw without a seed, with other outcomes."""
    if not claims:
        return tuple(repairs)
    asked = (*repairs, *(r.aside for r in repairs if r.aside is not None))
    codes = [c for c in dict.fromkeys(r.code for r in asked if r.outcome is not None) if c and leaves_to_chance(c)]
    jobs = [Job(code, reseed=n) for code in codes for n in OTHER_SEEDS]
    outcomes = run.trial(jobs) if jobs else ()
    other = {code: outcomes[i * len(OTHER_SEEDS) :][: len(OTHER_SEEDS)] for i, code in enumerate(codes)}
    return tuple(replace(with_other(r, other), aside=r.aside and with_other(r.aside, other)) for r in repairs)


def with_other(repair: Repair, other: Mapping[str, Sequence[Outcome]]) -> Repair:
    """The repair with those outcomes of its program that came as far as its own; a hint does not say which lines ran."""
    first = repair.outcome
    if first is None:
        return repair
    alike = (o for o in other.get(repair.code or "", ()) if ends_alike(o, first))
    return replace(repair, reseeded=tuple(replace(o, lines_run=first.lines_run) for o in alike))


def leaves_to_chance(code: str) -> bool:
    """Whether a program may draw from a generator that it has not seeded yet."""
    tree = parse(code)
    seeded: set[Library] = {"machine"}
    for statement in tree.body if tree is not None else ():
        if not draws(statement, forms=True) <= seeded | seeds(statement):
            return True
        seeded |= seeds(statement)
    return False


def ends_alike(outcome: Outcome, first: Outcome) -> bool:
    """Whether the program came as far as it did at first."""
    ends = [(o.fault.type, o.fault.line) if o.fault else None for o in (outcome, first)]
    return ends[0] == ends[1]
