"""Cards that are nearly equal."""

from __future__ import annotations

import random

from deckbuild.model import Card, Deck, Passage, Source
from deckbuild.source import near_repeats

SOURCE = Source("f.md", "B", "B", None, None)


def deck(*answers: str) -> Deck:
    """A deck of cards with these answers, at lines 1, 2, …"""
    passages = [Passage(a) for a in answers]
    return Deck(
        (SOURCE,), tuple(Card(SOURCE, n, "T", Passage(), Passage("Why?"), p) for n, p in enumerate(passages, 1))
    )


def test_a_changed_word_in_a_long_answer_is_near_and_in_a_short_one_is_not() -> None:
    long = " ".join(f"word{i}" for i in range(40))
    found = near_repeats(deck(long, "quite another", long.replace("word7 ", "other "), "quite different"))
    assert [(d.line, d.code, d.severity) for d in found] == [(3, "near-repeat", "info")]
    assert "f.md:1" in found[0].message


def test_it_finds_what_comparing_all_pairs_finds() -> None:
    chance = random.Random(3)
    base = [[chance.choice("abcdefghij") * 3 for _ in range(30)] for _ in range(20)]
    answers = []
    for _ in range(120):
        words = list(chance.choice(base))
        for _ in range(chance.randrange(6)):
            words[chance.randrange(30)] = chance.choice("klmnop") * 3
        answers.append(" ".join(words))
    found = {d.line for d in near_repeats(deck(*answers))}
    assert found == by_all_pairs(answers)
    assert 10 < len(found) < 120


def by_all_pairs(answers: list[str]) -> set[int]:
    """Lines of the cards that are near an earlier card which itself is near none."""
    sets = [set(zip(("why", *a.split()), a.split(), strict=False)) for a in answers]
    first: list[int] = []
    near: set[int] = set()
    for n, pairs in enumerate(sets):
        if any(len(pairs & sets[m]) >= 0.8 * len(pairs | sets[m]) for m in first):
            near.add(n + 1)
        else:
            first.append(n)
    return near


def test_a_deck_from_a_template_does_not_take_for_ever() -> None:
    answers = [f"the tide number {n} comes in at {n * 7} and goes out again" for n in range(4000)]
    assert near_repeats(deck(*answers)) == ()
    assert len(near_repeats(deck(*["the same long answer to all of them"] * 4000))) == 3999
