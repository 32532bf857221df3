"""Files -> the files as corrected, in turns with the check, until there is nothing more to write and all that was written holds.

A correction can fail to hold once it is written: the number that a statement wants may be needed by another one, and what a card
borrows may change when the card it borrows from is corrected. Such a correction is taken back, and everything begins anew
without it. So a second run over the result has nothing to do, and every snippet that was corrected in whole runs as written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from deckbuild.model import Card, CheckedCard, Deck, Repair, SnippetVerdict

from .changes import Refusal
from .draft import Draft, Key, grown, spoilt, start_draft, turn

Read: TypeAlias = Callable[[str, bytes], Deck]
"""Reads the bytes of the file with that path alone, repeats of a card included."""
Leave: TypeAlias = Callable[[Card], bool]
Check: TypeAlias = Callable[[Mapping[str, bytes], Leave], Sequence[CheckedCard]]
"""Checks the deck with these bytes in place of its files', but for the cards that are to be left out."""

TURNS = 4
"""Corrections that follow from each other must be done in so many."""
ATTEMPTS = 6
"""So often one begins anew; then nothing is written at all."""
NOT_HELD = "once written, its code does not run, or its statement does not hold"

_Place: TypeAlias = tuple[str, int]
"""Path and line of the file as it was."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file and what became of it."""

    path: str
    before: bytes
    after: bytes
    snippets: int
    """How many were corrected."""
    numbers: int
    asked: tuple[int, ...]
    """Lines of the file before at which a question was changed: its card becomes a new note."""
    refusals: tuple[Refusal, ...]
    """What was found and is not written, by line of the file before."""


def fix_deck(files: Mapping[str, bytes], check: Check, read: Read, *, claims: bool = False) -> tuple[Fixed, ...]:
    """Each of the files, corrected; those with nothing to write with the bytes that they have.

    With `claims`, numbers of the text that were refuted are corrected too.
    """
    start = tuple(start_draft(path, data) for path, data in files.items())
    first = check({}, lambda card: False)
    taken_back: frozenset[Key] = frozenset()
    for _ in range(ATTEMPTS):
        found = _attempt(start, first, check, read, taken_back, claims=claims)
        if not isinstance(found, frozenset):
            return tuple(_fixed(s, draft, taken_back) for s, draft in zip(start, found, strict=True))
        taken_back |= found
    return tuple(_fixed(draft, draft, taken_back) for draft in start)


def _attempt(
    start: Sequence[Draft],
    first: Sequence[CheckedCard],
    check: Check,
    read: Read,
    taken_back: frozenset[Key],
    *,
    claims: bool,
) -> Sequence[Draft] | frozenset[Key]:
    """The files when there is nothing more to write, or the changes that do not hold."""
    drafts, cards = start, first
    lines = {(c.card.path, c.card.line): _lines(c.card) for c in first}
    settled: frozenset[_Place] = frozenset()
    last: frozenset[Key] = frozenset()
    for _ in range(TURNS):
        turned = [turn(draft, cards, read, taken_back, claims=claims) for draft in drafts]
        new = [grown(draft, fixed) for draft, fixed in zip(drafts, turned, strict=True)]
        changed = {(d.path, key[1]) for d, n in zip(drafts, new, strict=True) for key in n.done}
        if not any(fixed.changes for fixed in turned):
            return new
        settled = _settled(drafts, cards, settled, lines, changed)
        now = check({draft.path: draft.data for draft in new}, _among(new, settled))
        wrong = [
            key
            for draft, fixed, after in zip(drafts, turned, new, strict=True)
            for key in spoilt(draft, fixed, after, cards, now)
        ]
        if wrong:
            return frozenset(wrong)
        last = frozenset(d.key(change) for d, f in zip(drafts, turned, strict=True) for change in f.changes)
        drafts, cards = new, now
    return last


def _settled(
    drafts: Sequence[Draft],
    cards: Sequence[CheckedCard],
    settled: frozenset[_Place],
    lines: Mapping[_Place, frozenset[int]],
    changed: set[_Place],
) -> frozenset[_Place]:
    """The cards that need no other check: all of their code runs as it is written, and none of their lines were changed."""
    at = {draft.path: draft for draft in drafts}
    ran = {_place(at[c.card.path], c.card) for c in cards if all(map(_is_settled, c.repairs))}
    return frozenset(
        (path, line)
        for path, line in settled | ran
        if not any((path, own) in changed for own in lines.get((path, line), ()))
    )


def _among(drafts: Sequence[Draft], settled: frozenset[_Place]) -> Leave:
    at = {draft.path: draft for draft in drafts}
    return lambda card: _place(at[card.path], card) in settled


def _is_settled(repair: Repair) -> bool:
    return repair.verdict is SnippetVerdict.RAN or repair.reason == "language"


def _place(draft: Draft, card: Card) -> _Place:
    return (card.path, draft.origins[card.line - 1])


def _lines(card: Card) -> frozenset[int]:
    """The lines of its snippets and its text."""
    of_code = (n for s in card.snippets for n in range(s.line, s.end_line + 1))
    of_text = (n for _, p in card.passages for t in p.prose for n in range(t.line, t.line + t.text.count("\n") + 1))
    return frozenset((*of_code, *of_text))


def _fixed(start: Draft, draft: Draft, taken_back: frozenset[Key]) -> Fixed:
    back = [Refusal(path, line, NOT_HELD) for path, line, _ in sorted(taken_back) if path == start.path]
    numbers = sum(text != "" for _, _, text in draft.done)
    return Fixed(
        start.path,
        start.data,
        draft.data,
        len(draft.done) - numbers,
        numbers,
        tuple(sorted(draft.asked)),
        tuple(sorted({*draft.refusals, *back}, key=lambda r: r.line)),
    )
