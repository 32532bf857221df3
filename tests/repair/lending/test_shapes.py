"""Tensors of other cards that have not as many elements as the program brings them to."""

from __future__ import annotations

import ast

import pytest

from deckbuild.model import SnippetVerdict
from deckbuild.repair.lending.shapes import out_of_shape
from deckbuild.repair.program.usage import usage_of
from tests.repair.conftest import Mend
from tests.repair.making import card, printed, scene


def asked(code: str, *others: str) -> tuple[int, ...] | None:
    """The shape that the value which the first of other cards gives `tide` cannot have."""
    here = scene(card(code, line=90), *(card(o, line=20 + 20 * n) for n, o in enumerate(others)))
    tree = ast.parse(code)
    return out_of_shape(here.book.definitions["tide"][0], usage_of(tree, "tide"), tree, here)


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("tide.reshape(2, 3)", "tide = torch.ones(6)"),
        ("tide.reshape(-1, 3)", "tide = torch.ones(4, 3)"),
        ("tide[0].reshape(3, 1)", "tide = torch.tensor([[1, 2, 3]])"),
        ("tide.reshape(rows, 3)", "tide = torch.ones(5)"),
        ("tide.reshape(2, 3)", "tide = measured()"),
        ("tide.reshape(2, 3)", "tide = torch.tensor(4.0)"),
        ("x = tide * ebb\nx.reshape(2)", "tide = torch.tensor([1])\nebb = torch.tensor([3, 4])"),
        ("x = tide * ebb\nx.reshape(2)", "tide = torch.tensor([1])\nebb = measured()"),
        ("x = tide + ebb\nx.reshape(2)\nebb = torch.ones(2)", "tide = torch.tensor([1])"),
        ("tide.flatten()", "tide = torch.ones(6)"),
    ],
)
def test_what_fits_or_cannot_be_told_is_let_be(code: str, other: str) -> None:
    assert asked(code, other) is None


@pytest.mark.parametrize(
    ("code", "other", "shape"),
    [
        ("tide.reshape(2, 3)", "tide = torch.ones(5)", (2, 3)),
        ("tide.view((2, 3))", "tide = torch.ones(1, 3)", (2, 3)),
        ("tide.reshape(-1, 3)", "tide = torch.ones(4)", (-1, 3)),
        ("tide[0].reshape(3, 1)", "tide = torch.tensor([[1, 2]])", (3, 1)),
        ("tide.float().reshape(3, 1)", "tide = torch.tensor([[1, 2]])", (3, 1)),
        ("x = 0.2 * tide + 0.8 * ebb\nx.reshape(4)", "tide = torch.ones(3)\nebb = torch.zeros(3)", (4,)),
        ("x = 0.2 * tide + 0.8 * ebb\nx.reshape(4)", "tide = torch.ones(3)", (4,)),
        ("(0.2 * tide + 0.8 * ebb).reshape(4)", "tide = torch.ones(3)", (4,)),
        ("for i in range(6):\n    q = i // 2\n    x = tide[0] * q\n    x.reshape(1, 4)", "tide = torch.ones(2, 3)", (1, 4)),
    ],
)  # fmt: skip
def test_what_has_not_the_elements_is_told_with_the_shape(code: str, other: str, shape: tuple[int, ...]) -> None:
    assert asked(code, other) == shape


def test_what_the_card_binds_itself_is_its_own_affair(mend: Mend) -> None:
    _first, second = mend(card("import torch\ntide = torch.ones(3)", "print(tide.reshape(2, 2))"))
    assert (second.verdict, second.assumptions) == (SnippetVerdict.FAILED, ())


def test_a_farther_card_whose_tensor_fits_is_taken(mend: Mend) -> None:
    far, near = card("import torch\ntide = torch.ones(6)", line=20), card("import torch\ntide = torch.ones(5)", line=60)
    (repair,) = mend(card("print(tide.reshape(3, 2).shape)", line=90), far, near)
    assert (repair.verdict, printed(repair)) == (SnippetVerdict.CORRECTED, "torch.Size([3, 2])\n")
