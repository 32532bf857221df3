"""Rows out of which truth values take some."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed

NUMPY, TENSOR = "import numpy as np\n", "import torch\n"


@pytest.mark.parametrize(
    ("code", "values", "out"),
    [
        (NUMPY + "late = hours > 6\nprint(speed[late])", {"hours": "np.array([5, 6, 7, 8])", "speed": "np.arange(4.)"}, "[2. 3.]\n"),
        (NUMPY + "hours = np.array([9, 2, 8])\nprint(speed[hours > 6])", {"speed": "np.arange(3.)"}, "[0. 2.]\n"),
        (NUMPY + "hours = np.linspace(0, 8, 5)\nprint(speed[hours > 6])", {"speed": "np.arange(5.)"}, "[4.]\n"),
        (NUMPY + "noon = (hours > 2) & (hours < 6)\nprint(speed[noon])", {"hours": "np.array([1.0, 3.0, 5.0, 7.0])", "speed": "np.arange(4.)"}, "[1. 2.]\n"),
        (NUMPY + "hours = np.array([9, 2, 8])\nprint(speed[hours > 6], wind[hours > 6])", {"speed": "np.arange(3.)", "wind": "np.arange(3., 6.)"}, "[0. 2.] [3. 5.]\n"),
        (TENSOR + "ones = kinds == 1\nprint(heights[ones])", {"kinds": "torch.tensor([0, 1, 2, 3])", "heights": "torch.arange(4.)"}, "tensor([1.])\n"),
        (NUMPY + "speed = np.array([3, 4, 6])\nprint(speed[is_wet])", {"is_wet": "np.array([True, False, True])"}, "[3 6]\n"),
    ],
)  # fmt: skip
def test_rows_of_one_mask_have_one_length_and_some_entries_are_taken(
    mend: Mend, code: str, values: dict[str, str], out: str
) -> None:
    (repair,) = mend(card(code))
    assert (assumed(repair), printed(repair)) == (values, out)


@pytest.mark.parametrize(
    "code",
    [
        NUMPY + "grid = np.zeros((3, 3))\nprint(speed[grid > 2])",
        NUMPY + "hours = measured()\nprint(speed[hours > 2])",
        NUMPY + "tall = people[people['height'] > 2]\nprint(tall)",
        NUMPY + "hours = np.array([9, 2, 8])\nprint(first_names[hours > 6])",
        TENSOR + "scores[mask == 0] = -9\nprint(scores)",
    ],
)
def test_what_is_no_row_of_numbers_gets_no_stand_in(mend: Mend, code: str) -> None:
    (repair,) = mend(card(code))
    assert repair.verdict is SnippetVerdict.FAILED
    assert repair.assumptions == ()
