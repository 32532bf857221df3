"""Cards -> guids: what makes a note the same note after its card was edited, renamed or moved.

A card is known by its book and its question. Cards that share both are told apart by their answers as first seen;
the ledger remembers which answer a guid has now, so that editing an answer does not make a new note.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TypeAlias

from deckbuild.model import Card

from .hashes import fold, short_hash
from .ledger import Entry, Ledger

NAMESPACE = "deckbuild"

_Kinship: TypeAlias = Callable[[Card, str, Entry], bool]


def identify(cards: Sequence[Card], ledger: Ledger, background: Sequence[Card] = ()) -> tuple[str, ...]:
    """The guid of each card, all different.

    `background` are the same books' cards that are not built: they take part in who comes first among cards that
    share a question, so that a card keeps its guid whether its file is built alone or with the others.
    """
    groups: dict[str, dict[str, Card]] = {}
    for card in sorted((*cards, *background), key=_place):
        groups.setdefault(key_guid(card), {}).setdefault(answer_hash(card), card)
    known = _by_key(ledger)
    guids = {key: _share_out(key, group, ledger, known.get(key, {})) for key, group in groups.items()}
    taken: dict[str, Card] = {}
    for card in cards:
        key, answer = key_guid(card), answer_hash(card)
        guid = guids[key][answer]
        taken[guid if guid not in taken else _unused(key, answer, {*taken})] = card
    return tuple(taken)


def key_guid(card: Card) -> str:
    """The guid of the first card with this book and question."""
    return short_hash(NAMESPACE, card.source.book, fold(card.question.text))


def answer_hash(card: Card) -> str:
    """Of the answer, white space folded."""
    return short_hash(fold(card.answer.text))


def title_hash(card: Card) -> str:
    """Of the title, white space folded."""
    return short_hash(fold(card.title))


def _place(card: Card) -> tuple[int, str, str, int]:
    return (card.source.part or 0, PurePosixPath(card.path).name, card.path, card.line)


def _by_key(ledger: Ledger) -> dict[str, dict[str, Entry]]:
    known: dict[str, dict[str, Entry]] = {}
    for guid, entry in ledger.notes.items():
        known.setdefault(entry.key or guid, {})[guid] = entry
    return known


def _share_out(key: str, cards: Mapping[str, Card], ledger: Ledger, known: Mapping[str, Entry]) -> dict[str, str]:
    """Answer -> guid, for the cards that share a key, given by their answers' hashes.

    Each takes the note that has its answer now, or had it first, or has its title, or else is left; then new ones.
    """
    first = {answer: short_hash(key, answer) for answer in cards}
    left = {**known, **{guid: ledger.notes[guid] for guid in first.values() if guid in ledger.notes}}
    given: dict[str, str] = {}
    kinships: tuple[_Kinship, ...] = (
        lambda card, _, entry: entry.answer == answer_hash(card),
        lambda card, guid, _: guid == first[answer_hash(card)],
        lambda card, _, entry: entry.title == title_hash(card),
        lambda *_: True,
    )
    for is_kin in kinships:
        for answer, card in cards.items():
            guid = next((g for g, entry in left.items() if is_kin(card, g, entry)), None)
            if answer not in given and guid is not None:
                given[answer] = guid
                del left[guid]
    for answer in cards:
        if answer not in given:
            used = {*given.values(), *known}
            given[answer] = _unused(key, answer, used) if key in used else key
    return given


def _unused(key: str, answer: str, used: set[str]) -> str:
    again = 1
    while (guid := short_hash(key, answer, *([str(again)] if again > 1 else []))) in used:
        again += 1
    return guid
