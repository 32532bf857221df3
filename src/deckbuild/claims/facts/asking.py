"""Expressions that claims are about, worked out behind the card's programs: claims and repairs in, the repairs with what was found out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckbuild.model import Claim, Fault, Job, Repair, Run, SnippetVerdict, Value

from ..kinds.asked import AskedTest, expression
from .reseeded import OTHER_SEEDS, leaves_to_chance
from .states import ASKING, given

ENDED = frozenset({SnippetVerdict.RAN, SnippetVerdict.CORRECTED, SnippetVerdict.COMPLETED})
MOST = 8
"""Expressions that are each worked out behind a run of their own."""


def ask(claims: Sequence[Claim], repairs: Sequence[Repair], run: Run) -> tuple[Repair, ...]:
    """The repairs of a card; those that claims speak of with what the claims' expressions give behind their programs.

    What asking twice, or with another seed, changes is left out: it is no fact about the card.
    """
    return tuple(replace(r, asked=tuple(answers(r, claims, run))) for r in repairs)


def answers(repair: Repair, claims: Sequence[Claim], run: Run) -> Iterator[tuple[str, Value | Fault]]:
    """The expressions of one snippet's claims with what they give."""
    tests = [c.test for c in claims if isinstance(c.test, AskedTest) and c.snippet == repair.snippet.line]
    expressions = tuple(dict.fromkeys(e for t in tests for e in (t.expression, t.of) if e))
    if repair.code is None or repair.verdict not in ENDED:
        return
    calm = tuple(e for e in expressions if not does_something(e))
    busy = [(e,) for e in expressions if e not in calm]
    for group in [*([calm] if calm else []), *busy[:MOST]]:
        firsts, *others = rounds(repair.code, group, run)
        for place, (one, first) in enumerate(zip(group, firsts, strict=False)):
            if all(is_same(first, o[place : place + 1]) for o in others):
                yield one, first


def does_something(text: str) -> bool:
    """Whether an expression calls what may change more than it gives, so that nothing else can be asked behind it."""
    tree = expression(text)
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)] if tree is not None else []
    return any(given(c) or not isinstance(c.func, ast.Name) or c.func.id not in ASKING for c in calls)


def rounds(code: str, expressions: tuple[str, ...], run: Run) -> Iterator[Sequence[Value | Fault]]:
    """What they give one after the other, once more behind that, and with each other seed that the program may notice."""
    (outcome,) = run.confirm([Job(code, probes=(*expressions, *expressions))])
    yield outcome.probed[: len(expressions)]
    yield outcome.probed[len(expressions) :]
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
