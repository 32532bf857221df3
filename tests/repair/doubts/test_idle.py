"""What runs in vain on made-up data is not shown."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed

NP = "import numpy as np\n"


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        (NP + "print(np.sort(arr)[5:2])", ""),
        (NP + "row = np.arange(3)\nprint(row[5:9])", ""),
        (NP + "print(np.diff(arr))\nprint(arr[5:9])", "A slice beyond the end is empty."),
        (NP + "print(np.diff(arr))\nn = 2\nprint(arr[-n:])", ""),
        ("last = -2\nprint(seq[last:], len(seq))", ""),
        ("import torch\nrow = (torch.rand(9, 99) * size, None)\nprint(size, row[0].shape, row[:1])", ""),
        ("print(seq[left:right], left + right)\nk = 5\nprint(k)", ""),
    ],
)
def test_slices_that_any_data_leaves_empty_or_that_the_card_speaks_of_stay(mend: Mend, code: str, prose: str) -> None:
    (repair,) = mend(card(code, prose=prose))
    assert repair.verdict in (SnippetVerdict.RAN, SnippetVerdict.COMPLETED)


@pytest.mark.parametrize(
    "code",
    [
        NP + "print(np.diff(arr))\nprint(arr[5:9])",
        "print(text.upper())\nprint(text[100:200])",
        "k = 9\nleft = r - k + 1\nprint(seq[left:r + 1], sum(seq))",
        "print(text.upper())\nfor letter in text[100:200]:\n    print(letter)",
    ],
)
def test_a_slice_that_is_empty_because_of_made_up_data_does_not_count(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())
    assert "is defined nowhere in the deck" in repair.why


def test_a_window_is_cut_out_of_a_row_that_holds_it(mend: Mend) -> None:
    (repair,) = mend(card("window = seq[r - k + 1:r + 1]\nprint(window)"))
    assert assumed(repair) == {"r": "3", "k": "2", "seq": "[1, 2, 3, 4]"}
    assert printed(repair) == "[3, 4]\n"


def test_a_window_that_later_blocks_cut_lies_in_the_row_too(mend: Mend) -> None:
    bounds, cut = "left = r - k + 1\nright = r", "print(seq[left:right + 1])"
    (*_, repair) = mend(card(bounds, cut, prose="The boundaries of the window, with `seq = [4, 9, 6, 1]` and `k = 3`."))
    assert assumed(repair) == {"r": "2", "k": "3", "seq": "[4, 9, 6, 1]"}
    assert printed(repair) == "[4, 9, 6]\n"


def test_what_begins_a_slice_is_a_place_in_the_row(mend: Mend) -> None:
    (repair,) = mend(card("print(sum(seq), seq[start:])"))
    assert (assumed(repair), printed(repair)) == ({"seq": "[1, 2, 3]", "start": "1"}, "6 [2, 3]\n")
