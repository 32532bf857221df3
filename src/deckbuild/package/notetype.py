"""The one note type, `Deckbuild`: its schema is frozen, its looks are not.

Fields and templates are never added, removed or reordered, and carry stable ids: otherwise Anki takes the note type for
another one and refuses to update every note. Unused fields are there for what comes later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import genanki

from deckbuild.model import FIELDS, Note, NoteStyle

NAME = "Deckbuild"
MODEL_ID = 1_702_946_183
FIELD_IDS = tuple(7_301_550_000_000_000_101 + place for place in range(len(FIELDS)))
TEMPLATE_IDS = (7_301_550_000_000_000_201, 7_301_550_000_000_000_202)
DEFAULT_DECK = 1


def dated_model(style: NoteStyle, mod_s: int) -> genanki.Model:
    """The note type as genanki writes it, modified at `mod_s` whatever the time of the build."""
    return _DatedModel(
        mod_s,
        model_id=MODEL_ID,
        name=NAME,
        fields=[{"name": name, "id": number} for name, number in zip(FIELDS, FIELD_IDS, strict=True)],
        templates=[
            {"name": name, "id": number, "qfmt": front, "afmt": back}
            for (name, front, back), number in zip(_templates(style), TEMPLATE_IDS, strict=True)
        ],
        css=style.css,
    )


def dated_note(note: Note, model: genanki.Model, mod_s: int, due: int) -> genanki.Note:
    """The note as genanki writes it, modified at `mod_s`; `due` is its place among the new cards.

    Raises: ValueError, if neither template makes a card of it: it would be lost without a word.
    """
    dated = _DatedNote(mod_s, model=model, fields=list(note.fields), guid=note.guid, tags=list(note.tags), due=due)
    if not dated.cards:
        raise ValueError(f"note {note.guid} makes no card: its fields {FIELDS} are {note.fields}")
    return dated


def style_digest(style: NoteStyle) -> str:
    """Of all that Anki would take over from a note type."""
    return _digest([style.css, *(list(sides) for sides in _templates(style))])


def stored_style_digest(model: dict[str, Any]) -> str:
    """The same, of a note type as a package's database holds it."""
    return _digest([model["css"], *([t["name"], t["qfmt"], t["afmt"]] for t in model["tmpls"])])


def note_digest(fields: Sequence[str], tags: Sequence[str]) -> str:
    """Of all that Anki would take over from a note."""
    return _digest([list(fields), list(tags)])


class _DatedModel(genanki.Model):  # type: ignore[misc]  # genanki has no types
    def __init__(self, mod_s: int, **settings: Any) -> None:
        super().__init__(**settings)
        self.mod_s = mod_s

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        written: dict[str, Any] = super().to_json(self.mod_s, DEFAULT_DECK)
        return written


class _DatedNote(genanki.Note):  # type: ignore[misc]  # genanki has no types
    def __init__(self, mod_s: int, **settings: Any) -> None:
        super().__init__(**settings)
        self.mod_s = mod_s

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Any) -> None:
        super().write_to_db(cursor, self.mod_s, deck_id, id_gen)

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Nothing: genanki's check takes quadratic time on long lines, and warns of tags that are right."""


def _templates(style: NoteStyle) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    return (
        ("Card", style.card_front, style.card_back),
        ("Predict", style.predict_front, style.predict_back),
    )


def _digest(content: list[Any]) -> str:
    text = json.dumps(content, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
