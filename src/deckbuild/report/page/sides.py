"""A note and its templates -> the two sides of each card that Anki would make of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from deckbuild.model import FIELDS, Note, NoteStyle

_SECTION = re.compile(r"\{\{([#^])(\w+)\}\}(.*?)\{\{/\2\}\}", re.DOTALL)
_FIELD = re.compile(r"\{\{(\w+)\}\}")
_ANSWER = re.compile(r'(<hr) id="?answer"?')


@dataclass(frozen=True, slots=True)
class Sides:
    """A card, as HTML."""

    name: str
    """Of its template."""
    front: str
    back: str


def sides(note: Note, style: NoteStyle) -> tuple[Sides, ...]:
    """The cards of a note, those with something on the front."""
    fields = dict(zip(FIELDS, note.fields, strict=True))
    templates = (
        ("Card", style.card_front, style.card_back),
        ("Predict", style.predict_front, style.predict_back),
    )
    filled = []
    for name, front, back in templates:
        asked = _filled(front, fields)
        if asked.strip():
            told = _filled(back, {**fields, "FrontSide": asked})
            # Anki scrolls to this place; on a page with many cards it would stand many times.
            filled.append(Sides(name, asked, _ANSWER.sub(r"\1", told)))
    return tuple(filled)


def _filled(template: str, fields: Mapping[str, str]) -> str:
    """The template with its fields, which are no templates themselves."""
    return _FIELD.sub(lambda found: fields[found[1]], _kept(template, fields))


def _kept(template: str, fields: Mapping[str, str]) -> str:
    """The template without the sections that are not shown; sections may hold others."""

    def section(found: re.Match[str]) -> str:
        shown = bool(fields[found[2]].strip()) == (found[1] == "#")
        return _kept(found[3], fields) if shown else ""

    return _SECTION.sub(section, template)
