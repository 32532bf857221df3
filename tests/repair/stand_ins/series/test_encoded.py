"""Vocabularies of the words that a class of the deck is asked to encode."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed

BY_SPACES = "class Numbers:\n    def __init__(self, known):\n        self.of = known\n    def encode(self, said):\n        return [self.of[w] for w in said.split()]\n"
BY_PATTERN = "import re\nclass Numbers:\n    def __init__(self, known):\n        self.of = known\n        self.back = {n: w for w, n in known.items()}\n    def encode(self, said):\n        cut = [p for p in re.split(r'([,.!]|\\s)', said) if p.strip()]\n        return [self.of.get(p, self.of['<|none|>']) for p in cut]\n    def decode(self, ids):\n        return ' '.join(self.back[n] for n in ids)\n"
LISTED = "class Numbers:\n    def __init__(self, known):\n        self.of = {w: n for n, w in enumerate(known)}\n    def encode(self, said):\n        return [self.of[w] for w in said.lower().split()]\n"


@pytest.mark.parametrize(
    ("made", "code", "value", "out"),
    [
        (BY_SPACES, "print(Numbers(lexicon).encode('a wet owl'))", "{'a': 0, 'owl': 1, 'wet': 2}", "[0, 2, 1]\n"),
        (BY_SPACES, "said = 'wet owl'\nprint(Numbers(known=lexicon).encode(said))", "{'owl': 0, 'wet': 1}", "[1, 0]\n"),
        (LISTED, "print(Numbers(lexicon).encode('Wet owl'))", "['owl', 'wet']", "[1, 0]\n"),
        (
            BY_PATTERN,
            "n = Numbers(lexicon)\nprint(n.decode(n.encode('Owl, wet!')))",
            "{'!': 0, ',': 1, '<|none|>': 2, 'Owl': 3, 'wet': 4}",
            "Owl , wet !\n",
        ),
    ],
)
def test_the_words_that_are_encoded_are_numbered(mend: Mend, made: str, code: str, value: str, out: str) -> None:
    (repair,) = mend(card(code, line=60), card(made, line=20))
    assert (assumed(repair), printed(repair)) == ({"lexicon": value}, out)


def test_the_vocabulary_of_another_card_goes_before(mend: Mend) -> None:
    other = card("lexicon = {'wet': 8, 'owl': 7}", line=40)
    (repair,) = mend(card("print(Numbers(lexicon).encode('wet owl'))", line=60), card(BY_SPACES, line=20), other)
    assert (repair.assumptions, printed(repair)) == ((), "[8, 7]\n")


def test_numbers_that_the_card_states_are_not_contradicted_by_made_up_ones(mend: Mend) -> None:
    (repair,) = mend(
        card("print(Numbers(lexicon).encode('wet owl'))  # Output: [8, 7]", line=60), card(BY_SPACES, line=20)
    )
    assert repair.verdict is SnippetVerdict.FAILED


@pytest.mark.parametrize(
    "code",
    [
        "class Box:\n    def __init__(self, known):\n        self.of = known\n    def size(self):\n        return self.of.weight * 2\nprint(Box(lexicon).size())",
        BY_SPACES.replace("encode", "count") + "print(Numbers(lexicon).count('a b'))",
    ],
)
def test_what_encodes_nothing_gets_no_vocabulary(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.assumptions == ()
