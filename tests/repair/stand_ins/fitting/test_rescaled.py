"""Pictures that the program brings to 0…1 stand in as -1…1, and no others."""

from __future__ import annotations

import pytest

from deckbuild.repair.stand_ins.fitting.rescaled import rescaled
from deckbuild.repair.stand_ins.guess import Guess
from deckbuild.syntax import parse_module
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card

PICTURES = "[(torch.rand(2, 3, 8, 8), torch.tensor([0, 1]))]"
SIGNED = "[(torch.rand(2, 3, 8, 8) * 2 - 1, torch.tensor([0, 1]))]"


@pytest.mark.parametrize(
    "code", ["y = x / 2 + 0.5", "y = x.permute(1, 2, 0) * 0.5 + 0.5", "y = (x + 1) / 2", "y = (x + 1) * 0.5"]
)
def test_pictures_that_are_rescaled_are_drawn_below_zero_too(code: str) -> None:
    guess = rescaled(Guess(PICTURES, "", alternates=("torch.rand(1, 6, 6)",)), parse_module(code))
    assert (guess.value, guess.alternates) == (SIGNED, ("torch.rand(1, 6, 6) * 2 - 1",))


@pytest.mark.parametrize(
    "code",
    [
        "y = x / 2",
        "y = x + 0.5",
        "y = x / 3 + 0.5",
        "y = (x + 2) / 2",
        "y = x * 2 - 1\nz = y / 2 + 0.5",
        "y = (x - 0.5) / 0.5\nz = y / 2 + 0.5",
        "n = transforms.Normalize(m, s)\nz = x / 2 + 0.5",
    ],
)
def test_others_are_left_alone(code: str) -> None:
    guess = Guess(PICTURES, "")
    assert rescaled(guess, parse_module(code)) == guess


@pytest.mark.parametrize("value", ["torch.rand(2, 5)", "torch.rand(2, 7, 8)", "torch.rand(3, 8, 8)[0]", SIGNED])
def test_so_is_what_is_no_picture_or_was_rescaled(value: str) -> None:
    assert rescaled(Guess(value, ""), parse_module("y = x / 2 + 0.5")).value == value


def test_a_picture_that_a_card_shows_lies_between_0_and_1(mend: Mend) -> None:
    code = "import torch\nimage, label = train_data[0]\nshown = image.permute(1, 2, 0)"
    (repair,) = mend(card(f"{code} / 2 + 0.5"))
    assert ") * 2 - 1, " in assumed(repair)["train_data"]
    (repair,) = mend(card(code))
    assert "* 2 - 1" not in assumed(repair)["train_data"]
