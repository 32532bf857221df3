"""What numbers stand for: classes, words and characters are made up by name, and both directions of an alphabet agree."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        ("import torch\nbest = torch.tensor([[1.0, 3.0]]).argmax(1)\nprint(classes[best.item()])", "classes", "class1"),
        ("for place in [2, 0]:\n    print(class_names[place])", "class_names", "class2\nclass0"),
        ("print(' '.join(idx_to_word[k] for k in [4, 1]))", "idx_to_word", "word4 word1"),
        ("print(en_id_dict[int('7')])", "en_id_dict", "word7"),
        ("print(int2char.get(len('ab'), '?'))", "int2char", "c"),
        ("print([char_to_idx[c] for c in 'cab'])", "char_to_idx", "[2, 0, 1]"),
    ],
)
def test_a_vocabulary_is_made_up(mend: Mend, code: str, name: str, said: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, list(assumed(repair))) == (SnippetVerdict.COMPLETED, [name])
    assert printed(repair) == f"{said}\n"


def test_what_is_encoded_decodes_to_itself(mend: Mend) -> None:
    code = "there = [stoi[c] for c in 'No. 7!']\nback = ''.join(itos[n] for n in there)\nprint(back)"
    (repair,) = mend(card(code))
    assert (set(assumed(repair)), printed(repair)) == ({"stoi", "itos"}, "No. 7!\n")


@pytest.mark.parametrize(
    "code",
    [
        "print(len(classes))",
        "for name in classes:\n    print(name)",
        "print(idx_to_word)",
        "idx_to_word[3] = 'three'",
        "print(word_to_idx[word] for word in 'some words'.split())",
        "print(char_to_idx['ab'])",
        "print(shelf[int('7')])",
        "for user in users.split():\n    print(user_id_map[user])",
    ],
)
def test_other_uses_and_names_are_left_alone(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert not any("class{n}" in v or "word{n}" in v or "printable" in v for v in assumed(repair).values())


def test_the_decks_own_vocabulary_is_taken(mend: Mend) -> None:
    own = card("itos = {0: 'x', 1: 'y'}", line=5)
    (repair,) = mend(card("print(''.join(itos[n] for n in [1, 0]))", line=60), own)
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.CORRECTED, "yx\n")


def test_no_entry_is_made_up_beside_one_that_the_card_states(mend: Mend) -> None:
    (repair,) = mend(card("print(classes[1])  # 'cat'"))
    assert repair.verdict is SnippetVerdict.FAILED
