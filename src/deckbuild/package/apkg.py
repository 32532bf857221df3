"""Notes and their times -> the bytes of an .apkg: equal bytes for equal notes, looks and times, whatever the clock."""

from __future__ import annotations

import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import closing

import genanki

from deckbuild.model import Media, Note, NoteStyle

from .dated import dated_model, dated_note
from .existing import DATABASE
from .hashes import stable_number
from .ledger import Ledger
from .notetype import DEFAULT_DECK


def pack(notes: Sequence[Note], style: NoteStyle, ledger: Ledger) -> bytes:
    """The package; `ledger` holds the times of all `notes` and of the `style`.

    New cards are due in the order of `notes`. Raises: ValueError, if two notes share a guid, two different pictures share
    a name, or a note makes no card.
    """
    guids = [note.guid for note in notes]
    if len(set(guids)) != len(guids):
        raise ValueError(f"guids are not unique: {sorted({g for g in guids if guids.count(g) > 1})}")
    database = _database(
        _decks(notes, style, ledger), first_id=max(1, 1000 * min(ledger.notes[g].mod_s for g in guids))
    )
    return _archive(database, _distinct(m for note in notes for m in note.media))


def deck_id(name: str) -> int:
    """A number that stays the same; Anki itself finds decks by name."""
    return DEFAULT_DECK + 1 + stable_number(name)


def _decks(notes: Sequence[Note], style: NoteStyle, ledger: Ledger) -> Iterable[genanki.Deck]:
    if ledger.style is None:
        raise ValueError("the ledger has no time for the note type")
    model = dated_model(style, ledger.style.mod_s)
    decks: dict[str, genanki.Deck] = {}
    for due, note in enumerate(notes, start=1):
        # Anki takes names that differ only in case for one deck.
        deck = decks.setdefault(note.deck.casefold(), genanki.Deck(deck_id(note.deck), note.deck))
        deck.add_note(dated_note(note, model, ledger.notes[note.guid].mod_s, due))
    return decks.values()


def _database(decks: Iterable[genanki.Deck], first_id: int) -> bytes:
    """SQLite's file; note and card ids, which Anki reads as times of creation, count milliseconds from `first_id`."""
    with closing(sqlite3.connect(":memory:")) as connection:
        genanki.Package(list(decks)).write_to_db(connection.cursor(), first_id / 1000, itertools.count(first_id))
        connection.commit()
        connection.execute("VACUUM")
        content = bytearray(connection.serialize())
    # Counters of changes and the number of the writing SQLite: of no use in a file that is written once.
    content[24:28] = content[92:96] = b"\0\0\0\1"
    content[96:100] = b"\0\0\0\0"
    return bytes(content)


def _distinct(media: Iterable[Media]) -> list[Media]:
    named: dict[str, Media] = {}
    for picture in media:
        if named.setdefault(picture.name, picture).data != picture.data:
            raise ValueError(f"two different pictures are named {picture.name}")
    return [named[name] for name in sorted(named)]


def _archive(database: bytes, media: Sequence[Media]) -> bytes:
    names = json.dumps({str(number): picture.name for number, picture in enumerate(media)})
    members = [(DATABASE, database), ("media", names.encode("utf-8"))]
    members += [(str(number), picture.data) for number, picture in enumerate(media)]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return file.getvalue()
