"""What a list leaves out is no assumption for a program that does the same whatever is left out."""

from __future__ import annotations

import pytest

from deckbuild.model import ClaimVerdict, SnippetVerdict
from tests.repair.conftest import Judged, Mend
from tests.repair.making import assumed, card, edits, printed

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
def test_what_only_the_shown_entries_give_is_no_assumption(mend: Mend, code: str, output: str) -> None:
    (repair,) = mend(card(code, line=60), SHOWN)
    assert (repair.verdict, printed(repair), repair.assumptions) == (SnippetVerdict.CORRECTED, output, ())
    assert repair.assumed == frozenset()
    (edit,) = repair.edits
    assert (edit.rule, edit.after) == ("left-out-entries", "sizes = [4.0, 5.5, 6.25]")
    assert edit.evidence.endswith("the same comes out whatever entries follow")


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
def test_what_other_entries_would_change_stays_an_assumption(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code, line=60), SHOWN)
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert assumed(repair) == {"sizes": "[4.0, 5.5, 6.25]"}


def test_rows_words_and_truths_of_the_card_itself(mend: Mend) -> None:
    table = "import numpy as np\ntable = np.array([[1, 2, ...], [3, 4, ...]])"
    _, rows = mend(card(table, "print(table[1, 0])"))
    _, words = mend(card("words = ['sun', 'rain', ...]\nwet = [False, True, ...]", "print(words[1], wet[1])"))
    assert (rows.verdict, printed(rows)) == (SnippetVerdict.CORRECTED, "3\n")
    assert (words.verdict, printed(words)) == (SnippetVerdict.CORRECTED, "rain True\n")
    assert edits(words) == [
        ("left-out-entries", "", "words = ['sun', 'rain']"),
        ("left-out-entries", "", "wet = [False, True]"),
    ]


@pytest.mark.parametrize("code", ["sizes = [4, 5, ...]", "sizes = [4, 5, ...]\nprint(sizes[1])"])
def test_the_block_that_shows_the_list_itself_rests_on_it(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, assumed(repair)) == (SnippetVerdict.COMPLETED, {"sizes": "[4, 5]"})


def test_a_card_is_held_against_the_entries_that_it_shows_itself(judged: Judged) -> None:
    (_, own), (claim,) = judged(card("sizes = [4.0, 5.5, ...]", "print(sizes[1])  # 6.5"))
    assert (own.verdict, printed(own), own.assumed) == (SnippetVerdict.CORRECTED, "5.5\n", frozenset())
    assert (claim.verdict, claim.computed) == (ClaimVerdict.REFUTED, "5.5")
    _, (claim,) = judged(card("sizes = [4.0, 5.5, ...]", "print(sizes[1])  # 5.5"))
    assert claim.verdict is ClaimVerdict.CONFIRMED


def test_what_the_rest_would_change_is_neither_proven_nor_refuted(judged: Judged) -> None:
    _, claims = judged(card("sizes = [4.0, 5.5, ...]", "print(max(sizes))  # 5.5", "print(sizes[:3])  # [4.0, 5.5]"))
    assert {c.verdict for c in claims} <= {ClaimVerdict.UNTESTED, ClaimVerdict.ASSUMED}
