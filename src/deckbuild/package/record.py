"""What was built -> the ledger after the build."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.model import Card, Note, NoteStyle

from .identity import answer_hash, key_guid, title_hash
from .ledger import Entry, Ledger, redate
from .notetype import note_digest, style_digest


def record(ledger: Ledger, cards: Sequence[Card], notes: Sequence[Note], style: NoteStyle, now_s: int) -> Ledger:
    """The ledger with the notes of the cards, in their order, and those that are no longer built behind them.

    What changed is dated `now_s`, or just after its last change if the clock says less; all else keeps its time.
    """
    built = {note.guid: _entry(card, note) for card, note in zip(cards, notes, strict=True)}
    dated = {guid: redate(entry, ledger.notes.get(guid), now_s) for guid, entry in built.items()}
    others = {guid: entry for guid, entry in ledger.notes.items() if guid not in built}
    return Ledger({**dated, **others}, redate(Entry(style_digest(style), now_s), ledger.style, now_s))


def _entry(card: Card, note: Note) -> Entry:
    return Entry(note_digest(note.fields, note.tags), 0, key_guid(card), answer_hash(card), title_hash(card))
