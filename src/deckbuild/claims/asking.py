"""Expressions that claims are about, worked out behind the card's programs: claims and repairs in, the repairs with what was found out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckbuild.model import Claim, Fault, Job, Repair, Run, SnippetVerdict, Value

from .asked import AskedTest
from .reseeded import OTHER_SEEDS, leaves_to_chance

ENDED = frozenset({SnippetVerdict.RAN, SnippetVerdict.CORRECTED, SnippetVerdict.COMPLETED})
MOST = 24
"""Expressions that are worked out behind one program."""


def ask(claims: Sequence[Claim], repairs: Sequence[Repair], run: Run) -> tuple[Repair, ...]:
    """The repairs of a card; those that claims speak of with what the claims' expressions give behind their programs.

    What asking twice, in another order, or with another seed changes is left out: it is no fact about the card.
    """
    return tuple(replace(r, asked=tuple(answers(r, claims, run))) for r in repairs)


def answers(repair: Repair, claims: Sequence[Claim], run: Run) -> Iterator[tuple[str, Value | Fault]]:
    """The expressions of one snippet's claims with what they give."""
    wanted = [c.test.expression for c in claims if isinstance(c.test, AskedTest) and c.snippet == repair.snippet.line]
    expressions = tuple(dict.fromkeys(wanted))[:MOST]
    if repair.code is None or repair.verdict not in ENDED or not expressions:
        return
    firsts, *others = rounds(repair.code, expressions, run)
    for place, expression in enumerate(expressions):
        if len(firsts) == len(expressions) and all(is_same(firsts[place], o[place : place + 1]) for o in others):
            yield expression, firsts[place]


def rounds(code: str, expressions: tuple[str, ...], run: Run) -> Iterator[Sequence[Value | Fault]]:
    """What they give one after the other, once more behind that, in the reverse order, and with each other seed that the program may notice."""
    forth, back = run.confirm([Job(code, probes=p) for p in ((*expressions, *expressions), expressions[::-1])])
    yield forth.probed[: len(expressions)]
    yield forth.probed[len(expressions) :]
    yield back.probed[::-1]
    if leaves_to_chance(code):
        yield from (o.probed for o in run.trial([Job(code, probes=expressions, reseed=n) for n in OTHER_SEEDS]))


def is_same(one: Value | Fault, others: Sequence[Value | Fault]) -> bool:
    """Whether an answer is the same error as the only other one, or the same value, of which all is known."""
    other = others[0] if others else None
    if isinstance(one, Fault) and isinstance(other, Fault):
        return (one.kind, one.type) == (other.kind, other.type)
    if isinstance(one, Value) and isinstance(other, Value):
        return (one.type, one.text, one.shape, one.data) == (other.type, other.text, other.shape, other.data)
    return False
