"""The states of the machine: what is known where a mark is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .cards import Draft, Heading
from .page import Place, Stretch


@dataclass(frozen=True, slots=True)
class Outside:
    """Between cards."""

    heading: Heading | None
    """The last one, which a question without a heading of its own belongs to."""
    since: Place


@dataclass(frozen=True, slots=True)
class Context:
    """Under a heading, before its first question."""

    heading: Heading
    ruled: int | None = None
    """The row of a `---` in it."""


@dataclass(frozen=True, slots=True)
class Question:
    """Behind `:p`."""

    heading: Heading
    row: int
    since: Place


@dataclass(frozen=True, slots=True)
class Answer:
    """Behind `??x`."""

    heading: Heading
    row: int
    """Of the `:p`."""
    question: Stretch
    since: Place


@dataclass(frozen=True, slots=True)
class After:
    """Behind the closing mark: the card is whole, what follows is its trailing text."""

    draft: Draft
    since: Place


@dataclass(frozen=True, slots=True)
class Skipping:
    """In an answer that no card can be made of."""

    heading: Heading
    asked: int | None
    """The row of the `:p`, None where there is none."""
    since: Place


State: TypeAlias = Outside | Context | Question | Answer | After | Skipping
