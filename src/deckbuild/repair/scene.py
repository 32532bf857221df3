"""What the rules may look at, and what they give. In: a card and the deck around it; out: providers and states."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from deckbuild.model import Ask, Card, Claim, Fault, Judge, Run

from .draft import Addition, Program, State
from .lending.library import Book, Library
from .program.needs import Need
from .program.usage import Usage


@dataclass(frozen=True, slots=True)
class Scene:
    """A card under repair, with everything that may be asked about it."""

    card: Card
    library: Library
    claims: Sequence[Claim]
    run: Run
    judge: Judge
    ask: Ask | None = None
    """Somebody outside who may know a correction."""

    @property
    def book(self) -> Book:
        """What the card's book defines."""
        return self.library.book(self.card)

    @property
    def question(self) -> str:
        """The text that the card asks."""
        return "\n".join(p.text for p in self.card.question.prose)

    @property
    def prose(self) -> str:
        """All text of the card outside its fences, the title first."""
        return "\n".join([self.card.title, *(p.text for _, passage in self.card.passages for p in passage.prose)])

    @property
    def text(self) -> str:
        """All text of the card, code and comments included."""
        return "\n".join([self.card.title, *(passage.text for _, passage in self.card.passages)])


@dataclass(frozen=True, slots=True)
class Provider:
    """A way to give a missing name its value."""

    additions: tuple[Addition, ...]
    cost: float


class NameRule(Protocol):
    """Offers providers of a missing name; `tree` is the program so far."""

    def __call__(self, need: Need, usage: Usage, tree: ast.Module, scene: Scene) -> Iterable[Provider]: ...


class FaultRule(Protocol):
    """Offers states in which the fault of a state's program may be gone."""

    def __call__(self, state: State, program: Program, fault: Fault, scene: Scene) -> Iterable[State]: ...
