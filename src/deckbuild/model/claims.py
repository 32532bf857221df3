"""Statements of the text, held against what was computed."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from .repair import Repair
from .text import Card


class ClaimVerdict(enum.StrEnum):
    """What became of a statement of the text."""

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    ASSUMED = "assumed"
    UNTESTED = "untested"


ClaimKind: TypeAlias = Literal["tensor", "number", "shape", "type", "relation", "printed", "raises"]


class Test(Protocol):
    """What a claim asserts, in the terms of the stage `claims`; opaque to the others."""

    @property
    def expected(self) -> str:
        """What the text says, in a few words."""
        ...


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the text that a machine can decide."""

    path: str
    line: int
    text: str
    """Quoted from the source, on one or several lines."""
    kind: ClaimKind
    expected: str
    snippet: int | None
    """`line` of the snippet that it speaks of, None where it is not known."""
    test: Test


@dataclass(frozen=True, slots=True)
class Judgement:
    """A claim, held against what was computed."""

    claim: Claim
    verdict: ClaimVerdict
    computed: str | None = None
    """What was computed instead or in agreement, as text."""
    tried: int | None = None
    bits: float | None = None
    shows: tuple[tuple[int, str], ...] = ()
    """(snippet line, name) of the values that it speaks of, which the card then shows."""


class Judge(Protocol):
    """Holds a card's claims against the repairs of its snippets, in their order; pure."""

    def __call__(self, card: Card, claims: Sequence[Claim], repairs: Sequence[Repair]) -> tuple[Judgement, ...]: ...
