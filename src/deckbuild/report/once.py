"""Snippets and claims, each once: what stands in a context that several questions share is told at the first of them."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuild.model import Checked, CheckedCard, Judgement, Repair


def snippets_once(checked: Checked) -> Iterator[tuple[CheckedCard, Repair]]:
    """Every snippet with the first card that holds it, in the order of the cards."""
    told: set[tuple[str, int]] = set()
    for card in checked.cards:
        for repair in card.repairs:
            place = (repair.snippet.path, repair.snippet.line)
            if place not in told:
                told.add(place)
                yield card, repair


def claims_once(checked: Checked) -> Iterator[tuple[CheckedCard, Judgement]]:
    """Every claim with the first card that holds it. A card may well make the same claim twice on one line."""
    told: set[tuple[str, int, str, str]] = set()
    for card in checked.cards:
        earlier = frozenset(told)
        for judgement in card.judgements:
            claim = judgement.claim
            statement = (claim.path, claim.line, claim.kind, claim.text)
            if statement not in earlier:
                told.add(statement)
                yield card, judgement
