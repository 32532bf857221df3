"""An input that follows from what the card shows is recovered; what is ambiguous, contradictory or leaves no test is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.model import ClaimVerdict, SnippetVerdict
from deckbuild.repair.doubts.invented import STATED
from deckbuild.repair.draft import Addition, Change, Origin, State, start_draft
from deckbuild.repair.inverse.weights import with_weights
from tests.repair.conftest import Judged, Mend
from tests.repair.making import TORCH, assumed, at_line, card, rules, scene, with_output, with_prose

LAYER = """layer = nn.Linear(2, 3, bias=False)
layer.load_state_dict({'weight': torch.tensor([[2., 1.], [1., 3.], [4., 1.]])})
with torch.no_grad():
    print(layer(points))"""
TWICE = TORCH + LAYER
"""For the rows (5, 3) and (2, 7)."""
SHOWN = "tensor([[13., 14., 23.],\n        [11., 23., 15.]])"
FILTER = """blur = nn.Conv2d(1, 1, kernel_size=2, bias=False)
blur.load_state_dict({'weight': torch.tensor([[[[3., 1.], [2., 5.]]]])})
with torch.no_grad():
    print(blur(picture))"""
"""For the picture [[1, 2, 0], [4, 3, 6], [7, 2, 9]]: [[28, 42], [39, 64]]."""
WINDOWS = (
    "The input is a 3 × 3 picture.\n\n- 3 × 1 + 1 × 2 + 2 × 4 + 5 × 3 = 28\n- 3 × 2 + 1 × 0 + 2 × 3 + 5 × 6 = 42\n"
)


def test_an_input_with_one_solution_and_an_equation_to_spare(judged: Judged) -> None:
    this = with_output(TWICE, SHOWN)
    (repair, _), judgements = judged(this)
    assert repair.verdict is SnippetVerdict.COMPLETED
    assert assumed(repair) == {"points": "torch.tensor([[5., 3.], [2., 7.]])"}
    (assumption,) = repair.assumptions
    assert "only 5, 3, 2, 7 give the entries" in assumption.why
    assert "not needed for it, and met" in assumption.why
    (claim,) = (j for j in judgements if j.claim.expected == SHOWN)
    assert claim.verdict is ClaimVerdict.ASSUMED


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (TWICE.replace("[4., 1.]", "[4., 2.]"), SHOWN),
        (TWICE, SHOWN.replace("15.", "16.")),
        (TWICE, SHOWN.replace("13.", "13.5").replace("23.]", "23.25]")),
        (
            TWICE.replace("nn.Linear(2, 3", "nn.Linear(2, 2").replace(", [4., 1.]", ""),
            "tensor([[13., 14.],\n        [11., 23.]])",
        ),
        (
            TWICE.replace("nn.Linear(2, 3", "nn.Linear(2, 2").replace(
                "[[2., 1.], [1., 3.], [4., 1.]]", "[[1., 1.], [2., 2.]]"
            ),
            "tensor([[8., 16.],\n        [9., 18.]])",
        ),
        (TWICE.replace("layer(points)", "torch.tanh(layer(points))"), SHOWN),
        (TWICE.replace("layer.load_state_dict({'weight': torch.tensor([[2., 1.], [1., 3.], [4., 1.]])})\n", ""), SHOWN),
    ],
    ids=[
        "other weights",
        "contradiction",
        "no whole numbers",
        "nothing left to test",
        "two solutions",
        "not linear",
        "drawn",
    ],
)
def test_without_just_one_tested_solution_nothing_is_made_up(mend: Mend, code: str, shown: str) -> None:
    repair, _ = mend(with_output(code, shown))
    assert (repair.verdict, repair.why, assumed(repair)) == (SnippetVerdict.FAILED, STATED.message, {})


def test_products_name_entries_and_the_shown_output_gives_the_rest(judged: Judged) -> None:
    this = with_output(TORCH + FILTER, "tensor([[[[28., 42.],\n          [39., 64.]]]])", said="The output is:")
    this = with_prose(this, WINDOWS)
    (repair, _), judgements = judged(this)
    assert assumed(repair) == {"picture": "torch.tensor([[[[1., 2., 0.], [4., 3., 6.], [7., 2., 9.]]]])"}
    why = repair.assumptions[0].why
    assert "name 6 of 9 entries: `3 × 1 + 1 × 2 + 2 × 4 + 5 × 3 = 28`" in why
    assert "only 7, 2, 9 give the others" in why
    assert "met: 28, 42" in why
    verdicts = {j.claim.kind: j.verdict for j in judgements if j.claim.kind == "tensor"}
    assert verdicts == {"tensor": ClaimVerdict.ASSUMED}


@pytest.mark.parametrize(
    "change",
    [
        ("= 42", "= 43"),
        ("2 × 3 + 5 × 6 = 42", "2 × 5 + 5 × 6 = 46"),
        ("3 × 1 + 1 × 2 + 2 × 4", "3 × 1 + 1 × 3 + 2 × 4"),
        ("3 × 1 + 1 × 2 + 2 × 4 + 5 × 3", "3 × 1 + 1 × 1 + 2 × 7 + 5 × 2"),
    ],
    ids=["a wrong sum", "of no output", "wrong by one", "two windows that differ"],
)
def test_products_that_do_not_fit_name_nothing(mend: Mend, change: tuple[str, str]) -> None:
    this = with_output(TORCH + FILTER, "tensor([[[[28., 42.],\n          [39., 64.]]]])")
    repair, _ = mend(with_prose(this, WINDOWS.replace(*change)))
    assert (repair.verdict, repair.why, assumed(repair)) == (SnippetVerdict.FAILED, STATED.message, {})


@pytest.mark.parametrize(
    ("library", "maker", "shown"), [("torch", "torch.tensor", "tensor(39.)"), ("numpy", "np.array", "39.0")]
)
def test_an_input_that_the_products_name_whole(mend: Mend, library: str, maker: str, shown: str) -> None:
    code = (
        f"import {library}{' as np' if maker == 'np.array' else ''}\nw = {maker}([4., 3., 2.])\nprint((w * row).sum())"
    )
    repair, _ = mend(with_prose(with_output(code, shown), "It is 4 × 5 + 3 × 5 + 2 × 2 = 39."))
    assert assumed(repair) == {"row": f"{maker}([5., 5., 2.])"}
    repair, _ = mend(with_prose(with_output(code, shown), "It is 4 × 6 + 3 × 5 = 39."))
    assert (repair.verdict, repair.why, assumed(repair)) == (SnippetVerdict.FAILED, STATED.message, {})


def test_a_wrong_sum_beside_right_ones_is_dropped(mend: Mend) -> None:
    this = with_output(TORCH + FILTER, "tensor([[[[28., 42.],\n          [39., 64.]]]])")
    wrong = WINDOWS + "- 3 × 4 + 1 × 3 + 2 × 7 + 5 × 1 = 39\n"
    repair, _ = mend(with_prose(this, wrong))
    assert assumed(repair)["picture"].startswith("torch.tensor([[[[1., 2., 0.]")


def test_a_list_whose_length_nothing_tells_is_left_alone(mend: Mend) -> None:
    code = "scale = [3, 2]\nout = [sum(s * x for s, x in zip(scale, pair)) for pair in zip(row, row[1:], strict=False)]\nprint(out[0], out[1])"
    repair, _ = mend(with_output(code, "13 16"))
    assert "recovered-input" not in rules(repair)  # a list's length cannot be told


def test_a_layer_gets_the_weights_of_the_card_in_between(mend: Mend) -> None:
    made = card(TORCH + "layer = nn.Linear(2, 3, bias=False)", line=20)
    filled = "w = torch.tensor([[2., 1.], [1., 3.], [4., 1.]])\nwith torch.no_grad():\n    layer.weight.copy_(w)"
    given = card(filled, line=40)
    this = at_line(with_output("with torch.no_grad():\n    print(layer(points))", SHOWN), 60)
    repair, _ = mend(this, made, given)
    assert assumed(repair) == {"points": "torch.tensor([[5., 3.], [2., 7.]])"}
    assert filled in [e.after for e in repair.edits]
    assert any("book/part1.md:44" in e.evidence for e in repair.edits)


def test_weights_that_do_not_help_are_not_brought(mend: Mend) -> None:
    made = card(TORCH + "layer = nn.Linear(2, 3, bias=False)", line=20)
    given = card("w = torch.ones(3, 2)\nwith torch.no_grad():\n    layer.weight.copy_(w)", line=40)
    this = at_line(with_output("with torch.no_grad():\n    print(layer(points))", SHOWN), 60)
    repair, _ = mend(this, made, given)
    assert (repair.verdict, repair.why, assumed(repair)) == (SnippetVerdict.FAILED, STATED.message, {})
    assert all("copy_" not in e.after for e in repair.edits)


@pytest.mark.parametrize(("own", "brought"), [("v = 7", True), ("w = 7", False)])
def test_nor_are_those_that_would_take_a_value_of_the_cards_own(own: str, brought: bool) -> None:
    made = card(TORCH + "layer = nn.Linear(2, 3, bias=False)", line=20)
    given = card("w = torch.ones(3, 2)\nwith torch.no_grad():\n    layer.weight.copy_(w)", line=40)
    this = card(f"{TORCH}{own}", "print(layer.weight)", line=60)
    change = Change("deck-definition", "", "")
    layer = Addition("layer = nn.Linear(2, 3)", change, frozenset({"layer"}), "layer", origin=Origin.EARLIER)
    first, last = map(start_draft, this.snippets)
    state = with_weights(State((first, replace(last, before=(layer,)))), scene(this, made, given))
    assert (state is not None) is brought
