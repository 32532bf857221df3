"""A Deck in; a diagnostic for each card that is nearly another one out.

Two cards are near when their sets of word pairs have a Jaccard index of at least 0.8. Only pairs of cards that share
one of their rarest word pairs can be that near, so only those are compared: prefix filtering, which loses nothing.
Source: Chaudhuri, Ganti, Kaushik, A Primitive Operator for Similarity Joins in Data Cleaning, ICDE 2006.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import TypeAlias

from deckbuild.model import Card, Deck, Diagnostic

from .diagnostics import Findings

Pairs: TypeAlias = frozenset[tuple[str, str]]

NEAR = 0.8
_WORD = re.compile(r"\w+")
_COMPARED = 64
"""A card is compared with at most so many cards for each of its rarest word pairs: where more share one, the deck is
made from a template, and finding some of the repeats has to do."""


def near_repeats(deck: Deck) -> tuple[Diagnostic, ...]:
    """For each card that is near an earlier one an info that names it; in the order of the cards."""
    sets = [_pairs(card) for card in deck.cards]
    counts = Counter(pair for pairs in sets for pair in pairs)
    index: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    found: list[Diagnostic] = []
    for at, pairs in enumerate(sets):
        rare = sorted(pairs, key=lambda pair: (counts[pair], pair))[: len(pairs) - _least(len(pairs)) + 1]
        first = _nearest(sets, pairs, {other for pair in rare for other in index[pair]})
        if first is not None:
            found += _tell(deck.cards[at], deck.cards[first[0]], first[1])
            continue
        for pair in rare:
            if len(index[pair]) < _COMPARED:
                index[pair].append(at)
    return tuple(found)


def _pairs(card: Card) -> Pairs:
    """The pairs of neighbouring words of question and answer."""
    words = _WORD.findall(f"{card.question.text} {card.answer.text}".casefold())
    return frozenset(pairwise(words))


def _least(size: int) -> int:
    """How many pairs a set of this size shares at least with a near one."""
    return ceil(NEAR * size - 1e-9)


def _nearest(sets: Sequence[Pairs], pairs: Pairs, others: set[int]) -> tuple[int, float] | None:
    """The nearest of the other sets and its Jaccard index; None where none is near."""
    near = [
        (len(both) / (len(pairs) + len(sets[other]) - len(both)), -other)
        for other in others
        if NEAR * len(pairs) <= len(sets[other]) <= len(pairs) / NEAR and (both := pairs & sets[other])
    ]
    share, other = max(near, default=(0.0, 0))
    return (-other, share) if share >= NEAR else None


def _tell(card: Card, first: Card, share: float) -> tuple[Diagnostic, ...]:
    """The diagnostic of a card that is near another one."""
    findings = Findings(card.path)
    findings.add("near-repeat", card.line - 1, first=f"{first.path}:{first.line}", percent=int(share * 100))
    return findings.told()
