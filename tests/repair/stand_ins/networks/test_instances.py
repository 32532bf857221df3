"""`model` where the deck defines a module class that no card makes an instance of: that class, told as assumed."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, printed

CLASS = """class Small(nn.Module):
    def __init__(self{more}):
        super().__init__()
        self.lin = nn.Linear(6, 2)

    def forward(self, x):
        return self.lin(x)"""
SMALL = TORCH + CLASS.format(more="")
COUNT = "print(sum(p.numel() for p in model.parameters()))"


CALLED = "print(model(torch.ones(1, 6)).shape)"


def test_the_class_of_an_earlier_card_is_made_an_instance_of(mend: Mend) -> None:
    (repair,) = mend(card(COUNT, line=80), card("x = 1", line=60), card(SMALL, line=50))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert assumed(repair) == {"model": "Small()"}
    assert printed(repair) == "14\n"


def test_so_is_a_class_of_the_same_card_where_the_model_is_called(mend: Mend) -> None:
    _, repair = mend(card(SMALL, CALLED))
    assert assumed(repair) == {"model": "Small()"}


def test_an_older_model_does_not_take_its_place(mend: Mend) -> None:
    older = card(TORCH + "model = nn.Linear(3, 1)", line=20)
    (repair,) = mend(card(COUNT, line=80), older, card(SMALL, line=50))
    assert printed(repair) == "14\n"


@pytest.mark.parametrize(
    ("nearer", "why"),
    [
        (SMALL + "\nsmall = Small()", "a card makes one"),
        (SMALL + "\nclass Twice(Small):\n    pass", "another class builds on it"),
        (TORCH + CLASS.format(more=", size"), "its size would have to be invented"),
        (SMALL + "\n" + CLASS.format(more="").replace("Small", "Other"), "either may be meant"),
        (SMALL.replace("def forward", "def step"), "it is not finished"),
    ],
)
def test_no_instance_is_made_where_the_class_may_not_be_meant(mend: Mend, nearer: str, why: str) -> None:
    (repair,) = mend(card(COUNT, line=80), card(nearer, line=50))
    assert "Small()" not in assumed(repair).values(), why


@pytest.mark.parametrize("nearer", [SMALL + "\nsmall = Small()", "x = 1"])
def test_an_older_model_is_taken_where_no_class_stands_nearer(mend: Mend, nearer: str) -> None:
    older = card(TORCH + "model = nn.Linear(3, 1)", line=20)
    (repair,) = mend(card(COUNT, line=80), older, card(nearer, line=50))
    assert repair.verdict is SnippetVerdict.CORRECTED
    assert printed(repair) == "4\n"


def test_a_name_that_says_which_model_it_is_stays_that_one(mend: Mend) -> None:
    older = card(TORCH + "critic = nn.Linear(3, 1)", line=20)
    (repair,) = mend(card(COUNT.replace("model", "critic"), line=80), older, card(SMALL, line=50))
    assert printed(repair) == "4\n"
