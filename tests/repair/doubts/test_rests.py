"""What a list leaves out does not matter to a program that does the same whatever is left out."""

from __future__ import annotations

import pytest

from deckbuild.model import ClaimVerdict, SnippetVerdict
from tests.repair.conftest import Judged, Mend
from tests.repair.making import assumed, card, printed

SHOWN = card("sizes = [4.0, 5.5, 6.25, ...]", line=5)


@pytest.mark.parametrize(
    ("code", "output"),
    [
        ("print(sizes[1])", "5.5\n"),
        ("first = sizes[:2]\nprint(first)", "[4.0, 5.5]\n"),
        ("print(sum(sizes[:3]))", "15.75\n"),
        ("for n in range(2):\n    print(sizes[n])", "4.0\n5.5\n"),
    ],
)
def test_what_only_the_shown_entries_give_rests_on_them_alone(mend: Mend, code: str, output: str) -> None:
    (repair,) = mend(card(code, line=60), SHOWN)
    assert (repair.verdict, printed(repair), repair.assumed) == (SnippetVerdict.COMPLETED, output, frozenset())
    (one,) = repair.assumptions
    assert (one.name, one.value, one.partial) == ("sizes", "[4.0, 5.5, 6.25]", True)
    assert one.why.endswith("the same comes out whatever entries follow")


@pytest.mark.parametrize(
    "code",
    [
        "print(max(sizes))",
        "print(sizes[:7])",
        "print(sizes[::2])",
        "total = sum(sizes)",
        "for size in sizes:\n    print(size)",
        "class Box:\n    pass\n\nbox = Box()\nbox.sizes = sizes\nprint(type(box).__name__)",
    ],
)
def test_what_other_entries_would_change_rests_on_what_is_left_out(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code, line=60), SHOWN)
    assert assumed(repair) == {"sizes": "[4.0, 5.5, 6.25]"}
    assert "sizes" in repair.assumed


def test_rows_words_and_truths_of_the_card_itself(mend: Mend) -> None:
    table = "import numpy as np\ntable = np.array([[1, 2, ...], [3, 4, ...]])"
    _, rows = mend(card(table, "print(table[1, 0])"))
    _, words = mend(card("words = ['sun', 'rain', ...]\nwet = [False, True, ...]", "print(words[1], wet[1])"))
    assert (printed(rows), rows.assumed) == ("3\n", frozenset())
    assert (printed(words), words.assumed) == ("rain True\n", frozenset())
    assert assumed(words) == {"words": "['sun', 'rain']", "wet": "[False, True]"}


@pytest.mark.parametrize("code", ["sizes = [4, 5, ...]", "sizes = [4, 5, ...]\nprint(sizes[1])"])
def test_the_block_that_shows_the_list_itself_rests_on_it(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, assumed(repair)) == (SnippetVerdict.COMPLETED, {"sizes": "[4, 5]"})


def test_a_card_is_held_against_the_entries_that_it_shows_itself(judged: Judged) -> None:
    (_, own), (claim,) = judged(card("sizes = [4.0, 5.5, ...]", "print(sizes[1])  # 6.5"))
    assert (own.verdict, printed(own), own.assumed) == (SnippetVerdict.COMPLETED, "5.5\n", frozenset())
    assert (claim.verdict, claim.computed) == (ClaimVerdict.REFUTED, "5.5")
    _, (claim,) = judged(card("sizes = [4.0, 5.5, ...]", "print(sizes[1])  # 5.5"))
    assert claim.verdict is ClaimVerdict.ASSUMED


def test_what_the_rest_would_change_is_neither_proven_nor_refuted(judged: Judged) -> None:
    _, claims = judged(card("sizes = [4.0, 5.5, ...]", "print(max(sizes))  # 5.5", "print(sizes[:3])  # [4.0, 5.5]"))
    assert {c.verdict for c in claims} <= {ClaimVerdict.UNTESTED, ClaimVerdict.ASSUMED}
