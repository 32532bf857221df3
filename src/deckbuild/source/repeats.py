"""Cards in their order in; the same without repeats out, each with the one card that owns its context."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from deckbuild.model import Card, Diagnostic, Passage

from .diagnostics import Findings


@dataclass(slots=True)
class _Asked:
    """The cards that ask one question, by their answers; answers are folded only when a second card asks it."""

    first: Card
    by_answer: dict[str, Card] | None = None


def drop_repeats(cards: Iterable[Card]) -> tuple[tuple[Card, ...], tuple[Diagnostic, ...]]:
    """The cards without those that have question and answer of an earlier one, white space aside; and a diagnostic
    for each of these. Of the cards that share a context, the first that is kept owns it."""
    asked: dict[str, _Asked] = {}
    kept: list[Card] = []
    repeats: list[Diagnostic] = []
    owned: Passage | None = None
    for card in cards:
        first = _first(asked, card)
        if first is not card:
            repeats += _tell(card, first)
            continue
        kept.append(replace(card, shares_context=True) if card.context is owned else card)
        owned = card.context
    return tuple(kept), tuple(repeats)


def _first(asked: dict[str, _Asked], card: Card) -> Card:
    """The first card with this question and answer: the card itself, if there was none."""
    question = squeezed(card.question)
    same = asked.get(question)
    if same is None:
        asked[question] = _Asked(card)
        return card
    if same.by_answer is None:
        same.by_answer = {squeezed(same.first.answer): same.first}
    return same.by_answer.setdefault(squeezed(card.answer), card)


def squeezed(passage: Passage) -> str:
    """The text without white space."""
    return "".join(passage.text.split())


def _tell(card: Card, first: Card) -> tuple[Diagnostic, ...]:
    """The diagnostic of a repeat."""
    findings = Findings(card.path)
    findings.add("repeated-card", card.line - 1, first=f"{first.path}:{first.line}")
    return findings.told()
