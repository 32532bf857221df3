"""The note type and its notes as genanki writes them, with times of their own. In: style, notes, times; out: genanki's objects."""

from __future__ import annotations

from typing import Any

import genanki

from deckbuild.model import FIELDS, Note, NoteStyle

from .notetype import DEFAULT_DECK, FIELD_IDS, MODEL_ID, NAME, TEMPLATE_IDS, templates


def dated_model(style: NoteStyle, mod_s: int) -> genanki.Model:
    """The note type as genanki writes it, modified at `mod_s` whatever the time of the build."""
    return _DatedModel(
        mod_s,
        model_id=MODEL_ID,
        name=NAME,
        fields=[{"name": name, "id": number} for name, number in zip(FIELDS, FIELD_IDS, strict=True)],
        templates=[
            {"name": name, "id": number, "qfmt": front, "afmt": back}
            for (name, front, back), number in zip(templates(style), TEMPLATE_IDS, strict=True)
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
