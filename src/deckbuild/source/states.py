"""The states of the machine: what is known where a mark is met."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from .cards import Draft, Heading
from .marks import Mark
from .page import Place, Stretch


class Outside(NamedTuple):
    """Between cards."""

    heading: Heading | None
    """The last one, which a question without a heading of its own belongs to."""
    since: Place


class Context(NamedTuple):
    """Under a heading, before its first question."""

    heading: Heading
    ruled: int | None = None
    """The row of a `---` in it."""


class Question(NamedTuple):
    """Behind `:p`."""

    heading: Heading
    mark: Mark
    since: Place


class Answer(NamedTuple):
    """Behind `??x`."""

    heading: Heading
    mark: Mark
    """The `:p`."""
    question: Stretch
    since: Place


class After(NamedTuple):
    """Behind the closing mark: the card is whole, what follows is its trailing text."""

    draft: Draft
    since: Place


class Skipping(NamedTuple):
    """In an answer that no card can be made of."""

    heading: Heading
    mark: Mark | None
    """The `:p`, None where there is none."""
    since: Place


State: TypeAlias = Outside | Context | Question | Answer | After | Skipping
