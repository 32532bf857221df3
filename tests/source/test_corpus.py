"""Real files, where they lie next to the project: every card that should come out does, and no other."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from deckbuild.model import Card, Deck
from deckbuild.source import read_deck

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not next to the project")


@pytest.fixture(scope="module")
def deck() -> Deck:
    """All real files, read at once."""
    return read_deck([str(SHARED / "corpus")])


@pytest.fixture(scope="module")
def expected() -> dict[tuple[str, int], dict[str, Any]]:
    """What should come out of them, by folder/file and line."""
    lines = (SHARED / "corpus" / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return {(short(card["file"]), card["line"]): card for card in map(json.loads, lines) if "question" in card}


def short(path: str) -> str:
    """Folder and name."""
    return "/".join(path.split("/")[-2:])


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def test_every_card_comes_out_with_its_question_and_answer(
    deck: Deck, expected: dict[tuple[str, int], dict[str, Any]]
) -> None:
    got = {(short(c.path), c.line): c for c in deck.cards}
    repeats = {(short(d.path), d.line) for d in deck.diagnostics if d.code == "repeated-card"}
    assert got.keys() - expected.keys() == set()
    assert {k for k, e in expected.items() if k not in got and k not in repeats and not e.get("optional")} == set()
    wrong = [k for k, card in got.items() if not same(card, expected[k])]
    assert wrong == []


def same(card: Card, want: dict[str, Any]) -> bool:
    """Whether question, answer and blocks are those that are wanted; of an open reading the question."""
    if squeezed(card.question.text) != squeezed(want["question"]):
        return False
    if want.get("ambiguous"):
        return True
    texts = squeezed(card.answer.text) == squeezed(want["answer"]) and squeezed(card.trailing.text) == squeezed(
        want["trailing"]
    )
    blocks = [(s.language or "", s.where) for s in card.snippets] == [(f[0] or "", f[3]) for f in want["fences"]]
    lines = all(
        s.line - 1 == f[1] and s.end_line in (f[2] - 1, f[2])
        for s, f in zip(card.snippets, want["fences"], strict=True)
    )
    return texts and blocks and lines


def test_every_block_of_a_card_is_one_snippet_and_is_what_stands_there(deck: Deck) -> None:
    owned = [c.snippets[len(c.context.snippets) if c.shares_context else 0 :] for c in deck.cards]
    assert max(Counter((s.path, s.line) for snippets in owned for s in snippets).values()) == 1
    for snippet in (s for snippets in owned for s in snippets):
        lines = Path(snippet.path).read_bytes().decode("utf-8", "replace").replace("\r", "").split("\n")
        there = lines[snippet.line - 1 : snippet.end_line]
        assert squeezed(snippet.source) in squeezed("\n".join(there))


def test_the_chapter_has_its_cards_and_nothing_worse_than_a_missing_rule() -> None:
    deck = read_deck([str(SHARED / "seed" / "ch4.md")])
    assert len(deck.cards) == 11
    assert {d.code for d in deck.diagnostics} <= {"separator-missing"}
