"""A program outside deckbuild that is asked for a correction, and what it may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from .execution import Json


@dataclass(frozen=True, slots=True)
class LineEdit:
    """A proposed change of whole lines of a snippet."""

    line: int
    """First line in the snippet's source, 1-based; of an addition the line that it is to stand before."""
    before: str
    """Whole lines of the source, "" for an addition."""
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes that belong together."""

    edits: tuple[LineEdit, ...]


@dataclass(frozen=True, slots=True)
class Declined:
    """The program knows of no correction."""

    why: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The program failed, hung or talked nonsense."""

    why: str


Answer: TypeAlias = Proposal | Declined


class Ask(Protocol):
    """Asks the outside program about one snippet; None where there is nobody to ask."""

    def __call__(self, request: Mapping[str, Json]) -> Answer | Unanswered | None: ...
