"""How every note looks: one CSS, two templates. They are files, so that they can be read and edited as what they are."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from deckbuild.model import NoteStyle


@lru_cache(maxsize=1)
def note_style() -> NoteStyle:
    """The note type's CSS and the sides of its templates."""
    return NoteStyle(
        css=_read("card.css"),
        card_front=_read("templates/card_front.html"),
        card_back=_read("templates/card_back.html"),
        predict_front=_read("templates/predict_front.html"),
        predict_back=_read("templates/predict_back.html"),
    )


def _read(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
