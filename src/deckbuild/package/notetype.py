"""The one note type, `Deckbuild`: its schema is frozen, its looks are not.

Fields and templates are never added, removed or reordered, and carry stable ids: otherwise Anki takes the note type for
another one and refuses to update every note. Unused fields are there for what comes later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from deckbuild.model import FIELDS, NoteStyle

NAME = "Deckbuild"
MODEL_ID = 1_702_946_183
FIELD_IDS = tuple(7_301_550_000_000_000_101 + place for place in range(len(FIELDS)))
TEMPLATE_IDS = (7_301_550_000_000_000_201, 7_301_550_000_000_000_202)
DEFAULT_DECK = 1


def style_digest(style: NoteStyle) -> str:
    """Of all that Anki would take over from a note type."""
    return _digest([style.css, *(list(sides) for sides in templates(style))])


def stored_style_digest(model: dict[str, Any]) -> str:
    """The same, of a note type as a package's database holds it."""
    return _digest([model["css"], *([t["name"], t["qfmt"], t["afmt"]] for t in model["tmpls"])])


def note_digest(fields: Sequence[str], tags: Sequence[str]) -> str:
    """Of all that Anki would take over from a note."""
    return _digest([list(fields), list(tags)])


def templates(style: NoteStyle) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """Their names, fronts and backs."""
    return (
        ("Card", style.card_front, style.card_back),
        ("Predict", style.predict_front, style.predict_back),
    )


def _digest(content: list[Any]) -> str:
    text = json.dumps(content, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
