"""Class numbers that pick one entry out of each row."""

from __future__ import annotations

import pytest

from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, printed

NP = "import numpy as np\n"
CHANCES = "[[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.2, 0.5, 0.3]]"


@pytest.mark.parametrize(
    ("code", "values"),
    [
        (NP + "board = np.arange(9).reshape(3, 3)\nprint(board[i, j])", {"i": "1", "j": "0"}),
        (NP + "print(board[0, 1], np.pi)", {"board": "np.arange(16.).reshape(4, 4)"}),
        (NP + "board = np.eye(40)\nprint(board[np.arange(40), place])", {"place": "1"}),
    ],
)
def test_single_places_stay_single(mend: Mend, code: str, values: dict[str, str]) -> None:
    (repair,) = mend(card(code))
    assert assumed(repair) == values


@pytest.mark.parametrize(
    ("code", "values", "out"),
    [
        (
            NP + "n = len(classes)\nprint(guessed[np.arange(n), classes])",
            {"guessed": f"np.array({CHANCES})", "classes": "np.array([0, 2, 1])"},
            "[0.7 0.6 0.5]\n",
        ),
        (
            NP + "kept = np.clip(guessed, 0.01, 0.99)\nprint(kept[range(len(kept)), classes])",
            {"guessed": f"np.array({CHANCES})", "classes": "np.array([0, 2, 1])"},
            "[0.7 0.6 0.5]\n",
        ),
        (
            TORCH + "print(guessed[torch.arange(2), classes])",
            {"guessed": "torch.tensor([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]])", "classes": "torch.tensor([0, 2])"},
            "tensor([0.7000, 0.6000])\n",
        ),
        (
            NP + "own = np.array([[0.5, 0.25], [0.75, 0.1]])\nprint(own[np.arange(len(own)), classes])",
            {"classes": "np.array([0, 1])"},
            "[0.5 0.1]\n",
        ),
        (
            NP + "def cost(a, b):\n    return a[np.arange(len(b)), b].sum()\nprint(cost(guessed, classes))",
            {"guessed": f"np.array({CHANCES})", "classes": "np.array([0, 2, 1])"},
            "1.7999999999999998\n",
        ),
    ],
)
def test_each_row_has_its_class(mend: Mend, code: str, values: dict[str, str], out: str) -> None:
    (repair,) = mend(card(code))
    assert (assumed(repair), printed(repair)) == (values, out)
