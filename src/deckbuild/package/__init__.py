"""Notes -> an Anki package whose import updates what changed, and nothing else.

In: cards, and the notes that were drawn from them. Out: their identities (`identify`), decks and tags, the times at
which their content last changed (`Ledger`), and the bytes of the package (`pack`). Nothing here writes a file.
"""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.model import Note, NoteStyle

from .existing import read_package
from .identity import identify
from .ledger import Entry, Ledger, dump_ledger, parse_ledger
from .naming import deck_name, tags
from .record import record


def pack(notes: Sequence[Note], style: NoteStyle, ledger: Ledger) -> bytes:
    """The package. genanki is loaded now: a build that finds its package in place packs none. Raises: as `apkg.pack`."""
    from .apkg import pack as packed

    return packed(notes, style, ledger)


__all__ = [
    "Entry",
    "Ledger",
    "deck_name",
    "dump_ledger",
    "identify",
    "pack",
    "parse_ledger",
    "read_package",
    "record",
    "tags",
]
