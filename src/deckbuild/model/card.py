"""The whole card, its note, and the result of a build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .claims import Judgement
from .repair import Repair
from .text import Card, Deck, Diagnostic


@dataclass(frozen=True, slots=True)
class CheckedCard:
    """A card with all that was found out about it."""

    id: str
    """The note's guid."""
    card: Card
    repairs: tuple[Repair, ...]
    """One per snippet of the card, in their order."""
    judgements: tuple[Judgement, ...]
    deck: str
    """`Book::Chapter`."""
    tags: tuple[str, ...]
    broken: str = ""
    """If deckbuild itself failed at the card, so that nothing was found out about it: what happened on one line, and the
    traceback below."""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture of the package, named by a hash of what it shows."""

    name: str
    data: bytes


FIELDS = (
    "Key",
    "Title",
    "Context",
    "Question",
    "Answer",
    "Computed",
    "Corrections",
    "Source",
    "Predict",
    "PredictAnswer",
    "Extra1",
    "Extra2",
    "Extra3",
)


@dataclass(frozen=True, slots=True)
class Note:
    """A card as Anki keeps it."""

    guid: str
    deck: str
    fields: tuple[str, ...]
    """HTML, in the order of FIELDS."""
    tags: tuple[str, ...]
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteStyle:
    """How every note looks: the note type's CSS and the two sides of its templates `Card` and `Predict`."""

    css: str
    card_front: str
    card_back: str
    predict_front: str
    """Holds something only where the field `Predict` is filled."""
    predict_back: str


Confinement: TypeAlias = dict[str, str]
"""files, network, processes, disk: "confined" or "open: why"."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What the report names."""

    deckbuild: str
    python: str
    torch: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a build or check: everything that the reports and the package are made from."""

    versions: Versions
    seed: int
    sandbox: Confinement
    deck: Deck
    cards: tuple[CheckedCard, ...]
    diagnostics: tuple[Diagnostic, ...]
    seconds: float
    notes: tuple[str, ...] = ()
    """What went wrong and changes no result: with the cache, say."""
