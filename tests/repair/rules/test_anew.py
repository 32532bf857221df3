"""A name that stands for two things in two blocks."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed

NP = "import numpy as np\n"
BROUGHT, CUT = "print(arr.reshape(2, 2))", "print(arr[1:3, 2:4])"


@pytest.mark.parametrize(
    ("codes", "prose"),
    [
        ((f"grid = arr.reshape(2, 2)\n{NP}", "print(grid[3, 3], arr[3, 3])"), ""),
        ((f"{NP}{BROUGHT}\narr[0] = 5", CUT), ""),
        ((f"{NP}{BROUGHT}", CUT), "The last line fails, as the array has one dimension."),
        ((f"{NP}arr = np.arange(4)\n{BROUGHT}", CUT), ""),
        ((f"{NP}print(arr.shape)  # (4,)\n{BROUGHT}", CUT), ""),
    ],
)
def test_blocks_that_build_on_one_another_share_the_value(mend: Mend, codes: tuple[str, str], prose: str) -> None:
    _, second = mend(card(*codes, prose=prose))
    assert second.verdict is SnippetVerdict.FAILED


def test_blocks_that_no_value_fits_together_have_one_each(mend: Mend) -> None:
    first, second = mend(card(NP + BROUGHT, CUT))
    assert assumed(first) == {"arr": "np.arange(4.)"}
    given = [("arr", "np.arange(4.)"), ("arr", "np.arange(16.).reshape(4, 4)")]
    assert [(a.name, a.value) for a in second.assumptions] == given  # its program runs the block above first
    assert printed(second).endswith("[[ 6.  7.]\n [10. 11.]]\n")


def test_a_fault_of_what_was_made_up_for_a_block_above_is_not_the_cards(mend: Mend) -> None:
    _, second = mend(card(f"{NP}print(arr.ndim)", "print(arr[40, 50])"))
    assert (second.verdict, second.why) == (
        SnippetVerdict.FAILED,
        "NameError: name 'arr' is defined nowhere in the deck",
    )
