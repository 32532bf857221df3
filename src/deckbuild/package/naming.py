"""Where a card stands in Anki: its deck and its tags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from deckbuild.model import Card, Source

from .hashes import fold

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def deck_name(source: Source, root: str | None = None) -> str:
    """`Book::4.3 Chapter`, below `root` if there is one; in NFC, as Anki stores it.

    Anki finds decks by name and parts the name at `::`, so a title's own `::` becomes `:`. A root may hold several levels.
    """
    levels = (*(root.split("::") if root else ()), source.title or source.book, source.chapter or "")
    return "::".join(cleaned for level in levels if (cleaned := _level(level)))


def tags(card: Card, extra: Sequence[str] = ()) -> tuple[str, ...]:
    """`rating::8` where the card is rated, and `extra`; sorted, without blanks.

    Anki takes tags that differ only in case for one, so of such the first is kept.
    """
    rating = (f"rating::{card.rating}",) if card.rating is not None else ()
    return tuple(sorted(_distinct((*rating, *map(_tag, extra)))))


def _level(name: str) -> str:
    return re.sub(r":{2,}", ":", fold(_CONTROL.sub(" ", name))).strip(": ")


def _tag(word: str) -> str:
    return unicodedata.normalize("NFC", re.sub(r"\s+", "-", word.strip()))


def _distinct(words: Iterable[str]) -> Iterable[str]:
    kept: dict[str, str] = {}
    for word in words:
        if word:
            kept.setdefault(word.casefold(), word)
    return kept.values()
