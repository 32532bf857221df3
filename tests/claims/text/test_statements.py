"""Sentences with their places."""

from __future__ import annotations

from deckbuild.claims.text.statements import statements

from ..build import make_card

CARD = make_card("First this.\n\nIt has the shape\n`(2, 3)`, and\n\n```python\nx = 1  # one\n```\nthe rest.")


def test_a_sentence_tells_the_line_of_each_of_its_characters() -> None:
    lines = "".join(p.text for p in CARD.answer.prose)
    assert "shape\n" in lines
    (sentence,) = [s for s in statements(CARD) if "shape" in s.text]
    assert [sentence.line_at(sentence.text.index(word)) for word in ("It", "shape", "`(2", "and")] == [3, 3, 4, 4]


def test_one_on_a_single_line_has_that_line_only() -> None:
    for statement in statements(CARD):
        if "\n" not in statement.text:
            assert statement.line_at(len(statement.text)) == statement.line
    assert [s.line for s in statements(CARD) if s.here] == [7]
