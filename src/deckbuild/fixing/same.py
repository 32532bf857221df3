"""Whether a file still holds the same cards: its cards before and after out of the same reader, and what was to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from deckbuild.model import Card, Deck, Part, Prose, Snippet

from .changes import Change, Code, Number


def difference(before: Deck, after: Deck, changes: Sequence[Change]) -> str | None:
    """What reads otherwise although no change says so; None, if nothing does.

    Both decks are of one file alone. Compared are the cards with their titles, ratings and acceptances, and all that stands in
    their fields; of the diagnostics only that there are no new ones.
    """
    if len(before.cards) != len(after.cards):
        return f"the file would hold {len(after.cards)} cards, not {len(before.cards)}"
    sources = {change.snippet.line: change.source for change in changes if isinstance(change, Code)}
    numbers = {change.line: change for change in changes if isinstance(change, Number)}
    for old, new in zip(before.cards, after.cards, strict=True):
        if _frame(old) != _frame(new):
            return f"the card at line {old.line} would have another title, rating or place"
        if not _same_fields(old, new, sources, numbers):
            return f"the card at line {old.line} would not read the same"
    told = Counter(d.code for d in after.diagnostics) - Counter(d.code for d in before.diagnostics)
    return f"it would be told of as {', '.join(sorted(told))}" if told else None


def _frame(card: Card) -> tuple[object, ...]:
    return (card.source, card.title, card.rating, card.accepts, card.title_line is None)


def _same_fields(old: Card, new: Card, sources: Mapping[int, str], numbers: Mapping[int, Number]) -> bool:
    pairs = zip(old.passages, new.passages, strict=True)
    return all(
        a is not None and b is not None and _same_part(a, b, sources, numbers)
        for (_, before), (_, after) in pairs
        for a, b in zip_longest(before.parts, after.parts)
    )


def _same_part(old: Part, new: Part, sources: Mapping[int, str], numbers: Mapping[int, Number]) -> bool:
    match old, new:
        case Prose(), Prose():
            return _renumbered(old.text, range(old.line, old.line + old.text.count("\n") + 1), numbers) == new.text
        case Snippet(), Snippet():
            source = _renumbered(sources.get(old.line, old.source), range(old.line, old.end_line + 1), numbers)
            expected = replace(old, source=source, line=new.line, end_line=new.line + source.count("\n"))
            return new == expected
        case _:
            return False


def _renumbered(text: str, lines: range, numbers: Mapping[int, Number]) -> str:
    """The text with the numbers of its lines rewritten."""
    for change in (numbers[line] for line in lines if line in numbers):
        text = text.replace(change.before, change.after, 1)
    return text
