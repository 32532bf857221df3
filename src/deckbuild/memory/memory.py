"""Checks and notes of earlier builds. In: cards; out: what was kept of them. All of it is JSON, so that nothing in the store is ever run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from deckbuild.model import Card, CheckedCard, Deck, Judgement, Note, Outcome, Repair, Versions
from deckbuild.options import CardOptions, RunOptions
from deckbuild.store import Store

from .codec import CodecError, Stated, decode, encode
from .key import Keys, digest, engine, here


@dataclass(frozen=True, slots=True)
class Check:
    """What was found out about a card."""

    repairs: tuple[Repair, ...]
    judgements: tuple[Judgement, ...]
    broken: str = ""
    """If deckbuild itself failed at it: what happened."""


class Memory:
    """For several threads; without a store nothing is remembered."""

    def __init__(self, store: Store | None, key_of: Callable[[Card], bytes]) -> None:
        self._store = store
        self._key_of = key_of
        self._lasting: dict[str, bytes] = {}
        """The keys of the cards whose check is kept, by guid."""

    def checks(self, cards: Sequence[tuple[str, Card]]) -> list[Check | None]:
        """For each card, given with its guid, what is known; all outcomes marked as cached."""
        if self._store is None:
            return [None] * len(cards)
        keys = [self._key_of(card) for _, card in cards]
        found = self._store.fetch("cards", keys)
        known = [_check(found[k]) if k in found else None for k in keys]
        self._lasting |= {guid: k for (guid, _), k, check in zip(cards, keys, known, strict=True) if check}
        return known

    def keep_check(self, guid: str, card: Card, check: Check) -> None:
        """Remembers what depends on nothing but the card's key."""
        if self._store is not None:
            key = self._key_of(card)
            self._store.keep("cards", [(key, encode(_lean(check)))])
            self._lasting[guid] = key

    def notes(
        self,
        cards: Sequence[CheckedCard],
        versions: Versions,
        options: CardOptions,
        draw: Callable[[CheckedCard], Note],
    ) -> list[Note]:
        """For each card its note: the one that is kept, or drawn now, and kept if the card's check is."""
        keys = [self._note_key(card, versions, options) for card in cards]
        found = self._store.fetch("cards", [k for k in keys if k]) if self._store else {}
        known = [_note(found[k]) if k in found else None for k in keys]
        notes = [note or draw(card) for note, card in zip(known, cards, strict=True)]
        if self._store:
            new = zip(keys, known, notes, strict=True)
            self._store.keep("cards", [(k, encode(note)) for k, old, note in new if k and old is None])
        return notes

    def is_packed(self, what: object, there: bytes) -> bool:
        """Whether these bytes were packed from just this."""
        key = _package_key(what)
        return self._store is not None and self._store.fetch("cards", [key]).get(key) == digest(there)

    def keep_packed(self, what: object, packed: bytes) -> None:
        """Remembers what was packed of it."""
        if self._store is not None:
            self._store.keep("cards", [(_package_key(what), digest(packed))])

    def _note_key(self, card: CheckedCard, versions: Versions, options: CardOptions) -> bytes:
        """What the note depends on beyond the check; empty where that is not kept."""
        key = self._lasting.get(card.id)
        return digest("note", key, card.id, card.deck, card.tags, versions, options.context) if key else b""


def open_memory(store: Store, deck: Deck, options: RunOptions, machine: Sequence[str], *, lasting: bool) -> Memory:
    """What the store remembers of the deck's cards as this machine runs them; nothing if they may depend on what no key tells."""
    outside = options.repair_command is not None or options.repair_record is not None
    return Memory(store if lasting and not outside else None, Keys(deck, options, machine))


def _package_key(what: object) -> bytes:
    return digest("package", engine(), here(), what)


def _check(payload: bytes) -> Check | None:
    try:
        return decode(Check, payload)
    except CodecError:
        return None


def _note(payload: bytes) -> Note | None:
    try:
        return decode(Note, payload)
    except CodecError:
        return None


def _lean(check: Check) -> Check:
    """Without what nobody reads after the judgement."""
    judgements = tuple(replace(j, claim=replace(j.claim, test=Stated(j.claim.expected))) for j in check.judgements)
    return Check(
        tuple(replace(r, outcome=_shown(r), alternates=(), reseeded=(), asked=()) for r in check.repairs), judgements
    )


def _shown(repair: Repair) -> Outcome | None:
    """Of the outcome what a card or a report may show: values, and what the snippet's own lines printed and bound."""
    outcome = repair.outcome
    if outcome is None:
        return None
    first, last = repair.own or (1, 0)
    return replace(
        outcome,
        prints=tuple(p for p in outcome.prints if first <= p.line <= last),
        bindings=tuple(b for b in outcome.bindings if first <= b.line <= last),
        calls=(),
        lines_run=(),
        probed=(),
        cached=True,
    )
