"""Rule `apply-layer`: a layer and its input on one card are brought together, if the card never does it."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, card, edits, rules

CONV = "conv = nn.Conv2d(1, 1, 2, bias=False)\n"
IMAGE = "img = torch.arange(9.).reshape(1, 1, 3, 3)\n"
WEIGHTS = "conv.load_state_dict({'weight': torch.ones(1, 1, 2, 2)})"


def test_a_layer_is_applied_to_the_input_before_its_last_use(mend: Mend) -> None:
    (repair,) = mend(card(TORCH + CONV + IMAGE + WEIGHTS))
    assert edits(repair) == [("apply-layer", "", "output = conv(img)")]
    assert repair.outcome is not None
    value = repair.outcome.value("output")
    assert value is not None
    assert value.data == [[[[8.0, 12.0], [20.0, 24.0]]]]


def test_the_input_may_stand_in_an_earlier_snippet(mend: Mend) -> None:
    first, second = mend(card(TORCH + IMAGE, CONV.strip()))
    assert (first.verdict, second.verdict) == (SnippetVerdict.RAN, SnippetVerdict.CORRECTED)
    assert edits(second) == [("apply-layer", "", "output = conv(img)")]


def test_dimensions_that_the_input_lacks_are_added_for_it(mend: Mend) -> None:
    (repair,) = mend(card(TORCH + "img = torch.arange(9.).reshape(3, 3)\n" + CONV + WEIGHTS))
    assert rules(repair) == {"apply-layer", "add-dimensions"}


def test_the_result_takes_no_name_of_the_card(mend: Mend) -> None:
    (repair,) = mend(card(TORCH + "output = 'mine'\n" + CONV + IMAGE + WEIGHTS))
    assert edits(repair) == [("apply-layer", "", "result = conv(img)")]


@pytest.mark.parametrize(
    "code",
    [
        CONV + IMAGE + WEIGHTS + "\nprint(conv(img).shape)",
        IMAGE + "other = torch.zeros(1, 1, 4, 4)\n" + CONV,
        CONV + IMAGE,
        "rows = torch.ones(5, 3)\nlin = nn.Linear(4, 1)",
        IMAGE + CONV + "print(conv)",
        IMAGE + CONV + "second = nn.Conv2d(1, 2, 2)",
        CONV + "kernel = torch.ones(1, 1, 2, 2)\nconv.load_state_dict({'weight': kernel})",
    ],
    ids=["called", "two inputs", "input after it", "no fit", "given away whole", "two layers", "its own weights"],
)
def test_left_alone(mend: Mend, code: str) -> None:
    (repair,) = mend(card(TORCH + code))
    assert repair.verdict is SnippetVerdict.RAN
    assert repair.edits == ()
