"""The bytes of a file, and what was found out about its cards -> its bytes with the corrections, or why they are not written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from deckbuild.model import CheckedCard, ClaimVerdict, Deck, Repair, SnippetVerdict

from .changes import Change, Code, Number, Refusal
from .code import corrected
from .numbers import rewritten
from .place import placed
from .same import difference
from .text import Text, read_text, splice, write_text

Read: TypeAlias = Callable[[bytes], Deck]
"""Reads the bytes of a file alone, repeats of a card included."""


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file with what was corrected in it."""

    data: bytes
    changes: tuple[Change, ...]
    """Their lines are those of the file before."""
    refusals: tuple[Refusal, ...]


def fix_file(
    data: bytes,
    path: str,
    cards: Sequence[CheckedCard],
    read: Read,
    *,
    claims: bool = False,
    skip: Callable[[Change], bool] = lambda change: False,
) -> FixedFile:
    """The file with the corrections of the cards' snippets and, if asked for, the numbers that were refuted.

    What cannot be written so that the cards read the same otherwise is left out, and told. A snippet that several cards
    share is corrected as the first of them has it, even where that one is not among these.
    """
    text = read_text(data)
    found = (*_code(cards, path, text), *(_numbers(cards, path, text) if claims else ()))
    refusals = [f for f in found if isinstance(f, Refusal)]
    wanted = [f for f in found if not isinstance(f, Refusal) and not skip(f)]
    changes, refused = _readable(text, _apart(wanted), path, read)
    new = write_text(splice(text, [change.splice for change in changes])) if changes else data
    return FixedFile(new, tuple(changes), (*refusals, *refused))


def _code(cards: Sequence[CheckedCard], path: str, text: Text) -> Iterator[Code | Refusal]:
    done: set[int] = set()
    for card in cards:
        for repair in card.repairs:
            borrowed = card.card.shares_context and repair.snippet.where == "context"
            if not borrowed and repair.snippet.line not in done:
                done.add(repair.snippet.line)
                yield from _one_snippet(repair, path, text)


def _one_snippet(repair: Repair, path: str, text: Text) -> Iterator[Code | Refusal]:
    rows = corrected(repair)
    if rows is None:
        return
    one = placed(repair.snippet, rows, text)
    if one is None:
        yield Refusal(path, repair.snippet.line, "its lines are not found in the file")
        return
    source = "\n".join(row.text for row in rows)
    yield Code(repair.snippet, source, one, repair.verdict is SnippetVerdict.CORRECTED)


def _numbers(cards: Sequence[CheckedCard], path: str, text: Text) -> Iterator[Number | Refusal]:
    done: set[tuple[int, str]] = set()
    for card in cards:
        for judgement in card.judgements:
            claim = judgement.claim
            if judgement.verdict is not ClaimVerdict.REFUTED or (claim.line, claim.text) in done:
                continue
            done.add((claim.line, claim.text))
            change = rewritten(judgement, card.card, card.judgements, text)
            yield Refusal(path, claim.line, change) if isinstance(change, str) else change


def _apart(changes: Sequence[Change]) -> list[Change]:
    """Those that no earlier one overlaps; the next round sees to the others."""
    kept: list[Change] = []
    for change in changes:
        own = change.splice
        if all(own.last < k.splice.first or k.splice.last < own.first for k in kept):
            kept.append(change)
    return kept


def _readable(
    text: Text, changes: Sequence[Change], path: str, read: Read
) -> tuple[Sequence[Change], Sequence[Refusal]]:
    """The changes after which the cards read the same otherwise, each tried alone where not all of them do."""
    before = read(write_text(text))

    def spoilt(some: Sequence[Change]) -> str | None:
        return difference(before, read(write_text(splice(text, [c.splice for c in some]))), some)

    if not changes or spoilt(changes) is None:
        return changes, ()
    reasons = [spoilt([change]) for change in changes]
    fine = [change for change, why in zip(changes, reasons, strict=True) if why is None]
    refused = [Refusal(path, c.line, why) for c, why in zip(changes, reasons, strict=True) if why is not None]
    if (together := spoilt(fine)) is None:
        return fine, refused
    return (), (*refused, *(Refusal(path, change.line, together) for change in fine))
