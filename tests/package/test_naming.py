"""Decks and tags."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.package import deck_name, tags
from tests.sample import BOOK, card


@pytest.mark.parametrize(
    ("title", "chapter", "root", "expected"),
    [
        ("A Book", "2.1 Sums", None, "A Book::2.1 Sums"),
        ("A Book", "2.1 Sums", "Mine", "Mine::A Book::2.1 Sums"),
        ("A Book", "2.1 Sums", "Mine :: Maths", "Mine::Maths::A Book::2.1 Sums"),
        ("A Book", None, None, "A Book"),
        ("A Book", "std::vector and  more", None, "A Book::std:vector and more"),
        ("A Book:", "\t2.1\x07Sums", None, "A Book::2.1 Sums"),
        ("", None, None, "Book"),
    ],
)
def test_deck_name(title: str, chapter: str | None, root: str | None, expected: str) -> None:
    assert deck_name(replace(BOOK, title=title, chapter=chapter), root) == expected


def test_tags_are_the_rating_and_what_was_asked_for() -> None:
    assert tags(card(rating=8), ["my deck", "a"]) == ("a", "my-deck", "rating::8")
    assert tags(card()) == ()


def test_tags_that_differ_in_case_are_one_for_anki() -> None:
    assert tags(card(), ["Sums", "sums", ""]) == ("Sums",)
