"""A file on its way to the corrected one. In: a draft and what a check of it found; out: the next draft, and what held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from deckbuild.model import CheckedCard, ClaimVerdict, Deck, Repair, SnippetVerdict

from .changes import Change, Code, Number, Refusal
from .file import FixedFile, fix_file
from .text import moved, read_text

Key: TypeAlias = tuple[str, int, str]
"""What a change is known by in every turn: path and line of the file as it was, and the statement that holds a number."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file, corrected so far."""

    path: str
    data: bytes
    origins: tuple[int, ...]
    """For each line the line of the file as it was."""
    done: frozenset[Key] = frozenset()
    asked: frozenset[int] = frozenset()
    """Lines of the file as it was that belong to a question and were changed."""
    refusals: tuple[Refusal, ...] = ()
    """With the lines of the file as it was."""

    def key(self, change: Change) -> Key:
        """The change's name."""
        return (self.path, self.origins[change.line - 1], change.before if isinstance(change, Number) else "")


def start_draft(path: str, data: bytes) -> Draft:
    """The file as it is."""
    return Draft(path, data, tuple(range(1, len(read_text(data).lines) + 1)))


def turn(
    draft: Draft,
    cards: Sequence[CheckedCard],
    read: Callable[[str, bytes], Deck],
    taken_back: frozenset[Key],
    *,
    claims: bool,
) -> FixedFile:
    """The draft's file with all that the check of its cards found to write, but for what was taken back."""
    own = [card for card in cards if card.card.path == draft.path]
    return fix_file(
        draft.data,
        draft.path,
        own,
        lambda data: read(draft.path, data),
        claims=claims,
        skip=lambda change: draft.key(change) in taken_back,
    )


def grown(draft: Draft, fixed: FixedFile) -> Draft:
    """The draft after the turn."""
    refused = [replace(r, line=draft.origins[r.line - 1]) for r in fixed.refusals]
    return Draft(
        draft.path,
        fixed.data,
        moved(draft.origins, [change.splice for change in fixed.changes]),
        draft.done | {draft.key(change) for change in fixed.changes},
        draft.asked | {draft.key(change)[1] for change in fixed.changes if change.asked},
        tuple(dict.fromkeys((*draft.refusals, *refused))),
    )


def spoilt(
    draft: Draft, fixed: FixedFile, after: Draft, before: Sequence[CheckedCard], cards: Sequence[CheckedCard]
) -> Iterator[Key]:
    """The turn's changes that do not hold, given what was found before it and after it."""
    for change in fixed.changes:
        key = draft.key(change)
        match change:
            case Code():
                if not _runs(change, after, key[1], cards):
                    yield key
            case Number():
                if _refuted(after, key[1], cards) >= _refuted(draft, key[1], before):
                    yield key
            case _:
                assert_never(change)


def _runs(change: Code, after: Draft, line: int, cards: Sequence[CheckedCard]) -> bool:
    """Whether the snippet runs as it is written now; if that cannot be, whether it still runs with what is assumed.

    One that is not checked any more has become what it was before its twin was corrected: a card's repeat.
    """
    verdict = next((r.verdict for r in _repairs(after, cards) if after.origins[r.snippet.line - 1] == line), None)
    runs = {SnippetVerdict.RAN, SnippetVerdict.CORRECTED, None}
    return verdict in runs or (verdict is SnippetVerdict.COMPLETED and not change.whole)


def _repairs(draft: Draft, cards: Sequence[CheckedCard]) -> Iterator[Repair]:
    return (r for card in cards if card.card.path == draft.path for r in card.repairs)


def _refuted(draft: Draft, line: int, cards: Sequence[CheckedCard]) -> int:
    """How many statements that begin on that line of the file as it was are refuted."""
    judged = (j for card in cards if card.card.path == draft.path for j in card.judgements)
    return sum(j.verdict is ClaimVerdict.REFUTED and draft.origins[j.claim.line - 1] == line for j in judged)
