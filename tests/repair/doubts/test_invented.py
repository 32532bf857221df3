"""What a program may not tell that runs on stand-ins: gradients of no training, stated values, numbers that are none."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import TORCH, assumed, card, printed

LARGEST = (
    "def largest(net):\n    return max((p.grad.max() for p in net.parameters() if p.grad is not None), default=None)\n"
)


@pytest.mark.parametrize(
    "code",
    [
        "print(nn.utils.clip_grad_norm_(model.parameters(), 1.0))",
        "for part in model.parameters():\n    print(part.grad)",
        LARGEST + "print(largest(model))",
    ],
)
def test_gradients_of_a_training_that_is_on_no_card_are_not_made_up(mend: Mend, code: str) -> None:
    (repair,) = mend(card(TORCH + code))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())
    assert "gradients" in repair.why


@pytest.mark.parametrize(
    "code",
    [
        "model(torch.ones(2, 4)).sum().backward()\nnorm = nn.utils.clip_grad_norm_(model.parameters(), 1.0)\nassert norm > 0",
        "assert all(p.requires_grad for p in model.parameters())",
        LARGEST + "assert len(list(model.parameters())) > 0",
    ],
)
def test_a_model_whose_gradients_are_made_or_not_asked_for_stands_in(mend: Mend, code: str) -> None:
    (repair,) = mend(card(TORCH + code))
    assert (repair.verdict, list(assumed(repair))) == (SnippetVerdict.COMPLETED, ["model"])


def test_no_invented_number_is_printed_beside_a_stated_one(mend: Mend) -> None:
    (repair,) = mend(card("print(depths[0, :].mean())  # tensor(218.2500)", prose="The mean of a row of depths."))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())
    assert "states" in repair.why


def test_no_number_that_rests_on_a_chosen_setting_is_printed_beside_a_stated_one(mend: Mend) -> None:
    (repair,) = mend(card("print(d_model // num_heads)  # 96"))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.FAILED, ())
    (told,) = mend(card("print(d_model // num_heads)  # 96", prose="Here d_model 384 and 4 heads are used."))
    assert (assumed(told), printed(told)) == ({"d_model": "384", "num_heads": "4"}, "96\n")


SHOWN = card("depths = [3.5, 2.25, ...]", line=5)


def test_no_entry_that_the_deck_shows_is_printed_beside_another_one(mend: Mend) -> None:
    (repair,) = mend(card("print(depths[1])  # 4.75", line=60), SHOWN)
    assert repair.verdict is SnippetVerdict.FAILED
    assert "another value" in repair.why


@pytest.mark.parametrize("comment", ["  # 2.25", "  # the second", ""])
def test_an_entry_that_the_deck_shows_is_printed(mend: Mend, comment: str) -> None:
    (repair,) = mend(card(f"print(depths[1]){comment}", line=60), SHOWN)
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.COMPLETED, "2.25\n")


@pytest.mark.parametrize("comment", ["", "  # the mean of a row"])
def test_a_number_is_printed_where_none_is_stated(mend: Mend, comment: str) -> None:
    (repair,) = mend(card(f"import torch\nprint(depths[0, :].mean()){comment}"))
    assert repair.verdict is SnippetVerdict.COMPLETED


GROWS = "import torch\nfor _ in range(9):\n    depths = depths.reshape(2, 3) ** 9\nprint(depths)"


def test_a_result_that_is_not_finite_is_not_shown(mend: Mend) -> None:
    (repair,) = mend(card(GROWS))
    assert repair.verdict is SnippetVerdict.FAILED
    assert "finite" in repair.why


def test_a_result_that_is_not_finite_is_shown_where_the_card_speaks_of_it(mend: Mend) -> None:
    (repair,) = mend(card(GROWS, prose="Repeated powers end at `inf`."))
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert "inf" in printed(repair)
